/* address_range.h: a pack whose keys are the first addresses of ranges (dataset/ranges.mjs).
 *
 * Contract   a range ends before the next key; an empty value belongs to nobody.
 * Threads    any.
 */
#pragma once
#include "codec/ip.h"
#include "data/pack.h"

struct address_range {
    struct ip first, last;
    struct text value; /* in the pack */
};

/* False where nobody has the address, or the data set is damaged. */
bool address_range_find(const struct pack *p, const struct ip *ip, struct address_range *out);
