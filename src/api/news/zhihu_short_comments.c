/* zhihu_short_comments.c: short comments on a story. */
#include "api/connected.h"

const struct endpoint endpoint_zhihu_short_comments = {
    .path = "/api/zhihu/short_comments",
    .subject = "news",
    .title = {"获取日报短评论列表", "Short comments on a story"},
    .says = {"日报一篇文章的短评论。评论不留存。",
             "The short comments on a story. Nothing of them is kept."},
    CONNECTED("zhihu"),
    .asks = ASKS({"id", ASK_INT, REQUIRED, {"文章编号", "Number of the story"}, 1, 9007199254740991}),
    .gives = GIVES({"comments", GIVE_LIST, {"评论", "The comments"}},
                   {"comments[].author", GIVE_TEXT, {"作者", "Author"}},
                   {"comments[].content", GIVE_TEXT, {"内容", "What it says"}},
                   {"comments[].avatar", GIVE_TEXT, {"头像", "The author's picture"}},
                   {"comments[].time", GIVE_INT, {"时间，Unix 秒", "When, Unix seconds"}},
                   {"comments[].id", GIVE_INT, {"编号", "Number"}},
                   {"comments[].likes", GIVE_INT, {"赞", "Likes"}}),
    .shows = SHOWS({"id=9700000",
                    "{\"comments\":[{\"author\":\"示例读者\",\"content\":\"写得好\",\"avatar\":\"https://"
                    "example.com/b.jpg\",\"time\":1717200000,\"id\":1,\"likes\":3}]}",
                    SHOW_LIVE}),
    .price_units = 1,
    .is_personal = true,
};
