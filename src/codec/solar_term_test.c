/* solar_term_test.c: the terms against libnova's earth, and against what observatories have published. */
#include "test.h"

#include "codec/solar_term.h"
#include "codec/sun.h"

#include <libnova/libnova.h>
#include <math.h>

#define SUN_ARC_SECONDS_PER_S 0.0410686 /* of longitude, on the mean */
enum { CHINA_MS = 28800000 };

/* The sun's apparent longitude in degrees by libnova's VSOP87, which counts from the equinox of 2000;
 * its own ln_get_solar_ecl_coords leaves precession and aberration out. */
static double longitude_by_libnova(double julian_day) {
    struct ln_helio_posn earth;
    struct ln_nutation nutation;
    double t = (julian_day - 2451545) / 36525;
    ln_get_earth_helio_coords(julian_day, &earth);
    ln_get_nutation(julian_day, &nutation);
    return earth.L + 180 + nutation.longitude +
           (5028.796195 * t + 1.1054348 * t * t - 20.49552 / earth.R) / 3600;
}

/* 4824 terms; the two ways differ by what the one table is shorter than the other. */
TEST(libnova_has_the_same_instants) {
    double worst_s = 0;
    for (int year = SOLAR_TERM_YEAR_MIN; year <= SOLAR_TERM_YEAR_MAX; year++)
        for (unsigned i = 0; i < SOLAR_TERMS; i++) {
            double days = (double)solar_term_ms((struct solar_term){year, i}) / 86400000;
            double julian_day = 2440587.5 + days + sun_delta_t_s(1970 + days / 365.2425) / 86400;
            double off = remainder(longitude_by_libnova(julian_day) - 285 - 15.0 * i, 360) * 3600;
            worst_s = fmax(worst_s, fabs(off) / SUN_ARC_SECONDS_PER_S);
        }
    print_message("largest difference to libnova: %.1f s\n", worst_s);
    want(worst_s < 3.5);
}

TEST(published_instants) {
    static const struct { /* equinoxes and solstices, to the minute, in UTC+8 */
        struct solar_term term;
        const char *at;
    } rows[] = {
        {{2024, 5}, "2024-03-20T11:06"},  {{2024, 11}, "2024-06-21T04:51"}, {{2024, 17}, "2024-09-22T20:44"},
        {{2024, 23}, "2024-12-21T17:21"}, {{2025, 5}, "2025-03-20T17:01"},  {{2025, 11}, "2025-06-21T10:42"},
        {{2000, 5}, "2000-03-20T15:35"},  {{1987, 15}, "1987-08-24T00:10"}, {{2024, 2}, "2024-02-04T16:27"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena a;
        arena_init(&a, 1 << 20);
        struct text at = clock_print_utc_in(&a, solar_term_ms(rows[i].term) + CHINA_MS + 30000);
        want_text(text_part(at, 0, 16), rows[i].at);
        arena_done(&a);
    }
}

TEST(a_day_belongs_to_the_term_that_began_last) {
    static const struct {
        struct date date;
        struct solar_term term;
        const char *pentad;
    } rows[] = {
        {{2024, 2, 3}, {2024, 1}, "水泽腹坚"},  {{2024, 2, 4}, {2024, 2}, "东风解冻"},
        {{2024, 2, 9}, {2024, 2}, "蛰虫始振"},  {{2024, 2, 18}, {2024, 2}, "鱼陟负冰"},
        {{2024, 2, 19}, {2024, 3}, "獭祭鱼"},   {{2024, 1, 5}, {2023, 23}, "水泉动"},
        {{2023, 12, 31}, {2023, 23}, "麋角解"}, {{2024, 12, 31}, {2024, 23}, "水泉动"},
        {{1900, 1, 31}, {1900, 1}, "水泽腹坚"}, {{2100, 12, 31}, {2100, 23}, "麋角解"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t day = date_to_day(rows[i].date);
        struct solar_term term = solar_term_of_day(day);
        want_int(term.year, rows[i].term.year);
        want_int(term.number, rows[i].term.number);
        want_text(text_c(solar_term_pentad(day)), rows[i].pentad);
    }
}

TEST(terms_follow_each_other) {
    struct solar_term term = {SOLAR_TERM_YEAR_MIN, 0};
    while (term.year <= SOLAR_TERM_YEAR_MAX) {
        struct solar_term next = solar_term_next(term);
        int64_t days = solar_term_day(next) - solar_term_day(term);
        want(days >= 14 && days <= 16);
        struct date d = date_from_day(solar_term_day(term));
        want_int(d.year, term.year);
        want_int(d.month, term.number / 2 + 1);
        term = next;
    }
}

TESTS(RUN(libnova_has_the_same_instants), RUN(published_instants),
      RUN(a_day_belongs_to_the_term_that_began_last), RUN(terms_follow_each_other))
