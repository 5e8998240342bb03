/* jyutping.c: Chinese text in Cantonese, the longest known word first. */
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"

enum { ASKED_WORD };
enum { WORD_MAX = 8 };

/* The bytes of the longest word of the pack that `rest` begins with; 0 where not even its first
 * character is known. */
static size_t longest(const struct pack *p, struct text rest, struct text *reading_out) {
    struct text tail = rest, value;
    size_t found = 0;
    for (unsigned i = 0; i < WORD_MAX && tail.length; i++) {
        if (text_rune(&tail) < 0)
            break;
        if (pack_find(p, text_part(rest, 0, rest.length - tail.length), &value)) {
            found = rest.length - tail.length;
            *reading_out = value;
        }
    }
    return found;
}

static struct err jyutping(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_JYUTPING);
    struct text word = ask_text(c, ASKED_WORD), rest = word, reading = {0};
    struct buf b;
    bool was_read = false;
    buf_init(&b, c->arena, LIMIT_REPLY_BYTES);
    while (rest.length) {
        size_t length = longest(p, rest, &reading);
        struct text tail = rest;
        if (length == 0)
            text_rune(&tail);
        if (length && was_read)
            buf_char(&b, ' ');
        buf_text(&b, length ? reading : text_part(rest, 0, rest.length - tail.length));
        was_read = length > 0;
        rest = length ? text_from(rest, length) : tail;
    }
    reply_object(c, NULL);
    reply_text(c, "word", word);
    reply_text(c, "jyutping", buf_peek(&b));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_jyutping = {
    .path = "/api/jyutping",
    .subject = "language",
    .title = {"粤语拼音", "Cantonese in jyutping"},
    .says = {"把汉字转成粤拼，多音字按所在的词选读音，简繁都可以，不是汉字的原样保留。",
             "Turns Chinese into jyutping; characters with several readings get that of their "
             "word. Simplified and traditional; the rest stays as it is."},
    .run = jyutping,
    .asks = ASKS({"word",
                  ASK_TEXT,
                  REQUIRED,
                  {"要转换的文本", "The text"},
                  1,
                  1000,
                  .aliases = "text|content"}),
    .gives = GIVES({"word", GIVE_TEXT, {"传入的文本", "The text"}},
                   {"jyutping", GIVE_TEXT, {"粤拼", "Jyutping"}}),
    .shows = SHOWS({"word=%E9%A6%99%E6%B8%AF%E4%BA%BA%E8%AC%9B%E5%BB%A3%E6%9D%B1%E8%A9%B1",
                    "{\"word\":\"香港人講廣東話\",\"jyutping\":\"hoeng1 gong2 jan4 gong2 gwong2 dung1 waa2\"}", SHOW_EXACT}, {"word=%E9%9F%B3%E4%B9%90%E8%80%81%E5%B8%88",
                    "{\"word\":\"音乐老师\",\"jyutping\":\"jam1 ngok6 lou5 si1\"}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_JYUTPING),
};
