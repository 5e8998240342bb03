/* suffix.c: see suffix.h. */
#include "data/suffix.h"

enum { LABELS_MAX = 128 };

static bool has_kind(struct text kinds, char kind) { return text_find_char(kinds, kind) != SIZE_MAX; }

struct suffix suffix_of(const struct pack *p, struct text host) {
    size_t starts[LABELS_MAX], count = 0, best;
    struct suffix found = {.is_listed = false};
    starts[count++] = 0;
    for (size_t i = 0; i < host.length && count < LABELS_MAX; i++)
        if (host.bytes[i] == '.')
            starts[count++] = i + 1;
    best = count - 1;
    for (size_t i = count; i-- > 0;) { /* from the shortest name to the longest: a longer rule wins */
        struct text value;
        if (!pack_find(p, text_from(host, starts[i]), &value))
            continue;
        struct text kinds = pack_field(value, 0);
        bool is_private = text_equal_c(pack_field(value, 1), "private");
        size_t place = has_kind(kinds, 'x') ? i + 1 : has_kind(kinds, 'w') && i > 0 ? i - 1 : i;
        if (place == i && !has_kind(kinds, 'n') && !has_kind(kinds, 'x'))
            continue; /* only what stands before it is a suffix */
        best = place;
        found.is_listed = true;
        found.is_private = is_private;
        if (has_kind(kinds, 'x'))
            break;
    }
    found.suffix = text_from(host, starts[best]);
    found.registered = best > 0 ? text_from(host, starts[best - 1]) : TEXT("");
    return found;
}
