/* workday.h: days of work in mainland China.
 *
 * Contract   a day is one of China's (base/clock.h: clock_china_day), so the zone is Asia/Shanghai. Statutory
 *            holidays are no days of work and the weekends worked in exchange are, as the State Council
 *            arranged them. Past the last year that is arranged, and before the first, weekends alone
 *            count: workday_is_arranged says so, and a promise that reaches there says it too. Such a
 *            promise is rather too early than too late.
 * Source     the data set HOLIDAY (dataset/recipes/holiday.mjs), handed in through struct domain: domain/
 *            sees no files, and there is no second copy of the table.
 */
#pragma once
#include "base/clock.h"

enum day_kind { DAY_PLAIN, DAY_OFF, DAY_WORKED }; /* not named; a holiday; a weekend worked in exchange */

struct holidays {
    enum day_kind (*kind_of)(const void *with, int64_t day); /* NULL: no arrangement is known */
    const void *with;
    int first_year, last_year; /* that are arranged */
};

bool workday_is(const struct holidays *h, int64_t day);
bool workday_is_arranged(const struct holidays *h, int64_t day);

/* The n-th day of work behind this day, which itself does not count. n >= 1. */
int64_t workday_after(const struct holidays *h, int64_t day, unsigned n);

/* The same time of day, `days` calendar days or `workdays` days of work later. */
int64_t workday_calendar_ms(int64_t from_ms, unsigned days);
int64_t workday_working_ms(const struct holidays *h, int64_t from_ms, unsigned workdays);
