/* aggregate.h: figures for the public that nothing leads back from.
 *
 * Contract   calls by month and API, each line of AGGREGATE_PERSONS persons at least; what had fewer is
 *            merged into one line ("other", api 0), which is itself left out while it has fewer. No
 *            subject, no time finer than a month, no free text. A month is made once, when it is over,
 *            and not changed after: so no difference of two states tells of one person (an erasure does
 *            not change it).
 */
#pragma once
#include "domain/domain.h"

enum { AGGREGATE_PERSONS = 20 };

struct aggregate_line {
    int year;
    unsigned month; /* 1 .. 12 */
    uint32_t api;   /* 0: other */
    uint64_t persons, calls;
};

/* Makes the months that are over and not yet made. */
[[nodiscard]] struct err aggregate_make(struct domain *d);
[[nodiscard]] struct err
aggregate_each(struct domain *d, void (*visit)(void *with, const struct aggregate_line *line),
               void *with);
