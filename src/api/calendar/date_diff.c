/* date_diff.c: how far two days are apart, and which day lies so far behind another. */
#include "call/ask.h"
#include "call/reply.h"

#include <stdlib.h>

enum { ASKED_START, ASKED_END };

struct span {
    int years, months;
    int64_t days;
};

/* The day `months` later; the last of its month where that is shorter. */
static int64_t later(struct date d, int months) {
    int month = d.year * 12 + (int)d.month - 1 + months;
    struct date to = {month / 12, (unsigned)(month % 12) + 1, d.day};
    unsigned last = date_month_days(to.year, to.month);
    to.day = to.day > last ? last : to.day;
    return date_to_day(to);
}

/* Whole months first, then the days that are left. */
static struct span span_of(struct date from, struct date to) {
    int64_t end = date_to_day(to);
    int months = (to.year - from.year) * 12 + (int)to.month - (int)from.month;
    if (later(from, months) > end)
        months--;
    return (struct span){months / 12, months % 12, end - later(from, months)};
}

/* The week of ISO 8601: it belongs to the year of its Thursday. */
static void reply_day(struct call *c, const char *name, struct date d) {
    int64_t day = date_to_day(d);
    unsigned weekday = (date_weekday(day) + 6) % 7; /* 0 = Monday */
    struct date thursday = date_from_day(day + 3 - (int)weekday);
    int64_t first = date_to_day((struct date){thursday.year, 1, 1});
    reply_object(c, name);
    reply_text(c, "date", date_print_in(c->arena, d));
    reply_int(c, "weekday", weekday + 1);
    reply_int(c, "day_of_year", day - date_to_day((struct date){d.year, 1, 1}) + 1);
    reply_text(c, "iso_week", text_format_in(c->arena, "%04d-W%02d", thursday.year,
                                             (int)((date_to_day(thursday) - first) / 7) + 1));
    reply_end_object(c);
}

static struct err date_diff(struct call *c) {
    struct date today = date_from_day(clock_china_day(c->now_ms));
    struct date start = ask_date(c, ASKED_START);
    struct date end = ask_has(c, ASKED_END) ? ask_date(c, ASKED_END) : today;
    int64_t days = date_to_day(end) - date_to_day(start);
    struct span s = days < 0 ? span_of(end, start) : span_of(start, end);
    reply_object(c, NULL);
    reply_day(c, "start", start);
    reply_day(c, "end", end);
    reply_int(c, "days", days);
    reply_int(c, "weeks", llabs(days) / 7);
    reply_int(c, "weeks_days", llabs(days) % 7);
    reply_int(c, "years", s.years);
    reply_int(c, "months", s.months);
    reply_int(c, "months_days", s.days);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_date_diff = {
    .path = "/api/date/diff",
    .subject = "calendar",
    .title = {"日期间隔计算", "Days between two dates"},
    .says = {"两个日期相差多少天，合几年几个月几天、几周几天，并给出星期、当年第几天和 ISO 周。不传 end 时算到今天（东八区）。满月按日期对应，"
             "没有对应日的取当月最后一天。",
             "How many days lie between two dates, also as years, months and days and as weeks, with the weekday, the day of "
             "the year and the ISO week of both. Without end, up to today in China. A month is full on the same day of the "
             "next, or on its last day where it is shorter."},
    .run = date_diff,
    .asks = ASKS({"start", ASK_DATE, REQUIRED, {"开始日期", "The first date"}, .aliases = "from|date"},
                 {"end", ASK_DATE, OPTIONAL, {"结束日期，默认今天", "The other date; today by default"}, .aliases = "to"}),
    .gives = GIVES({"start", GIVE_OBJECT, {"开始日期", "The first date"}}, {"start.date", GIVE_TEXT, {"日期", "Date"}},
                   {"start.weekday", GIVE_INT, {"星期，1 为星期一", "Weekday, 1 is Monday"}},
                   {"start.day_of_year", GIVE_INT, {"当年第几天", "Day of the year"}},
                   {"start.iso_week", GIVE_TEXT, {"ISO 周", "ISO week"}},
                   {"end", GIVE_OBJECT, {"结束日期", "The other date"}}, {"end.date", GIVE_TEXT, {"日期", "Date"}},
                   {"end.weekday", GIVE_INT, {"星期，1 为星期一", "Weekday, 1 is Monday"}},
                   {"end.day_of_year", GIVE_INT, {"当年第几天", "Day of the year"}},
                   {"end.iso_week", GIVE_TEXT, {"ISO 周", "ISO week"}},
                   {"days", GIVE_INT, {"相差天数；end 在前时为负", "Days; negative where end is earlier"}},
                   {"weeks", GIVE_INT, {"整周数", "Whole weeks"}},
                   {"weeks_days", GIVE_INT, {"整周之外的天数", "Days beyond whole weeks"}},
                   {"years", GIVE_INT, {"整年数", "Whole years"}},
                   {"months", GIVE_INT, {"整年之外的整月数", "Whole months beyond the years"}},
                   {"months_days", GIVE_INT, {"整月之外的天数", "Days beyond the months"}}),
    .shows = SHOWS({"start=2024-02-29&end=2025-03-01",
                    "{\"start\":{\"date\":\"2024-02-29\",\"weekday\":4,\"day_of_year\":60,\"iso_week\":\""
                    "2024-W09\"},\"end\":{\"date\":\"2025-03-01\",\"weekday\":6,\"day_of_year\":60,\"iso_"
                    "week\":\"2025-W09\"},\"days\":366,\"weeks\":52,\"weeks_days\":2,\"years\":1,\"months"
                    "\":0,\"months_days\":1}", SHOW_EXACT}, {"start=2000-01-31&end=1999-12-31",
                    "{\"start\":{\"date\":\"2000-01-31\",\"weekday\":1,\"day_of_year\":31,\"iso_week\":\""
                    "2000-W05\"},\"end\":{\"date\":\"1999-12-31\",\"weekday\":5,\"day_of_year\":365,\"iso"
                    "_week\":\"1999-W52\"},\"days\":-31,\"weeks\":4,\"weeks_days\":3,\"years\":0,\"months"
                    "\":1,\"months_days\":0}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .stands_on = "the Gregorian calendar; ISO 8601",
};
