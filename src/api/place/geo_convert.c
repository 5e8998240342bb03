/* geo_convert.c: a place in the coordinate systems that Chinese maps use. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/geodesy.h"

#include <math.h>

enum { ASKED_LAT, ASKED_LNG, ASKED_FROM };

static void reply_place(struct call *c, const char *name, struct place p) {
    reply_object(c, name);
    reply_number(c, "lat", round(p.lat * 1e7) / 1e7);
    reply_number(c, "lng", round(p.lng * 1e7) / 1e7);
    reply_end_object(c);
}

static struct err geo_convert(struct call *c) {
    struct place asked = {ask_number(c, ASKED_LAT), ask_number(c, ASKED_LNG)};
    struct place gcj = ask_is(c, ASKED_FROM, "bd09")    ? gcj02_from_bd09(asked)
                       : ask_is(c, ASKED_FROM, "wgs84") ? gcj02_from_wgs84(asked)
                                                        : asked;
    reply_object(c, NULL);
    reply_text(c, "from", ask_text(c, ASKED_FROM));
    reply_place(c, "wgs84", ask_is(c, ASKED_FROM, "wgs84") ? asked : wgs84_from_gcj02(gcj));
    reply_place(c, "gcj02", gcj);
    reply_place(c, "bd09", ask_is(c, ASKED_FROM, "bd09") ? asked : bd09_from_gcj02(gcj));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_geo_convert = {
    .path = "/api/geo/convert",
    .subject = "place",
    .title = {"地图坐标转换", "Convert map coordinates"},
    .says = {"WGS 84（GPS）、GCJ-02（国内地图通用）与 BD-09 三种坐标互转，一次给出全部三种。GCJ-02 只在北纬 0.8293 到 55.8271、东经 "
             "72.004 到 137.8347 的矩形内偏移（与各家实现相同，矩形含部分境外地区）；公开公式，与官方算法相差一般不到几米，不能用于测绘。",
             "Turns coordinates between WGS 84 (GPS), GCJ-02 (maps in mainland China) and BD-09, giving all three at once. "
             "GCJ-02 shifts only in the rectangle 0.8293 to 55.8271 N, 72.004 to 137.8347 E, which reaches beyond China, as all "
             "public implementations do. The public formulas are usually within a few metres; not for surveying."},
    .run = geo_convert,
    .asks = ASKS({"lat", ASK_NUMBER, REQUIRED, {"纬度", "Latitude"}, -90, 90, .aliases = "latitude"},
                 {"lng", ASK_NUMBER, REQUIRED, {"经度", "Longitude"}, -180, 180, .aliases = "lon|longitude"},
                 {"from", ASK_CHOICE, OPTIONAL, {"传入坐标的坐标系", "The system of what is sent"},
                  .choices = "wgs84=gps|gcj02=amap|bd09=baidu", .fallback = "wgs84"}),
    .gives = GIVES({"from", GIVE_TEXT, {"传入坐标的坐标系", "The system of what was sent"}},
                   {"wgs84", GIVE_OBJECT, {"WGS 84 坐标", "In WGS 84"}}, {"wgs84.lat", GIVE_NUMBER, {"纬度", "Latitude"}},
                   {"wgs84.lng", GIVE_NUMBER, {"经度", "Longitude"}},
                   {"gcj02", GIVE_OBJECT, {"GCJ-02 坐标", "In GCJ-02"}}, {"gcj02.lat", GIVE_NUMBER, {"纬度", "Latitude"}},
                   {"gcj02.lng", GIVE_NUMBER, {"经度", "Longitude"}},
                   {"bd09", GIVE_OBJECT, {"BD-09 坐标", "In BD-09"}}, {"bd09.lat", GIVE_NUMBER, {"纬度", "Latitude"}},
                   {"bd09.lng", GIVE_NUMBER, {"经度", "Longitude"}}),
    .shows = SHOWS({"lat=39.911954&lng=116.377817",
                    "{\"from\":\"wgs84\",\"wgs84\":{\"lat\":39.911954,\"lng\":116.377817},\"gcj02\":{\"la"
                    "t\":39.9133455,\"lng\":116.3840472},\"bd09\":{\"lat\":39.9195756,\"lng\":116.3904547"
                    "}}", SHOW_EXACT},
                   {"lat=31.2304&lng=121.4737&from=bd09",
                    "{\"from\":\"bd09\",\"wgs84\":{\"lat\":31.2262575,\"lng\":121.4626381},\"gcj02\":{\"l"
                    "at\":31.224342,\"lng\":121.4671951},\"bd09\":{\"lat\":31.2304,\"lng\":121.4737}}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "the public formulas of GCJ-02 and BD-09",
};
