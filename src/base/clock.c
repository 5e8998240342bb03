/* clock.c: see clock.h. */
#include "base/clock.h"

#include <time.h>

enum { DAY_MS = 86400000 };

int64_t clock_now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

uint64_t clock_monotonic_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

int64_t date_to_day(struct date d) {
    int64_t year = d.year - (d.month <= 2);
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

struct date date_from_day(int64_t day) {
    day += 719468;
    int64_t era = (day >= 0 ? day : day - 146096) / 146097;
    int64_t day_of_era = day - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted = (5 * day_of_year + 2) / 153;
    unsigned month = (unsigned)(shifted < 10 ? shifted + 3 : shifted - 9);
    return (struct date){(int)(year_of_era + era * 400 + (month <= 2)), month,
                         (unsigned)(day_of_year - (153 * shifted + 2) / 5 + 1)};
}

unsigned date_month_days(int year, unsigned month) {
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

bool date_is_real(struct date d) {
    return d.year >= 1 && d.year <= 9999 && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
           d.day <= date_month_days(d.year, d.month);
}

unsigned date_weekday(int64_t day) {
    return (unsigned)(((day + 4) % 7 + 7) % 7);
}

static bool date_from_pieces(struct text year, struct text month, struct text day,
                             struct date *out) {
    uint64_t y, m, d;
    if (year.length != 4 || month.length > 2 || day.length > 2 || !text_to_u64(year, &y) ||
        !text_to_u64(month, &m) || !text_to_u64(day, &d))
        return false;
    struct date found = {(int)y, (unsigned)m, (unsigned)d};
    if (!date_is_real(found))
        return false;
    *out = found;
    return true;
}

bool date_parse(struct text t, struct date *out) {
    if (t.length == 8 && text_find_char(t, '-') == SIZE_MAX && text_find_char(t, '/') == SIZE_MAX)
        return date_from_pieces(text_part(t, 0, 4), text_part(t, 4, 2), text_part(t, 6, 2), out);
    if (t.length < 8 || t.length > 10 || (t.bytes[4] != '-' && t.bytes[4] != '/'))
        return false;
    struct text rest = t, year, month, day;
    char mark = t.bytes[4];
    return text_cut(&rest, mark, &year) && text_cut(&rest, mark, &month) &&
           text_cut(&rest, mark, &day) && rest.bytes == NULL &&
           date_from_pieces(year, month, day, out);
}

struct text date_print_in(struct arena *a, struct date d) {
    return text_format_in(a, "%04d-%02u-%02u", d.year, d.month, d.day);
}

int64_t clock_china_day(int64_t now_ms) {
    int64_t local = now_ms + 8 * 3600000;
    return (local >= 0 ? local : local - DAY_MS + 1) / DAY_MS;
}

struct text clock_print_utc_in(struct arena *a, int64_t now_ms) {
    int64_t day = (now_ms >= 0 ? now_ms : now_ms - DAY_MS + 1) / DAY_MS;
    int64_t second = (now_ms - day * DAY_MS) / 1000;
    struct date d = date_from_day(day);
    return text_format_in(a, "%04d-%02u-%02uT%02d:%02d:%02dZ", d.year, d.month, d.day,
                          (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60));
}
