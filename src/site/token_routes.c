/* token_routes.c: the account's tokens and what they used. */
#include "base/clock.h"
#include "crypt/token.h"
#include "domain/network_log.h"
#include "domain/token.h"
#include "domain/usage.h"
#include "site/self_pages.h"

struct rules_out {
    struct visit *v;
    bool apis;
};

static void put_rule(void *with, bool is_api, struct text value) {
    struct rules_out *r = with;
    if (is_api == r->apis)
        json_text(&r->v->json, value);
}

static struct err put_rules(struct visit *v, const char *name, uint64_t token, bool apis) {
    struct rules_out r = {v, apis};
    json_name(&v->json, name);
    json_open_list(&v->json);
    try(token_rules_each(v->d, token, put_rule, &r));
    json_close_list(&v->json);
    return ok;
}

static struct err put_token(struct domain *d, void *with, const struct token *t) {
    struct visit *v = with;
    struct json *j = &v->json;
    struct text name;
    try(token_name(d, &v->account, t, &name));
    json_put_text(j, "id", token_id_print_in(d->arena, t->id));
    json_put_text(j, "name", name);
    json_put_text(j, "plan", t->plan_name);
    json_put_text(j, "created", visit_time(v, t->created_ms));
    json_put_c(j, "expires",
               t->expires_s ? text_c_in(d->arena, visit_time(v, t->expires_s * 1000)) : NULL);
    json_put_c(j, "revoked",
               t->revoked_ms ? text_c_in(d->arena, visit_time(v, t->revoked_ms)) : NULL);
    try(put_rules(v, "ips", t->id, false));
    return put_rules(v, "apis", t->id, true);
}

static struct err put_item(struct domain *d, void *with, const struct token *t) {
    struct visit *v = with;
    json_open_object(&v->json);
    try(put_token(d, with, t));
    json_close_object(&v->json);
    return ok;
}

struct err tokens_put(struct visit *v) {
    json_name(&v->json, "tokens");
    json_open_list(&v->json);
    try(token_each(v->d, v->account.number, put_item, v));
    json_close_list(&v->json);
    return ok;
}

static struct err own_tokens(struct visit *v) {
    return visit_wants_page(v) ? self_tokens_page(v) : tokens_list(v);
}

struct err tokens_list(struct visit *v) {
    visit_json(v, 200);
    try(tokens_put(v));
    visit_end(v);
    return ok;
}

/* The fields of a new or changed token; a stranger may not take the plan without limits. */
static struct err take_fields(struct visit *v, struct new_token *t) {
    struct text expires, *list;
    if (visit_has(v, "name")) {
        try(visit_text(v, "name", &t->name));
        t->name.bytes = t->name.bytes ? t->name.bytes : "";
    }
    if (visit_has(v, "plan")) {
        try(visit_text(v, "plan", &t->plan));
        if (text_equal_c(t->plan, "unlimited"))
            return domain_refuse(v->d, ERR_FIELD_INVALID, "plan",
                                 "this plan is the operator's to give");
    }
    t->expires_s = -1;
    if (visit_has(v, "expires")) {
        try(visit_text(v, "expires", &expires));
        t->expires_s = 0;
        if (expires.length)
            try(token_expiry_parse(v->d, expires, &t->expires_s));
    }
    try(visit_list(v, "ips", &list, &t->network_count));
    t->networks = list;
    try(visit_list(v, "apis", &list, &t->api_count));
    t->apis = list;
    for (unsigned i = 0; i < t->api_count; i++)
        if (!v->site->api_known(t->apis[i]))
            return domain_refuse(v->d, ERR_FIELD_INVALID, "apis",
                                 "an API of the list is not in the catalogue");
    return ok;
}

struct err tokens_create(struct visit *v) {
    struct new_token t = {.name = TEXT("")};
    struct text secret;
    struct token made;
    uint64_t id;
    if (!v->account.is_active)
        return err_make(ERR_ACCOUNT_SUSPENDED, "the account is suspended");
    try(take_fields(v, &t));
    if (t.expires_s < 0)
        t.expires_s = 0;
    try(token_create(v->d, &v->account, &t, &secret, &id));
    try(token_of(v->d, v->account.number, id, &made));
    try(network_log_note(v->d, &v->account, NETWORK_TOKEN));
    visit_published(v);
    struct json *j = visit_json(v, 201);
    json_put_text(j, "token", secret);
    try(put_token(v->d, v, &made));
    visit_end(v);
    return ok;
}

static struct err own_token(struct visit *v, struct token *out) {
    uint64_t id;
    if (!token_id_parse(v->id, &id))
        return err_make(ERR_NOT_FOUND, "there is no such token");
    return token_of(v->d, v->account.number, id, out);
}

struct err tokens_change(struct visit *v) {
    struct new_token t = {.name = {NULL, 0}};
    struct token token;
    try(own_token(v, &token));
    try(take_fields(v, &t));
    try(token_change(v->d, &v->account, &token, &t));
    try(network_log_note(v->d, &v->account, NETWORK_TOKEN));
    visit_published(v);
    try(own_token(v, &token));
    visit_json(v, 200);
    try(put_token(v->d, v, &token));
    visit_end(v);
    return ok;
}

struct err tokens_revoke(struct visit *v) {
    struct token token;
    try(own_token(v, &token));
    try(token_revoke(v->d, &token));
    try(network_log_note(v->d, &v->account, NETWORK_TOKEN));
    visit_published(v);
    visit_none(v);
    return ok;
}

/* ---- usage ---- */

struct usage_out {
    struct visit *v;
    enum usage_by by;
    int64_t calls, units;
};

static void put_key(struct visit *v, enum usage_by by, int64_t key) {
    struct arena *a = v->d->arena;
    switch (by) {
    case USAGE_BY_HOUR:
        json_put_text(&v->json, "hour", visit_time(v, key * 3600000));
        break;
    case USAGE_BY_DAY:
        json_put_text(&v->json, "day", date_print_in(a, date_from_day(key)));
        break;
    case USAGE_BY_API:
        json_put_text(&v->json, "api", v->site->api_path((uint32_t)key));
        break;
    default:
        json_put_text(&v->json, "token", token_id_print_in(a, (uint64_t)key));
    }
}

static void put_line(void *with, const struct usage_line *line) {
    struct usage_out *o = with;
    struct json *j = &o->v->json;
    json_open_object(j);
    put_key(o->v, o->by, line->key);
    json_put_i64(j, "calls", (int64_t)line->calls);
    json_put_i64(j, "succeeded", (int64_t)line->good);
    json_put_i64(j, "units", (int64_t)line->units);
    json_close_object(j);
    o->calls += (int64_t)line->calls;
    o->units += (int64_t)line->units;
}

static struct err take_by(struct visit *v, enum usage_by *out) {
    static const char *const names[] = {"hour", "day", "api", "token"};
    struct text by;
    try(visit_query(v, "by", &by));
    *out = USAGE_BY_DAY;
    if (by.length == 0)
        return ok;
    for (unsigned i = 0; i < 4; i++) {
        if (text_equal_c(by, names[i])) {
            *out = (enum usage_by)i;
            return ok;
        }
    }
    return domain_refuse(v->d, ERR_PARAMETER_INVALID, "by", "by is hour, day, api or token");
}

/* Days of the service's zone, both included; the last 30 where nothing is said. */
static struct err take_days(struct visit *v, int64_t *from, int64_t *to) {
    static const char *const names[] = {"from", "to"};
    int64_t *days[] = {from, to};
    *to = (v->d->now_ms + v->site->zone_hours * 3600000) / 86400000;
    *from = *to - 29;
    for (unsigned i = 0; i < 2; i++) {
        struct text given;
        struct date date;
        try(visit_query(v, names[i], &given));
        if (given.length && !date_parse(given, &date))
            return domain_refuse(v->d, ERR_PARAMETER_INVALID, names[i],
                                 "a day has the form 2026-11-24");
        if (given.length)
            *days[i] = date_to_day(date);
    }
    if (*from > *to || *to - *from > 400)
        return domain_refuse(v->d, ERR_PARAMETER_INVALID, "from",
                             "from comes before to, by at most 400 days");
    return ok;
}

struct err usage_show(struct visit *v) {
    struct usage_out o = {.v = v};
    int64_t from, to;
    try(take_by(v, &o.by));
    try(take_days(v, &from, &to));
    struct usage_question q = {v->account.number, from * 24 - v->site->zone_hours,
                               to * 24 + 23 - v->site->zone_hours, v->site->zone_hours, o.by};
    struct json *j = visit_json(v, 200);
    json_put_text(j, "from", date_print_in(v->d->arena, date_from_day(from)));
    json_put_text(j, "to", date_print_in(v->d->arena, date_from_day(to)));
    json_name(j, "usage");
    json_open_list(j);
    try(usage_ask(v->d, &q, put_line, &o));
    json_close_list(j);
    json_put_i64(j, "calls", o.calls);
    json_put_i64(j, "units", o.units);
    visit_end(v);
    return ok;
}

const struct route token_routes[] = {
    {"GET", "/account/tokens", own_tokens, NULL, ROUTE_SESSION},
    {"POST", "/account/tokens", tokens_create, "name|plan|expires|ips|apis", ROUTE_SESSION},
    {"PATCH", "/account/tokens/{}", tokens_change, "name|plan|expires|ips|apis", ROUTE_SESSION},
    {"DELETE", "/account/tokens/{}", tokens_revoke, NULL, ROUTE_SESSION},
    {"GET", "/account/usage", usage_show, NULL, ROUTE_SESSION},
    {0},
};
