/* dog.c: a page from the diary of one who loves in vain. */
#include "api/life/own_text.h"

enum { ASKED_FORMAT };

static struct err dog(struct call *c) {
    struct text key, value;
    if (!own_draw(c, "d", &key, &value))
        return call_nothing(c, "没有内容", "there is none");
    reply_object(c, NULL);
    reply_text(c, "content", value);
    reply_end_object(c);
    return reply_as(c, ASKED_FORMAT, "content");
}

const struct endpoint endpoint_dog = {
    .path = "/api/dog",
    .subject = "life",
    .title = {"舔狗日记", "A hopeless lover's diary"},
    .says =
        {"随机返回一篇舔狗日记，四十篇，本站原创。",
         "A line from the diary of one who loves in vain, in Chinese; written for this service."},
    .run = dog,
    .asks = ASKS(ASK_FORMAT(FORMS_TEXT)),
    .gives = GIVES({"content", GIVE_TEXT, {"内容", "The text"}}),
    .shows =
        SHOWS({"", "{\"content\":\"今天我在你家楼下看见了你，还有他。你穿得很暖和，我就放心了。\"}",
               SHOW_EXACT},
              {"format=json",
               "{\"content\":\"今天我在你家楼下看见了你，还有他。你穿得很暖和，我就放心了。\"}",
               SHOW_SHAPE}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_OWN_TEXTS),
};
