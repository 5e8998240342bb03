/* moment.h: a day in China and maybe its hour, as callers write them, and the sign of the zodiac.
 *
 * Contract   time zone UTC+8 without summer time. The minute and second are checked and then dropped.
 */
#pragma once
#include "base/clock.h"

enum { NO_HOUR = -1 };

struct moment {
    int64_t day;
    int hour; /* 0..23, or NO_HOUR */
};

struct moment moment_from_unix(int64_t second);

/* A date (clock.h), or a date, a blank or T, and an hour, hour:minute or hour:minute:second. */
bool moment_parse(struct text t, struct moment *out);

/* 摩羯 … 射手, by the usual dates. */
const char *moment_sign(struct date d);
