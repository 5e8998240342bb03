/* lunar.h: the Chinese lunisolar calendar, from days.
 *
 * Contract   for 1900-01-31 (the first day of the lunar year 1900) to 2101-01-28 (the last of 2100).
 * Source     month lengths and leap months as lunar-javascript 1.7.7 (MIT) computes them, which up to
 *            1960 follow the calendars that were published; they agree with the Hong Kong Observatory's
 *            tables for 1901..2100 but for one month: see lunar_test.c.
 * Threads    any; nothing is kept. About 1 us.
 */
#pragma once
#include "base/clock.h"

enum { LUNAR_YEAR_MIN = 1900, LUNAR_YEAR_MAX = 2100 };

struct lunar {
    int year;
    unsigned month, day; /* 1..12, 1..30 */
    bool is_leap;        /* the leap month behind the month of that number */
    unsigned month_days; /* 29 or 30 */
};

bool lunar_from_day(int64_t day, struct lunar *out); /* false outside the range */

const char *lunar_month_name(unsigned month); /* "正月" … "冬月" "腊月", without 闰 */
const char *lunar_day_name(unsigned day);     /* "初一" … "三十" */
struct text lunar_year_name_in(struct arena *a, int year); /* "二零二四" */
