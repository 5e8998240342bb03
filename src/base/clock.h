/* clock.h: times and civil dates as plain numbers.
 *
 * Units      now_ms: milliseconds since 1970-01-01 UTC. day: days since 1970-01-01 in the proleptic
 *            Gregorian calendar (negative before).
 * Contract   only the top floors read a clock; everybody below is handed now_ms, so tests own time.
 * Source     date from days: Howard Hinnant, "chrono-compatible low-level date algorithms".
 */
#pragma once
#include "base/text.h"

struct date {
    int year;
    unsigned month, day; /* 1..12, 1..31 */
};

int64_t clock_now_ms(void);       /* wall clock */
uint64_t clock_monotonic_ns(void); /* for durations */

int64_t date_to_day(struct date d);
struct date date_from_day(int64_t day);
bool date_is_real(struct date d); /* year 1..9999 and the day exists */
unsigned date_weekday(int64_t day); /* 0 = Sunday */
unsigned date_month_days(int year, unsigned month);

/* "2024-02-29" (also 2024/2/29, 20240229); false where no such day exists. */
bool date_parse(struct text t, struct date *out);
struct text date_print_in(struct arena *a, struct date d);

/* The day in Asia/Shanghai (UTC+8 since 1992; offset fixed, no summer time is applied). */
int64_t clock_china_day(int64_t now_ms);

/* "2024-02-29T08:00:00Z" */
struct text clock_print_utc_in(struct arena *a, int64_t now_ms);
