/* one_photo.c: oNE: a photograph. */
#include "api/connected.h"

const struct endpoint endpoint_one_photo = {
    .path = "/api/one/photo",
    .subject = "media",
    .title = {"ONE · 一个 摄影", "ONE: a photograph"},
    .says = {"「一个」的图与一句话。有的来源只有最新一期，以回复中的 date 为准。",
             "A picture of ONE and its saying. Some sources have the newest only: date in the answer tell"
             "s."},
    CONNECTED("one"),
    .asks = ASKS({"date", ASK_DATE, OPTIONAL, {"日期，默认今天", "Day; today if not sent"}}),
    .gives = GIVES({"date", GIVE_TEXT, {"日期", "Day"}},
                   {"title", GIVE_TEXT, {"期号或标题", "Number or title"}},
                   {"content", GIVE_TEXT, {"一句话", "A saying"}},
                   {"from", GIVE_TEXT, {"出处", "Where it is from"}},
                   {"author", GIVE_TEXT, {"图片作者", "Who made the picture"}},
                   {"image", GIVE_TEXT, {"图片", "The picture"}}),
    .shows = SHOWS({"",
                    "{\"date\":\"2024-06-01\",\"title\":\"VOL.4300\",\"content\":\"示例的一句话。\",\"fro"
                    "m\":\"示例书\",\"author\":\"示例作者\",\"image\":\"https://example.com/one.jpg\"}",
                    SHOW_LIVE}),
    .price_units = 1,
    .keep_s = 3600,
};
