/* hanzi.c: a Chinese character: sounds, radical, strokes, variants, codes, meaning. */
#include "api/language/hanzi_row.h"
#include "call/reply.h"

enum { ASKED_WORD };

static void reply_forms(struct call *c, const struct hanzi *h) {
    hanzi_reply_characters(c, "simplified", h->fields[HANZI_SIMPLIFIED]);
    hanzi_reply_characters(c, "traditional", h->fields[HANZI_TRADITIONAL]);
    hanzi_reply_characters(c, "variants", h->fields[HANZI_OTHER]);
}

static void reply_codes(struct call *c, const struct hanzi *h) {
    reply_text(c, "wubi", h->fields[HANZI_WUBI]);
    reply_text(c, "cangjie", h->fields[HANZI_CANGJIE]);
    reply_text(c, "four_corner", h->fields[HANZI_CORNERS]);
    reply_text(c, "gb2312", h->fields[HANZI_GB]);
    reply_text(c, "telegraph", h->fields[HANZI_TELEGRAPH]);
}

static struct err hanzi(struct call *c) {
    struct hanzi h;
    try(hanzi_asked(c, ASKED_WORD, &h));
    struct text rest = h.character;
    reply_object(c, NULL);
    reply_text(c, "word", h.character);
    reply_text(c, "unicode", text_format_in(c->arena, "U+%04X", (unsigned)text_rune(&rest)));
    hanzi_reply_readings(c, "pinyin", h.fields[HANZI_PINYIN]);
    reply_text(c, "radical", h.radical);
    reply_int(c, "strokes", hanzi_number(h.fields[HANZI_STROKES]));
    reply_int(c, "outside_strokes", hanzi_number(h.fields[HANZI_REST]));
    reply_text(c, "meaning", h.fields[HANZI_MEANING]);
    reply_int(c, "level", hanzi_level(&h));
    reply_forms(c, &h);
    reply_codes(c, &h);
    reply_text(c, "cantonese", h.fields[HANZI_CANTONESE]);
    reply_text(c, "japanese_on", h.fields[HANZI_ON]);
    reply_text(c, "japanese_kun", h.fields[HANZI_KUN]);
    reply_text(c, "korean", h.fields[HANZI_KOREAN]);
    reply_text(c, "vietnamese", h.fields[HANZI_VIETNAMESE]);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_hanzi = {
    .path = "/api/hanzi",
    .subject = "language",
    .title = {"汉字字典", "Chinese character"},
    .says = {"查询一个汉字的读音、部首、笔画数、简繁异体、编码和英文释义，收录 Unicode 15 "
             "的九万八千多字。释义为英文（Unihan），生僻字可能缺项，缺的为空。",
             "Sounds, radical, strokes, variants, codes and English meaning of a Chinese "
             "character, of the 98,000 in Unicode "
             "15. What Unihan lacks for a rare character is empty."},
    .run = hanzi,
    .asks = ASKS(HANZI_ASK),
    .gives =
        GIVES({"word", GIVE_TEXT, {"汉字", "The character"}},
              {"unicode", GIVE_TEXT, {"Unicode 码位", "Its code point"}},
              {"pinyin", GIVE_LIST, {"读音，常用的在前", "Readings, the usual one first"}},
              {"radical", GIVE_TEXT, {"部首，有几种写法时都列出", "Radical, in all its forms"}},
              {"strokes", GIVE_INT, {"总笔画数", "Strokes in all"}},
              {"outside_strokes", GIVE_INT, {"部首外笔画数", "Strokes besides the radical"}},
              {"meaning", GIVE_TEXT, {"英文释义", "Meaning in English"}},
              {"level",
               GIVE_INT,
               {"在《通用规范汉字表》（2013）中的级别 1 到 3，不在表中为 0",
                "Level 1 to 3 in the table of general characters (2013), 0 outside"}},
              {"simplified", GIVE_LIST, {"简体字", "Simplified forms"}},
              {"traditional", GIVE_LIST, {"繁体字", "Traditional forms"}},
              {"variants", GIVE_LIST, {"异体字", "Other variants"}},
              {"wubi", GIVE_TEXT, {"五笔 86 编码", "Wubi 86 code"}},
              {"cangjie", GIVE_TEXT, {"仓颉码", "Cangjie code"}},
              {"four_corner", GIVE_TEXT, {"四角号码，可能有几个", "Four corner codes"}},
              {"gb2312", GIVE_TEXT, {"GB 2312 区位码", "Zone and place in GB 2312"}},
              {"telegraph", GIVE_TEXT, {"大陆电报码", "Telegraph code of the mainland"}},
              {"cantonese", GIVE_TEXT, {"粤语读音", "Reading in Cantonese"}},
              {"japanese_on", GIVE_TEXT, {"日语音读", "Japanese on reading"}},
              {"japanese_kun", GIVE_TEXT, {"日语训读", "Japanese kun reading"}},
              {"korean", GIVE_TEXT, {"韩语读音", "Korean reading"}},
              {"vietnamese", GIVE_TEXT, {"越南语读音", "Vietnamese reading"}}),
    .shows = SHOWS({"word=%E5%AD%A6",
                    "{\"word\":\"学\",\"unicode\":\"U+5B66\",\"pinyin\":[\"xué\"],\"radical\":"
                    "\"子\",\"strokes\":8,\"ou"
                    "tside_strokes\":5,\"meaning\":\"learning, knowledge; "
                    "school\",\"level\":1,\"simplified\":[],\"trad"
                    "itional\":[\"學\"],\"variants\":[],\"wubi\":\"ipbf\",\"cangjie\":\"FBND\","
                    "\"four_corner\":\"3240.7"
                    " 9040.7\",\"gb2312\":\"4907\",\"telegraph\":\"1331\",\"cantonese\":\"hok6\","
                    "\"japanese_on\":\"GAKU"
                    "\",\"japanese_kun\":\"MANABU\",\"korean\":\"학\",\"vietnamese\":\"\"}",
                    SHOW_EXACT},
                   {"word=%E9%BE%98",
                    "{\"word\":\"龘\",\"unicode\":\"U+9F98\",\"pinyin\":[\"dá\"],\"radical\":"
                    "\"龍龙\",\"strokes\":48,\""
                    "outside_strokes\":32,\"meaning\":\"the appearance of a dragon "
                    "walking\",\"level\":0,\"simplified\""
                    ":[],\"traditional\":[],\"variants\":[],\"wubi\":\"uegd\",\"cangjie\":"
                    "\"YPYBP\",\"four_corner\":\"0"
                    "121.1\",\"gb2312\":\"\",\"telegraph\":\"\",\"cantonese\":\"daap6\",\"japanese_"
                    "on\":\"TOU\",\"japan"
                    "ese_kun\":\"\",\"korean\":\"\",\"vietnamese\":\"\"}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_HANZI),
    .many = 1 + ASKED_WORD,
};
