/* range.h: the entries of a pack whose keys begin alike, to page through or to draw from.
 *
 * Contract   as pack.h; a damaged block gives false, as there.
 */
#pragma once
#include "base/random.h"
#include "data/pack.h"

struct range {
    uint32_t from, until; /* places in the pack; until is behind the last */
};

struct range range_of(const struct pack *p, struct text prefix);

/* One entry by chance; false where the range is empty. */
bool range_draw(const struct pack *p, struct range range, struct random *chance,
                struct text *key_out, struct text *value_out);
