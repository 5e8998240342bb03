/* geo_distance.c: how far two places are apart. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/geodesy.h"

#include <math.h>

enum { ASKED_LAT1, ASKED_LNG1, ASKED_LAT2, ASKED_LNG2 };

static double rounded(double value, double scale) { return round(value * scale) / scale; }

static struct err geo_distance(struct call *c) {
    struct place from = {ask_number(c, ASKED_LAT1), ask_number(c, ASKED_LNG1)};
    struct place to = {ask_number(c, ASKED_LAT2), ask_number(c, ASKED_LNG2)};
    double sphere = geodesy_sphere(from, to);
    struct geodesic line = {sphere, geodesy_bearing(from, to), 0};
    bool is_exact = geodesy_inverse(from, to, &line);
    reply_object(c, NULL);
    reply_number(c, "metres", rounded(line.metres, 1000));
    reply_number(c, "kilometres", rounded(line.metres / 1000, 1000));
    reply_number(c, "miles", rounded(line.metres / 1609.344, 1000));
    reply_number(c, "sphere_metres", rounded(sphere, 1000));
    reply_number(c, "bearing", fmod(rounded(line.bearing_start, 1e4), 360));
    reply_c(c, "method", is_exact ? "ellipsoid" : "sphere");
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_geo_distance = {
    .path = "/api/geo/distance",
    .subject = "place",
    .title = {"两点距离计算", "Distance between two places"},
    .says = {"两个经纬度之间的最短地面距离与起点方位角：在 WGS 84 椭球上计算，误差小于 1 毫米；几乎正对地球两侧的点改用球面，"
             "method 会说明（误差可到 0.5%）。两点要用同一坐标系。",
             "The shortest way over ground between two coordinates and its bearing at the start, on the ellipsoid of "
             "WGS 84, to a millimetre; for points nearly opposite each other on a sphere, as method tells (0.5% off at "
             "most). Both points must be in the same coordinate system."},
    .run = geo_distance,
    .asks = ASKS({"lat1", ASK_NUMBER, REQUIRED, {"起点纬度", "Latitude of the start"}, -90, 90, .aliases = "from_lat"},
                 {"lng1", ASK_NUMBER, REQUIRED, {"起点经度", "Longitude of the start"}, -180, 180,
                  .aliases = "lon1|from_lng"},
                 {"lat2", ASK_NUMBER, REQUIRED, {"终点纬度", "Latitude of the end"}, -90, 90, .aliases = "to_lat"},
                 {"lng2", ASK_NUMBER, REQUIRED, {"终点经度", "Longitude of the end"}, -180, 180,
                  .aliases = "lon2|to_lng"}),
    .gives = GIVES({"metres", GIVE_NUMBER, {"距离，米", "The distance in metres"}},
                   {"kilometres", GIVE_NUMBER, {"距离，千米", "In kilometres"}},
                   {"miles", GIVE_NUMBER, {"距离，英里", "In miles"}},
                   {"sphere_metres", GIVE_NUMBER, {"按球面（半径 6371.0088 千米）算的距离，米",
                                                   "On a sphere of 6371.0088 km, in metres"}},
                   {"bearing", GIVE_NUMBER, {"起点方位角，从正北顺时针 0 到 360 度",
                                             "Bearing at the start, clockwise from north, in degrees"}},
                   {"method", GIVE_TEXT, {"ellipsoid 椭球，sphere 球面", "ellipsoid or sphere"}}),
    .shows = SHOWS({"lat1=39.9042&lng1=116.4074&lat2=31.2304&lng2=121.4737",
                    "{\"metres\":1065846.489,\"kilometres\":1065.846,\"miles\":662.286,\"sphere_metres\":"
                    "1067311.645,\"bearing\":152.9742,\"method\":\"ellipsoid\"}", SHOW_EXACT},
                   {"lat1=0&lng1=0&lat2=0&lng2=180",
                    "{\"metres\":20015114.442,\"kilometres\":20015.114,\"miles\":12436.816,\"sphere_metre"
                    "s\":20015114.442,\"bearing\":90,\"method\":\"sphere\"}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "Vincenty 1975, on WGS 84; the haversine formula",
};
