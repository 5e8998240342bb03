/* classic_list.c: the books of /api/classic, or the chapters of one. */
#include "api/language/classic_row.h"
#include "call/ask.h"
#include "data/range.h"

enum { ASKED_BOOK };

static struct err books(struct call *c, const struct pack *p) {
    struct text list, row;
    struct classic_book book;
    if (!pack_find(p, TEXT("="), &list))
        return call_nothing(c, "没有书目", "there is no list");
    reply_list(c, NULL);
    while (text_cut(&list, '\t', &row))
        if (classic_book_read(row, &book)) {
            reply_object(c, NULL);
            reply_text(c, "name", book.name);
            reply_text(c, "author", book.author);
            reply_int(c, "chapters", book.chapters);
            reply_end_object(c);
        }
    reply_end_list(c);
    return ok;
}

static struct err classic_list(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_CLASSICS);
    struct classic_book book;
    struct text key, value;
    if (!ask_has(c, ASKED_BOOK))
        return books(c, p);
    if (!classic_book_of(p, text_trim(ask_text(c, ASKED_BOOK)), &book))
        return call_invalid(c, ASKED_BOOK, "没有这本书，不传 book 可得书目",
                            "no such book; without book you get the list");
    struct range all = range_of(p, book.letter);
    reply_list(c, NULL);
    for (uint32_t i = all.from; i < all.until; i++)
        if (pack_at(p, i, &key, &value)) {
            reply_object(c, NULL);
            reply_text(c, "name", pack_field(value, CLASSIC_CHAPTER));
            reply_text(c, "author", pack_field(value, CLASSIC_AUTHOR));
            reply_int(c, "chapters", (int64_t)(i - all.from + 1));
            reply_end_object(c);
        }
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_classic_list = {
    .path = "/api/classic/list",
    .subject = "language",
    .title = {"经典书目", "Books of the classics"},
    .says = {"不传 book 返回书目；传书名返回它的各章，chapters 为章的序号。",
             "Without book the list of books; with one its chapters, where chapters is the "
             "chapter's number."},
    .run = classic_list,
    .asks = ASKS({"book", ASK_TEXT, OPTIONAL, {"书名", "A book's Chinese name"}, 1, 10}),
    .gives = GIVES({"[].name", GIVE_TEXT, {"书名或章名", "Name"}},
                   {"[].author", GIVE_TEXT, {"作者", "Author"}},
                   {"[].chapters",
                    GIVE_INT,
                    {"章数；列章时为序号", "How many chapters; of a chapter, its number"}}),
    .shows = SHOWS({"",
                    "[{\"name\":\"论语\",\"author\":\"孔子弟子及再传弟子\",\"chapters\":20},{"
                    "\"name\":\"大学\",\"author"
                    "\":\"曾子（传）\",\"chapters\":1},{\"name\":\"中庸\",\"author\":"
                    "\"子思（传）\",\"chapters\":1},{\""
                    "name\":\"孟子\",\"author\":\"孟子及弟子\",\"chapters\":14},{\"name\":"
                    "\"三字经\",\"author\":\"王应麟"
                    "（传）\",\"chapters\":1},{\"name\":\"百家姓\",\"author\":\"佚名\","
                    "\"chapters\":1},{\"name\":\"千字"
                    "文\",\"author\":\"周兴嗣\",\"chapters\":1},{\"name\":\"弟子规\",\"author\":"
                    "\"李毓秀\",\"chapters\""
                    ":8},{\"name\":\"朱子家训\",\"author\":\"朱柏庐\",\"chapters\":1},{\"name\":"
                    "\"增广贤文\",\"author\""
                    ":\"佚名\",\"chapters\":2},{\"name\":\"声律启蒙\",\"author\":\"车万育\","
                    "\"chapters\":30},{\"name\":"
                    "\"幼学琼林\",\"author\":\"程登吉\",\"chapters\":33},{\"name\":\"文字蒙求\","
                    "\"author\":\"王筠\",\"c"
                    "hapters\":4},{\"name\":\"幽梦影\",\"author\":\"张潮\",\"chapters\":1},{"
                    "\"name\":\"古文观止\",\"aut"
                    "hor\":\"吴楚材、吴调侯（选）\",\"chapters\":222}]",
                    SHOW_EXACT},
                   {"book=%E5%BC%9F%E5%AD%90%E8%A7%84",
                    "[{\"name\":\"总叙\",\"author\":\"李毓秀\",\"chapters\":1},{\"name\":"
                    "\"入则孝\",\"author\":\"李毓秀"
                    "\",\"chapters\":2},{\"name\":\"出则弟\",\"author\":\"李毓秀\",\"chapters\":3},"
                    "{\"name\":\"谨\",\"a"
                    "uthor\":\"李毓秀\",\"chapters\":4},{\"name\":\"信\",\"author\":\"李毓秀\","
                    "\"chapters\":5},{\"name"
                    "\":\"泛爱众\",\"author\":\"李毓秀\",\"chapters\":6},{\"name\":\"亲仁\","
                    "\"author\":\"李毓秀\",\"cha"
                    "pters\":7},{\"name\":\"余力学文\",\"author\":\"李毓秀\",\"chapters\":8}]",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_CLASSICS),
};
