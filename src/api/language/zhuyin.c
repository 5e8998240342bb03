/* zhuyin.c: Chinese text in bopomofo. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/zhuyin.h"
#include "data/data.h"
#include "data/reading.h"

enum { ASKED_WORD };

static struct err zhuyin(struct call *c) {
    struct text word = ask_text(c, ASKED_WORD);
    struct readings r =
        reading_in(c->arena, data_pack(c->data, DATA_WORDS), data_pack(c->data, DATA_PINYIN), word);
    struct buf b;
    buf_init(&b, c->arena, LIMIT_REPLY_BYTES);
    for (size_t i = 0; i < r.count; i++) {
        if (i && r.marks[i].syllable.length && r.marks[i - 1].syllable.length)
            buf_char(&b, ' ');
        if (r.marks[i].syllable.length)
            zhuyin_print(&b, r.marks[i].syllable);
        else
            buf_text(&b, r.marks[i].piece);
    }
    reply_object(c, NULL);
    reply_text(c, "word", word);
    reply_text(c, "zhuyin", buf_peek(&b));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_zhuyin = {
    .path = "/api/zhuyin",
    .subject = "language",
    .title = {"注音符号", "Bopomofo"},
    .says = {"把汉字转成注音符号，多音字按所在的词选读音。第一声不标，轻声 ˙ 标在前面。",
             "Turns Chinese into bopomofo; characters with several readings get that of their "
             "word. The first tone has no mark, the neutral one stands in front."},
    .run = zhuyin,
    .asks = ASKS({"word",
                  ASK_TEXT,
                  REQUIRED,
                  {"要转换的文本", "The text"},
                  1,
                  2000,
                  .aliases = "text|content"}),
    .gives = GIVES({"word", GIVE_TEXT, {"传入的文本", "The text"}},
                   {"zhuyin", GIVE_TEXT, {"注音", "Bopomofo"}}),
    .shows = SHOWS({"word=%E9%93%B6%E8%A1%8C%E8%A1%8C%E9%95%BF",
                    "{\"word\":\"银行行长\",\"zhuyin\":\"ㄧㄣˊ ㄏㄤˊ ㄏㄤˊ ㄓㄤˇ\"}", SHOW_EXACT},
                   {"word=%E7%BB%BF%E8%89%B2%E7%9A%84%E6%A1%8C%E5%AD%90",
                    "{\"word\":\"绿色的桌子\",\"zhuyin\":\"ㄌㄩˋ ㄙㄜˋ ˙ㄉㄜ ㄓㄨㄛ ˙ㄗ\"}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_PINYIN, DATA_WORDS),
};
