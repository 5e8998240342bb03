/* dict_row.h: a word's senses in the data set "wordnet". */
#pragma once
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"

enum {
    SENSE_KIND,
    SENSE_DEFINITION,
    SENSE_EXAMPLES,
    SENSE_SYNONYMS,
    SENSE_ANTONYMS,
    SENSE_WIDER,
    SENSE_FIELDS
};

static inline bool dict_find(struct call *c, unsigned ask, struct text *word_out,
                             struct text *value_out) {
    *word_out = text_lower_in(c->arena, text_trim(ask_text(c, ask)));
    return pack_find(data_pack(c->data, DATA_WORDNET), *word_out, value_out);
}

static inline const char *dict_kind(struct text letter) {
    return text_equal_c(letter, "n")   ? "noun"
           : text_equal_c(letter, "v") ? "verb"
           : text_equal_c(letter, "a") ? "adjective"
                                       : "adverb";
}

static inline void dict_reply_list(struct call *c, const char *name, struct text list, char by) {
    struct text one;
    reply_list(c, name);
    while (text_cut(&list, by, &one))
        if (one.length)
            reply_text(c, NULL, one);
    reply_end_list(c);
}
