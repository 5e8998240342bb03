/* roman.c: a number to Roman numerals and back. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/roman.h"

enum { ASKED_NUMBER };

static struct err roman(struct call *c) {
    struct text asked = text_trim(ask_text(c, ASKED_NUMBER));
    uint64_t number;
    unsigned read = 0;
    if (text_to_u64(asked, &number) && number >= 1 && number <= ROMAN_MOST)
        read = (unsigned)number;
    else if (!roman_parse(asked, &read))
        return call_invalid(c, ASKED_NUMBER,
                            "请传 1 到 3999 的整数，或规范写法的罗马数字，如 MCMXCIV",
                            "send a whole number from 1 to 3999, or a Roman numeral in its usual "
                            "spelling, as MCMXCIV");
    reply_object(c, NULL);
    reply_int(c, "number", read);
    reply_text(c, "roman", roman_print_in(c->arena, read));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_roman = {
    .path = "/api/roman",
    .subject = "number",
    .title = {"罗马数字转换", "Roman numerals"},
    .says = {"阿拉伯数字与罗马数字互转，1 到 3999。只认规范写法：IIII、IC 这样的写法会被拒绝。",
             "Turns numbers from 1 to 3999 into Roman numerals and back. Only the usual spelling "
             "is read: IIII and IC are refused."},
    .run = roman,
    .asks = ASKS({"number",
                  ASK_TEXT,
                  REQUIRED,
                  {"整数或罗马数字", "A whole number, or a Roman numeral"},
                  1,
                  20,
                  .aliases = "num|n|roman"}),
    .gives = GIVES({"number", GIVE_INT, {"数值", "The number"}},
                   {"roman", GIVE_TEXT, {"罗马数字", "The Roman numeral"}}),
    .shows = SHOWS({"number=2024", "{\"number\":2024,\"roman\":\"MMXXIV\"}", SHOW_EXACT},
                   {"number=mcmxciv", "{\"number\":1994,\"roman\":\"MCMXCIV\"}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "the subtractive notation of Roman numerals",
    .many = 1 + ASKED_NUMBER,
};
