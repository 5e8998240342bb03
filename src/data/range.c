/* range.c: see range.h. */
#include "data/range.h"

enum { PREFIX_MAX = 64 };

/* The first key behind all that begin with the prefix is the prefix with its last byte grown by
 * one; our prefixes are printable, so it cannot overflow. */
struct range range_of(const struct pack *p, struct text prefix) {
    char next[PREFIX_MAX];
    if (prefix.length == 0)
        return (struct range){0, pack_count(p)};
    if (prefix.length > PREFIX_MAX || (unsigned char)prefix.bytes[prefix.length - 1] == 0xff)
        return (struct range){0, 0};
    memcpy(next, prefix.bytes, prefix.length);
    next[prefix.length - 1]++;
    return (struct range){pack_seek(p, prefix), pack_seek(p, text_of(next, prefix.length))};
}

bool range_draw(const struct pack *p, struct range range, struct random *chance,
                struct text *key_out, struct text *value_out) {
    if (range.from >= range.until)
        return false;
    return pack_at(p, range.from + random_below(chance, range.until - range.from), key_out,
                   value_out);
}
