/* hanzi_wubi.c: the codes of a text in wubi 86, character by character, and of its words. */
#include "api/language/hanzi_row.h"
#include "call/reply.h"

enum { ASKED_WORD };
enum { CODE_LETTERS = 4, WORD_MAX = 50 };

/* Two characters: two letters each; three: one, one, two; four and more: the first three and the
 * last, one each. */
static struct text word_code_in(struct call *c, const struct text *codes, unsigned count) {
    static const unsigned takes[][CODE_LETTERS] = {{2, 2, 0, 0}, {1, 1, 2, 0}, {1, 1, 1, 1}};
    struct buf b;
    if (count < 2)
        return count ? codes[0] : TEXT("");
    const unsigned *take = takes[count > 4 ? 2 : count - 2];
    buf_init(&b, c->arena, CODE_LETTERS);
    for (unsigned i = 0; i < (count > CODE_LETTERS ? CODE_LETTERS : count); i++) {
        struct text code = codes[i == 3 ? count - 1 : i];
        if (code.length < take[i])
            return TEXT("");
        buf_text(&b, text_part(code, 0, take[i]));
    }
    return buf_peek(&b);
}

static struct err hanzi_wubi(struct call *c) {
    struct text rest = text_trim(ask_text(c, ASKED_WORD)), codes[WORD_MAX];
    unsigned count = 0;
    reply_object(c, NULL);
    reply_text(c, "word", rest);
    reply_list(c, "list");
    while (rest.length && count < WORD_MAX) {
        struct hanzi h;
        struct text before = rest;
        text_rune(&rest);
        if (!hanzi_find(c, text_of(before.bytes, before.length - rest.length), &h) ||
            h.fields[HANZI_WUBI].length == 0)
            return call_nothing(c, "有的字没有五笔编码，请只传汉字",
                                "one of the characters has no code; send Chinese characters only");
        codes[count++] = h.fields[HANZI_WUBI];
        reply_object(c, NULL);
        reply_text(c, "word", h.character);
        reply_text(c, "code", h.fields[HANZI_WUBI]);
        reply_end_object(c);
    }
    reply_end_list(c);
    reply_text(c, "code", word_code_in(c, codes, count));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_hanzi_wubi = {
    .path = "/api/hanzi/wubi",
    .subject = "language",
    .title = {"五笔编码查询", "Wubi codes"},
    .says = {"查询汉字的五笔 86 版全码，并按词组规则拼出整个词的编码。",
             "The full Wubi 86 code of each character, and the code of the whole word by the rules "
             "for words."},
    .run = hanzi_wubi,
    .asks = ASKS({"word",
                  ASK_TEXT,
                  REQUIRED,
                  {"汉字或词", "A character or a word"},
                  1,
                  WORD_MAX,
                  .aliases = "char|text|keyword"}),
    .gives = GIVES({"word", GIVE_TEXT, {"传入的字词", "The word"}},
                   {"list", GIVE_LIST, {"逐字的编码", "Each character's code"}},
                   {"list[].word", GIVE_TEXT, {"汉字", "The character"}},
                   {"list[].code", GIVE_TEXT, {"五笔 86 全码", "Its full code"}},
                   {"code",
                    GIVE_TEXT,
                    {"词组编码；一个字时为其全码", "The word's code; of one character, its own"}}),
    .shows = SHOWS({"word=%E4%B8%AD%E5%9B%BD",
                    "{\"word\":\"中国\",\"list\":[{\"word\":\"中\",\"code\":\"khk\"},{\"word\":"
                    "\"国\",\"code\":\"lgyi\""
                    "}],\"code\":\"khlg\"}",
                    SHOW_EXACT},
                   {"word=%E8%AE%A1%E7%AE%97%E6%9C%BA",
                    "{\"word\":\"计算机\",\"list\":[{\"word\":\"计\",\"code\":\"yfh\"},{\"word\":"
                    "\"算\",\"code\":\"thaj"
                    "\"},{\"word\":\"机\",\"code\":\"smn\"}],\"code\":\"ytsm\"}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_HANZI),
};
