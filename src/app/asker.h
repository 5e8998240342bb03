/* asker.h: many small requests at one door at once, each with its own time; for the prober.
 *
 * Contract   one thread and no waiting but in asker_wait. Each request gets a connection of its own, so that
 *            a door which answers old connections only does not pass for open. Of an answer its beginning is
 *            kept (ASKER_HEAD_BYTES), the rest is read and dropped. A request that got no whole answer in
 *            ASKER_TIME_MS of the steady clock has status 0.
 * Memory     fixed: ASKER_AT_ONCE requests.
 */
#pragma once
#include "base/text.h"

enum { ASKER_AT_ONCE = 64, ASKER_TIME_MS = 3000, ASKER_HEAD_BYTES = 4096 };

struct asker;

struct asker *asker_new(void);
void asker_free(struct asker *k);

/* False where all places are taken. The bytes must live until it is done. `door` is "address:port". */
bool asker_begin(struct asker *k, const char *door, struct text bytes, unsigned tag);

bool asker_busy(const struct asker *k); /* a request is under way */

typedef void asker_done(void *with, unsigned tag, int status, struct text head);
/* Looks at what came, for `wait_ms` at most; tells each that is done. */
void asker_wait(struct asker *k, int wait_ms, asker_done *done, void *with);
