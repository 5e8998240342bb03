/* poem_row.h: a poem of the data set "poems", as the APIs of verse answer it. */
#pragma once
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"
#include "data/range.h"

enum { POEM_TITLE, POEM_AUTHOR, POEM_DYNASTY, POEM_LINES, POEM_COLLECTION, POEM_FIELDS };
enum { POEM_KEY_BYTES = 6 };

/* An object of its own. */
static inline void poem_reply(struct call *c, struct text key, struct text value) {
    struct text fields[POEM_FIELDS], line;
    pack_fields(value, fields, POEM_FIELDS);
    reply_object(c, NULL);
    reply_text(c, "id", key);
    reply_text(c, "title", fields[POEM_TITLE]);
    reply_text(c, "author", fields[POEM_AUTHOR]);
    reply_text(c, "dynasty", fields[POEM_DYNASTY]);
    reply_text(c, "collection", fields[POEM_COLLECTION]);
    reply_list(c, "lines");
    while (text_cut(&fields[POEM_LINES], '/', &line))
        reply_text(c, NULL, line);
    reply_end_list(c);
    reply_end_object(c);
}

/* The letter of a collection by its name in the parameter; empty stands for all. */
#define POEM_COLLECTIONS                                                                           \
    "tang300|songci300|qianjiashi|shijing|chuci|caocao|tang|huajian|songci|yuanqu|nalan"
static inline struct text poem_letter(struct text collection) {
    static const struct {
        const char *name, *letter;
    } rows[] = {
        {"tang300", "a"}, {"songci300", "b"}, {"qianjiashi", "c"}, {"shijing", "d"},
        {"chuci", "e"},   {"caocao", "f"},    {"tang", "g"},       {"huajian", "h"},
        {"songci", "i"},  {"yuanqu", "j"},    {"nalan", "k"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (text_equal_c(collection, rows[i].name))
            return text_c(rows[i].letter);
    return TEXT("");
}

#define POEM_ASK_COLLECTION(usual) \
    {"collection", ASK_CHOICE, OPTIONAL, \
     {"集子：tang300 唐诗三百首，songci300 宋词三百首，qianjiashi 千家诗，shijing 诗经，chuci 楚辞，" \
      "caocao 曹操，tang 全唐诗，huajian 花间集，songci 全宋词，yuanqu 元曲，nalan 纳兰词", \
      "The collection; tang300 and songci300 are the anthologies of 300, tang and songci the complete works"}, \
     .choices = POEM_COLLECTIONS, .aliases = "type", .fallback = usual}
#define POEM_GIVES(at)                                                                             \
    {at "id", GIVE_TEXT, {"编号", "Its id"}},                                                      \
        {at "title", GIVE_TEXT, {"题目或词牌", "Title or tune"}},                                  \
        {at "author", GIVE_TEXT, {"作者", "Author"}},                                              \
        {at "dynasty", GIVE_TEXT, {"朝代", "Dynasty"}},                                            \
        {at "collection", GIVE_TEXT, {"集子", "Collection"}}, {                                    \
        at "lines", GIVE_LIST, {                                                                   \
            "诗句", "Lines"                                                                        \
        }                                                                                          \
    }
