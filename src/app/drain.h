/* drain.h: moves the ledger's sums into the records, once a second.
 *
 * Contract   an epoch is closed, its sums are written together with its number in one transaction, then it is
 *            cleared: a death at any point neither loses nor doubles a call. Also finishes the slots of dead
 *            nginx workers. One drain a home (it is part of the role "serve").
 * Threads    one.
 */
#pragma once
#include "app/home.h"

struct drain;

[[nodiscard]] struct err drain_open(struct arena *a, const struct home *h, struct drain **out);
void drain_close(struct drain *d);

struct drain_news {
    uint64_t epoch, calls; /* that were stored now */
    unsigned mended;       /* slots of dead workers */
};
[[nodiscard]] struct err drain_step(struct drain *d, struct drain_news *news_out);
