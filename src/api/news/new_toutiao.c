/* new_toutiao.c: headlines. */
#include "api/connected.h"

const struct endpoint endpoint_new_toutiao = {
    .path = "/api/new/toutiao",
    .subject = "news",
    .title = {"新闻头条", "Headlines"},
    .says = {"各类新闻的标题、摘要与链接，类型见 /api/new/toutiao/type。内容归原媒体所有。",
             "Titles, summaries and addresses of news by kind (/api/new/toutiao/type). They belong to who"
             "ever published them."},
    CONNECTED("news"),
    .asks = ASKS({"type", ASK_INT, OPTIONAL,
                  {"类型，见 /api/new/toutiao/type", "Kind, as /api/new/toutiao/type lists it"},
                  1, 9, .fallback = "1"},
                 ASK_PAGE),
    .gives = GIVES({"[].title", GIVE_TEXT, {"标题", "Title"}},
                   {"[].type", GIVE_TEXT, {"类型", "Kind"}},
                   {"[].digest", GIVE_TEXT, {"摘要", "Summary"}},
                   {"[].docid", GIVE_TEXT, {"编号", "Number"}},
                   {"[].pc_url", GIVE_TEXT, {"网页", "Its page"}},
                   {"[].m_url", GIVE_TEXT, {"手机网页", "Its page for phones"}},
                   {"[].imgsrc", GIVE_TEXT, {"图片", "Picture"}},
                   {"[].source", GIVE_TEXT, {"媒体", "Who published it"}},
                   {"[].time", GIVE_TEXT, {"时间", "When"}}),
    .shows = SHOWS({"type=1",
                    "[{\"title\":\"示例新闻\",\"type\":\"头条\",\"digest\":null,\"docid\":\"a1\",\"pc_url"
                    "\":\"https://example.com/news/1\",\"m_url\":\"https://example.com/news/1\",\"imgsrc"
                    "\":null,\"source\":\"示例日报\",\"time\":\"2024-06-01 12:00\"}]",
                    SHOW_LIVE}),
    .price_units = 1,
    .keep_s = 300,
};
