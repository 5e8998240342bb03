/* keeper.h: the jobs that keep the house: what is over goes, keys are renewed, backups are made.
 *
 *     each 10 s     erasures are finished, mails and counts that are over go
 *     each minute   the clock is watched, periods end, a new epoch of keys is begun where it is time
 *     each hour     unused accounts are told, figures of the month are made
 *     as set        a backup; each week a rehearsal of its restore
 *
 * Contract   each job fails alone: the others go on, and the next round tries again. The first error is
 * returned. Threads    one.
 */
#pragma once
#include "app/home.h"

struct keeper {
    int64_t minute, hour; /* of the last round, since 1970 */
    int64_t dormant_after;
};

[[nodiscard]] struct err keeper_round(struct keeper *k, const struct config *config,
                                      struct domain *d);

/* What the machine's own clock says, for clock_watch.h. */
struct clock_reading;
struct clock_reading keeper_clock_in(struct arena *a);
