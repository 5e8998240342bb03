/* hanzi_code.c: the input codes of a character besides wubi: Cangjie, four corners, strokes,
 * telegraph. */
#include "api/language/hanzi_row.h"
#include "call/reply.h"

enum { ASKED_WORD };

/* "fbnd" in the keys' own characters: 火月弓木. */
static struct text cangjie_in(struct call *c, struct text code) {
    static const char *const keys[] = {"日", "月", "金", "木", "水", "火", "土", "竹", "戈",
                                       "十", "大", "中", "一", "弓", "人", "心", "手", "口",
                                       "尸", "廿", "山", "女", "田", "难", "卜", "重"};
    struct buf b;
    buf_init(&b, c->arena, LIMIT_REPLY_BYTES);
    for (size_t i = 0; i < code.length; i++)
        if (code.bytes[i] >= 'A' && code.bytes[i] <= 'Z')
            buf_c(&b, keys[code.bytes[i] - 'A']);
    return buf_peek(&b);
}

static struct err hanzi_code(struct call *c) {
    struct hanzi h;
    try(hanzi_asked(c, ASKED_WORD, &h));
    struct text rest = h.character;
    unsigned rune = (unsigned)text_rune(&rest);
    reply_object(c, NULL);
    reply_text(c, "word", h.character);
    reply_text(c, "unicode", text_format_in(c->arena, "U+%04X", rune));
    reply_text(c, "html", text_format_in(c->arena, "&#x%X;", rune));
    reply_text(c, "cangjie", h.fields[HANZI_CANGJIE]);
    reply_text(c, "cangjie_keys", cangjie_in(c, h.fields[HANZI_CANGJIE]));
    reply_text(c, "four_corner", h.fields[HANZI_CORNERS]);
    reply_text(c, "wubi", h.fields[HANZI_WUBI]);
    reply_text(c, "stroke", h.fields[HANZI_ORDER]);
    reply_text(c, "gb2312", h.fields[HANZI_GB]);
    reply_text(c, "telegraph", h.fields[HANZI_TELEGRAPH]);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_hanzi_code = {
    .path = "/api/hanzi/code",
    .subject = "language",
    .title = {"仓颉、四角、笔画码", "Input codes of a character"},
    .says = {"查询一个汉字的仓颉码、四角号码、五笔 86、笔画码（h 横 s 竖 p 撇 n 捺点 z "
             "折）、区位码与电报码。",
             "Cangjie, four corner, Wubi 86, stroke (h s p n z), GB 2312 and telegraph codes of a "
             "character."},
    .run = hanzi_code,
    .asks = ASKS(HANZI_ASK),
    .gives = GIVES({"word", GIVE_TEXT, {"汉字", "The character"}},
                   {"unicode", GIVE_TEXT, {"Unicode 码位", "Code point"}},
                   {"html", GIVE_TEXT, {"HTML 字符引用", "HTML character reference"}},
                   {"cangjie", GIVE_TEXT, {"仓颉码字母", "Cangjie letters"}},
                   {"cangjie_keys", GIVE_TEXT, {"仓颉码字根", "Cangjie keys"}},
                   {"four_corner", GIVE_TEXT, {"四角号码", "Four corner code"}},
                   {"wubi", GIVE_TEXT, {"五笔 86", "Wubi 86"}},
                   {"stroke", GIVE_TEXT, {"笔画码", "Strokes in order"}},
                   {"gb2312", GIVE_TEXT, {"区位码", "GB 2312"}},
                   {"telegraph", GIVE_TEXT, {"电报码", "Telegraph code"}}),
    .shows = SHOWS({"word=%E5%AD%A6",
                    "{\"word\":\"学\",\"unicode\":\"U+5B66\",\"html\":\"&#x5B66;\",\"cangjie\":"
                    "\"FBND\",\"cangjie_keys"
                    "\":\"火月弓木\",\"four_corner\":\"3240.7 "
                    "9040.7\",\"wubi\":\"ipbf\",\"stroke\":\"nnpnzzzh\",\"gb23"
                    "12\":\"4907\",\"telegraph\":\"1331\"}",
                    SHOW_EXACT},
                   {"word=%E6%98%8E",
                    "{\"word\":\"明\",\"unicode\":\"U+660E\",\"html\":\"&#x660E;\",\"cangjie\":"
                    "\"AB\",\"cangjie_keys\":"
                    "\"日月\",\"four_corner\":\"6702.0\",\"wubi\":\"jeg\",\"stroke\":\"szhhpzhh\","
                    "\"gb2312\":\"3587\","
                    "\"telegraph\":\"2494\"}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_HANZI),
    .many = 1 + ASKED_WORD,
};
