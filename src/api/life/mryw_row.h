/* mryw_row.h: an essay of the Guwen Guanzhi (1695) as three APIs answer it. */
#pragma once
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"
#include "data/range.h"

enum { ESSAY_BOOK, ESSAY_TITLE, ESSAY_AUTHOR, ESSAY_TEXT, ESSAY_FIELDS };

static inline struct range essays(struct call *c) {
    return range_of(data_pack(c->data, DATA_CLASSICS), TEXT("o"));
}

static inline void mryw_reply(struct call *c, struct text key, struct text value, bool is_whole) {
    struct text fields[ESSAY_FIELDS], paragraph;
    struct buf b;
    pack_fields(value, fields, ESSAY_FIELDS);
    struct text author = fields[ESSAY_AUTHOR];
    size_t colon = text_find(author, TEXT("："));
    buf_init(&b, c->arena, LIMIT_REPLY_BYTES);
    while (is_whole && text_cut(&fields[ESSAY_TEXT], '/', &paragraph))
        buf_format(&b, "%s%.*s", b.length ? "\n" : "", TEXT_ARG(paragraph));
    reply_object(c, NULL);
    reply_text(c, "id", key);
    reply_text(c, "title", fields[ESSAY_TITLE]);
    reply_text(c, "author", colon == SIZE_MAX ? author : text_from(author, colon + 3));
    reply_text(c, "dynasty", colon == SIZE_MAX ? TEXT("") : text_part(author, 0, colon));
    if (is_whole)
        reply_text(c, "content", buf_peek(&b));
    reply_end_object(c);
}
#define MRYW_GIVES(at)                                                                             \
    {at "id", GIVE_TEXT, {"编号", "Id"}}, {at "title", GIVE_TEXT, {"题目", "Title"}},              \
        {at "author", GIVE_TEXT, {"作者", "Author"}}, {                                            \
        at "dynasty", GIVE_TEXT, {                                                                 \
            "时代", "Age"                                                                          \
        }                                                                                          \
    }
