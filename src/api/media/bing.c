/* bing.c: bing's picture of the day. */
#include "api/connected.h"

#ifndef ALAPI_NO_WORKER_LANE /* nginx has no connect/ */
static struct err bing(struct call *c) {
    try(connector_run(c));
    return reply_as(c, 0, "url");
}
#endif

const struct endpoint endpoint_bing = {
    .path = "/api/bing",
    .subject = "media",
    .title = {"必应美图", "Bing's picture of the day"},
    .says = {"必应当天的首页图。图片版权归其作者，见 copyright。",
             "The picture of Bing's home page today. It belongs to its author: see copyright."},
    CONNECTED_BY("bing", bing),
    .asks = ASKS({"format", ASK_CHOICE, REQUIRED,
                  {"回复形式：json，text 只有图片网址",
                   "Form of the answer: json, or text with the address alone"},
                  .choices = "json|text=txt=plain"}),
    .gives = GIVES({"date", GIVE_TEXT, {"日期", "Day"}},
                   {"title", GIVE_TEXT, {"标题", "Title"}},
                   {"copyright", GIVE_TEXT, {"说明与版权", "What it shows, and whose it is"}},
                   {"url", GIVE_TEXT, {"图片，1920×1080", "The picture, 1920×1080"}},
                   {"url_4k", GIVE_TEXT, {"图片，超高清", "The picture in ultra high definition"}},
                   {"link", GIVE_TEXT, {"详情网页", "Page about it"}}),
    .shows = SHOWS({"format=json",
                    "{\"date\":\"20240601\",\"title\":\"示例\",\"copyright\":\"示例风景 (© Example)\",\"u"
                    "rl\":\"https://www.bing.com/th?id=OHR.Example_1920x1080.jpg\",\"url_4k\":\"https://w"
                    "ww.bing.com/th?id=OHR.Example_UHD.jpg\",\"link\":null}",
                    SHOW_LIVE}),
    .price_units = 1,
    .keep_s = 3600,
};
