/* solar_term.c: the 24 solar terms of a year. */
#include "api/calendar/solar_term_reply.h"
#include "call/ask.h"

enum { ASKED_YEAR };

static struct err solar_term(struct call *c) {
    struct solar_term term = {(int)ask_int(c, ASKED_YEAR), 0};
    reply_list(c, NULL);
    for (; term.number < SOLAR_TERMS; term.number++) {
        reply_object(c, NULL);
        solar_term_reply(c, term);
        reply_end_object(c);
    }
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_solar_term = {
    .path = "/api/solarTerm",
    .subject = "calendar",
    .title = {"二十四节气（按年）", "The 24 solar terms of a year"},
    .says = {"返回公历一年的二十四节气，从小寒到冬至：日期、交节时刻（按太阳视黄经计算，已过去的年份精确到数秒；"
             "未来受地球自转不均匀的影响，到 2100 年误差可达半分钟）、谚语、习俗、气候与含义。",
             "Returns the 24 solar terms of a Gregorian year, from 小寒 to 冬至: the day and the instant (from "
             "the sun's apparent longitude; good to seconds for the past, to half a minute by 2100, since the "
             "earth's turning cannot be foretold better), a proverb, customs, climate and meaning, in Chinese."},
    .run = solar_term,
    .asks = ASKS({"year", ASK_INT, REQUIRED, {"公历年份，1900 到 2100", "Gregorian year, 1900 to 2100"},
                  SOLAR_TERM_YEAR_MIN, SOLAR_TERM_YEAR_MAX}),
    .gives = GIVES({"", GIVE_LIST, {"24 个节气，按日期排列", "The 24 terms, by date"}}, SOLAR_TERM_GIVES("[].")),
    .shows = SHOWS({"year=2024",
                    "[{\"date\":\"2024-01-06\",\"name\":\"小寒\",\"proverb\":\"小寒大寒，冷成一团。\",\"xisu\":"
                    "\"喝腊八粥，吃糯米饭，探梅，备年货。\",\"desc\":\"小寒是冬季的第五个节气，太阳到达黄经285度，"
                    "常在公历1月5日或6日。\",\"climate\":\"冷空气一波接一波，多数地方进入一年里最冷的日子，北方常见"
                    "冰冻，南方也有霜雪。\",\"time\":\"04:49:22\",\"meaning\":\"寒气已盛而未到极点，所以叫“小”寒。"
                    "\",\"image\":\"\"}]",
                    SHOW_SHAPE}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = SOLAR_TERM_STANDS_ON,
};
