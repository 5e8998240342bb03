/* classic_row.h: books and chapters of the data set "classics". */
#pragma once
#include "call/reply.h"
#include "data/data.h"

enum { CLASSIC_BOOK, CLASSIC_CHAPTER, CLASSIC_AUTHOR, CLASSIC_TEXT, CLASSIC_FIELDS };

struct classic_book {
    struct text letter, name, author;
    int64_t chapters;
};

/* "a 论语 孔子弟子及再传弟子 20" */
static inline bool classic_book_read(struct text row, struct classic_book *out) {
    struct text chapters;
    return text_cut(&row, ' ', &out->letter) && text_cut(&row, ' ', &out->name) &&
           text_cut(&row, ' ', &out->author) && text_cut(&row, ' ', &chapters) &&
           text_to_i64(chapters, &out->chapters);
}

static inline bool classic_book_of(const struct pack *p, struct text name,
                                   struct classic_book *out) {
    struct text list, row;
    if (pack_find(p, TEXT("="), &list))
        while (text_cut(&list, '\t', &row))
            if (classic_book_read(row, out) && text_equal(out->name, name))
                return true;
    return false;
}

static inline void classic_reply(struct call *c, struct text value, int64_t place) {
    struct text fields[CLASSIC_FIELDS], one;
    pack_fields(value, fields, CLASSIC_FIELDS);
    reply_object(c, NULL);
    reply_text(c, "book", fields[CLASSIC_BOOK]);
    reply_int(c, "number", place);
    reply_text(c, "chapter", fields[CLASSIC_CHAPTER]);
    reply_text(c, "author", fields[CLASSIC_AUTHOR]);
    reply_list(c, "paragraphs");
    while (text_cut(&fields[CLASSIC_TEXT], '/', &one))
        reply_text(c, NULL, one);
    reply_end_list(c);
    reply_end_object(c);
}

#define CLASSIC_GIVES(at)                                                                          \
    {at "book", GIVE_TEXT, {"书名", "Book"}},                                                      \
        {at "number", GIVE_INT, {"第几章", "Which chapter"}},                                      \
        {at "chapter",                                                                             \
         GIVE_TEXT,                                                                                \
         {"章名或篇名，没有时为空", "Name of the chapter; may be empty"}},                         \
        {at "author", GIVE_TEXT, {"作者", "Author"}}, {                                            \
        at "paragraphs", GIVE_LIST, {                                                              \
            "段落", "Paragraphs"                                                                   \
        }                                                                                          \
    }
