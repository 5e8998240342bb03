/* ciword.c: a Chinese word, its sound and its meaning. */
#include "api/language/cedict_row.h"
#include "call/reply.h"

enum { ASKED_WORD };

static void put(struct call *c, struct text fields[CEDICT_FIELDS]) {
    struct buf b;
    buf_init(&b, c->arena, LIMIT_REPLY_BYTES);
    for (struct text one; text_cut(&fields[CEDICT_SENSES], '/', &one);) {
        if (b.length)
            buf_c(&b, "; ");
        buf_text(&b, one);
    }
    reply_object(c, NULL);
    reply_text(c, "word", fields[CEDICT_SIMPLIFIED]);
    reply_text(c, "pinyin", fields[CEDICT_PINYIN]);
    reply_text(c, "explanation", buf_peek(&b));
    reply_end_object(c);
}

static struct err ciword(struct call *c) {
    struct text value, fields[CEDICT_FIELDS];
    if (!cedict_find(c, text_trim(ask_text(c, ASKED_WORD)), &value))
        return call_nothing(c, "没有收录这个词，请换一个词或拆开查",
                            "the word is not known; try another, or its parts");
    reply_list(c, NULL);
    while (cedict_next(&value, fields))
        put(c, fields);
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_ciword = {
    .path = "/api/ciword",
    .subject = "language",
    .title = {"词语字典", "Dictionary of words"},
    .says = {"查询词语的拼音与释义，简体繁体都可以，十二万余词；释义为英文，来自 CC-CEDICT（CC "
             "BY-SA 4.0）。",
             "Sound and meaning of a Chinese word, simplified or traditional, of more than "
             "120,000; in English, from CC-CEDICT (CC BY-SA 4.0)."},
    .run = ciword,
    .asks = ASKS({"word", ASK_TEXT, REQUIRED, {"词语", "The word"}, 1, 30, .aliases = "keyword"}),
    .gives = GIVES({"[].word", GIVE_TEXT, {"词语", "The word"}},
                   {"[].pinyin", GIVE_TEXT, {"拼音", "Pinyin"}},
                   {"[].explanation", GIVE_TEXT, {"英文释义", "Meaning in English"}}),
    .shows =
        SHOWS({"word=%E5%AD%A6%E4%B9%A0",
               "[{\"word\":\"学习\",\"pinyin\":\"xué xí\",\"explanation\":\"to learn; to study\"}]",
               SHOW_EXACT},
              {"word=%E5%96%AE%E8%BB%8A",
               "[{\"word\":\"单车\",\"pinyin\":\"dān chē\",\"explanation\":\"(coll.) bicycle; bike "
               "(esp. in Hong K"
               "ong, Taiwan and southern China and, more generally, used across China to refer to "
               "a bike-share bic"
               "ycle)\"}]",
               SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_CEDICT),
    .many = 1 + ASKED_WORD,
};
