/* account_routes.c: see, correct, export, leave. */
#include "base/clock.h"
#include "domain/erasure.h"
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
    struct text current, normal, password;
    char hash[PASSWORD_HASH_BYTES];
    struct identity name;
    try(visit_needed_text(v, "current_password", &current));
    if (!identity_normal_password(v->d, current, &normal))
        return err_make(ERR_LOGIN_FAILED, "the current password is wrong");
    try(account_check_password(v->d, &v->account, normal));
    try(identity_username(v->d, v->account.username, &name));
    try(identity_password(v->d, fresh, &name, NULL, &password));
    try(password_hash(v->d->passwords, password, hash));
    try(account_set_password(v->d, &v->account, hash));
    return session_end_others(v->d, &v->session);
}

static struct err change_contact(struct visit *v, struct text email, struct text phone) {
    const struct registration r = {
        .email = email, .phone = phone, .language = visit_language(v), .prefix = v->prefix};
    struct flow_promise promise;
    try(contact_start(v->d, &v->account, &r, &promise));
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

static struct err run_export(struct visit *v) {
    struct json *j = visit_json(v, 200);
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
    json_name(j, "sessions");
    json_open_list(j);
    try(session_list(v->d, v->account.number, put_session, v));
    json_close_list(j);
    json_name(j, "usage");
    json_open_list(j);
    try(usage_everything(v->d, v->account.number, put_usage_hour, v));
    json_close_list(j);
    visit_end(v);
    if (buf_is_over(&v->out))
        return err_make(ERR_LIMIT_REACHED,
                        "the export is larger than 8 MiB; ask the operator for it");
    return ok;
}

/* ---- leaving ---- */

static struct err run_erase(struct visit *v) {
    struct text password, normal, receipt;
    try(visit_needed_text(v, "password", &password));
    if (!identity_normal_password(v->d, password, &normal))
        return err_make(ERR_LOGIN_FAILED, "the password is wrong");
    try(account_check_password(v->d, &v->account, normal));
    try(erasure_begin(v->d, &v->account, &receipt));
    visit_set_session(v, TEXT(""));
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
     ROUTE_SESSION, .right = "f1"},
    {"DELETE", "/account", run_erase, "password", ROUTE_SESSION | ROUTE_UNAGREED, .right = "s5"},
    {"GET", "/account/export", run_export, NULL, ROUTE_SESSION | ROUTE_UNAGREED, .right = "f1"},
    {0},
};
