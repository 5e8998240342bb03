/* lunar_test.c: every day of the range against ICU's Chinese calendar.
 *
 * ICU 72 is wrong in eleven months, because its sun and moon are a few minutes off and something
 * happened within minutes of midnight. Each is named below, and for each an independent calculation (the
 * moon of libnova, the sun of sun.h) shows that our month is the right one; the Hong Kong Observatory's
 * tables have all of them as we do.
 *
 * Two months stay open, because the new moon comes nearer to midnight than delta-T can be foretold. That of
 * 2057-09-29 is 40 s past it; the Observatory's table, made with an older forecast, has the 28th, ICU
 * and lunar-javascript have the 29th, and so have we. That of 2097-08-07 is 3 s before midnight by
 * lunar-javascript's delta-T and a minute and a half behind it by ours; all tables have the 7th, and so
 * have we. */
#include "test.h"

#include "codec/lunar.h"
#include "codec/solar_term.h"
#include "codec/sun.h"

#include <libnova/libnova.h>
#include <math.h>
#include <unicode/ucal.h>

#define DEGREES (180 / 3.14159265358979323846)
enum { ICU_EPOCH = -2637, DAY_MS = 86400000, CHINA_MS = 28800000 };

enum why {
    NEW_MOON, /* ICU has the new moon a day off */
    LEAP,     /* ICU has a principal term a day off, and so the leap month a month late */
};

static const struct {
    enum why why;
    struct date from, to; /* the days that differ */
    struct date begins;   /* our month that is in question */
} icu_errs[] = {
    {LEAP, {1917, 3, 23}, {1917, 5, 20}, {1917, 3, 23}},
    {LEAP, {1922, 6, 25}, {1922, 8, 22}, {1922, 6, 25}},
    {NEW_MOON, {1954, 2, 3}, {1954, 3, 4}, {1954, 2, 3}},
    {NEW_MOON, {1955, 2, 22}, {1955, 3, 23}, {1955, 2, 22}},
    {LEAP, {1987, 7, 26}, {1987, 9, 22}, {1987, 7, 26}},
    {NEW_MOON, {1999, 1, 17}, {1999, 2, 15}, {1999, 1, 17}},
    {NEW_MOON, {2012, 8, 17}, {2012, 9, 15}, {2012, 8, 17}},
    {NEW_MOON, {2018, 11, 7}, {2018, 12, 6}, {2018, 11, 8}},
    {NEW_MOON, {2027, 2, 6}, {2027, 3, 7}, {2027, 2, 6}},
    {NEW_MOON, {2030, 2, 2}, {2030, 3, 3}, {2030, 2, 3}},
    {NEW_MOON, {2070, 3, 12}, {2070, 4, 10}, {2070, 3, 12}},
};

static bool icu_is_wrong(int64_t day) {
    for (size_t i = 0; i < COUNT(icu_errs); i++)
        if (day >= date_to_day(icu_errs[i].from) && day <= date_to_day(icu_errs[i].to))
            return true;
    return false;
}

static bool icu_agrees(UCalendar *icu, int64_t day, const struct lunar *l) {
    UErrorCode fault = U_ZERO_ERROR;
    ucal_setMillis(icu, (double)day * DAY_MS + DAY_MS / 6.0, &fault); /* noon in Shanghai */
    bool same = ucal_get(icu, UCAL_EXTENDED_YEAR, &fault) + ICU_EPOCH == l->year &&
                ucal_get(icu, UCAL_MONTH, &fault) + 1 == (int)l->month &&
                ucal_get(icu, UCAL_DATE, &fault) == (int)l->day &&
                (ucal_get(icu, UCAL_IS_LEAP_MONTH, &fault) != 0) == l->is_leap;
    want(U_SUCCESS(fault));
    return same;
}

TEST(every_day_is_as_icu_has_it) {
    UErrorCode fault = U_ZERO_ERROR;
    UCalendar *icu = ucal_open(u"Asia/Shanghai", -1, "zh@calendar=chinese", UCAL_DEFAULT, &fault);
    want(U_SUCCESS(fault));
    int64_t last = date_to_day((struct date){2100, 12, 31});
    for (int64_t day = date_to_day((struct date){1900, 1, 31}); day <= last; day++) {
        struct lunar l;
        want(lunar_from_day(day, &l));
        struct date d = date_from_day(day);
        if (icu_agrees(icu, day, &l) == icu_is_wrong(day))
            fail_msg("%d-%02u-%02u is %d-%s%u-%u here", d.year, d.month, d.day, l.year,
                     l.is_leap ? "leap " : "", l.month, l.day);
    }
    ucal_close(icu);
}

/* How far the moon is ahead of the sun, in degrees; libnova's moon counts from the equinox of 2000. */
static double elongation(double julian_day) {
    struct ln_lnlat_posn moon;
    struct ln_nutation nutation;
    double t = (julian_day - 2451545) / 36525;
    double precession = (5028.796195 * t + 1.1054348 * t * t) / 3600;
    ln_get_lunar_ecl_coords(julian_day, &moon, 0);
    ln_get_nutation(julian_day, &nutation);
    return remainder(moon.lng + precession + nutation.longitude - sun_longitude(t) * DEGREES, 360);
}

/* The day in China of the new moon that is nearest to the noon of `day`. */
static int64_t new_moon_day(int64_t day) {
    double julian_day = 2440587.5 + (double)day + 4 / 24.0;
    for (int i = 0; i < 12; i++)
        julian_day -= elongation(julian_day) / 12.19;
    struct date d = date_from_day(day);
    julian_day -= sun_delta_t_s(d.year + (d.month - 0.5) / 12) / 86400;
    return clock_china_day((int64_t)((julian_day - 2440587.5) * DAY_MS));
}

TEST(where_icu_differs_the_sky_is_with_us) {
    for (size_t i = 0; i < COUNT(icu_errs); i++) {
        struct lunar l;
        int64_t begins = date_to_day(icu_errs[i].begins);
        want(lunar_from_day(begins, &l));
        want_int(l.day, 1);
        want_int(new_moon_day(begins), begins);
        if (icu_errs[i].why == LEAP) { /* no principal term in it; the next is just behind midnight */
            want(l.is_leap);
            struct solar_term term = solar_term_of_day(begins + l.month_days);
            want_int(term.number % 2, 1);
            want_int(solar_term_day(term), begins + l.month_days);
            want((solar_term_ms(term) + CHINA_MS) % DAY_MS < 20 * 60000);
        }
    }
}

TEST(known_days) {
    static const struct {
        struct date date;
        struct lunar lunar;
    } rows[] = {
        {{1900, 1, 31}, {1900, 1, 1, false, 29}},  {{2024, 2, 9}, {2023, 12, 30, false, 30}},
        {{2024, 2, 10}, {2024, 1, 1, false, 29}},  {{2023, 3, 22}, {2023, 2, 1, true, 29}},
        {{2025, 7, 25}, {2025, 6, 1, true, 29}},   {{2025, 8, 23}, {2025, 7, 1, false, 30}},
        {{2033, 12, 22}, {2033, 11, 1, true, 29}}, {{2057, 9, 29}, {2057, 9, 1, false, 29}},
        {{2100, 12, 31}, {2100, 12, 1, false, 29}}, {{2101, 1, 28}, {2100, 12, 29, false, 29}},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct lunar got, wanted = rows[i].lunar;
        want(lunar_from_day(date_to_day(rows[i].date), &got));
        want_int(got.year, wanted.year);
        want_int(got.month, wanted.month);
        want_int(got.day, wanted.day);
        want_int(got.is_leap, wanted.is_leap);
        want_int(got.month_days, wanted.month_days);
    }
}

TEST(days_outside_are_refused) {
    struct lunar l;
    want(!lunar_from_day(date_to_day((struct date){1900, 1, 30}), &l));
    want(!lunar_from_day(date_to_day((struct date){2101, 1, 29}), &l));
    want(!lunar_from_day(INT64_MIN / 2, &l));
    want(!lunar_from_day(INT64_MAX / 2, &l));
}

TEST(names) {
    struct arena a;
    arena_init(&a, 1 << 20);
    want_text(lunar_year_name_in(&a, 2024), "二零二四");
    want_text(lunar_year_name_in(&a, 1900), "一九零零");
    want_text(text_c(lunar_month_name(12)), "腊月");
    want_text(text_c(lunar_day_name(21)), "廿一");
    arena_done(&a);
}

TESTS(RUN(every_day_is_as_icu_has_it), RUN(where_icu_differs_the_sky_is_with_us), RUN(known_days),
      RUN(days_outside_are_refused), RUN(names))
