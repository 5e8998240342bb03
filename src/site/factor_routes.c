/* factor_routes.c: what one has beside the password: listed, added, removed. Everything that changes needs
 * a log-in that was proved in the last ten minutes. */
#include "crypt/totp.h"
#include "site/passkey_json.h"

static void put_passkey(void *with, const struct passkey_line *line) {
    struct visit *v = with;
    struct json *j = &v->json;
    json_open_object(j);
    json_put_text(j, "id", token_id_print_in(v->d->arena, line->id));
    json_put_text(j, "name", line->name);
    json_put_text(j, "created", visit_time(v, line->created_ms));
    json_put_text(j, "used", visit_time(v, line->used_ms));
    json_close_object(j);
}

static struct err put_factors(struct visit *v) {
    struct factors f;
    struct json *j = &v->json;
    try(factors_read(v->d, v->account.number, &f));
    json_put_bool(j, "password", v->account.password_sealed.length > 0);
    json_put_bool(j, "second_factor", factors_second(&f));
    json_put_i64(j, "factors", v->session.aal);
    json_put_bool(j, "fresh", v->session.is_fresh);
    json_put_bool(j, "totp", f.has_totp);
    json_put_i64(j, "recovery_codes", f.recovery_codes);
    json_name(j, "passkeys");
    json_open_list(j);
    try(passkeys_each(v->d, &v->account, put_passkey, v));
    json_close_list(j);
    return ok;
}

static struct err run_factors(struct visit *v) {
    visit_json(v, 200);
    try(put_factors(v));
    visit_end(v);
    return ok;
}

/* Another factor was proved just now: the session has two, and another cookie. */
static struct err raised(struct visit *v, int status) {
    try(session_rotate(v->d, &v->session, 2));
    visit_remember_session(v, v->session.cookie, v->session.is_remembered);
    struct json *j = visit_json(v, status);
    try(put_factors(v));
    json_put_text(j, "csrf", v->answer->csrf);
    visit_end(v);
    return ok;
}

/* ---- one-time codes ---- */

static struct err run_totp(struct visit *v) {
    struct text seed;
    try(totp_begin(v->d, &v->account, &seed));
    struct json *j = visit_json(v, 201);
    json_put_text(j, "seed", base32_in(v->d->arena, seed));
    json_put_text(j, "uri", totp_uri_in(v->d->arena, v->site->operator_name, v->account.username, seed));
    json_put_text(j, "expires", visit_time(v, v->d->now_ms + TOTP_CONFIRM_MS));
    visit_end(v);
    return ok;
}

static struct err run_totp_confirm(struct visit *v) {
    struct text code;
    try(visit_needed_text(v, "code", &code));
    try(totp_confirm(v->d, &v->account, code));
    return raised(v, 200);
}

static struct err run_totp_remove(struct visit *v) {
    struct text password;
    try(visit_text(v, "password", &password));
    try(totp_remove(v->d, &v->account, password));
    visit_none(v);
    return ok;
}

static struct err run_recovery(struct visit *v) {
    struct text codes[RECOVERY_CODES];
    try(recovery_make(v->d, &v->account, codes));
    struct json *j = visit_json(v, 201);
    json_name(j, "codes");
    json_open_list(j);
    for (unsigned i = 0; i < RECOVERY_CODES; i++)
        json_text(j, codes[i]);
    json_close_list(j);
    visit_end(v);
    return ok;
}

/* ---- passkeys ---- */

static struct err run_passkey_challenge(struct visit *v) {
    struct step step = {.purpose = STEP_ADD, .account = v->account.number};
    try(step_open(v->d, &v->session, &step));
    struct json *j = visit_json(v, 200);
    json_put_text(j, "flow", step.name);
    json_put_text(j, "expires", visit_time(v, step.expires_ms));
    try(creation_options_put(v, step_challenge(v->d, &step)));
    visit_end(v);
    return ok;
}

static struct err run_passkey_add(struct visit *v) {
    struct text flow, name;
    struct passkey_proof made;
    struct passkey_place place = visit_place(v);
    struct step step;
    bool there;
    try(visit_needed_text(v, "flow", &flow));
    try(visit_needed_text(v, "name", &name));
    try(visit_passkey(v, &made, &there));
    if (!there)
        return domain_refuse(v->d, ERR_FIELD_MISSING, "passkey", "the field is missing");
    try(step_try(v->d, flow, STEP_ADD, &v->session, &step));
    try(passkeys_add(v->d, &v->account, &place, &step, &made.answer, name));
    return raised(v, 201);
}

static struct err run_passkey_remove(struct visit *v) {
    struct text password;
    uint64_t id;
    try(visit_text(v, "password", &password));
    if (!token_id_parse(v->id, &id))
        return err_make(ERR_NOT_FOUND, "there is no such passkey");
    try(passkeys_remove(v->d, &v->account, id, password));
    visit_none(v);
    return ok;
}

const struct route factor_routes[] = {
    {"GET", "/account/factors", run_factors, NULL, ROUTE_SESSION},
    {"POST", "/account/factors/totp", run_totp, NULL, ROUTE_SESSION | ROUTE_FRESH},
    {"POST", "/account/factors/totp/confirm", run_totp_confirm, "code", ROUTE_SESSION | ROUTE_FRESH},
    {"DELETE", "/account/factors/totp", run_totp_remove, "password", ROUTE_SESSION | ROUTE_FRESH | ROUTE_SLOW},
    {"POST", "/account/factors/recovery", run_recovery, NULL, ROUTE_SESSION | ROUTE_FRESH},
    {"POST", "/account/factors/passkeys/challenge", run_passkey_challenge, NULL, ROUTE_SESSION | ROUTE_FRESH},
    {"POST", "/account/factors/passkeys", run_passkey_add, "flow|passkey|name", ROUTE_SESSION | ROUTE_FRESH},
    {"DELETE", "/account/factors/passkeys/{}", run_passkey_remove, "password",
     ROUTE_SESSION | ROUTE_FRESH | ROUTE_SLOW},
    {0},
};
