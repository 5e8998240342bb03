/* new_hanfu.c: news of Hanfu. */
#include "api/connected.h"

const struct endpoint endpoint_new_hanfu = {
    .path = "/api/new/hanfu",
    .subject = "news",
    .title = {"汉服新闻", "News of Hanfu"},
    .says = {"汉服圈的新闻。",
             "News about Hanfu, the dress of old China."},
    CONNECTED("news"),
    .asks = ASKS({"page", ASK_INT, REQUIRED, {"第几页", "Which page"}, 1, 1000}),
    .gives = GIVES({"[].title", GIVE_TEXT, {"标题", "Title"}},
                   {"[].desc", GIVE_TEXT, {"摘要", "Summary"}},
                   {"[].ctime", GIVE_TEXT, {"时间", "When"}},
                   {"[].pic_url", GIVE_TEXT, {"图片", "Picture"}},
                   {"[].url", GIVE_TEXT, {"链接", "Address"}}),
    .shows = SHOWS({"page=1",
                    "[{\"title\":\"示例汉服新闻\",\"desc\":\"示例\",\"ctime\":\"2024-06-01 12:00\",\"pic_"
                    "url\":null,\"url\":\"https://example.com/hanfu/1\"}]",
                    SHOW_LIVE}),
    .price_units = 1,
    .keep_s = 600,
};
