/* tianqi_seven.c: weather of seven days. */
#include "api/weather/place.h"

const struct endpoint endpoint_tianqi_seven = {
    .path = "/api/tianqi/seven",
    .subject = "weather",
    .title = {"7天天气查询", "Weather of seven days"},
    .says = {"未来 7 天的天气，来源提供时含逐小时预报与生活指数。",
             "The weather of seven days, with hours and indices where the source has them."},
    CONNECTED_BY("weather", place_run),
    .asks = ASKS(ASKS_PLACE),
    .gives = GIVES({"[].city_id", GIVE_TEXT, {"城市编号", "Number of the city"}},
                   {"[].city", GIVE_TEXT, {"城市", "City"}},
                   {"[].province", GIVE_TEXT, {"省", "Province"}},
                   {"[].leader", GIVE_TEXT, {"上级城市", "The city above it"}},
                   {"[].date", GIVE_TEXT, {"日期", "Day"}},
                   {"[].temp_day", GIVE_NUMBER, {"白天最高 ℃", "Highest by day, °C"}},
                   {"[].temp_night", GIVE_NUMBER, {"夜间最低 ℃", "Lowest by night, °C"}},
                   {"[].wea_day", GIVE_TEXT, {"白天天气", "Weather by day"}},
                   {"[].wea_day_code", GIVE_TEXT, {"代码", "Code"}},
                   {"[].wea_night", GIVE_TEXT, {"夜间天气", "Weather by night"}},
                   {"[].wea_night_code", GIVE_TEXT, {"代码", "Code"}},
                   {"[].wind_day", GIVE_TEXT, {"白天风向", "Wind by day"}},
                   {"[].wind_night", GIVE_TEXT, {"夜间风向", "Wind by night"}},
                   {"[].wind_day_level", GIVE_TEXT, {"白天风力", "Its force"}},
                   {"[].wind_night_level", GIVE_TEXT, {"夜间风力", "Its force"}},
                   {"[].air", GIVE_TEXT, {"空气质量指数", "Air quality index"}},
                   {"[].air_level", GIVE_TEXT, {"空气质量级别", "Its level"}},
                   {"[].precipitation", GIVE_TEXT, {"降水量 mm", "Rain, mm"}},
                   {"[].sunrise", GIVE_TEXT, {"日出", "Sunrise"}},
                   {"[].sunset", GIVE_TEXT, {"日落", "Sunset"}},
                   {"[].hour", GIVE_LIST, {"逐小时预报", "By the hour"}},
                   {"[].hour[].date", GIVE_TEXT, {"日期", "Day"}},
                   {"[].hour[].time", GIVE_TEXT, {"时间", "Time"}},
                   {"[].hour[].temp", GIVE_NUMBER, {"气温 ℃", "Temperature, °C"}},
                   {"[].hour[].wea", GIVE_TEXT, {"天气", "Weather"}},
                   {"[].hour[].wea_code", GIVE_TEXT, {"代码", "Code"}},
                   {"[].hour[].wind", GIVE_TEXT, {"风向", "Wind"}},
                   {"[].hour[].wind_level", GIVE_TEXT, {"风力", "Its force"}},
                   {"[].hour[].air", GIVE_TEXT, {"空气质量指数", "Air quality index"}},
                   {"[].hour[].air_level", GIVE_TEXT, {"级别", "Level"}},
                   {"[].hour[].precipitation", GIVE_TEXT, {"降水量 mm", "Rain, mm"}},
                   {"[].index", GIVE_LIST, {"生活指数", "Indices of living"}},
                   {"[].index[].name", GIVE_TEXT, {"名称", "Name"}},
                   {"[].index[].level", GIVE_TEXT, {"级别", "Level"}},
                   {"[].index[].code", GIVE_TEXT, {"代码", "Code"}}),
    .shows = SHOWS({"city=%E5%8C%97%E4%BA%AC",
                    "[{\"city_id\":null,\"city\":\"北京\",\"province\":\"北京市\",\"leader\":null,\"date\":\"2024-"
                    "06-01\",\"temp_day\":31,\"temp_night\":17,\"wea_day\":\"晴\",\"wea_day_code\":\"0\",\"wea"
                    "_night\":\"晴\",\"wea_night_code\":\"0\",\"wind_day\":\"南风\",\"wind_night\":\"南风\",\"wind"
                    "_day_level\":\"3\",\"wind_night_level\":\"3\",\"air\":null,\"air_level\":null,\"precipit"
                    "ation\":\"0\",\"sunrise\":\"04:46\",\"sunset\":\"19:37\",\"hour\":[{\"date\":\"2024-06-0"
                    "1\",\"time\":\"00:00\",\"temp\":20,\"wea\":\"晴\",\"wea_code\":\"0\",\"wind\":\"南风\",\"wi"
                    "nd_level\":\"2\",\"air\":null,\"air_level\":null,\"precipitation\":\"0\"}],\"index\":[]}"
                    "]",
                    SHOW_LIVE}),
    .price_units = 2,
    .keep_s = 3600,
};
