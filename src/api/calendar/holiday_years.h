/* holiday_years.h: the years whose arrangement of holidays is known. */
#pragma once
#include "data/data.h"

/* "2004" and "2026": the set's keys are years and days, so the first and the last begin with them. */
static inline bool holiday_years(const struct pack *p, struct text *first_out, struct text *last_out) {
    struct text first, last, value;
    if (!pack_at(p, 0, &first, &value) || !pack_at(p, pack_count(p) - 1, &last, &value))
        return false;
    *first_out = text_part(first, 0, 4);
    *last_out = text_part(last, 0, 4);
    return true;
}
