/* sun.h: where the sun stands, seen from the earth, and how much the earth's clock lags behind.
 *
 * Units      t: Julian centuries of dynamical time since J2000.0 (2000-01-01 12:00 TT).
 * Contract   good for 1895..2150; the longitude errs by less than 0.1" there, which the sun passes in
 *            two seconds. Pure functions, any thread.
 * Source     the earth's longitude: VSOP87 (Bretagnon & Francou 1988), shortened and fitted to DE405 by
 *            Xu Jianwei's almanac (寿星万年历); the table and the terms of nutation carry over from
 *            lunar-javascript 1.7.7 (MIT). Aberration: constant 20.49552". delta-T: the Astronomical
 *            Almanac to 2015, IERS to 2025, then the forecast that lunar-javascript quotes to 2050,
 *            continued with its own curve: 94 s in 2100. (The same package goes over to a parabola of
 *            1984 behind 2050, which makes 187 s of it; recent studies have about 93 s.)
 */
#pragma once

/* Apparent geocentric ecliptic longitude in radians. It is not folded: it grows by 2 pi a year and
 * is 2 pi at the March equinox of 2000. */
double sun_longitude(double t);

/* Its growth a century, in radians, to a few parts in 10^5: for Newton's step. */
double sun_speed(double t);

/* Dynamical time minus universal time, in seconds; observed up to 2025, foretold behind it. */
double sun_delta_t_s(double year);
