/* event_history.c: what happened on a day of the year, today if none is named. */
#include "api/life/event_row.h"

enum { ASKED_MONTH, ASKED_DAY };

static struct err event_history(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_EVENTS);
    struct date today = date_from_day(clock_china_day(c->now_ms));
    unsigned month = ask_has(c, ASKED_MONTH) ? (unsigned)ask_int(c, ASKED_MONTH) : today.month;
    unsigned day = ask_has(c, ASKED_DAY) ? (unsigned)ask_int(c, ASKED_DAY) : today.day;
    struct text key, value;
    if (!date_is_real((struct date){2000, month, day}))
        return call_invalid(c, ASKED_DAY, "没有这一天", "there is no such day");
    struct range all = range_of(p, text_format_in(c->arena, "%02u%02u", month, day));
    reply_list(c, NULL);
    for (uint32_t i = all.from; i < all.until; i++)
        if (pack_at(p, i, &key, &value))
            event_reply(c, key, value);
    reply_end_list(c);
    return all.from < all.until
               ? ok
               : call_nothing(c, "这一天没有收录事件", "nothing is recorded for this day");
}

const struct endpoint endpoint_event_history = {
    .path = "/api/eventHistory",
    .subject = "life",
    .title = {"历史上的今天", "On this day"},
    .says = {"返回历史上某月某日的事件，按年份排列；不传则为今天（北京时间）。收录二百五十余条确凿"
             "的史实，文字为本站所写，有的日子没有。",
             "What happened on a day of the year, by year; today (in China) if none is named. "
             "About 250 well-known facts in our own words, in Chinese; some days have none."},
    .run = event_history,
    .asks = ASKS({"month", ASK_INT, OPTIONAL, {"月", "Month"}, 1, 12},
                 {"day", ASK_INT, OPTIONAL, {"日", "Day"}, 1, 31}),
    .gives = GIVES(EVENT_GIVES("[].")),
    .shows = SHOWS({"month=7&day=20",
                    "[{\"id\":\"0720069691\",\"title\":\"“阿波罗11号”登月，阿姆斯特朗踏上月球\","
                    "\"year\":\"1969\",\"mon"
                    "th\":\"07\",\"day\":\"20\",\"monthday\":\"0720\",\"date\":\"1969年07月20日\","
                    "\"desc\":\"“阿波罗11号"
                    "”登月，阿姆斯特朗踏上月球\"},{\"id\":\"0720069761\",\"title\":"
                    "\"“海盗1号”在火星着陆\",\"year\":\"1"
                    "976\",\"month\":\"07\",\"day\":\"20\",\"monthday\":\"0720\",\"date\":"
                    "\"1976年07月20日\",\"desc\":"
                    "\"“海盗1号”在火星着陆\"}]",
                    SHOW_EXACT},
                   {"",
                    "[{\"id\":\"0601068311\",\"title\":\"詹姆斯·罗斯到达北磁极\",\"year\":\"1831\","
                    "\"month\":\"06\",\"d"
                    "ay\":\"01\",\"monthday\":\"0601\",\"date\":\"1831年06月01日\",\"desc\":"
                    "\"詹姆斯·罗斯到达北磁极\"}]",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_EVENTS),
};
