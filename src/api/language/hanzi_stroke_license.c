/* hanzi_stroke_license.c: the licence that goes with the outlines of strokes. */
#include "call/reply.h"
#include "data/data.h"

static struct err hanzi_stroke_license(struct call *c) {
    struct text licence;
    if (!pack_find(data_pack(c->data, DATA_STROKES), TEXT("licence"), &licence))
        return call_nothing(c, "数据中没有许可证", "the data holds no licence");
    reply_body(c, "text/plain; charset=utf-8", licence);
    return ok;
}

const struct endpoint endpoint_hanzi_stroke_license = {
    .path = "/api/hanzi/stroke/license",
    .subject = "language",
    .title = {"笔顺数据许可证", "Licence of the stroke data"},
    .says = {"返回笔顺轮廓数据所依的 Arphic Public License "
             "全文（纯文本）；再分发这些数据时须一并附上。",
             "The Arphic Public License of the outlines, as plain text; it must go with the data "
             "wherever that goes."},
    .run = hanzi_stroke_license,
    .asks = ASKS({0}),
    .gives = GIVES({"", GIVE_TEXT, {"许可证全文", "The licence"}}),
    .shows = SHOWS({"", "null", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_STROKES),
};
