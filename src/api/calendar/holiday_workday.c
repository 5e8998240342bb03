/* holiday_workday.c: how many days of work lie between two days in mainland China. */
#include "api/calendar/holiday_years.h"
#include "call/ask.h"
#include "call/reply.h"

enum { ASKED_START, ASKED_END, ASKED_NEED };
enum { SPAN_DAYS_MAX = 367 /* a leap year and a day, both ends counted */ };

enum kind { WORKDAY = 1, WEEKEND, HOLIDAY, BUBAN, KIND_COUNT }; /* the numbers are the answer's */

static enum kind kind_of(struct call *c, int64_t day, struct text date) {
    struct text row;
    if (pack_find(data_pack(c->data, DATA_HOLIDAY), date, &row))
        return text_equal_c(pack_field(row, 0), "off") ? HOLIDAY : BUBAN;
    unsigned weekday = date_weekday(day);
    return weekday == 0 || weekday == 6 ? WEEKEND : WORKDAY;
}

/* Years without an arrangement cannot be counted: their holidays are not known. */
static struct err check_years(struct call *c) {
    struct text first, last;
    if (!holiday_years(data_pack(c->data, DATA_HOLIDAY), &first, &last))
        return err_make(ERR_SOURCE_UNAVAILABLE, "the data set of holidays is empty");
    static const char zh[] = "放假安排只有 %.*s 到 %.*s 年的，请在其间查询";
    static const char en[] = "holidays are known for %.*s to %.*s only; ask within these years";
    for (unsigned i = ASKED_START; i <= ASKED_END; i++) {
        struct text year = text_format_in(c->arena, "%04d", ask_date(c, i).year);
        if (text_compare(year, first) < 0 || text_compare(year, last) > 0)
            return call_invalid(c, i, text_say_in(c->arena, zh, TEXT_ARG(first), TEXT_ARG(last)),
                                text_say_in(c->arena, en, TEXT_ARG(first), TEXT_ARG(last)));
    }
    return ok;
}

static struct err check_span(struct call *c, int64_t start, int64_t end) {
    try(check_years(c));
    if (end < start)
        return call_invalid(c, ASKED_END, "end 不能早于 start", "end must not be before start");
    if (end - start + 1 > SPAN_DAYS_MAX)
        return call_invalid(c, ASKED_END, "start 到 end 最多 367 天（含首尾）",
                            "start to end may be 367 days at most, both counted");
    return ok;
}

static void reply_dates(struct call *c, int64_t start, int64_t end) {
    reply_list(c, "dates");
    for (int64_t day = start; day <= end; day++) {
        struct text date = date_print_in(c->arena, date_from_day(day));
        reply_object(c, NULL);
        reply_text(c, "date", date);
        reply_int(c, "type", kind_of(c, day, date));
        reply_end_object(c);
    }
    reply_end_list(c);
}

static struct err holiday_workday(struct call *c) {
    int64_t start = date_to_day(ask_date(c, ASKED_START)), end = date_to_day(ask_date(c, ASKED_END));
    int64_t days[KIND_COUNT] = {0};
    try(check_span(c, start, end));
    for (int64_t day = start; day <= end; day++)
        days[kind_of(c, day, date_print_in(c->arena, date_from_day(day)))]++;
    reply_object(c, NULL);
    reply_int(c, "total", end - start + 1);
    reply_int(c, "workday", days[WORKDAY] + days[BUBAN]);
    reply_int(c, "weekend", days[WEEKEND]);
    reply_int(c, "holiday", days[HOLIDAY]);
    reply_int(c, "buban", days[BUBAN]);
    if (ask_bool(c, ASKED_NEED))
        reply_dates(c, start, end);
    else
        reply_null(c, "dates");
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_holiday_workday = {
    .path = "/api/holiday/workday",
    .subject = "calendar",
    .title = {"工作日查询", "Count working days"},
    .says = {"统计两天之间（含首尾）的工作日、双休日、节假日和补班，按国务院的放假安排；有安排的年份才能查，"
             "一次最多 367 天。total = workday + weekend + holiday。",
             "Counts the days of work, weekend days, holidays and days of work in exchange from start to end, both "
             "included, in mainland China. Only years with a published arrangement can be asked, 367 days at a "
             "time. total = workday + weekend + holiday."},
    .run = holiday_workday,
    .asks = ASKS({"start", ASK_DATE, REQUIRED, {"开始日期", "First day"}},
                 {"end", ASK_DATE, REQUIRED, {"结束日期", "Last day"}},
                 {"need", ASK_BOOL, OPTIONAL, {"1 时返回每一天的类型", "1: also the kind of every day"},
                  .fallback = "0"}),
    .gives = GIVES({"total", GIVE_INT, {"总天数", "All days"}},
                   {"workday", GIVE_INT, {"工作日天数，含补班", "Days of work, those in exchange included"}},
                   {"weekend", GIVE_INT, {"双休日天数，不含节假日", "Weekend days that are no holidays"}},
                   {"holiday", GIVE_INT, {"节假日天数", "Holidays"}},
                   {"buban", GIVE_INT, {"补班天数", "Weekend days of work in exchange"}},
                   {"dates", GIVE_LIST, {"每一天；need 不为 1 时为 null", "Every day; null unless need is 1"}},
                   {"dates[].date", GIVE_TEXT, {"日期", "The day"}},
                   {"dates[].type", GIVE_INT,
                    {"1 工作日，2 双休日，3 节假日，4 补班", "1 work, 2 weekend, 3 holiday, 4 work in exchange"}}),
    .shows = SHOWS({"start=2024-02-01&end=2024-02-29",
                    "{\"total\":29,\"workday\":18,\"weekend\":3,\"holiday\":8,\"buban\":2,\"dates\":null}",
                    SHOW_EXACT},
                   {"start=2024-02-09&end=2024-02-10&need=1",
                    "{\"total\":2,\"workday\":1,\"weekend\":0,\"holiday\":1,\"buban\":0,\"dates\":[{\"date\":"
                    "\"2024-02-09\",\"type\":1},{\"date\":\"2024-02-10\",\"type\":3}]}",
                    SHOW_EXACT},
                   {"start=2023-01-01&end=2023-01-31&need=0",
                    "{\"total\":31,\"workday\":18,\"weekend\":4,\"holiday\":9,\"buban\":2,\"dates\":null}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 3600,
    .needs = NEEDS(DATA_HOLIDAY),
};
