/* hanzi_search.c: characters by their radical, by their strokes, or by their sound. */
#include "api/language/hanzi_row.h"
#include "call/reply.h"

enum { ASKED_RADICAL, ASKED_STROKES, ASKED_PINYIN };

static struct err radical_key(struct call *c, struct text *out) {
    struct hanzi h;
    struct text asked = text_trim(ask_text(c, ASKED_RADICAL)), number = asked;
    uint64_t digits;
    if (!text_to_u64(asked, &digits)) {
        if (!hanzi_find(c, asked, &h))
            return call_invalid(c, ASKED_RADICAL, "请传部首（如 氵）或康熙部首号 1 到 214",
                                "send a radical, such as 氵, or its number, 1 to 214");
        number = h.fields[HANZI_RADICAL];
        if (number.length && number.bytes[number.length - 1] == '\'')
            number.length--;
    }
    *out = ask_has(c, ASKED_STROKES) ? text_format_in(c->arena, "r%.*s.%d", TEXT_ARG(number),
                                                      (int)ask_int(c, ASKED_STROKES))
                                     : text_format_in(c->arena, "r%.*s", TEXT_ARG(number));
    return ok;
}

static struct err key_of(struct call *c, struct text *out) {
    if (ask_has(c, ASKED_RADICAL))
        return radical_key(c, out);
    if (ask_has(c, ASKED_PINYIN))
        *out =
            text_format_in(c->arena, "y %.*s",
                           TEXT_ARG(text_lower_in(c->arena, text_trim(ask_text(c, ASKED_PINYIN)))));
    else if (ask_has(c, ASKED_STROKES))
        *out = text_format_in(c->arena, "s%d", (int)ask_int(c, ASKED_STROKES));
    else
        return call_invalid(c, ASKED_RADICAL, "请传 radical、pinyin 或 strokes 之一",
                            "send one of radical, pinyin and strokes");
    return ok;
}

static struct err hanzi_search(struct call *c) {
    struct text key, found;
    try(key_of(c, &key));
    if (!pack_find(data_pack(c->data, DATA_HANZI), key, &found))
        return call_nothing(c, "没有这样的字", "there are no such characters");
    reply_object(c, NULL);
    reply_int(c, "total", (int64_t)text_runes(found));
    hanzi_reply_characters(c, "list", found);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_hanzi_search = {
    .path = "/api/hanzi/search",
    .subject = "language",
    .title = {"部首、笔画、读音检字", "Find characters"},
    .says = {"按部首（可再加部首外笔画数）、按总笔画数，或按读音（xue 或 xue2，ü 写作 "
             "v）查汉字，规范字在前，最多 600 个。",
             "Characters by radical (and strokes besides it), by all strokes, or by sound (xue or "
             "xue2, v for ü); those of the table of 2013 come first, 600 at most."},
    .run = hanzi_search,
    .asks = ASKS({"radical",
                  ASK_TEXT,
                  OPTIONAL,
                  {"部首或其康熙部首号", "Radical or its number"},
                  1,
                  3,
                  .aliases = "bushou"},
                 {"strokes",
                  ASK_INT,
                  OPTIONAL,
                  {"有 radical 时为部首外笔画数，否则为总笔画数",
                   "With radical: strokes besides it; else all strokes"},
                  0,
                  64},
                 {"pinyin", ASK_TEXT, OPTIONAL, {"读音", "Sound"}, 1, 8}),
    .gives = GIVES({"total", GIVE_INT, {"个数", "How many"}},
                   {"list", GIVE_LIST, {"汉字", "The characters"}}),
    .shows =
        SHOWS({"radical=%E9%BE%99&strokes=5", "{\"total\":1,\"list\":[\"龒\"]}", SHOW_EXACT},
              {"pinyin=nv3", "{\"total\":4,\"list\":[\"女\",\"钕\",\"籹\",\"釹\"]}", SHOW_EXACT},
              {"strokes=30",
               "{\"total\":10,\"list\":[\"爨\",\"厵\",\"癵\",\"籱\",\"饢\",\"驫\",\"鱺\",\"鸝\","
               "\"鸞\",\"麣\"]}",
               SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_HANZI),
};
