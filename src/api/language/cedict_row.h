/* cedict_row.h: the entries of a word in the data set "cedict". */
#pragma once
#include "call/ask.h"
#include "data/data.h"

enum { CEDICT_TRADITIONAL, CEDICT_SIMPLIFIED, CEDICT_PINYIN, CEDICT_SENSES, CEDICT_FIELDS };

/* The next entry of a value of the pack; false where there is none left. */
static inline bool cedict_next(struct text *value, struct text fields[CEDICT_FIELDS]) {
    struct text line;
    if (!text_cut(value, '\n', &line))
        return false;
    pack_fields(line, fields, CEDICT_FIELDS);
    return true;
}

/* The entries of a word; "=…" are keys of the search for English. */
static inline bool cedict_find(struct call *c, struct text word, struct text *value_out) {
    return word.length && word.bytes[0] != '=' &&
           pack_find(data_pack(c->data, DATA_CEDICT), word, value_out);
}
