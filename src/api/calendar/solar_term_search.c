/* solar_term_search.c: the solar term of a day. */
#include "api/calendar/solar_term_reply.h"
#include "call/ask.h"

enum { ASKED_DATE };

static struct err solar_term_search(struct call *c) {
    struct date date = ask_date(c, ASKED_DATE);
    if (date.year < SOLAR_TERM_YEAR_MIN || date.year > SOLAR_TERM_YEAR_MAX)
        return call_invalid(c, ASKED_DATE, "date 请在 1900-01-01 到 2100-12-31 之间",
                            "date must be from 1900-01-01 to 2100-12-31");
    int64_t day = date_to_day(date);
    struct solar_term term = solar_term_of_day(day);
    reply_object(c, NULL);
    solar_term_reply(c, term);
    reply_bool(c, "exists", solar_term_day(term) == day);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_solar_term_search = {
    .path = "/api/solarTerm/search",
    .subject = "calendar",
    .title = {"二十四节气（按日期）", "The solar term of a day"},
    .says = {"查询一天的节气。当天交节则 exists 为 true；否则返回当天所在的节气，即此前最近开始的一个，exists 为 "
             "false，date 是它开始的日期。",
             "Looks up the solar term of a day. Where one begins on that day, exists is true; else it is the term "
             "in which the day lies, the last one that began, with exists false and date telling when it began."},
    .run = solar_term_search,
    .asks = ASKS({"date", ASK_DATE, REQUIRED,
                  {"日期，1900-01-01 到 2100-12-31", "A day from 1900-01-01 to 2100-12-31"}}),
    .gives = GIVES(SOLAR_TERM_GIVES(""),
                   {"exists", GIVE_BOOL, {"当天是否交节", "Whether a term begins on that very day"}}),
    .shows = SHOWS({"date=2024-12-21",
                    "{\"date\":\"2024-12-21\",\"name\":\"冬至\",\"proverb\":\"冬至一阳生。\",\"xisu\":\"北方吃饺子，"
                    "南方吃汤圆，祭祖，画九九消寒图。\",\"desc\":\"冬至是冬季的第四个节气，太阳到达黄经270度，直射"
                    "南回归线，常在公历12月21日至23日。\",\"climate\":\"北半球一年中白昼最短的一天；从此“数九”，最冷"
                    "的日子还在后头。\",\"time\":\"17:20:35\",\"meaning\":\"“至”是极：日影最长，白昼最短，此后阳气"
                    "回升。\",\"image\":\"\",\"exists\":true}",
                    SHOW_EXACT},
                   {"date=2024-04-10",
                    "{\"date\":\"2024-04-04\",\"name\":\"清明\",\"proverb\":\"清明前后，种瓜点豆。\",\"xisu\":\"扫墓"
                    "祭祖，踏青，插柳，荡秋千，吃青团。\",\"desc\":\"清明是春季的第五个节气，也是祭祖的节日，太阳到达"
                    "黄经15度，常在公历4月4日至6日。\",\"climate\":\"天气转暖，草木新绿，南方雨意渐浓，北方干燥多风。\","
                    "\"time\":\"15:02:17\",\"meaning\":\"万物生长到此时，清洁而明净。\",\"image\":\"\",\"exists\":"
                    "false}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = SOLAR_TERM_STANDS_ON,
};
