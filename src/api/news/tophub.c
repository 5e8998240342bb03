/* tophub.c: a hot list. */
#include "api/connected.h"

const struct endpoint endpoint_tophub = {
    .path = "/api/tophub",
    .subject = "news",
    .title = {"今日热榜", "A hot list"},
    .says = {"某个站点的热榜。用 id（见 /api/tophub/site）或 type 指定，都不传时为微博热搜。",
             "The hot list of a site, by its id (/api/tophub/site) or its type; without either it is that"
             " of Weibo."},
    CONNECTED("news"),
    .asks = ASKS({"id", ASK_TEXT, OPTIONAL,
                  {"榜单编号，见 /api/tophub/site；优先于 type",
                   "Number of the list, as /api/tophub/site gives it; goes before type"},
                  1, 40},
                 {"type", ASK_CHOICE, OPTIONAL,
                  {"常用榜单", "A usual list"},
                  .choices = "weibo|zhihu|weixin|baidu|toutiao|douyin|bilibili|36kr|ithome", .fallback = "weibo"},
                 {"date", ASK_DATE, OPTIONAL,
                  {"日期，仅部分来源有历史", "Day; only some sources have past ones"}}),
    .gives = GIVES({"name", GIVE_TEXT, {"榜单名", "Name of the list"}},
                   {"last_update", GIVE_TEXT, {"更新时间", "When it was made"}},
                   {"list", GIVE_LIST, {"条目", "Its items"}},
                   {"list[].title", GIVE_TEXT, {"标题", "Title"}},
                   {"list[].link", GIVE_TEXT, {"链接", "Address"}},
                   {"list[].image", GIVE_TEXT, {"图片", "Picture"}},
                   {"list[].other", GIVE_TEXT, {"热度等", "How hot it is, or the like"}}),
    .shows = SHOWS({"type=weibo",
                    "{\"name\":\"微博 热搜榜\",\"last_update\":\"2024-06-01 12:00:00\",\"list\":[{\"title"
                    "\":\"示例话题\",\"link\":\"https://s.weibo.com/weibo?q=%E7%A4%BA%E4%BE%8B\",\"image"
                    "\":null,\"other\":\"120万\"}]}",
                    SHOW_LIVE}),
    .price_units = 1,
    .keep_s = 300,
};
