/* geodesy_test.c: the published examples of each formula, and the ways back. */
#include "test.h"

#include "codec/geodesy.h"

#include <math.h>

static void want_near(double is, double should, double within) { want(fabs(is - should) <= within); }

/* Flinders Peak to Buninyong: the worked example of Geoscience Australia, given there on GRS 80. */
TEST(vincenty_as_published) {
    struct place flinders = {-(37 + 57 / 60.0 + 3.72030 / 3600), 144 + 25 / 60.0 + 29.52440 / 3600};
    struct place buninyong = {-(37 + 39 / 60.0 + 10.15610 / 3600), 143 + 55 / 60.0 + 35.38390 / 3600};
    struct geodesic g;
    want(geodesy_inverse(flinders, buninyong, &g));
    want_near(g.metres, 54972.271, 0.001);
    want_near(g.bearing_start, 306 + 52 / 60.0 + 5.37 / 3600, 1e-5);
    want_near(g.bearing_end, 127 + 10 / 60.0 + 25.07 / 3600 + 180, 1e-5);
    want(geodesy_inverse(flinders, flinders, &g));
    want_near(g.metres, 0, 1e-9);
    want(!geodesy_inverse((struct place){0, 0}, (struct place){0.1, 179.9}, &g));
    want(geodesy_inverse((struct place){0, 179.5}, (struct place){0, -179.5}, &g));
    want_near(g.metres, 111319.491, 0.001); /* a degree of the equator */
    want_near(geodesy_sphere((struct place){90, 0}, (struct place){-90, 0}), 6371008.8 * M_PI, 1e-3);
}

/* Beijing and Shenzhen as in the tests of the public implementations. */
TEST(chinese_systems_as_published_and_back) {
    struct place beijing = gcj02_from_wgs84((struct place){39.911954, 116.377817});
    want_near(beijing.lat, 39.91334545536069, 1e-6);
    want_near(beijing.lng, 116.38404722455657, 1e-6);
    struct place shenzhen = gcj02_from_wgs84((struct place){22.543847, 113.912316});
    want_near(shenzhen.lat, 22.540796131694766, 1e-6);
    want_near(shenzhen.lng, 113.9171764808363, 1e-6);
    for (double lat = 3; lat < 55; lat += 1.7)
        for (double lng = 74; lng < 136; lng += 2.3) {
            struct place p = {lat, lng}, back = wgs84_from_gcj02(gcj02_from_wgs84(p));
            want_near(back.lat, lat, 1e-8);
            want_near(back.lng, lng, 1e-8);
            back = gcj02_from_bd09(bd09_from_gcj02(p));
            want_near(back.lat, lat, 2e-5); /* the formula's own way back is good for two metres */
            want_near(back.lng, lng, 2e-5);
        }
    struct place paris = {48.8566, 2.3522};
    want_near(gcj02_from_wgs84(paris).lat, paris.lat, 0);
}

TEST(short_codes_as_published) {
    struct arena a;
    struct cell c;
    arena_init(&a, 1 << 20);
    want_text(geohash_in(&a, (struct place){57.64911, 10.40744}, 11), "u4pruydqqvj");
    want_text(geohash_in(&a, (struct place){42.605, -5.603}, 5), "ezs42");
    want(geohash_read(text_c("ezs42"), &c));
    want_near((c.south + c.north) / 2, 42.605, 0.001);
    want_near((c.west + c.east) / 2, -5.603, 0.001);
    want(!geohash_read(text_c("ezs4a"), &c));
    want(!geohash_read(text_c(""), &c));
    want(!geohash_read(text_c("0123456789bcd"), &c));
    want_text(geohash_in(&a, (struct place){90, 180}, 4), "zzzz");
    want_text(plus_code_in(&a, (struct place){20.375, 2.775}), "7FG49QGG+22"); /* its south western corner */
    want_text(plus_code_in(&a, (struct place){47.0000625, 8.0000625}), "8FVC2222+22");
    want_text(plus_code_in(&a, (struct place){-41.2730625, 174.7859375}), "4VCPPQGP+Q9");
    want_text(plus_code_in(&a, (struct place){20.5, 2.5}), "7FG4GG22+22");
    want_text(plus_code_in(&a, (struct place){-89.9999375, -179.9999375}), "22222222+22");
    want_text(plus_code_in(&a, (struct place){90, 1}), "CFX3X2X2+X2");
    arena_done(&a);
}

TESTS(RUN(vincenty_as_published), RUN(chinese_systems_as_published_and_back), RUN(short_codes_as_published))
