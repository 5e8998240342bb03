/* one.c: oNE: an essay. */
#include "api/connected.h"

const struct endpoint endpoint_one = {
    .path = "/api/one",
    .subject = "media",
    .title = {"ONE · 一个 文章", "ONE: an essay"},
    .says = {"「一个」的文章。有的来源只有最新一期，以回复中的 date 为准。",
             "An essay of ONE. Some sources have the newest only: date in the answer tells."},
    CONNECTED("one"),
    .asks = ASKS({"date", ASK_DATE, OPTIONAL, {"日期，默认今天", "Day; today if not sent"}}),
    .gives = GIVES({"date", GIVE_TEXT, {"日期", "Day"}},
                   {"title", GIVE_TEXT, {"标题", "Title"}},
                   {"author", GIVE_TEXT, {"作者", "Author"}},
                   {"summary", GIVE_TEXT, {"摘要", "Summary"}},
                   {"content", GIVE_TEXT, {"正文", "Its text"}},
                   {"image", GIVE_TEXT, {"图片", "Picture"}},
                   {"link", GIVE_TEXT, {"网页", "Its page"}}),
    .shows = SHOWS({"",
                    "{\"date\":\"2024-06-01\",\"title\":\"示例文章\",\"author\":\"示例作者\",\"summary\":"
                    "\"示例摘要\",\"content\":null,\"image\":null,\"link\":\"https://example.com/one/1\"}",
                    SHOW_LIVE}),
    .price_units = 1,
    .keep_s = 3600,
};
