/* new_toutiao_type.c: kinds of headlines. */
#include "call/reply.h"

static struct err new_toutiao_type(struct call *c) {
    static const struct words names[] = {{"头条", "Headlines"}, {"国内", "China"}, {"国际", "World"},
                                         {"财经", "Business"}, {"体育", "Sport"}, {"娱乐", "Entertainment"},
                                         {"科技", "Technology"}, {"军事", "Military"}, {"健康", "Health"}};
    reply_list(c, NULL);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        reply_object(c, NULL);
        reply_int(c, "type", (int64_t)i + 1);
        reply_c(c, "name", c->language == LANGUAGE_EN ? names[i].en : names[i].zh);
        reply_end_object(c);
    }
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_new_toutiao_type = {
    .path = "/api/new/toutiao/type",
    .subject = "news",
    .title = {"头条类型", "Kinds of headlines"},
    .says = {"新闻头条的类型，不需要数据来源。",
             "The kinds of /api/new/toutiao; they are our own numbers and need no source."},
    .run = new_toutiao_type,
    .lane = LANE_INLINE,
    .gives = GIVES({"[].type", GIVE_INT, {"类型", "Kind, for /api/new/toutiao"}},
                   {"[].name", GIVE_TEXT, {"名称", "Its name"}}),
    .shows = SHOWS({"",
                    "[{\"type\":1,\"name\":\"头条\"},{\"type\":2,\"name\":\"国内\"},{\"type\":3,\"name\":"
                    "\"国际\"},{\"type\":4,\"name\":\"财经\"},{\"type\":5,\"name\":\"体育\"},{\"type\":6,"
                    "\"name\":\"娱乐\"},{\"type\":7,\"name\":\"科技\"},{\"type\":8,\"name\":\"军事\"},{\""
                    "type\":9,\"name\":\"健康\"}]",
                    SHOW_EXACT}),
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "own numbers",
};
