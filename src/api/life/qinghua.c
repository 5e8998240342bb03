/* qinghua.c: a corny compliment. */
#include "api/life/own_text.h"

enum { ASKED_FORMAT };

static struct err qinghua(struct call *c) {
    struct text key, value;
    if (!own_draw(c, "q", &key, &value))
        return call_nothing(c, "没有内容", "there is none");
    reply_object(c, NULL);
    reply_text(c, "content", value);
    reply_end_object(c);
    return reply_as(c, ASKED_FORMAT, "content");
}

const struct endpoint endpoint_qinghua = {
    .path = "/api/qinghua",
    .subject = "life",
    .title = {"土味情话", "Corny love lines"},
    .says = {"随机返回一句土味情话，约六十句。", "A corny love line, in Chinese."},
    .run = qinghua,
    .asks = ASKS(ASK_FORMAT(FORMS_TEXT)),
    .gives = GIVES({"content", GIVE_TEXT, {"内容", "The text"}}),
    .shows = SHOWS({"", "{\"content\":\"我怀疑你的本质是一本书，不然为什么让我越看越想睡不着。\"}",
                    SHOW_EXACT},
                   {"format=json",
                    "{\"content\":\"我怀疑你的本质是一本书，不然为什么让我越看越想睡不着。\"}",
                    SHOW_SHAPE}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_OWN_TEXTS),
};
