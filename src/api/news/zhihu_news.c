/* zhihu_news.c: a story of Zhihu Daily. */
#include "api/connected.h"

const struct endpoint endpoint_zhihu_news = {
    .path = "/api/zhihu/news",
    .subject = "news",
    .title = {"获取日报详情", "A story of Zhihu Daily"},
    .says = {"日报一篇文章的正文与图片。",
             "The text and the pictures of a story."},
    CONNECTED("zhihu"),
    .asks = ASKS({"id", ASK_INT, REQUIRED, {"文章编号", "Number of the story"}, 1, 9007199254740991}),
    .gives = GIVES({"body", GIVE_TEXT, {"正文，HTML", "Its text, HTML"}},
                   {"image_hue", GIVE_TEXT, {"图片主色", "Main colour of the picture"}},
                   {"publish_time", GIVE_INT, {"发布时间，Unix 秒", "When it was published, Unix seconds"}},
                   {"title", GIVE_TEXT, {"标题", "Title"}},
                   {"url", GIVE_TEXT, {"网页", "Its page"}},
                   {"image", GIVE_TEXT, {"图片", "Picture"}},
                   {"share_url", GIVE_TEXT, {"分享网址", "Address to share"}},
                   {"js", GIVE_LIST, {"页面脚本", "Scripts of the page"}},
                   {"create_time", GIVE_INT, {"写成时间，Unix 秒", "When it was written, Unix seconds"}},
                   {"ga_prefix", GIVE_TEXT, {"统计前缀", "Prefix of the site's own counting"}},
                   {"images", GIVE_LIST, {"图片", "Pictures"}},
                   {"type", GIVE_INT, {"类型", "Kind"}},
                   {"id", GIVE_INT, {"编号", "Number"}},
                   {"css", GIVE_LIST, {"页面样式", "Style sheets of the page"}}),
    .shows = SHOWS({"id=9700000",
                    "{\"body\":\"<div class=\\\"content\\\">示例</div>\",\"image_hue\":\"0xb3947d\",\"pub"
                    "lish_time\":null,\"title\":\"示例文章\",\"url\":\"https://daily.zhihu.com/story/9700"
                    "000\",\"image\":\"https://example.com/a.jpg\",\"share_url\":\"https://daily.zhihu.co"
                    "m/story/9700000\",\"js\":[],\"create_time\":null,\"ga_prefix\":\"060107\",\"images\""
                    ":[\"https://example.com/a.jpg\"],\"type\":0,\"id\":9700000,\"css\":[\"https://exampl"
                    "e.com/a.css\"]}",
                    SHOW_LIVE}),
    .price_units = 1,
    .keep_s = 3600,
};
