/* clock_test.c: every day of 1600 to 2400 there and back, against a calendar that only counts. */
#include "test.h"

#include "base/clock.h"

TEST(every_day_comes_back) {
    struct date d = {1600, 1, 1};
    int64_t first = date_to_day(d);
    want_int(first, -135140);
    for (int64_t day = first; d.year < 2401; day++) {
        struct date back = date_from_day(day);
        if (back.year != d.year || back.month != d.month || back.day != d.day || date_to_day(d) != day)
            fail_msg("%04d-%02u-%02u is not day %lld", d.year, d.month, d.day, (long long)day);
        want_int(date_weekday(day), (unsigned)(day - first + 6) % 7); /* 1600-01-01 was a Saturday */
        want(date_is_real(d));
        if (++d.day > date_month_days(d.year, d.month)) {
            d.day = 1;
            d.month = d.month % 12 + 1;
            d.year += d.month == 1;
        }
    }
}

TEST(known_days) {
    want_int(date_to_day((struct date){1970, 1, 1}), 0);
    want_int(date_to_day((struct date){2000, 3, 1}), 11017);
    want_int(date_to_day((struct date){1, 1, 1}), -719162);
    want_int(date_weekday(0), 4);
    want_int(date_month_days(1900, 2), 28);
    want_int(date_month_days(2000, 2), 29);
}

TEST(dates_are_read) {
    static const struct {
        const char *given, *wanted; /* NULL: no date */
    } rows[] = {
        {"2024-02-29", "2024-02-29"}, {"2024/2/29", "2024-02-29"}, {"20240229", "2024-02-29"},
        {"2024-2-9", "2024-02-09"},   {"0001-01-01", "0001-01-01"}, {"9999-12-31", "9999-12-31"},
        {"2023-02-29", NULL},         {"0000-01-01", NULL},         {"2024-13-01", NULL},
        {"2024-00-01", NULL},         {"2024-01-00", NULL},         {"2024-04-31", NULL},
        {"", NULL},                   {"2024", NULL},               {"2024-02", NULL},
        {"2024-02/29", NULL},         {"2024-02-29-", NULL},        {"24-02-29", NULL},
        {"2024-002-9", NULL},         {"2024--2-9", NULL},          {"2024-2-", NULL},
        {"2024021a", NULL},           {"12024-2-9", NULL},          {"2024-02-29T", NULL},
        {"202402290", NULL},          {"2024-+2-1", NULL},
    };
    struct arena a;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct date d;
        bool is_date = date_parse(text_c(rows[i].given), &d);
        if (is_date != (rows[i].wanted != NULL))
            fail_msg("%s", rows[i].given);
        if (is_date)
            want_text(date_print_in(&a, d), rows[i].wanted);
    }
    arena_done(&a);
}

TEST(days_begin_at_midnight_in_china) {
    const int64_t hour_ms = 3600000, day_ms = 24 * hour_ms;
    want_int(clock_china_day(0), 0);
    want_int(clock_china_day(16 * hour_ms - 1), 0);
    want_int(clock_china_day(16 * hour_ms), 1);
    want_int(clock_china_day(-8 * hour_ms), 0);
    want_int(clock_china_day(-8 * hour_ms - 1), -1);
    want_int(clock_china_day(-8 * hour_ms - day_ms), -1);
    want_int(clock_china_day(-8 * hour_ms - day_ms - 1), -2);
}

TEST(utc_is_printed) {
    static const struct {
        int64_t ms;
        const char *wanted;
    } rows[] = {{0, "1970-01-01T00:00:00Z"},
                {1709193599999, "2024-02-29T07:59:59Z"},
                {-1, "1969-12-31T23:59:59Z"},
                {-86400000, "1969-12-31T00:00:00Z"},
                {253402300799000, "9999-12-31T23:59:59Z"}};
    struct arena a;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT(rows); i++)
        want_text(clock_print_utc_in(&a, rows[i].ms), rows[i].wanted);
    arena_done(&a);
}

TEST(clocks_run) {
    uint64_t before = clock_monotonic_ns();
    want(clock_now_ms() > 1600000000000);
    want(clock_monotonic_ns() >= before);
}

TESTS(RUN(every_day_comes_back), RUN(known_days), RUN(dates_are_read), RUN(days_begin_at_midnight_in_china),
      RUN(utc_is_printed), RUN(clocks_run))
