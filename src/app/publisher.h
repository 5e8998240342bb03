/* publisher.h: carries tokens and plans from the records into the published catalogue.
 *
 * Contract   whoever holds the role "publish" is the one writer: `alapi serve`, else a command that
 *            changes something while no serve runs. It follows the store's list of changes; where the
 *            catalogue is unsound, full or missing, it is made anew beside the old one and put in its place.
 *            The ledger has disk room for a token's row before the token can be seen.
 * Threads    one.
 */
#pragma once
#include "app/home.h"

struct publisher;

/* ERR_BUSY where another process publishes: it will see the change within a second. */
[[nodiscard]] struct err publisher_open(struct arena *a, const struct home *h, struct publisher **out);
void publisher_close(struct publisher *p);

/* Publishes everything that has changed since the last time. */
[[nodiscard]] struct err publisher_follow(struct publisher *p);

/* The number of the last change that is in force. */
int64_t publisher_feed(const struct publisher *p);

/* For a command: publish what it has just done, unless somebody else does. */
[[nodiscard]] struct err publisher_once(struct arena *a, const struct home *h);
