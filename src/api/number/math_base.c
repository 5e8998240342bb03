/* math_base.c: a whole number in another base, of any length up to a limit. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/radix.h"

enum { ASKED_NUMBER, ASKED_FROM, ASKED_TO };
enum { DIGITS_MOST = 1000 };

static struct err math_base(struct call *c) {
    struct text number = text_trim(ask_text(c, ASKED_NUMBER)), converted;
    bool is_negative = text_starts(number, TEXT("-"));
    unsigned from = (unsigned)ask_int(c, ASKED_FROM), to = (unsigned)ask_int(c, ASKED_TO);
    if (!radix_convert_in(c->arena, text_from(number, is_negative), from, to, &converted))
        return call_invalid(c, ASKED_NUMBER, text_say_in(c->arena, "不是 %u 进制的整数", from),
                            text_say_in(c->arena, "not a whole number in base %u", from));
    bool is_zero = text_equal_c(converted, "0");
    reply_object(c, NULL);
    reply_text(c, "number", number);
    reply_int(c, "from", from);
    reply_int(c, "to", to);
    reply_text(c, "result",
               is_negative && !is_zero ? text_format_in(c->arena, "-%.*s", TEXT_ARG(converted))
                                       : converted);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_math_base = {
    .path = "/api/math/base",
    .subject = "number",
    .title = {"进制转换", "Number bases"},
    .says = {"把整数从一种进制（2 到 36）转成另一种，最多 1000 "
             "位，不丢精度；字母不分大小写，0x、0b、0o 前缀可省。",
             "Turns a whole number of up to 1,000 digits from one base (2 to 36) into another, "
             "exactly; letters in either case, the "
             "prefixes 0x, 0b and 0o may be left out."},
    .run = math_base,
    .asks = ASKS({"number",
                  ASK_TEXT,
                  REQUIRED,
                  {"整数，可带负号", "A whole number, with a minus if wanted"},
                  1,
                  DIGITS_MOST,
                  .aliases = "num|n|value"},
                 {"from", ASK_INT, OPTIONAL, {"原进制", "Its base"}, 2, 36, .fallback = "10"},
                 {"to",
                  ASK_INT,
                  OPTIONAL,
                  {"目标进制", "The base that is wanted"},
                  2,
                  36,
                  .fallback = "16"}),
    .gives = GIVES({"number", GIVE_TEXT, {"传入的数", "The number that was sent"}},
                   {"from", GIVE_INT, {"原进制", "Its base"}},
                   {"to", GIVE_INT, {"目标进制", "The base wanted"}},
                   {"result", GIVE_TEXT, {"结果，小写字母", "The result, in small letters"}}),
    .shows = SHOWS(
        {"number=255", "{\"number\":\"255\",\"from\":10,\"to\":16,\"result\":\"ff\"}", SHOW_EXACT},
        {"number=-0xFFFFFFFFFFFFFFFFFFFF&from=16&to=10",
         "{\"number\":\"-0xFFFFFFFFFFFFFFFFFFFF\",\"from\":16,\"to\":10,\"result\":\"-"
         "1208925819614629174706175\"}",
         SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "positional notation",
    .many = 1 + ASKED_NUMBER,
};
