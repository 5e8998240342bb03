/* tao.c: sentences of the Dao De Jing. */
#include "api/life/own_text.h"

enum { ASKED_CHAPTER, ASKED_FORMAT };
enum { TAO_CHAPTER, TAO_TEXT };

static struct err tao(struct call *c) {
    struct text row;
    uint64_t chapter = 0;
    if (!own_draw_kind(c, "o", ASKED_CHAPTER, &row))
        return call_nothing(c, "这一章没有收录句子，换一章试试",
                            "nothing of that chapter is here; try another");
    text_to_u64(pack_field(row, TAO_CHAPTER), &chapter);
    reply_object(c, NULL);
    reply_int(c, "chapter", (int64_t)chapter);
    reply_text(c, "content", pack_field(row, TAO_TEXT));
    reply_c(c, "work", "道德经");
    reply_end_object(c);
    return reply_as(c, ASKED_FORMAT, "content");
}

const struct endpoint endpoint_tao = {
    .path = "/api/tao",
    .subject = "life",
    .title = {"道德经名句", "Sentences of the Dao De Jing"},
    .says = {"随机返回一句《道德经》原文及其章次（王弼本系统的通行本），可指定章。收录八十句，不是"
             "全文。",
             "A sentence of the Dao De Jing in Chinese, with its chapter; a chapter may be chosen. "
             "Eighty sentences, "
             "not the whole book."},
    .run = tao,
    .asks =
        ASKS({"chapter", ASK_INT, OPTIONAL, {"第几章", "Chapter"}, 1, 81}, ASK_FORMAT(FORMS_TEXT)),
    .gives = GIVES({"chapter", GIVE_INT, {"第几章", "Chapter"}},
                   {"content", GIVE_TEXT, {"原文", "The words"}},
                   {"work", GIVE_TEXT, {"书名", "The book"}}),
    .shows = SHOWS(
        {"chapter=25",
         "{\"chapter\":25,\"content\":\"人法地，地法天，天法道，道法自然。\",\"work\":\"道德经\"}",
         SHOW_EXACT},
        {"", "{\"chapter\":64,\"content\":\"为之于未有，治之于未乱。\",\"work\":\"道德经\"}",
         SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_OWN_TEXTS),
};
