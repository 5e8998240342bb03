/* user_apis.c: the APIs that this token may call. */
#include "call/ask.h"
#include "call/reply.h"

static struct err user_apis(struct call *c) {
    reply_list(c, NULL);
    for (size_t i = 0; c->catalog[i]; i++) {
        const struct endpoint *e = c->catalog[i];
        if (e->is_bare || (c->caller.is_known && !c->caller.may_call(&c->caller, e)))
            continue;
        reply_object(c, NULL);
        reply_c(c, "path", e->path);
        reply_c(c, "name", c->language == LANGUAGE_EN ? e->title.en : e->title.zh);
        reply_c(c, "subject", e->subject);
        reply_int(c, "price", e->price_units);
        reply_end_object(c);
    }
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_user_apis = {
    .path = "/api/user_apis",
    .subject = "account",
    .title = {"我能调用的接口", "APIs that I may call"},
    .says = {"列出当前 token 能调用的全部接口。不计费。", "Lists the APIs that this token may call. Free."},
    .run = user_apis,
    .gives = GIVES({"[].path", GIVE_TEXT, {"路径", "Path"}}, {"[].name", GIVE_TEXT, {"名称", "Title"}},
                   {"[].subject", GIVE_TEXT, {"类别", "Subject"}},
                   {"[].price", GIVE_INT, {"每次调用的单价（单位）", "Units a call"}}),
    .shows = SHOWS({"", "[{\"path\":\"/api/ip\",\"name\":\"IP 地址查询\",\"subject\":\"network\",\"price\":1}]", SHOW_SHAPE}),
    .lane = LANE_INLINE,
    .price_units = 0,
    .stands_on = "the descriptors of this service",
};
