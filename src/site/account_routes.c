/* account_routes.c: see, correct, export, leave. */
#include "domain/consent.h"
#include "domain/epoch.h"
#include "domain/erasure.h"
#include "domain/network_log.h"
#include "domain/registration.h"
#include "site/visit.h"

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
    struct json *j = visit_json(v, 200);
    account_put(v);
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
    try(network_log_note(v->d, &v->account, NETWORK_CORRECT));
    try(account_read(v->d, v->session.account, &v->account));
    return run_account(v);
}

/* ---- consents ---- */

static void put_consent(void *with, const struct consent *c) {
    struct visit *v = with;
    struct json *j = &v->json;
    json_open_object(j);
    json_put_text(j, "receipt", c->receipt);
    json_put_text(j, "version", c->version);
    json_put_text(j, "text_hash", c->text_hash);
    json_put_text(j, "act", c->act);
    json_put_text(j, "language", c->language);
    json_put_text(j, "time", visit_time(v, c->created_ms));
    json_close_object(j);
}

struct err consents_put(struct visit *v) {
    json_name(&v->json, "consents");
    json_open_list(&v->json);
    try(consent_list(v->d, v->account.number, put_consent, v));
    json_close_list(&v->json);
    return ok;
}

static struct err run_consents(struct visit *v) {
    visit_json(v, 200);
    try(consents_put(v));
    visit_end(v);
    return ok;
}

static struct err run_consent(struct visit *v) {
    struct text version, receipt;
    try(visit_text(v, "version", &version));
    try(consent_give(v->d, v->site->policy, v->account.number, version, visit_language(v), &receipt));
    struct json *j = visit_json(v, 201);
    json_put_text(j, "receipt", receipt);
    json_put_text(j, "version", version);
    visit_end(v);
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
static struct err tell_again(struct visit *v) {
    struct text receipt;
    struct err e = erasure_receipt_of(v->d, visit_cookie(v), &receipt);
    if (e.kind)
        return e.kind == ERR_NOT_FOUND ? err_make(ERR_SESSION_ENDED, "the session has ended") : e;
    visit_set_session(v, TEXT(""));
    put_receipt(v, receipt);
    return ok;
}

static struct err run_erase(struct visit *v) {
    struct text password, normal, receipt;
    if (v->account.number == 0)
        return tell_again(v);
    try(visit_needed_text(v, "password", &password));
    if (!identity_normal_password(v->d, password, &normal))
        return err_make(ERR_LOGIN_FAILED, "the password is wrong");
    try(account_check_password(v->d, &v->account, normal));
    struct err e = erasure_begin(v->d, &v->account, &receipt);
    if (e.kind == ERR_NOT_FOUND || e.kind == ERR_SESSION_ENDED)
        return tell_again(v);
    try(e);
    visit_set_session(v, TEXT(""));
    put_receipt(v, receipt);
    /* From here on it goes on whatever happens: the jobs finish what fails now. */
    visit_published(v);
    (void)!erasure_finish(v->d, ERASURE_ALL).kind;
    return ok;
}

const struct route account_routes[] = {
    {"GET", "/account", run_account, NULL, ROUTE_SESSION},
    {"PATCH", "/account", run_correct, "username|email|phone|password|current_password",
     ROUTE_SESSION},
    {"DELETE", "/account", run_erase, "password", ROUTE_SESSION | ROUTE_UNAGREED | ROUTE_ENDED},
    {"GET", "/account/consents", run_consents, NULL, ROUTE_SESSION | ROUTE_UNAGREED},
    {"POST", "/account/consents", run_consent, "version", ROUTE_SESSION | ROUTE_UNAGREED},
    {0},
};
