/* geo_hash.c: the short codes of a place, and the cell that a geohash names. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/geodesy.h"

#include <math.h>

enum { ASKED_LAT, ASKED_LNG, ASKED_HASH, ASKED_PRECISION };

static double shown(double degrees) { return round(degrees * 1e8) / 1e8; }

static double wrapped(double lng) { return lng >= 180 ? lng - 360 : lng < -180 ? lng + 360 : lng; }

/* The eight cells around, row by row from the north west; there is none beyond a pole. */
static void reply_neighbours(struct call *c, const struct cell *cell, struct place middle, unsigned letters) {
    reply_list(c, "neighbours");
    for (int row = 1; row >= -1; row--)
        for (int column = -1; column <= 1; column++) {
            struct place p = {middle.lat + row * (cell->north - cell->south),
                              wrapped(middle.lng + column * (cell->east - cell->west))};
            if ((row || column) && p.lat > -90 && p.lat < 90)
                reply_text(c, NULL, geohash_in(c->arena, p, letters));
        }
    reply_end_list(c);
}

static struct err geo_hash(struct call *c) {
    struct text hash = text_lower_in(c->arena, text_trim(ask_text(c, ASKED_HASH)));
    struct place p = {ask_number(c, ASKED_LAT), ask_number(c, ASKED_LNG)};
    struct cell cell;
    if (!ask_has(c, ASKED_HASH) && !(ask_has(c, ASKED_LAT) && ask_has(c, ASKED_LNG)))
        return call_invalid(c, ASKED_LAT, "请传 lat 和 lng，或者传 hash", "send lat and lng, or hash");
    if (!ask_has(c, ASKED_HASH))
        hash = geohash_in(c->arena, p, (unsigned)ask_int(c, ASKED_PRECISION));
    if (!geohash_read(hash, &cell))
        return call_invalid(c, ASKED_HASH, "geohash 是 1 到 12 位，只用 0-9 和除 a、i、l、o 外的字母",
                            "a geohash has 1 to 12 of 0-9 and the letters but a, i, l and o");
    struct place middle = {(cell.south + cell.north) / 2, (cell.west + cell.east) / 2};
    if (ask_has(c, ASKED_HASH))
        p = middle;
    reply_object(c, NULL);
    reply_text(c, "hash", hash);
    reply_text(c, "plus_code", plus_code_in(c->arena, p));
    reply_number(c, "lat", shown(middle.lat));
    reply_number(c, "lng", shown(middle.lng));
    reply_number(c, "south", shown(cell.south));
    reply_number(c, "north", shown(cell.north));
    reply_number(c, "west", shown(cell.west));
    reply_number(c, "east", shown(cell.east));
    reply_neighbours(c, &cell, middle, (unsigned)hash.length);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_geo_hash = {
    .path = "/api/geo/hash",
    .subject = "place",
    .title = {"GeoHash 与 Plus Code", "Geohash and plus code"},
    .says = {"把经纬度编成 geohash 和 plus code（10 位），或把 geohash 解成范围与中心点，并给出相邻的格子。",
             "Turns coordinates into a geohash and a plus code of 10 digits, or a geohash into its cell and centre; the "
             "cells around come with it."},
    .run = geo_hash,
    .asks = ASKS({"lat", ASK_NUMBER, OPTIONAL, {"纬度", "Latitude"}, -90, 90, .aliases = "latitude"},
                 {"lng", ASK_NUMBER, OPTIONAL, {"经度", "Longitude"}, -180, 180, .aliases = "lon|longitude"},
                 {"hash", ASK_TEXT, OPTIONAL, {"要解码的 geohash，传了就不看经纬度",
                                               "A geohash to read; coordinates are not looked at then"}, 1, 12,
                  .aliases = "geohash"},
                 {"precision", ASK_INT, OPTIONAL, {"geohash 位数", "Letters of the geohash"}, 1, 12, .fallback = "9"}),
    .gives = GIVES({"hash", GIVE_TEXT, {"geohash", "The geohash"}},
                   {"plus_code", GIVE_TEXT, {"该点（解码时为中心点）的 plus code", "Plus code of the point, or of the centre"}},
                   {"lat", GIVE_NUMBER, {"格子中心纬度", "Latitude of the cell's centre"}},
                   {"lng", GIVE_NUMBER, {"格子中心经度", "Longitude of the cell's centre"}},
                   {"south", GIVE_NUMBER, {"南界", "Southern edge"}}, {"north", GIVE_NUMBER, {"北界", "Northern edge"}},
                   {"west", GIVE_NUMBER, {"西界", "Western edge"}}, {"east", GIVE_NUMBER, {"东界", "Eastern edge"}},
                   {"neighbours", GIVE_LIST, {"相邻格子的 geohash，从西北起逐行；极点外没有",
                                              "Geohashes of the cells around, by rows from the north west; none beyond a pole"}}),
    .shows = SHOWS({"lat=57.64911&lng=10.40744&precision=11",
                    "{\"hash\":\"u4pruydqqvj\",\"plus_code\":\"9F9GJCX4+JX\",\"lat\":57.64911063,\"lng\":"
                    "10.40743969,\"south\":57.64910996,\"north\":57.6491113,\"west\":10.40743902,\"east\""
                    ":10.40744036,\"neighbours\":[\"u4pruydqqvk\",\"u4pruydqqvm\",\"u4pruydqqvq\",\"u4pru"
                    "ydqqvh\",\"u4pruydqqvn\",\"u4pruydqquu\",\"u4pruydqquv\",\"u4pruydqquy\"]}", SHOW_EXACT}, {"hash=wx4g0",
                    "{\"hash\":\"wx4g0\",\"plus_code\":\"8PFRW9FQ+PM\",\"lat\":39.92431641,\"lng\":116.38"
                    "916016,\"south\":39.90234375,\"north\":39.94628906,\"west\":116.3671875,\"east\":116"
                    ".41113281,\"neighbours\":[\"wx4er\",\"wx4g2\",\"wx4g3\",\"wx4ep\",\"wx4g1\",\"wx4dz"
                    "\",\"wx4fb\",\"wx4fc\"]}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "Geohash (public domain); Open Location Code specification",
};
