/* enter.c: see enter.h. */
#include "site/enter.h"
#include "domain/device.h"
#include "site/agent.h"

struct visitor visit_visitor(struct visit *v) {
    return (struct visitor){
        .prefix = v->prefix,
        .label = agent_label_in(v->d->arena, v->request->user_agent),
        .device = cookie_read(v->d->arena, COOKIE_DEVICE, v->request->cookie, v->request->is_tls)};
}

struct err visit_enter(struct visit *v, const struct login *in) {
    struct text old = cookie_read(v->d->arena, COOKIE_SID, v->request->cookie, v->request->is_tls);
    struct session before;
    if (!session_find(v->d, old, &before).kind)
        try(session_end(v->d, &before));
    visit_set_cookie(v, COOKIE_DEVICE, in->device, DEVICE_DAYS * 86400u);
    visit_remember_session(v, in->cookie, in->is_remembered);
    return ok;
}

struct err visit_ask_second(struct visit *v, const struct login *in) {
    v->flow = in->flow;
    v->methods = in->methods;
    v->flow_ends = visit_time(v, in->flow_expires_ms);
    if (in->methods & FACTOR_PASSKEY)
        v->challenge = step_challenge(v->d, &(struct step){.name = in->flow});
    return err_make(ERR_SECOND_FACTOR_REQUIRED, "the password fits; a second factor is needed");
}

struct err visit_login(struct visit *v, struct text who, struct text password, bool remember,
                       struct login *out) {
    struct visitor visitor = visit_visitor(v);
    visitor.remember = remember;
    try(visit_text(v, "challenge", &visitor.work.challenge));
    try(visit_text(v, "work", &visitor.work.answer));
    try(login(v->d, &visitor, who, password, out));
    if (out->flow.length)
        return visit_ask_second(v, out);
    return visit_enter(v, out);
}
