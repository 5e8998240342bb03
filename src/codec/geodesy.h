/* geodesy.h: distances on the earth, the coordinate systems of Chinese maps, and short codes of places.
 *
 * Units      degrees, north and east positive; metres. Latitude -90..90, longitude -180..180.
 * Contract   geodesy_inverse is false where its iteration does not settle (points nearly opposite each
 *            other). GCJ-02 shifts only inside the rectangle 0.8293..55.8271 N, 72.004..137.8347 E, as its
 *            users do; the way back is iterated to a millimetre. Pure functions, any thread.
 * Source     Vincenty, Survey Review XXIII 176 (1975), on WGS 84. GCJ-02: the public formula on
 *            Krasovsky's ellipsoid; BD-09: the public formula of its vendor's maps. Geohash: Niemeyer
 *            (2008). Plus codes: Open Location Code specification (2015).
 */
#pragma once
#include "base/text.h"

struct place {
    double lat, lng;
};

struct geodesic {
    double metres, bearing_start, bearing_end; /* bearings 0..360, clockwise from north */
};

double geodesy_sphere(struct place from, struct place to); /* on a sphere of 6371.0088 km */
double geodesy_bearing(struct place from, struct place to); /* on the same sphere, at the start */
bool geodesy_inverse(struct place from, struct place to, struct geodesic *out);

struct place gcj02_from_wgs84(struct place p);
struct place wgs84_from_gcj02(struct place p);
struct place bd09_from_gcj02(struct place p);
struct place gcj02_from_bd09(struct place p);

struct cell {
    double south, north, west, east;
};

enum { GEOHASH_MAX = 12 };
struct text geohash_in(struct arena *a, struct place p, unsigned letters); /* 1..GEOHASH_MAX */
bool geohash_read(struct text hash, struct cell *out); /* false: an unknown letter, or too long */

struct text plus_code_in(struct arena *a, struct place p); /* 10 digits: "8FVC2222+22" */
