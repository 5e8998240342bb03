/* registration_routes.c: from a form to an account. */
#include "domain/network_log.h"
#include "domain/registration.h"
#include "site/visit.h"

/* Whether what goes out this way waits for the other side now. Of the way, not of the person. */
static bool is_delayed(const struct visit *v, enum identity_kind by) {
    const struct site_health *health = v->site->health;
    return health && (by == IDENTITY_EMAIL ? health->mail_stopped : health->sms_stopped);
}

void visit_promise(struct visit *v, const struct flow_promise *promise) {
    struct json *j = visit_json(v, 202);
    json_put_text(j, "flow", promise->flow);
    json_put_text(j, "expires", visit_time(v, promise->expires_ms));
    if (is_delayed(v, promise->by)) {
        json_put_c(j, "notice", "delivery_delayed");
        json_put_c(j, "hint", v->is_english ? "It may take longer than usual to arrive: wait, or use another way"
                                            : "消息可能比平时晚到：请稍候，或换用另一种联系方式");
    }
    visit_end(v);
}

struct err visit_registration(struct visit *v, struct registration *out) {
    *out = (struct registration){.language = visit_language(v), .prefix = v->prefix};
    try(visit_text(v, "age", &out->age));
    try(visit_text(v, "consent", &out->consent));
    try(visit_text(v, "email", &out->email));
    try(visit_text(v, "phone", &out->phone));
    try(visit_text(v, "guardian_email", &out->guardian_email));
    try(visit_text(v, "guardian_phone", &out->guardian_phone));
    try(visit_needed_text(v, "username", &out->username));
    return visit_needed_text(v, "password", &out->password);
}

static struct err run_register(struct visit *v) {
    struct registration r;
    struct flow_promise promise;
    try(visit_registration(v, &r));
    try(registration_start(v->d, v->site->policy, &r, &promise));
    visit_promise(v, &promise);
    return ok;
}

static struct err run_verify(struct visit *v) {
    struct text flow, code;
    struct account account;
    struct verified verified;
    try(visit_needed_text(v, "flow", &flow));
    try(visit_needed_text(v, "code", &code));
    try(registration_verify(v->d, flow, code, &verified));
    if (!verified.account) { /* a guardian's: the child's own code comes next */
        visit_promise(v, &verified.next);
        return ok;
    }
    try(account_read(v->d, verified.account, &account));
    try(network_log_note(v->d, &account, verified.is_created ? NETWORK_REGISTER : NETWORK_CORRECT));
    struct json *j = visit_json(v, verified.is_created ? 201 : 200);
    json_put_text(j, "account",
                  text_format_in(v->d->arena, "%llu", (unsigned long long)account.subject));
    visit_end(v);
    return ok;
}

const struct route registration_routes[] = {
    {"POST", "/account/register", run_register,
     "username|password|email|phone|consent|age|guardian_email|guardian_phone", ROUTE_SLOW},
    {"POST", "/account/verify", run_verify, "flow|code", ROUTE_OPEN},
    {0},
};
