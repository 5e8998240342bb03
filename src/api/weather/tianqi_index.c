/* tianqi_index.c: indices of living. */
#include "api/connected.h"

const struct endpoint endpoint_tianqi_index = {
    .path = "/api/tianqi/index",
    .subject = "weather",
    .title = {"天气指数", "Indices of living"},
    .says = {"某城市当天的生活指数：穿衣、运动、洗车、紫外线等。城市编号依数据来源（和风天气为 LocationID）。",
             "Indices of the day for a city: clothes, sport, car wash, UV and others. The city's number is the source's (LocationID of QWeather)."},
    CONNECTED("weather"),
    .asks = ASKS({"city_id", ASK_TEXT, REQUIRED, {"城市编号", "Number of the city"}, 1, 20}),
    .gives = GIVES({"[].content", GIVE_TEXT, {"说明", "What it says"}},
                   {"[].date", GIVE_TEXT, {"日期", "Day"}},
                   {"[].level", GIVE_TEXT, {"级别", "Level"}},
                   {"[].name", GIVE_TEXT, {"名称", "Name"}},
                   {"[].type", GIVE_TEXT, {"类型", "Type"}}),
    .shows = SHOWS({"city_id=101010100",
                    "[{\"content\":\"天气较好，较适宜进行各种运动。\",\"date\":\"2024-06-01\",\"level\":\"较适宜\",\"name\":\"运"
                    "动指数\",\"type\":\"1\"}]",
                    SHOW_LIVE}),
    .price_units = 2,
    .keep_s = 3600,
};
