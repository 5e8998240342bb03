/* idcard_generate.c: identity numbers for tests: well formed, of divisions that never existed. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/birthday.h"
#include "codec/idcard.h"

#include <stdio.h>

enum { ASKED_COUNT, ASKED_SEX, ASKED_BIRTHDAY };
enum { EARLIEST_YEAR = 1950, YOUNGEST_AGE = 18 };

/* No division of China has a code that begins with 99, so that no living person can bear one of
 * these. */
static const char region[] = "990000";

static struct date birthday_of(struct call *c) {
    if (ask_has(c, ASKED_BIRTHDAY))
        return ask_date(c, ASKED_BIRTHDAY);
    int64_t first = date_to_day((struct date){EARLIEST_YEAR, 1, 1}),
            last = clock_china_day(c->now_ms) - 366 * YOUNGEST_AGE;
    return date_from_day(first + (int64_t)random_below(c->random, (uint32_t)(last - first)));
}

static struct text number_in(struct call *c) {
    struct date day = birthday_of(c);
    unsigned order = random_below(c->random, 500) * 2;
    bool is_male =
        ask_has(c, ASKED_SEX) ? ask_is(c, ASKED_SEX, "male") : random_below(c->random, 2) == 1;
    char digits[24];
    snprintf(digits, sizeof digits, "%s%04d%02d%02d%03u", region, day.year % 10000, day.month % 100,
             day.day % 100, order + is_male);
    return text_format_in(c->arena, "%.17s%c", digits, idcard_check_character(digits));
}

static struct err idcard_generate(struct call *c) {
    struct date day = ask_date(c, ASKED_BIRTHDAY);
    if (ask_has(c, ASKED_BIRTHDAY) &&
        (day.year < 1900 || date_to_day(day) > clock_china_day(c->now_ms)))
        return call_invalid(c, ASKED_BIRTHDAY, "生日应在 1900 年之后、今天之前",
                            "the birthday must lie between 1900 and today");
    reply_list(c, NULL);
    for (int64_t i = 0; i < ask_int(c, ASKED_COUNT); i++)
        reply_text(c, NULL, number_in(c));
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_idcard_generate = {
    .path = "/api/idcard/generate",
    .subject = "identity",
    .title = {"测试用身份证号", "Identity numbers for tests"},
    .says = {"生成校验码正确、供软件测试用的 18 位身份证号。地址码一律为不存在的 "
             "990000，因此不会是任何真人的号码；会核对地址码的程序会拒绝它们。",
             "Identity numbers of 18 characters with a right check character, for testing "
             "software. The place is always 990000, which does not exist, so "
             "that none can be a living person's; programs that look the place up refuse them."},
    .run = idcard_generate,
    .asks = ASKS({"count",
                  ASK_INT,
                  OPTIONAL,
                  {"个数", "How many"},
                  1,
                  100,
                  .fallback = "1",
                  .aliases = "num|n"},
                 {"sex",
                  ASK_CHOICE,
                  OPTIONAL,
                  {"性别，默认随机", "Sex; either if not given"},
                  .choices = "male=m=1=男|female=f=0=女"},
                 {"birthday",
                  ASK_DATE,
                  OPTIONAL,
                  {"生日，默认随机的成年人", "Birthday; some grown-up's if not given"}}),
    .gives =
        GIVES({"", GIVE_LIST, {"号码", "The numbers"}}, {"[]", GIVE_TEXT, {"号码", "A number"}}),
    .shows = SHOWS({"count=2", "[\"990000199001011234\",\"990000199001011234\"]", SHOW_SHAPE},
                   {"sex=female&birthday=1990-01-01", "[\"990000199001010028\"]", SHOW_SHAPE}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .stands_on = "GB 11643-1999",
};
