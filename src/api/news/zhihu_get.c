/* zhihu_get.c: zhihu Daily of a day. */
#include "api/news/zhihu_day.h"

const struct endpoint endpoint_zhihu_get = {
    .path = "/api/zhihu/get",
    .subject = "news",
    .title = {"指定日期日报", "Zhihu Daily of a day"},
    .says = {"某一天的知乎日报。",
             "Zhihu Daily of a day."},
    CONNECTED_BY("zhihu", zhihu_day_run),
    .asks = ASKS({"date", ASK_DATE, REQUIRED, {"日期，2013-05-19 起", "Day, from 2013-05-19 on"}}),
    .gives = GIVES({"date", GIVE_TEXT, {"日期", "Day"}},
                   {"stories", GIVE_LIST, {"文章", "The stories"}},
                   {"stories[].id", GIVE_INT, {"编号", "Number"}},
                   {"stories[].url", GIVE_TEXT, {"网页", "Its page"}},
                   {"stories[].hint", GIVE_TEXT, {"作者与阅读时间", "Author and time to read"}},
                   {"stories[].type", GIVE_INT, {"类型", "Kind"}},
                   {"stories[].title", GIVE_TEXT, {"标题", "Title"}},
                   {"stories[].images", GIVE_LIST, {"图片", "Pictures"}},
                   {"stories[].ga_prefix", GIVE_TEXT, {"统计前缀", "Prefix of the site's own counting"}},
                   {"stories[].image_hue", GIVE_TEXT, {"图片主色", "Main colour of the picture"}},
                   {"top_stories", GIVE_LIST, {"置顶文章，当天才有", "Stories on top; of today only"}},
                   {"top_stories[].id", GIVE_INT, {"编号", "Number"}},
                   {"top_stories[].url", GIVE_TEXT, {"网页", "Its page"}},
                   {"top_stories[].hint", GIVE_TEXT, {"作者与阅读时间", "Author and time to read"}},
                   {"top_stories[].type", GIVE_INT, {"类型", "Kind"}},
                   {"top_stories[].image", GIVE_TEXT, {"图片", "Picture"}},
                   {"top_stories[].title", GIVE_TEXT, {"标题", "Title"}},
                   {"top_stories[].ga_prefix", GIVE_TEXT,
                    {"统计前缀", "Prefix of the site's own counting"}},
                   {"top_stories[].image_hue", GIVE_TEXT, {"图片主色", "Main colour of the picture"}}),
    .shows = SHOWS({"date=2024-06-01",
                    "{\"date\":\"20240601\",\"stories\":[{\"id\":9700000,\"url\":\"https://daily.zhihu.co"
                    "m/story/9700000\",\"hint\":\"示例作者 · 3 分钟阅读\",\"type\":0,\"title\":\"示例文章"
                    "\",\"images\":[\"https://example.com/a.jpg\"],\"ga_prefix\":\"060107\",\"image_hue\""
                    ":\"0xb3947d\"}],\"top_stories\":[]}",
                    SHOW_LIVE}),
    .price_units = 1,
    .keep_s = 3600,
};
