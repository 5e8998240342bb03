/* own_text.h: draws and pages of the data set "own_texts", whose keys begin with a letter for the
 * table. */
#pragma once
#include "call/format.h"
#include "call/paging.h"
#include "call/reply.h"
#include "data/data.h"
#include "data/range.h"

static inline struct range own_range(struct call *c, const char *letter) {
    return range_of(data_pack(c->data, DATA_OWN_TEXTS), text_c(letter));
}

static inline bool own_draw(struct call *c, const char *letter, struct text *key,
                            struct text *value) {
    return range_draw(data_pack(c->data, DATA_OWN_TEXTS), own_range(c, letter), c->random, key,
                      value);
}

/* The name of the kind whose number or name this is, by the list under "=r" or "=m": "1 字谜 34".
 */
static inline bool own_kind(struct call *c, const char *list_key, struct text asked,
                            struct text *name_out) {
    struct text list, row, number;
    if (!pack_find(data_pack(c->data, DATA_OWN_TEXTS), text_c(list_key), &list))
        return false;
    while (text_cut(&list, '\t', &row))
        if (text_cut(&row, ' ', &number) && text_cut(&row, ' ', name_out) &&
            (text_equal(number, asked) || text_equal(*name_out, asked)))
            return true;
    return false;
}

/* The rows of a table whose first field is `kind` (all where it is empty), of which `place` is
 * wanted; their count. */
static inline uint32_t own_of_kind(struct call *c, const char *letter, struct text kind,
                                   uint32_t place, struct text *out) {
    struct range all = own_range(c, letter);
    struct text key, value;
    uint32_t count = 0;
    for (uint32_t i = all.from; i < all.until; i++)
        if (pack_at(data_pack(c->data, DATA_OWN_TEXTS), i, &key, &value) &&
            (kind.length == 0 || text_equal(pack_field(value, 0), kind)))
            if (count++ == place)
                *out = value;
    return count;
}
