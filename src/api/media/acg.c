/* acg.c: a picture of anime. */
#include "api/connected.h"

#ifndef ALAPI_NO_WORKER_LANE /* nginx has no connect/ */
static struct err acg(struct call *c) {
    try(connector_run(c));
    return reply_as(c, 0, "url");
}
#endif

const struct endpoint endpoint_acg = {
    .path = "/api/acg",
    .subject = "media",
    .title = {"ACG动漫图片", "A picture of anime"},
    .says = {"随机一张动漫图，只取适合所有人看的。版权归作者。",
             "A picture of anime by chance, of those that are fit for everybody. It belongs to its author"
             "."},
    CONNECTED_BY("acg", acg),
    .asks = ASKS(ASK_FORMAT(FORMS_TEXT)),
    .gives = GIVES({"url", GIVE_TEXT, {"图片", "The picture"}},
                   {"width", GIVE_INT, {"宽，像素", "Width, pixels"}},
                   {"height", GIVE_INT, {"高，像素", "Height, pixels"}}),
    .shows = SHOWS({"",
                    "{\"url\":\"https://example.com/1.png\",\"width\":1200,\"height\":1700}",
                    SHOW_LIVE}),
    .price_units = 1,
};
