/* account_routes.c: see, correct, export, leave. */
#include "base/clock.h"
#include "domain/delivery.h"
#include "domain/epoch.h"
#include "domain/erasure.h"
#include "domain/factor.h"
#include "domain/network_log.h"
#include "domain/notice.h"
#include "domain/registration.h"
#include "site/self_pages.h"

static void put_or_null(struct json *j, const char *name, struct text value) {
    json_name(j, name);
    if (value.length)
        json_text(j, value);
    else
        json_none(j);
}

void account_put(struct visit *v) {
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
    if (visit_wants_page(v) && text_equal_c(v->request->method, "GET"))
        return self_page(v);
    struct json *j = visit_json(v, 200);
    account_put(v);
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
    try(network_log_note(v->d, &v->account, NETWORK_CORRECT));
    try(account_read(v->d, v->session.account, &v->account));
    return run_account(v);
}

/* ---- consents ---- */

static void put_delivery(void *with, const struct delivery_line *line) {
    struct visit *v = with;
    json_open_object(&v->json);
    json_put_text(&v->json, "message", line->reference);
    json_put_text(&v->json, "fate", line->fate);
    json_put_text(&v->json, "reason", line->reason);
    json_put_text(&v->json, "time", visit_time(v, line->told_ms));
    json_close_object(&v->json);
}

struct err deliveries_put(struct visit *v) {
    json_name(&v->json, "deliveries");
    json_open_list(&v->json);
    try(delivery_list(v->d, v->account.number, put_delivery, v));
    json_close_list(&v->json);
    return ok;
}

/* ---- leaving ---- */

static void put_receipt(struct visit *v, struct text receipt) {
    struct json *j = visit_json(v, 200);
    json_put_text(j, "receipt", receipt);
    json_put_text(j, "unreadable_everywhere_by", visit_time(v, epoch_bound_ms(v->d->now_ms)));
    visit_end(v);
}

/* A second time, or in another tab, behind the first: the same receipt. */
static struct err tell_again(struct visit *v, struct text *receipt_out) {
    struct err e = erasure_receipt_of(v->d, visit_cookie(v), receipt_out);
    if (e.kind)
        return e.kind == ERR_NOT_FOUND ? err_make(ERR_SESSION_ENDED, "the session has ended") : e;
    visit_set_session(v, TEXT(""));
    return ok;
}

struct err self_erase(struct visit *v, struct text *receipt_out) {
    struct text password;
    if (v->account.number == 0)
        return tell_again(v, receipt_out);
    try(visit_needed_text(v, "password", &password));
    try(password_again(v->d, &v->account, password));
    struct err e = erasure_begin(v->d, &v->account, receipt_out);
    if (e.kind == ERR_NOT_FOUND || e.kind == ERR_SESSION_ENDED)
        return tell_again(v, receipt_out);
    try(e);
    visit_set_session(v, TEXT(""));
    visit_set_cookie(v, COOKIE_DEVICE, TEXT(""), 0);
    v->answer->clear_site_data = ANSWER_FAREWELL;
    /* From here on it goes on whatever happens: the jobs finish what fails now. */
    visit_published(v);
    (void)!erasure_finish(v->d, ERASURE_ALL).kind;
    return ok;
}

static struct err run_erase(struct visit *v) {
    struct text receipt;
    try(self_erase(v, &receipt));
    put_receipt(v, receipt);
    return ok;
}

const struct route account_routes[] = {
    {"GET", "/account", run_account, NULL, ROUTE_SESSION},
    {"PATCH", "/account", run_correct, "username|email|phone|password|current_password",
     ROUTE_SESSION | ROUTE_SLOW, .right = "f1"},
    {"DELETE", "/account", run_erase, "password",
     ROUTE_SESSION | ROUTE_UNAGREED | ROUTE_SLOW | ROUTE_ENDED, .right = "s5"},
    {0},
};
