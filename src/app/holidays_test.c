/* holidays_test.c: the two clocks of a request on the real arrangement of holidays. */
#include "app/holidays.h"
#include "shelf.h"
#include "test.h"

static const int64_t hour_ms = 3600000;

static int64_t moment(const char *day, int hours) {
    struct date date;
    want(date_parse(text_c(day), &date));
    return date_to_day(date) * 24 * hour_ms + (hours - 8) * hour_ms; /* of Shanghai */
}

TEST(row_F3__thirty_days_and_fifteen_workdays_over_every_kind_of_calendar) {
    static const struct {
        const char *from;
        int hours;
        const char *due, *inner;
        bool is_arranged;
    } rows[] = {
        {"2024-02-29", 12, "2024-03-30", "2024-03-21", true}, /* a leap day */
        {"2024-02-28", 23, "2024-03-29", "2024-03-20", true},
        {"2025-02-28", 9, "2025-03-30", "2025-03-21", true},  /* no leap year */
        {"2024-09-27", 9, "2024-10-27", "2024-10-23", true},  /* a Sunday and a Saturday worked */
        {"2024-02-08", 0, "2024-03-09", "2024-03-06", true},  /* Spring Festival, Sunday the 18th worked */
        {"2025-12-20", 3, "2026-01-19", "2026-01-12", true},  /* New Year; 3 o'clock in the night of a Saturday */
        {"2026-12-20", 9, "2027-01-19", "2027-01-08", false}, /* what nobody has arranged yet */
        {"2030-01-01", 9, "2030-01-31", "2030-01-22", false},
    };
    struct holidays h = holidays_of(shelf());
    want(h.kind_of != NULL);
    want_int(h.last_year, 2026);
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t from = moment(rows[i].from, rows[i].hours);
        want_int(workday_calendar_ms(from, 30), moment(rows[i].due, rows[i].hours));
        int64_t inner = workday_working_ms(&h, from, 15);
        want_int(inner, moment(rows[i].inner, rows[i].hours));
        want_int(workday_is_arranged(&h, clock_china_day(inner)), rows[i].is_arranged);
    }
}

TEST(row_F3__the_day_is_shanghais) {
    struct holidays h = holidays_of(shelf());
    int64_t midnight = moment("2024-10-12", 0); /* the Saturday that is worked */
    want(workday_is(&h, clock_china_day(midnight)));
    want(workday_is(&h, clock_china_day(midnight - 1))); /* Friday */
    want(!workday_is(&h, clock_china_day(midnight + 24 * hour_ms)));
    want(!workday_is(&h, date_to_day((struct date){2024, 10, 1})));
}

TESTS(RUN(row_F3__thirty_days_and_fifteen_workdays_over_every_kind_of_calendar),
      RUN(row_F3__the_day_is_shanghais))
