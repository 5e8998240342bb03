/* holiday.c: China's arrangement of holidays in a year. */
#include "api/calendar/holiday_years.h"
#include "call/ask.h"
#include "call/reply.h"

enum { ASKED_YEAR };

static struct err no_arrangement(struct call *c) {
    struct text first, last;
    if (!holiday_years(data_pack(c->data, DATA_HOLIDAY), &first, &last))
        return err_make(ERR_SOURCE_UNAVAILABLE, "the data set of holidays is empty");
    static const char zh[] = "现有 %.*s 到 %.*s 年的放假安排，其他年份没有或尚未公布";
    static const char en[] = "arrangements are there for %.*s to %.*s; others are not, or not yet published";
    return call_nothing(c, text_say_in(c->arena, zh, TEXT_ARG(first), TEXT_ARG(last)),
                        text_say_in(c->arena, en, TEXT_ARG(first), TEXT_ARG(last)));
}

static struct err holiday(struct call *c) {
    int64_t this_year = date_from_day(clock_china_day(c->now_ms)).year;
    int64_t year = ask_has(c, ASKED_YEAR) ? ask_int(c, ASKED_YEAR) : this_year;
    struct text rows, row;
    if (!pack_find(data_pack(c->data, DATA_HOLIDAY), text_format_in(c->arena, "%04d", (int)year), &rows))
        return no_arrangement(c);
    reply_list(c, NULL);
    while (text_cut(&rows, '\n', &row)) {
        reply_object(c, NULL);
        reply_text(c, "name", pack_field(row, 1));
        reply_text(c, "date", pack_field(row, 0));
        reply_bool(c, "is_off_day", text_equal_c(pack_field(row, 2), "1"));
        reply_int(c, "year", year);
        reply_end_object(c);
    }
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_holiday = {
    .path = "/api/holiday",
    .subject = "calendar",
    .title = {"节假日查询", "Public holidays of China"},
    .says = {"返回国务院公布的一年放假安排：放假的每一天，以及因调休要上班的周末（is_off_day 为 false）。"
             "次年的安排通常在十一月公布，未公布的年份答 no_result。",
             "Returns the holidays of a year in mainland China as the State Council arranged them: every day off, "
             "and the weekend days of work in exchange (is_off_day false). A year is usually published in the "
             "November before it; what is not published yet is no_result."},
    .run = holiday,
    .asks = ASKS({"year", ASK_INT, OPTIONAL,
                  {"年份，不传为今年", "Year; this year when it is missing"}, 1, 9999}),
    .gives = GIVES({"", GIVE_LIST, {"按日期排列", "By date"}},
                   {"[].name", GIVE_TEXT, {"节日名", "The holiday's name"}},
                   {"[].date", GIVE_TEXT, {"日期", "The day"}},
                   {"[].is_off_day", GIVE_BOOL,
                    {"true 放假，false 调休上班", "true: a day off; false: a day of work in exchange"}},
                   {"[].year", GIVE_INT, {"年份", "The year"}}),
    .shows = SHOWS({"year=2024",
                    "[{\"name\":\"元旦\",\"date\":\"2024-01-01\",\"is_off_day\":true,\"year\":2024},"
                    "{\"name\":\"春节\",\"date\":\"2024-02-04\",\"is_off_day\":false,\"year\":2024}]",
                    SHOW_SHAPE}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 3600,
    .needs = NEEDS(DATA_HOLIDAY),
};
