/* outside.c: see outside.h. */
#include "api/outside.h"
#include "base/must.h"

#ifndef ALAPI_NO_WORKER_LANE /* nginx has no fetch/ */

enum { RETRY_AFTER_S = 30 };

struct err outside_ready(struct call *c) {
    must(c->endpoint->asks_outside); /* what asks outside says so in its descriptor: the policy rests on it */
    if (c->fetch)
        return ok;
    c->retry_after_s = RETRY_AFTER_S;
    return call_failed(c, ERR_SOURCE_UNAVAILABLE, "此处不能访问外部网络，未计费；请稍后再试",
                       "this program has no way to the network; nothing was charged; try again later");
}

struct err outside_failed(struct call *c, unsigned ask, struct err e) {
    const char *zh = fetch_say_zh(e);
    if (e.kind == ERR_PARAMETER_INVALID || e.kind == ERR_NO_RESULT)
        c->parameter = text_c(c->endpoint->asks[ask].name);
    if (e.kind == ERR_SOURCE_UNAVAILABLE)
        c->retry_after_s = RETRY_AFTER_S;
    return zh ? call_failed(c, e.kind, zh, e.say) : e;
}

#endif
