/* limits.c: what this token may still do. */
#include "call/ask.h"
#include "call/reply.h"

static struct err limits(struct call *c) {
    reply_object(c, NULL);
    reply_c(c, "plan", c->caller.plan);
    reply_list(c, "limits");
    for (unsigned i = 0; i < c->caller.limit_count; i++) {
        const struct limit_view *l = &c->caller.limits[i];
        reply_object(c, NULL);
        reply_c(c, "name", l->name);
        reply_int(c, "limit", (int64_t)l->limit);
        reply_int(c, "left", (int64_t)l->left);
        reply_int(c, "window_s", l->window_s);
        reply_int(c, "reset_s", l->reset_s);
        reply_end_object(c);
    }
    reply_end_list(c);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_limits = {
    .path = "/api/limits",
    .subject = "account",
    .title = {"我的限额", "My limits"},
    .says = {"列出当前 token 的全部限额：速率、每日与每月配额，各剩多少、何时重置。不计费。不设限的套餐得到空列表。",
             "Lists every limit of this token: rate, daily and monthly quota, with what is left and when it "
             "resets. Free. A plan without limits gives an empty list."},
    .run = limits,
    .gives = GIVES({"plan", GIVE_TEXT, {"套餐名", "Name of the plan"}},
                   {"limits", GIVE_LIST, {"限额列表", "The limits"}},
                   {"limits[].name", GIVE_TEXT, {"rate 每秒、day 每日、month 每月", "rate, day or month"}},
                   {"limits[].limit", GIVE_INT, {"上限", "The limit"}},
                   {"limits[].left", GIVE_INT, {"剩余", "What is left"}},
                   {"limits[].window_s", GIVE_INT, {"窗口长度（秒）", "Length of the window in seconds"}},
                   {"limits[].reset_s", GIVE_INT, {"距重置的秒数", "Seconds until it resets"}}),
    .shows = SHOWS({"", "{\"plan\":\"free\",\"limits\":[{\"name\":\"rate\",\"limit\":20,\"left\":19,\"window_s\":1,"
                        "\"reset_s\":1}]}", SHOW_SHAPE}),
    .lane = LANE_INLINE,
    .price_units = 0,
    .stands_on = "the ledger of this service",
};
