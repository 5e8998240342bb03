/* number_cn.c: a number in Chinese words, as an amount of money, or back. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/numeral_cn.h"

enum { ASKED_NUMBER };

static struct text words_in(struct call *c, struct text number, enum numeral_style style) {
    struct buf b;
    buf_init(&b, c->arena, LIMIT_REPLY_BYTES);
    return numeral_cn_print(&b, number, style) ? buf_peek(&b) : TEXT("");
}

static struct err number_cn(struct call *c) {
    struct text asked = text_trim(ask_text(c, ASKED_NUMBER)), number = asked,
                plain = words_in(c, asked, NUMERAL_PLAIN);
    if (plain.length == 0) {
        if (!numeral_cn_parse_in(c->arena, asked, &number))
            return call_invalid(
                c, ASKED_NUMBER,
                "请传数字（整数部分最多 16 位、小数最多 8 位）或中文数字，如 一万零五",
                "send a number (16 digits before the point, 8 behind it at most) or Chinese words "
                "such as 一万零五");
        plain = words_in(c, number, NUMERAL_PLAIN);
    }
    struct text money = words_in(c, number, NUMERAL_MONEY);
    reply_object(c, NULL);
    reply_text(c, "number", number);
    reply_text(c, "chinese", plain);
    reply_text(c, "formal", words_in(c, number, NUMERAL_FORMAL));
    if (money.length)
        reply_text(c, "money", money);
    else
        reply_null(c, "money");
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_number_cn = {
    .path = "/api/number/cn",
    .subject = "language",
    .title = {"数字转中文大写", "Numbers in Chinese"},
    .says =
        {"把数字转成中文小写、大写和人民币金额大写，也能把中文数字转回阿拉伯数字。金额最多两位小数"
         "，超过时 money 为 null。",
         "A number in Chinese words, in the formal ones, and as an amount of money; Chinese words "
         "are turned back into digits. Amounts have two decimals at most, else money is null."},
    .run = number_cn,
    .asks = ASKS({"number",
                  ASK_TEXT,
                  REQUIRED,
                  {"数字或中文数字", "Digits or Chinese words"},
                  1,
                  60,
                  .aliases = "num|value|text"}),
    .gives = GIVES({"number", GIVE_TEXT, {"阿拉伯数字", "In digits"}},
                   {"chinese", GIVE_TEXT, {"中文小写", "In words"}},
                   {"formal", GIVE_TEXT, {"中文大写", "In formal words"}},
                   {"money", GIVE_TEXT, {"人民币大写", "As an amount of money"}}),
    .shows = SHOWS({"number=10200.05",
                    "{\"number\":\"10200.05\",\"chinese\":\"一万零二百点零五\",\"formal\":\"壹万零贰佰点零伍\",\"money"
                    "\":\"壹万零贰佰元零伍分\"}", SHOW_EXACT}, {"number=%E4%B8%89%E5%8D%83%E9%9B%B6%E4%BA%94%E5%8D%81%E4%B8%87",
                    "{\"number\":\"30500000\",\"chinese\":\"三千零五十万\",\"formal\":\"叁仟零伍拾万\",\"money\":\"叁仟"
                    "零伍拾万元整\"}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "People's Bank rules for amounts in words",
    .many = 1 + ASKED_NUMBER,
};
