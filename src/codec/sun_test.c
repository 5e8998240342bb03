/* sun_test.c: delta-T against what was measured. The longitude is tested by its use: solar_term_test.c. */
#include "test.h"

#include "codec/sun.h"

#include <libnova/libnova.h>
#include <math.h>

TEST(delta_t_is_as_measured) {
    static const struct { /* IERS and the Astronomical Almanac, for the year's beginning */
        double year, seconds, within;
    } rows[] = {{1900, -2.7, 1.0}, {1950, 29.1, 0.5},  {1960, 33.2, 0.2}, {1980, 50.5, 0.6},
                {2000, 63.8, 0.1}, {2010, 66.1, 0.2},  {2020, 69.36, 0.1}, {2024, 69.18, 0.1}};
    for (size_t i = 0; i < COUNT(rows); i++)
        want(fabs(sun_delta_t_s(rows[i].year) - rows[i].seconds) <= rows[i].within);
}

TEST(libnova_has_the_same_delta_t) { /* but for two years that its table is ahead; it ends in 1992 */
    for (int year = 1904; year < 1990; year++) {
        double julian_day = 2415020.5 + (year - 2 - 1900) * 365.25;
        want(fabs(sun_delta_t_s(year) - ln_get_dynamical_time_diff(julian_day)) < 1.5);
    }
}

TEST(delta_t_has_no_jumps) {
    for (double year = 1890; year < 2150; year += 0.25)
        want(fabs(sun_delta_t_s(year + 0.25) - sun_delta_t_s(year)) < 0.4);
    want(fabs(sun_delta_t_s(2100) - 94) < 1);
}

TEST(speed_is_the_slope_of_the_longitude) {
    const double step = 1e-5;
    for (double t = -1; t <= 1; t += 0.0137) {
        double slope = (sun_longitude(t + step) - sun_longitude(t - step)) / (2 * step);
        want(fabs(slope / sun_speed(t) - 1) < 2e-3); /* the moon's pull on the earth is left out of it */
    }
}

TESTS(RUN(delta_t_is_as_measured), RUN(libnova_has_the_same_delta_t), RUN(delta_t_has_no_jumps),
      RUN(speed_is_the_slope_of_the_longitude))
