/* clock_watch.h: whether the wall clock can be trusted with deleting.
 *
 * Contract   the keeper tells it again and again what the wall clock and the machine's own clock say, and
 *            which start of the machine it is. Where the two moved apart by more than a day since the
 *            last time, the clock is suspect: retention stops with ERR_CLOCK_SUSPECT until the operator
 *            says that it is right. Over a restart of the machine its own clock begins anew: then only
 *            the wall clock is left to compare, and a day backward, or 40 forward, is suspect.
 */
#pragma once
#include "domain/domain.h"

enum { CLOCK_STEP_MS = 86400000, CLOCK_OFF_DAYS = 40 };

struct clock_reading {
    int64_t steady_ms; /* of the machine, since its start, sleep included */
    struct text boot;  /* which start */
};

[[nodiscard]] struct err clock_watch(struct domain *d, const struct clock_reading *now);
[[nodiscard]] struct err clock_trusted(struct domain *d); /* ERR_CLOCK_SUSPECT */
/* The operator looked at it: from here on it is the truth. */
[[nodiscard]] struct err clock_confirm(struct domain *d, const struct clock_reading *now);
