/* workday_test.c: counting days of work, with an arrangement of the test's own. */
#include "domain/workday.h"
#include "test.h"

/* In 2020, the first of each month is off, and each Saturday the 4th is worked. */
static enum day_kind kind_of(const void *with, int64_t day) {
    struct date date = date_from_day(day);
    (void)with;
    if (date.day == 1)
        return DAY_OFF;
    return date.day == 4 && date_weekday(day) == 6 ? DAY_WORKED : DAY_PLAIN;
}

static const struct holidays year = {kind_of, NULL, 2020, 2020};
static const struct holidays none = {0};

static int64_t day_of(const char *text) {
    struct date date;
    want(date_parse(text_c(text), &date));
    return date_to_day(date);
}

TEST(holidays_are_left_out_and_worked_weekends_counted) {
    want_int(workday_after(&year, day_of("2020-06-30"), 1), day_of("2020-07-02"));
    want_int(workday_after(&year, day_of("2020-07-03"), 1), day_of("2020-07-04")); /* a Saturday */
    want_int(workday_after(&none, day_of("2020-07-03"), 1), day_of("2020-07-06"));
    want_int(workday_after(&year, day_of("2020-07-05"), 5), day_of("2020-07-10"));
}

TEST(outside_the_arrangement_weekends_alone_count) {
    want_int(workday_after(&year, day_of("2020-12-31"), 1), day_of("2021-01-01"));
    want(!workday_is_arranged(&year, day_of("2021-01-01")));
    want(!workday_is_arranged(&year, day_of("2019-12-31")));
    want(workday_is_arranged(&year, day_of("2020-12-31")));
    want(!workday_is_arranged(&none, day_of("2020-12-31")));
}

/* Law: between a day and the n-th behind it lie exactly n - 1 days of work. */
TEST(the_count_is_exact) {
    for (int64_t from = day_of("2019-12-20"); from < day_of("2021-01-10"); from++) {
        for (unsigned n = 1; n <= 20; n++) {
            int64_t to = workday_after(&year, from, n);
            unsigned count = 0;
            for (int64_t day = from + 1; day <= to; day++)
                count += workday_is(&year, day);
            want_int(count, n);
            want(workday_is(&year, to));
        }
    }
}

TESTS(RUN(holidays_are_left_out_and_worked_weekends_counted),
      RUN(outside_the_arrangement_weekends_alone_count), RUN(the_count_is_exact))
