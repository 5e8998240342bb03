/* account_routes.c: see, correct, export, leave. */
#include "base/clock.h"
#include "crypt/merkle.h"
#include "domain/audit.h"
#include "domain/delivery.h"
#include "domain/erasure.h"
#include "domain/factor.h"
#include "domain/notice.h"
#include "domain/registration.h"
#include "domain/token.h"
#include "domain/usage.h"
#include "crypt/token.h"
#include "site/visit.h"

static void put_or_null(struct json *j, const char *name, struct text value) {
    json_name(j, name);
    if (value.length)
        json_text(j, value);
    else
        json_none(j);
}

static void put_account(struct visit *v) {
    const struct account *a = &v->account;
    struct json *j = &v->json;
    json_put_text(j, "account",
                  text_format_in(v->d->arena, "%llu", (unsigned long long)a->subject));
    json_put_i64(j, "number", a->number);
    json_put_text(j, "username", a->username);
    put_or_null(j, "email", a->email);
    put_or_null(j, "phone", a->phone);
    json_put_text(j, "state", a->state);
    json_put_text(j, "age", a->is_guarded ? TEXT("child") : a->age);
    json_put_text(j, "source", a->source);
    json_put_text(j, "created", visit_time(v, a->created_ms));
}

static struct err run_account(struct visit *v) {
    struct json *j = visit_json(v, 200);
    put_account(v);
    json_put_text(j, "csrf", v->answer->csrf);
    visit_end(v);
    return ok;
}

/* ---- correcting ---- */

static struct err change_password(struct visit *v, struct text fresh) {
    struct text current;
    try(visit_needed_text(v, "current_password", &current));
    try(password_again(v->d, &v->account, current));
    try(password_change(v->d, &v->account, &v->session, fresh));
    visit_remember_session(v, v->session.cookie, v->session.is_remembered);
    return ok;
}

static struct err change_contact(struct visit *v, struct text email, struct text phone) {
    const struct registration r = {
        .email = email, .phone = phone, .language = visit_language(v), .prefix = v->prefix};
    struct flow_promise promise;
    try(visit_need_fresh(v));
    try(contact_start(v->d, &v->account, &r, &promise));
    notice_send(v->d, &v->account, NOTICE_CONTACT_ASKED, TEXT(""));
    visit_promise(v, &promise);
    return ok;
}

/* A new address takes force when its code comes back, so it is a request of its own. */
static struct err run_correct(struct visit *v) {
    struct text username, email, phone, password;
    struct identity name;
    try(visit_text(v, "username", &username));
    try(visit_text(v, "email", &email));
    try(visit_text(v, "phone", &phone));
    try(visit_text(v, "password", &password));
    if ((email.length || phone.length) &&
        (username.length || password.length || (email.length && phone.length)))
        return domain_refuse(
            v->d, ERR_FIELD_INVALID, email.length ? "email" : "phone",
            "change an address or a number alone: it takes force when its code comes back");
    if (email.length || phone.length)
        return change_contact(v, email, phone);
    if (password.length)
        try(change_password(v, password));
    if (username.length) {
        try(identity_username(v->d, username, &name));
        try(account_rename(v->d, &v->account, &name));
    }
    try(account_read(v->d, v->session.account, &v->account));
    return run_account(v);
}

/* ---- everything held ---- */

static void put_session(void *with, const int64_t times_ms[static 3]) {
    struct visit *v = with;
    json_open_object(&v->json);
    json_put_text(&v->json, "created", visit_time(v, times_ms[0]));
    json_put_text(&v->json, "seen", visit_time(v, times_ms[1]));
    json_put_text(&v->json, "ends", visit_time(v, times_ms[2]));
    json_close_object(&v->json);
}

static void put_usage_hour(void *with, const struct usage_hour *h) {
    struct visit *v = with;
    json_open_object(&v->json);
    json_put_text(&v->json, "hour", visit_time(v, h->hour * 3600000));
    json_put_text(&v->json, "token", token_id_print_in(v->d->arena, h->token));
    json_put_text(&v->json, "api", v->site->api_path(h->api));
    json_put_i64(&v->json, "status_class", h->status_class);
    json_put_i64(&v->json, "calls", (int64_t)h->calls);
    json_put_i64(&v->json, "units", (int64_t)h->units);
    json_close_object(&v->json);
}

static void put_contact(struct visit *v, const char *kind, struct text value, int64_t since_ms) {
    if (value.length == 0)
        return;
    json_open_object(&v->json);
    json_put_c(&v->json, "kind", kind);
    json_put_text(&v->json, "value", value);
    json_put_text(&v->json, "since", visit_time(v, since_ms));
    json_close_object(&v->json);
}

static void put_delivery(void *with, const struct delivery_line *line) {
    struct visit *v = with;
    json_open_object(&v->json);
    json_put_text(&v->json, "message", line->reference);
    json_put_text(&v->json, "fate", line->fate);
    json_put_text(&v->json, "reason", line->reason);
    json_put_text(&v->json, "time", visit_time(v, line->told_ms));
    json_close_object(&v->json);
}

static struct err put_deliveries(struct visit *v) {
    json_name(&v->json, "deliveries");
    json_open_list(&v->json);
    try(delivery_list(v->d, v->account.number, put_delivery, v));
    json_close_list(&v->json);
    return ok;
}

/* Whoever has the export and its receipt proves which bytes he was given. */
static struct err note_export(struct visit *v, struct text receipt) {
    struct digest digest = sha256_of(v->answer->body);
    return audit_note(v->d, &(struct audit_event){
                                .actor_kind = AUDIT_PERSON,
                                .actor = v->account.subject,
                                .action = "account.export",
                                .about = &v->account,
                                .object = text_format_in(
                                    v->d->arena, "%.*s sha256 %.*s", TEXT_ARG(receipt),
                                    TEXT_ARG(digest_print_in(v->d->arena, &digest))),
                                .purpose = "request"});
}

static struct err run_export(struct visit *v) {
    struct text receipt = domain_receipt(v->d);
    struct json *j = visit_json(v, 200);
    json_put_text(j, "receipt", receipt);
    json_put_text(j, "made", visit_time(v, v->d->now_ms));
    json_name(j, "account");
    json_open_object(j);
    put_account(v);
    json_close_object(j);
    json_name(j, "contacts");
    json_open_list(j);
    put_contact(v, "email", v->account.email, v->account.email_ms);
    put_contact(v, "phone", v->account.phone, v->account.phone_ms);
    json_close_list(j);
    try(consents_put(v));
    try(tokens_put(v));
    try(organisations_put(v));
    try(put_deliveries(v));
    json_name(j, "sessions");
    json_open_list(j);
    try(session_list(v->d, v->account.number, put_session, v));
    json_close_list(j);
    json_name(j, "usage");
    json_open_list(j);
    try(usage_everything(v->d, v->account.number, put_usage_hour, v));
    json_close_list(j);
    try(tickets_put(v));
    visit_end(v);
    if (buf_is_over(&v->out))
        return err_make(ERR_LIMIT_REACHED,
                        "the export is larger than 8 MiB; ask the operator for it");
    return note_export(v, receipt);
}

/* ---- leaving ---- */

static struct err run_erase(struct visit *v) {
    struct text password, receipt;
    try(visit_needed_text(v, "password", &password));
    try(password_again(v->d, &v->account, password));
    try(erasure_begin(v->d, &v->account, &receipt));
    visit_set_session(v, TEXT(""));
    visit_set_cookie(v, COOKIE_DEVICE, TEXT(""), 0);
    v->answer->clear_site_data = ANSWER_FAREWELL;
    struct json *j = visit_json(v, 200);
    json_put_text(j, "receipt", receipt);
    visit_end(v);
    /* From here on it goes on whatever happens: the jobs finish what fails now. */
    visit_published(v);
    (void)!erasure_finish(v->d, ERASURE_ALL).kind;
    return ok;
}

const struct route account_routes[] = {
    {"GET", "/account", run_account, NULL, ROUTE_SESSION},
    {"PATCH", "/account", run_correct, "username|email|phone|password|current_password",
     ROUTE_SESSION | ROUTE_SLOW, .right = "f1"},
    {"DELETE", "/account", run_erase, "password", ROUTE_SESSION | ROUTE_UNAGREED | ROUTE_SLOW, .right = "s5"},
    {"GET", "/account/export", run_export, NULL, ROUTE_SESSION | ROUTE_UNAGREED, .right = "f1"},
    {0},
};
