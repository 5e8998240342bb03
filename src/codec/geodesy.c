/* geodesy.c: see geodesy.h. */
#include "codec/geodesy.h"

#include <math.h>

static const double EARTH_M = 6371008.8;
static const double WGS84_A = 6378137.0, WGS84_F = 1 / 298.257223563;
static const double KRASOVSKY_A = 6378245.0, KRASOVSKY_E2 = 0.00669342162296594323;
static const char BASE32[] = "0123456789bcdefghjkmnpqrstuvwxyz";
static const char PLUS[] = "23456789CFGHJMPQRVWX";

static double rad(double degrees) { return degrees * M_PI / 180; }

static double bearing_of(double radians) {
    double degrees = fmod(radians * 180 / M_PI + 360, 360);
    return degrees >= 360 ? 0 : degrees;
}

double geodesy_sphere(struct place from, struct place to) {
    double lat = sin(rad(to.lat - from.lat) / 2), lng = sin(rad(to.lng - from.lng) / 2);
    double h = lat * lat + cos(rad(from.lat)) * cos(rad(to.lat)) * lng * lng;
    return 2 * EARTH_M * asin(sqrt(h > 1 ? 1 : h));
}

double geodesy_bearing(struct place from, struct place to) {
    double lng = rad(to.lng - from.lng), lat1 = rad(from.lat), lat2 = rad(to.lat);
    return bearing_of(atan2(sin(lng) * cos(lat2),
                            cos(lat1) * sin(lat2) - sin(lat1) * cos(lat2) * cos(lng)));
}

/* The names are Vincenty's. */
struct arc {
    double sin_u1, cos_u1, sin_u2, cos_u2;
    double lambda, sigma, sin_sigma, cos_sigma, cos2_alpha, cos_2m;
};

static double next_lambda(struct arc *a, double length) {
    double sl = sin(a->lambda), cl = cos(a->lambda);
    a->sin_sigma = hypot(a->cos_u2 * sl, a->cos_u1 * a->sin_u2 - a->sin_u1 * a->cos_u2 * cl);
    a->cos_sigma = a->sin_u1 * a->sin_u2 + a->cos_u1 * a->cos_u2 * cl;
    a->sigma = atan2(a->sin_sigma, a->cos_sigma);
    double sin_alpha = a->sin_sigma == 0 ? 0 : a->cos_u1 * a->cos_u2 * sl / a->sin_sigma;
    a->cos2_alpha = 1 - sin_alpha * sin_alpha;
    a->cos_2m = a->cos2_alpha < 1e-15 ? 0 : a->cos_sigma - 2 * a->sin_u1 * a->sin_u2 / a->cos2_alpha;
    double c = WGS84_F / 16 * a->cos2_alpha * (4 + WGS84_F * (4 - 3 * a->cos2_alpha));
    double inner = a->cos_2m + c * a->cos_sigma * (2 * a->cos_2m * a->cos_2m - 1);
    return length + (1 - c) * WGS84_F * sin_alpha * (a->sigma + c * a->sin_sigma * inner);
}

static double arc_metres(const struct arc *a) {
    double b = WGS84_A * (1 - WGS84_F);
    double u2 = a->cos2_alpha * (WGS84_A * WGS84_A - b * b) / (b * b);
    double big_a = 1 + u2 / 16384 * (4096 + u2 * (-768 + u2 * (320 - 175 * u2)));
    double big_b = u2 / 1024 * (256 + u2 * (-128 + u2 * (74 - 47 * u2)));
    double m = a->cos_2m, s = a->sin_sigma;
    double last = big_b / 6 * m * (4 * s * s - 3) * (4 * m * m - 3);
    double delta = big_b * s * (m + big_b / 4 * (a->cos_sigma * (2 * m * m - 1) - last));
    return b * big_a * (a->sigma - delta);
}

bool geodesy_inverse(struct place from, struct place to, struct geodesic *out) {
    double u1 = atan((1 - WGS84_F) * tan(rad(from.lat))), u2 = atan((1 - WGS84_F) * tan(rad(to.lat)));
    double length = remainder(rad(to.lng - from.lng), 2 * M_PI);
    struct arc a = {sin(u1), cos(u1), sin(u2), cos(u2), length, 0, 0, 0, 0, 0};
    for (int round = 0; round < 100; round++) {
        double next = next_lambda(&a, length), moved = fabs(next - a.lambda);
        a.lambda = next;
        if (fabs(next) > M_PI)
            return false;
        if (moved > 1e-12)
            continue;
        double sl = sin(a.lambda), cl = cos(a.lambda);
        out->metres = arc_metres(&a);
        out->bearing_start = bearing_of(atan2(a.cos_u2 * sl, a.cos_u1 * a.sin_u2 - a.sin_u1 * a.cos_u2 * cl));
        out->bearing_end = bearing_of(atan2(a.cos_u1 * sl, a.cos_u1 * a.sin_u2 * cl - a.sin_u1 * a.cos_u2));
        return true;
    }
    return false;
}

static bool is_shifted(struct place p) {
    return p.lng >= 72.004 && p.lng <= 137.8347 && p.lat >= 0.8293 && p.lat <= 55.8271;
}

static struct place gcj02_shift(struct place p) {
    double x = p.lng - 105, y = p.lat - 35, root = sqrt(fabs(x));
    double both = 20 * (sin(6 * x * M_PI) + sin(2 * x * M_PI));
    double lat = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root;
    double lng = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root;
    lat += 2 / 3.0 * (both + 20 * sin(y * M_PI) + 40 * sin(y / 3 * M_PI) + 160 * sin(y / 12 * M_PI) +
                      320 * sin(y / 30 * M_PI));
    lng += 2 / 3.0 * (both + 20 * sin(x * M_PI) + 40 * sin(x / 3 * M_PI) + 150 * sin(x / 12 * M_PI) +
                      300 * sin(x / 30 * M_PI));
    double s = sin(rad(p.lat)), magic = 1 - KRASOVSKY_E2 * s * s;
    double meridian = KRASOVSKY_A * (1 - KRASOVSKY_E2) / (magic * sqrt(magic));
    double parallel = KRASOVSKY_A / sqrt(magic) * cos(rad(p.lat));
    return (struct place){lat * 180 / (meridian * M_PI), lng * 180 / (parallel * M_PI)};
}

struct place gcj02_from_wgs84(struct place p) {
    if (!is_shifted(p))
        return p;
    struct place by = gcj02_shift(p);
    return (struct place){p.lat + by.lat, p.lng + by.lng};
}

struct place wgs84_from_gcj02(struct place p) {
    if (!is_shifted(p))
        return p;
    struct place guess = p;
    for (int round = 0; round < 30; round++) {
        struct place by = gcj02_shift(guess);
        struct place next = {p.lat - by.lat, p.lng - by.lng};
        double moved = fabs(next.lat - guess.lat) + fabs(next.lng - guess.lng);
        guess = next;
        if (moved < 1e-9)
            break;
    }
    return guess;
}

static const double BD_PI = M_PI * 3000 / 180;

struct place bd09_from_gcj02(struct place p) {
    double far = hypot(p.lng, p.lat) + 0.00002 * sin(p.lat * BD_PI);
    double turn = atan2(p.lat, p.lng) + 0.000003 * cos(p.lng * BD_PI);
    return (struct place){far * sin(turn) + 0.006, far * cos(turn) + 0.0065};
}

struct place gcj02_from_bd09(struct place p) {
    double x = p.lng - 0.0065, y = p.lat - 0.006;
    double far = hypot(x, y) - 0.00002 * sin(y * BD_PI);
    double turn = atan2(y, x) - 0.000003 * cos(x * BD_PI);
    return (struct place){far * sin(turn), far * cos(turn)};
}

/* Halves the cell by the next bit: even bits are of the longitude. */
static void halve(struct cell *c, unsigned bit, bool upper) {
    double *low = bit % 2 ? &c->south : &c->west, *high = bit % 2 ? &c->north : &c->east;
    double middle = (*low + *high) / 2;
    *(upper ? low : high) = middle;
}

static const struct cell WORLD = {-90, 90, -180, 180};

struct text geohash_in(struct arena *a, struct place p, unsigned letters) {
    char *out = arena_alloc(a, letters);
    struct cell c = WORLD;
    for (unsigned i = 0; i < letters; i++) {
        unsigned value = 0;
        for (unsigned bit = 5 * i; bit < 5 * i + 5; bit++) {
            double middle = bit % 2 ? (c.south + c.north) / 2 : (c.west + c.east) / 2;
            bool upper = (bit % 2 ? p.lat : p.lng) >= middle;
            halve(&c, bit, upper);
            value = value * 2 + upper;
        }
        out[i] = BASE32[value];
    }
    return text_of(out, letters);
}

bool geohash_read(struct text hash, struct cell *out) {
    struct cell c = WORLD;
    if (hash.length == 0 || hash.length > GEOHASH_MAX)
        return false;
    for (unsigned i = 0; i < hash.length; i++) {
        char typed = hash.bytes[i], letter = typed >= 'A' && typed <= 'Z' ? (char)(typed + 32) : typed;
        const char *at = letter ? strchr(BASE32, letter) : NULL;
        if (!at)
            return false;
        for (unsigned bit = 0; bit < 5; bit++)
            halve(&c, 5 * i + bit, (unsigned)(at - BASE32) >> (4 - bit) & 1);
    }
    *out = c;
    return true;
}

struct text plus_code_in(struct arena *a, struct place p) {
    enum { PAIRS = 5, STEPS = 8000 /* of a degree, the tenth digit's */ };
    int64_t lat = (int64_t)floor((p.lat + 90) * STEPS + 1e-9);
    int64_t lng = (int64_t)floor((p.lng + 180) * STEPS + 1e-9) % (360 * STEPS);
    if (lat >= 180 * STEPS)
        lat = 180 * STEPS - 1;
    char *out = arena_alloc(a, 11);
    for (int pair = PAIRS - 1; pair >= 0; pair--) {
        char *at = out + 2 * pair + (pair == PAIRS - 1);
        at[0] = PLUS[lat % 20];
        at[1] = PLUS[lng % 20];
        lat /= 20;
        lng /= 20;
    }
    out[8] = '+';
    return text_of(out, 11);
}
