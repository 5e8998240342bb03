/* lanzou.c: the file behind a shared link. */
#include "api/connected.h"

#ifndef ALAPI_NO_WORKER_LANE

enum { ASKED_URL, ASKED_PWD, ASKED_FORMAT };

static struct err lanzou_run(struct call *c) {
    try(connector_run(c));
    return reply_as(c, ASKED_FORMAT, "url");
}

#endif

const struct endpoint endpoint_lanzou = {
    .path = "/api/lanzou",
    .subject = "life",
    .title = {"蓝奏云直连解析", "The file behind a shared link"},
    .says = {"解析蓝奏云分享链接，得到文件名、大小、时间与直链。",
             "Name, size, time and direct address of a file shared on Lanzou."},
    CONNECTED_BY("media", lanzou_run),
    .asks = ASKS({"url", ASK_TEXT, REQUIRED, {"分享链接", "The shared link"}, 4, 500},
                 {"pwd", ASK_TEXT, OPTIONAL, {"提取密码", "Its password"}, 1, 30},
                 ASK_FORMAT(FORMS_TEXT)),
    .gives = GIVES({"name", GIVE_TEXT, {"文件名", "Name"}},
                   {"size", GIVE_TEXT, {"大小", "Size"}},
                   {"time", GIVE_TEXT, {"上传时间", "When it was shared"}},
                   {"url", GIVE_TEXT, {"直链", "Direct address"}}),
    .shows = SHOWS({"url=https%3A//www.example.com/iabc",
                    "{\"name\":\"示例.zip\",\"size\":\"1.2 M\",\"time\":\"2024-06-01\",\"url\":\"http"
                    "s://down.example.com/abc\"}",
                    SHOW_LIVE}),
    .price_units = 2,
    .keep_s = 600,
};
