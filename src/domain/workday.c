/* workday.c: see workday.h. */
#include "domain/workday.h"
#include "base/must.h"

static const int64_t day_ms = 86400000;

bool workday_is_arranged(const struct holidays *h, int64_t day) {
    int year = date_from_day(day).year;
    return h->kind_of && year >= h->first_year && year <= h->last_year;
}

bool workday_is(const struct holidays *h, int64_t day) {
    enum day_kind kind = workday_is_arranged(h, day) ? h->kind_of(h->with, day) : DAY_PLAIN;
    unsigned weekday = date_weekday(day);
    if (kind == DAY_PLAIN)
        return weekday != 0 && weekday != 6;
    return kind == DAY_WORKED;
}

int64_t workday_after(const struct holidays *h, int64_t day, unsigned n) {
    must(n >= 1);
    while (n)
        n -= workday_is(h, ++day);
    return day;
}

int64_t workday_calendar_ms(int64_t from_ms, unsigned days) {
    return from_ms + (int64_t)days * day_ms; /* China has no summer time: a day is 24 hours */
}

int64_t workday_working_ms(const struct holidays *h, int64_t from_ms, unsigned workdays) {
    int64_t day = clock_china_day(from_ms);
    return from_ms + (workday_after(h, day, workdays) - day) * day_ms;
}
