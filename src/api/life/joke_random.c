/* joke_random.c: a joke by chance. */
#include "api/life/own_text.h"

enum { ASKED_FORMAT };

static struct err joke_random(struct call *c) {
    struct text key, value;
    if (!own_draw(c, "j", &key, &value))
        return call_nothing(c, "没有笑话", "there are no jokes");
    reply_object(c, NULL);
    reply_text(c, "title", pack_field(value, 0));
    reply_text(c, "content", pack_field(value, 1));
    reply_end_object(c);
    return reply_as(c, ASKED_FORMAT, "content");
}

const struct endpoint endpoint_joke_random = {
    .path = "/api/joke/random",
    .subject = "life",
    .title = {"随机笑话", "A joke by chance"},
    .says = {"随机返回一则短笑话，本站原创。",
             "A short joke in Chinese, written for this service."},
    .run = joke_random,
    .asks = ASKS(ASK_FORMAT(FORMS_TEXT)),
    .gives = GIVES({"title", GIVE_TEXT, {"标题", "Title"}},
                   {"content", GIVE_TEXT, {"内容", "The joke"}}),
    .shows = SHOWS({"",
                    "{\"title\":\"量词\",\"content\":"
                    "\"外国朋友学中文：“一头牛，一匹马，一条鱼，那一个老板呢？”“一位。”"
                    "“为什么？”“他要坐主位。”\"}",
                    SHOW_EXACT},
                   {"format=json",
                    "{\"title\":\"量词\",\"content\":"
                    "\"外国朋友学中文：“一头牛，一匹马，一条鱼，那一个老板呢？”“一位。”"
                    "“为什么？”“他要坐主位。”\"}",
                    SHOW_SHAPE}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_OWN_TEXTS),
};
