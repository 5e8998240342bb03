/* hanzi_variant.c: the other forms of a character. */
#include "api/language/hanzi_row.h"
#include "call/reply.h"

enum { ASKED_WORD };

static struct err hanzi_variant(struct call *c) {
    struct hanzi h;
    try(hanzi_asked(c, ASKED_WORD, &h));
    reply_object(c, NULL);
    reply_text(c, "word", h.character);
    hanzi_reply_characters(c, "simplified", h.fields[HANZI_SIMPLIFIED]);
    hanzi_reply_characters(c, "traditional", h.fields[HANZI_TRADITIONAL]);
    hanzi_reply_characters(c, "variants", h.fields[HANZI_OTHER]);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_hanzi_variant = {
    .path = "/api/hanzi/variant",
    .subject = "language",
    .title = {"异体字查询", "Variants of a character"},
    .says = {"查询一个汉字对应的简体、繁体和其他异体字，来自 Unihan。一简对多繁时全部列出。",
             "Simplified, traditional and other forms of a character, from Unihan; all of them "
             "where one stands for several."},
    .run = hanzi_variant,
    .asks = ASKS(HANZI_ASK),
    .gives = GIVES({"word", GIVE_TEXT, {"汉字", "The character"}},
                   {"simplified", GIVE_LIST, {"简体字", "Simplified forms"}},
                   {"traditional", GIVE_LIST, {"繁体字", "Traditional forms"}},
                   {"variants", GIVE_LIST, {"其他异体字", "Other variants"}}),
    .shows = SHOWS(
        {"word=%E5%8F%91",
         "{\"word\":\"发\",\"simplified\":[],\"traditional\":[\"發\",\"髮\"],\"variants\":[]}",
         SHOW_EXACT},
        {"word=%E8%A3%8F",
         "{\"word\":\"裏\",\"simplified\":[],\"traditional\":[],\"variants\":[\"裡\"]}",
         SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_HANZI),
    .many = 1 + ASKED_WORD,
};
