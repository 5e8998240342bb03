/* session_routes.c: in, out, in again, and where else one is in. */
#include "domain/network_log.h"
#include "domain/reset.h"
#include "domain/throttle.h"
#include "site/enter.h"
#include "site/passkey_json.h"

enum { CHALLENGES_HOUR = 600 };

static struct err answer_entered(struct visit *v, const struct login *in) {
    struct json *j = visit_json(v, 200);
    json_put_text(j, "account", text_format_in(v->d->arena, "%llu", (unsigned long long)in->subject));
    json_put_text(j, "csrf", v->answer->csrf);
    visit_end(v);
    return ok;
}

static struct err run_login(struct visit *v) {
    struct text who, password;
    struct login in;
    bool remember;
    try(visit_needed_text(v, "login", &who));
    try(visit_needed_text(v, "password", &password));
    try(visit_flag(v, "remember", &remember));
    try(visit_login(v, who, password, remember, &in));
    return answer_entered(v, &in);
}

static struct err run_second(struct visit *v) {
    struct text flow;
    struct visitor visitor = visit_visitor(v);
    struct passkey_proof room;
    struct second second;
    struct login in;
    try(visit_needed_text(v, "flow", &flow));
    try(visit_second(v, &room, &second));
    try(login_second(v->d, &visitor, flow, &second, &in));
    try(visit_enter(v, &in));
    return answer_entered(v, &in);
}

/* ---- a passkey alone ---- */

static struct err count_challenge(struct domain *d, void *with) {
    return throttle_event(d, "challenge", *(const struct text *)with, CHALLENGES_HOUR, NULL);
}

static struct err answer_challenge(struct visit *v, const struct account *account, const struct step *step) {
    struct json *j = visit_json(v, 200);
    json_put_text(j, "flow", step->name);
    json_put_text(j, "expires", visit_time(v, step->expires_ms));
    try(request_options_put(v, account, step_challenge(v->d, step)));
    visit_end(v);
    return ok;
}

static struct err run_passkey_challenge(struct visit *v) {
    struct step step = {.purpose = STEP_LOGIN};
    try(domain_in_transaction(v->d, count_challenge, &v->prefix));
    try(step_open(v->d, NULL, &step));
    return answer_challenge(v, NULL, &step);
}

static struct err run_passkey(struct visit *v) {
    struct text flow;
    struct visitor visitor = visit_visitor(v);
    struct passkey_proof room;
    struct second second = {.place = visit_place(v), .passkey = &room};
    struct login in;
    bool there;
    try(visit_needed_text(v, "flow", &flow));
    try(visit_flag(v, "remember", &visitor.remember));
    try(visit_passkey(v, &room, &there));
    if (!there)
        return domain_refuse(v->d, ERR_FIELD_MISSING, "passkey", "the field is missing");
    try(login_passkey(v->d, &visitor, flow, &second, &in));
    try(visit_enter(v, &in));
    return answer_entered(v, &in);
}

/* ---- out ---- */

static struct err run_logout(struct visit *v) {
    try(session_end(v->d, &v->session));
    try(network_log_note(v->d, &v->account, NETWORK_LOGOUT));
    visit_set_session(v, TEXT(""));
    v->answer->clear_site_data = ANSWER_FAREWELL;
    visit_none(v);
    return ok;
}

static void put_session(void *with, const struct session_line *s) {
    struct visit *v = with;
    struct json *j = &v->json;
    json_open_object(j);
    json_put_text(j, "id", token_id_print_in(v->d->arena, s->id));
    json_put_text(j, "label", s->label);
    json_put_text(j, "network", s->prefix);
    json_put_text(j, "created", visit_time(v, s->created_ms));
    json_put_text(j, "seen", visit_time(v, s->seen_ms));
    json_put_text(j, "ends", visit_time(v, s->ends_ms));
    json_put_i64(j, "factors", s->aal);
    json_put_bool(j, "remembered", s->is_remembered);
    json_put_bool(j, "current", s->is_current);
    json_close_object(j);
}

static struct err run_sessions(struct visit *v) {
    struct json *j = visit_json(v, 200);
    json_name(j, "sessions");
    json_open_list(j);
    try(session_each(v->d, &v->account, &v->session, put_session, v));
    json_close_list(j);
    visit_end(v);
    return ok;
}

static struct err run_end_session(struct visit *v) {
    uint64_t id;
    if (!token_id_parse(v->id, &id))
        return err_make(ERR_NOT_FOUND, "there is no such session");
    try(session_end_id(v->d, v->account.number, id));
    if (id == v->session.id) {
        visit_set_session(v, TEXT(""));
        v->answer->clear_site_data = ANSWER_FAREWELL;
    }
    visit_none(v);
    return ok;
}

static struct err run_end_others(struct visit *v) {
    try(session_end_others(v->d, &v->session));
    visit_none(v);
    return ok;
}

/* ---- proved again ---- */

static struct err run_fresh_challenge(struct visit *v) {
    struct step step = {.purpose = STEP_FRESH, .account = v->account.number};
    try(step_open(v->d, &v->session, &step));
    return answer_challenge(v, &v->account, &step);
}

static struct err run_fresh(struct visit *v) {
    struct text password, flow;
    struct passkey_proof room;
    struct second second;
    try(visit_text(v, "password", &password));
    try(visit_text(v, "flow", &flow));
    try(visit_second(v, &room, &second));
    try(login_again(v->d, &v->account, &v->session, password, &second, flow));
    visit_remember_session(v, v->session.cookie, v->session.is_remembered);
    struct json *j = visit_json(v, 200);
    json_put_i64(j, "factors", v->session.aal);
    json_put_text(j, "until", visit_time(v, v->d->now_ms + SESSION_FRESH_MS));
    json_put_text(j, "csrf", v->answer->csrf);
    visit_end(v);
    return ok;
}

/* ---- another password by a code ---- */

static struct err run_reset(struct visit *v) {
    struct text who, flow;
    struct visitor visitor = visit_visitor(v);
    int64_t expires_ms;
    try(visit_needed_text(v, "login", &who));
    try(reset_start(v->d, &visitor, who, &flow, &expires_ms));
    struct json *j = visit_json(v, 202);
    json_put_text(j, "flow", flow);
    json_put_text(j, "expires", visit_time(v, expires_ms));
    visit_end(v);
    return ok;
}

/* The code that was sent is `code`; one of the authenticator is `second`. */
static struct err run_reset_finish(struct visit *v) {
    struct reset with;
    struct passkey_proof room;
    struct login in;
    try(visit_needed_text(v, "flow", &with.flow));
    try(visit_needed_text(v, "code", &with.code));
    try(visit_needed_text(v, "password", &with.password));
    try(visit_second(v, &room, &with.second));
    try(visit_text(v, "second", &with.second.code));
    struct err e = reset_finish(v->d, &with, &in);
    if (e.kind == ERR_SECOND_FACTOR_REQUIRED)
        return visit_ask_second(v, &in);
    try(e);
    visit_set_session(v, TEXT(""));
    v->answer->clear_site_data = ANSWER_FAREWELL;
    visit_none(v);
    return ok;
}

const struct route session_routes[] = {
    {"POST", "/account/login", run_login, "login|password|remember|challenge|work", ROUTE_SLOW},
    {"POST", "/account/login/second", run_second, "flow|code|recovery|passkey", ROUTE_OPEN},
    {"POST", "/account/login/passkey/challenge", run_passkey_challenge, NULL, ROUTE_OPEN},
    {"POST", "/account/login/passkey", run_passkey, "flow|passkey|remember", ROUTE_OPEN},
    {"POST", "/account/logout", run_logout, NULL, ROUTE_SESSION | ROUTE_UNAGREED},
    {"GET", "/account/sessions", run_sessions, NULL, ROUTE_SESSION | ROUTE_UNAGREED},
    {"DELETE", "/account/sessions", run_end_others, NULL, ROUTE_SESSION | ROUTE_UNAGREED},
    {"DELETE", "/account/sessions/{}", run_end_session, NULL, ROUTE_SESSION | ROUTE_UNAGREED},
    {"POST", "/account/fresh/challenge", run_fresh_challenge, NULL, ROUTE_SESSION | ROUTE_UNAGREED},
    {"POST", "/account/fresh", run_fresh, "password|flow|code|recovery|passkey",
     ROUTE_SESSION | ROUTE_UNAGREED | ROUTE_SLOW},
    {"POST", "/account/reset", run_reset, "login", ROUTE_OPEN},
    {"POST", "/account/reset/finish", run_reset_finish, "flow|code|password|second|recovery|passkey", ROUTE_SLOW},
    {0},
};
