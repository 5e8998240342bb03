/* soul.c: a sentence that does not comfort. */
#include "api/life/own_text.h"

enum { ASKED_FORMAT };

static struct err soul(struct call *c) {
    struct text key, value;
    if (!own_draw(c, "s", &key, &value))
        return call_nothing(c, "没有内容", "there is none");
    reply_object(c, NULL);
    reply_text(c, "content", value);
    reply_end_object(c);
    return reply_as(c, ASKED_FORMAT, "content");
}

const struct endpoint endpoint_soul = {
    .path = "/api/soul",
    .subject = "life",
    .title = {"心灵毒鸡汤", "Bitter chicken soup"},
    .says = {"随机返回一句毒鸡汤，八十余句，本站原创。",
             "A sentence that comforts nobody, in Chinese; written for this service."},
    .run = soul,
    .asks = ASKS(ASK_FORMAT(FORMS_TEXT)),
    .gives = GIVES({"content", GIVE_TEXT, {"内容", "The text"}}),
    .shows = SHOWS(
        {"", "{\"content\":\"心情不好的时候，看看体重秤，会发现还可以更不好。\"}", SHOW_EXACT},
        {"format=json", "{\"content\":\"心情不好的时候，看看体重秤，会发现还可以更不好。\"}",
         SHOW_SHAPE}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_OWN_TEXTS),
};
