/* solar_term.h: the 24 solar terms: when they begin, and what follows from that.
 *
 * What       a term begins when the sun's apparent longitude reaches a multiple of 15 degrees (定气).
 *            Within a Gregorian year they are numbered 0 = 小寒 (285 degrees) .. 23 = 冬至 (270 degrees);
 *            month m holds the terms 2m-2 (a jie, where the month of the pillars begins) and 2m-1.
 * Contract   for the years 1900..2100 and the winter before. The instant is good to a few seconds where
 *            delta-T is known; for the time to come it is foretold, which may be half a minute off by 2100.
 *            Days are those of UTC+8 in the whole range, also where the clocks of the time showed
 *            something else.
 * Threads    any; nothing is kept. One term costs about 20 us.
 */
#pragma once
#include "base/clock.h"

enum { SOLAR_TERMS = 24, SOLAR_TERM_YEAR_MIN = 1900, SOLAR_TERM_YEAR_MAX = 2100 };

struct solar_term {
    int year;
    unsigned number; /* 0..23 */
};

int64_t solar_term_ms(struct solar_term term);  /* its beginning, UTC, in whole seconds */
int64_t solar_term_day(struct solar_term term); /* the day on which it begins */
const char *solar_term_name(unsigned number);   /* "立春" */

/* The term in which the whole day counts: the last one that begins on it or before it. */
struct solar_term solar_term_of_day(int64_t day);
struct solar_term solar_term_next(struct solar_term term);

/* The pentad (候) of the day, as its sign: "东风解冻". The third of a term lasts until its end. */
const char *solar_term_pentad(int64_t day);
