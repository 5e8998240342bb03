/* new_wbtop.c: hot on Weibo. */
#include "api/connected.h"

const struct endpoint endpoint_new_wbtop = {
    .path = "/api/new/wbtop",
    .subject = "news",
    .title = {"微博热搜榜", "Hot on Weibo"},
    .says = {"微博此刻的热搜词。",
             "What is searched for on Weibo now."},
    CONNECTED("news"),
    .asks = ASKS({"num", ASK_INT, OPTIONAL, {"给几条", "How many"}, 1, 50, .fallback = "50"}),
    .gives = GIVES({"[].hot_word", GIVE_TEXT, {"热搜词", "The words"}},
                   {"[].hot_word_num", GIVE_TEXT, {"热度", "How hot"}},
                   {"[].url", GIVE_TEXT, {"链接", "Address"}}),
    .shows = SHOWS({"num=10",
                    "[{\"hot_word\":\"示例话题\",\"hot_word_num\":\"1200000\",\"url\":\"https://s.weibo.c"
                    "om/weibo?q=%E7%A4%BA%E4%BE%8B\"}]",
                    SHOW_LIVE}),
    .price_units = 1,
    .keep_s = 120,
};
