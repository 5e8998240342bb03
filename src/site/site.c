/* site.c: a request's way: route, same origin, session, body, handler, answer. */
#include "site/site.h"
#include "base/clock.h"
#include "base/must.h"
#include "call/refusal.h"
#include "codec/form.h"
#include "codec/ip.h"
#include "codec/path.h"
#include "domain/consent.h"
#include "domain/hold.h"
#include "domain/rights.h"
#include "domain/network_log.h"
#include "domain/token.h"
#include "site/consent_gate.h"
#include "site/visit_page.h"
#include "site/visit_staff.h"

#include <string.h>

enum { ANSWER_BYTES_MAX = 8 << 20, LIST_MAX = 64 };

static const char type_of_json[] = "application/json; charset=utf-8";

/* ---- what handlers use ---- */

struct json *visit_json(struct visit *v, int status) {
    v->answer->status = status;
    v->answer->content_type = type_of_json;
    buf_init(&v->out, v->d->arena, ANSWER_BYTES_MAX);
    json_init(&v->json, &v->out);
    json_open_object(&v->json);
    return &v->json;
}

void visit_end(struct visit *v) {
    json_close_object(&v->json);
    v->answer->body = buf_peek(&v->out);
}

void visit_none(struct visit *v) {
    v->answer->status = 204;
}

bool visit_has(struct visit *v, const char *name) {
    return json_object_get(v->fields, name) != NULL;
}

struct err visit_text(struct visit *v, const char *name, struct text *out) {
    const json_t *value = json_object_get(v->fields, name);
    *out = TEXT("");
    if (!value)
        return ok;
    if (!json_is_string(value))
        return domain_refuse(v->d, ERR_FIELD_INVALID, name, "the field must be a text");
    *out = text_of(json_string_value(value), json_string_length(value));
    if (text_has_nul(*out))
        return domain_refuse(v->d, ERR_FIELD_INVALID, name, "the field holds a NUL");
    return ok;
}

struct err visit_needed_text(struct visit *v, const char *name, struct text *out) {
    try(visit_text(v, name, out));
    if (out->length == 0)
        return domain_refuse(v->d, ERR_FIELD_MISSING, name, "the field is missing");
    return ok;
}

struct err visit_flag(struct visit *v, const char *name, bool *out) {
    static const char *const ticked[] = {"on", "true", "1", "yes"};
    const json_t *value = json_object_get(v->fields, name);
    struct text word;
    *out = value && json_is_true(value);
    if (!value || json_is_boolean(value))
        return ok;
    try(visit_text(v, name, &word));
    for (size_t i = 0; i < COUNT(ticked); i++)
        *out = *out || text_equal_c(word, ticked[i]);
    return ok;
}

struct err visit_list(struct visit *v, const char *name, struct text **list_out,
                      unsigned *count_out) {
    const json_t *list = json_object_get(v->fields, name);
    *list_out = NULL;
    *count_out = 0;
    if (!list)
        return ok;
    if (!json_is_array(list) || json_array_size(list) > LIST_MAX)
        return domain_refuse(v->d, ERR_FIELD_INVALID, name,
                             "the field must be a list of at most 64 texts");
    *list_out = arena_alloc(v->d->arena, (json_array_size(list) + 1) * sizeof **list_out);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        if (!json_is_string(item) || json_string_length(item) > 255 ||
            strlen(json_string_value(item)) != json_string_length(item))
            return domain_refuse(v->d, ERR_FIELD_INVALID, name,
                                 "the field must be a list of texts");
        (*list_out)[(*count_out)++] = text_of(json_string_value(item), json_string_length(item));
    }
    return ok;
}

struct err visit_query(struct visit *v, const char *name, struct text *out) {
    struct text rest = v->request->query, key, value;
    *out = TEXT("");
    while (form_next(&rest, &key, &value)) {
        if (!text_equal_c(key, name))
            continue;
        if (out->length)
            return domain_refuse(v->d, ERR_PARAMETER_DOUBLED, name,
                                 "a parameter was sent more than once");
        try(form_decode_in(v->d->arena, value, out));
    }
    return ok;
}

void visit_published(struct visit *v) {
    int64_t last;
    if (v->site->await_published && !change_last(v->d, &last).kind)
        v->site->await_published(v->site->await_with, last);
}

void visit_set_cookie(struct visit *v, enum cookie_id id, struct text value, unsigned max_age_s) {
    struct text cookie = cookie_print_in(v->d->arena, id, value, max_age_s, &v->jar);
    must(v->answer->cookie_count < ANSWER_COOKIES_MAX);
    if (cookie.length)
        v->answer->cookies[v->answer->cookie_count++] = cookie;
}

void visit_set_session(struct visit *v, struct text cookie) {
    visit_remember_session(v, cookie, false);
}

void visit_remember_session(struct visit *v, struct text cookie, bool remember) {
    visit_set_cookie(v, COOKIE_SID, cookie,
                     remember ? SESSION_REMEMBER_DAYS * 86400u : SESSION_WHOLE_MS / 1000);
    v->answer->csrf = cookie.length ? session_csrf(v->d, cookie) : TEXT("");
}

struct text visit_language(const struct visit *v) {
    return v->is_english ? TEXT("en") : TEXT("zh");
}

void visit_see_other(struct visit *v, struct text where) {
    v->answer->status = 303;
    v->answer->location = where;
}

bool visit_wants_page(const struct visit *v) {
    return text_find(v->request->accept, TEXT("text/html")) != SIZE_MAX;
}

struct text visit_time(struct visit *v, int64_t ms) {
    return ms ? clock_print_utc_in(v->d->arena, ms) : TEXT("");
}

/* ---- refusing ---- */

static void put_allowed(struct visit *v) {
    struct text rest = text_c(v->allowed), name;
    json_put_text(&v->json, "field", v->unknown);
    json_name(&v->json, "allowed");
    json_open_list(&v->json);
    while (text_cut(&rest, '|', &name))
        json_text(&v->json, name);
    json_close_list(&v->json);
}

/* Its basis (null under an order of secrecy), its end, and where one appeals. */
static void put_hold(struct visit *v, const struct detail *detail) {
    struct json *j = &v->json;
    json_name(j, "basis");
    if (detail->basis.length)
        json_text(j, detail->basis);
    else
        json_none(j);
    if (detail->until_ms)
        json_put_text(j, "until", visit_time(v, detail->until_ms));
    json_put_c(j, "appeal", "/feedback");
}

/* {"flow","expires","methods":["code","recovery","passkey"],"challenge"} */
static void put_second(struct visit *v) {
    static const char *const methods[] = {"code", "recovery", "passkey"};
    json_put_text(&v->json, "flow", v->flow);
    json_put_text(&v->json, "expires", v->flow_ends);
    json_name(&v->json, "methods");
    json_open_list(&v->json);
    for (unsigned i = 0; i < COUNT(methods); i++)
        if (v->methods & 1u << i)
            json_text(&v->json, text_c(methods[i]));
    json_close_list(&v->json);
    if (v->challenge.length)
        json_put_text(&v->json, "challenge", v->challenge);
}

static void put_detail(struct visit *v, struct err e) {
    const struct detail *detail = &v->d->detail;
    if (e.kind == ERR_FIELD_UNKNOWN)
        put_allowed(v);
    else if (detail->field)
        json_put_c(&v->json, "field", detail->field);
    if (e.kind == ERR_CODE_WRONG && detail->tries_left >= 0)
        json_put_i64(&v->json, "tries_left", detail->tries_left);
    if (v->flow.length)
        put_second(v);
    if (detail->version.length)
        json_put_text(&v->json, "version", detail->version);
    if (detail->approval.length)
        json_put_text(&v->json, "approval", detail->approval);
    if (detail->challenge.length) {
        json_put_text(&v->json, "challenge", detail->challenge);
        json_put_i64(&v->json, "bits", detail->challenge_bits);
    }
    if (e.kind == ERR_LEGAL_HOLD)
        put_hold(v, detail);
    if (e.kind == ERR_POLICY_CONSENT_REQUIRED)
        consent_gate_put(v);
    /* The sentence behind the kind, where it tells of the caller's own input and not of our inside. */
    if (e.say && refusal_of(e.kind)->status < 500)
        json_put_c(&v->json, "detail", e.say);
}

/* The same for a person: a form sent without JavaScript is answered by a page. */
static void refusal_page(struct visit *v, struct err e, const struct refusal *r) {
    struct page p = page_begin(v, text_c(v->is_english ? r->title.en : r->title.zh));
    page_put(&p, "hint", text_c(v->is_english ? r->hint.en : r->hint.zh));
    page_put(&p, "error", text_c(r->status == 500 ? "internal" : err_name(e.kind)));
    if (e.say && r->status < 500)
        page_put(&p, "detail", text_c(e.say));
    if (v->d->detail.field)
        page_put(&p, "field", text_c(v->d->detail.field));
    if (e.kind == ERR_SESSION_ENDED)
        page_put_cookieless(&p);
    if (page_end(&p, "refusal.html").kind)
        return; /* the JSON stays */
    v->answer->status = r->status;
}

static void refuse(struct visit *v, struct err e) {
    const struct refusal *r = refusal_of(e.kind);
    uint64_t request_id = (uint64_t)v->d->now_ms << 22 | (random_u64(v->d->chance) & 0x3FFFFF);
    struct json *j = visit_json(v, r->status);
    if (e.kind != ERR_SESSION_ENDED)
        v->answer->cookie_count = 0;
    v->answer->csrf = TEXT("");
    bool takes_away = e.kind == ERR_SESSION_ENDED && v->answer->cookie_count > 0;
    v->answer->clear_site_data = takes_away ? ANSWER_FAREWELL : NULL;
    bool is_inside = r->status == 500 && e.kind != ERR_INTEGRITY_FAILED; /* nobody's business */
    v->answer->refused = e.kind;
    json_put_c(j, "error", is_inside ? "internal" : err_name(e.kind));
    json_put_c(j, "message", v->is_english ? r->title.en : r->title.zh);
    json_put_c(j, "hint", v->is_english ? r->hint.en : r->hint.zh);
    json_put_text(j, "request_id",
                  text_format_in(v->d->arena, "%llu", (unsigned long long)request_id));
    put_detail(v, e);
    visit_end(v);
    if (visit_wants_page(v))
        refusal_page(v, e, r);
    v->answer->retry_after_s = v->d->detail.retry_after_s;
    if (r->status == 503 && v->answer->retry_after_s == 0)
        v->answer->retry_after_s = 2;
}

/* ---- routing ---- */

const struct route *const site_routes[] = {
#define ROUTES(table) table,
#include "site/routes.def"
#undef ROUTES
    NULL,
};

/* One part of a path: not empty, no slash in it. */
static bool part_fits(struct text part) {
    return part.length > 0 && part.length <= 128 && text_find_char(part, '/') == SIZE_MAX;
}

/* The path is walked along the pattern; each "{}" takes the bytes up to the next slash. */
static bool path_fits(const char *pattern, struct text path, struct text parts_out[static 2]) {
    struct text shape = text_c(pattern), rest = path;
    parts_out[0] = parts_out[1] = TEXT("");
    for (unsigned i = 0;; i++) {
        size_t hole = text_find(shape, TEXT("{}"));
        if (hole == SIZE_MAX)
            return text_equal(shape, rest);
        if (i == 2 || !text_starts(rest, text_part(shape, 0, hole)))
            return false;
        rest = text_from(rest, hole);
        shape = text_from(shape, hole + 2);
        size_t end = shape.length ? text_find_char(rest, '/') : rest.length;
        if (end == SIZE_MAX || !part_fits(text_part(rest, 0, end)))
            return false;
        parts_out[i] = text_part(rest, 0, end);
        rest = text_from(rest, end);
    }
}

bool site_is_slow(struct text method, struct text path) {
    struct text parts[2];
    for (size_t t = 0; site_routes[t]; t++)
        for (const struct route *r = site_routes[t]; r->path; r++)
            if ((r->needs & ROUTE_SLOW) && text_equal_c(method, r->method) && path_fits(r->path, path, parts))
                return true;
    return false;
}

static struct err find_route(struct visit *v, const struct route **out) {
    struct text allow = TEXT(""), method = v->request->method;
    bool is_head = text_equal_c(method, "HEAD");
    struct text parts[2];
    for (size_t t = 0; site_routes[t]; t++) {
        for (const struct route *r = site_routes[t]; r->path; r++) {
            if (!path_fits(r->path, v->request->path, parts) ||
                ((r->needs & ROUTE_DEVELOPMENT) && !v->site->is_development))
                continue;
            v->id = parts[0];
            v->id2 = parts[1];
            if (text_equal_c(method, r->method) || (is_head && strcmp(r->method, "GET") == 0)) {
                *out = r;
                return ok;
            }
            allow = text_format_in(v->d->arena, "%.*s%s%s", TEXT_ARG(allow),
                                   allow.length ? ", " : "", r->method);
        }
    }
    v->answer->allow = allow;
    if (allow.length == 0 && !path_is_plain(v->request->path))
        return err_make(ERR_PATH_INVALID, "the path may be read as another");
    return allow.length ? err_make(ERR_METHOD_NOT_ALLOWED, "this path knows other methods")
                        : err_make(ERR_NOT_FOUND, "there is nothing at this path");
}

/* ---- whose request it is ---- */

struct text visit_cookie(struct visit *v) {
    return cookie_read(v->d->arena, COOKIE_SID, v->request->cookie, v->request->is_tls);
}

struct text visit_origin(struct visit *v) {
    if (v->site->origin.length)
        return v->site->origin;
    return text_format_in(v->d->arena, "%s://%.*s", v->request->is_tls ? "https" : "http", TEXT_ARG(v->request->host));
}

/* "http://host:port" and the Host header name the same place; where the site knows its own, that one. */
static bool is_same_origin(const struct site *site, const struct request *r) {
    if (site->origin.length)
        return text_equal_nocase(r->origin, site->origin);
    size_t slashes = text_find(r->origin, TEXT("://"));
    return slashes != SIZE_MAX && r->host.length > 0 &&
           text_equal_nocase(text_from(r->origin, slashes + 3), r->host);
}

static struct err check_origin(struct visit *v) {
    const struct request *r = v->request;
    struct text cookie = visit_cookie(v);
    if (r->csrf.length && cookie.length && session_csrf_fits(v->d, cookie, r->csrf))
        return ok;
    if (r->fetch_site.length) {
        if (text_equal_c(r->fetch_site, "same-origin") || text_equal_c(r->fetch_site, "none"))
            return ok;
    } else if (is_same_origin(v->site, r)) {
        return ok;
    }
    return err_make(ERR_CROSS_SITE_BLOCKED, "nothing proves that the request comes from this site");
}

static struct err take_session(struct visit *v) {
    struct text cookie = visit_cookie(v);
    struct err e = session_find(v->d, cookie, &v->session);
    if (!e.kind)
        e = account_read(v->d, v->session.account, &v->account);
    if (e.kind == ERR_NOT_FOUND || (!e.kind && v->account.is_erasing))
        e = err_make(ERR_SESSION_ENDED, "the session has ended");
    if (e.kind == ERR_SESSION_ENDED &&
        cookie_is_there(v->d->arena, COOKIE_SID, v->request->cookie, v->request->is_tls))
        visit_set_cookie(v, COOKIE_SID, TEXT(""), 0);
    if (e.kind)
        return e;
    v->answer->csrf = session_csrf(v->d, cookie);
    v->d->actor = v->account.subject;
    return staff_roles(v->d, v->account.number, &v->roles);
}

/* An account that is suspended or under a legal hold can be read, left and complained of; nothing else. */
static struct err check_frozen(struct visit *v, const struct route *route) {
    if (strcmp(route->method, "GET") == 0 || (route->needs & ROUTE_UNAGREED))
        return ok;
    if (!v->account.is_active)
        return err_make(ERR_ACCOUNT_SUSPENDED, "the account is suspended");
    return hold_forbids(v->d, v->account.number);
}

struct err visit_need_fresh(struct visit *v) {
    return v->session.is_fresh ? ok
                               : err_make(ERR_FRESH_LOGIN_REQUIRED, "the last proof is older than ten minutes");
}

struct err visit_person(struct visit *v, bool *is_there_out) {
    struct err e = visit_cookie(v).length ? take_session(v) : err_make(ERR_SESSION_ENDED, NULL);
    *is_there_out = e.kind == ERR_NONE;
    if (e.kind == ERR_SESSION_ENDED)
        v->account = (struct account){.number = 0};
    return e.kind == ERR_SESSION_ENDED ? ok : e;
}

/* A stranger to the staff's routes learns nothing. */
static struct err check_staff(struct visit *v, const struct route *route) {
    if (v->roles == 0)
        return err_make(ERR_NOT_FOUND, "there is nothing at this path");
    if (!(v->roles & route->roles))
        return err_make(ERR_ROLE_MISSING, "another role is needed for this");
    if (!visit_has_second_factor(v))
        return err_make(ERR_SECOND_FACTOR_REQUIRED, "the staff's routes need a session of two factors");
    return ok;
}

struct err visit_may(struct visit *v, const struct route *route) {
    if (route->needs & ROUTE_STAFF)
        try(check_staff(v, route));
    try(check_frozen(v, route));
    return route->needs & ROUTE_FRESH ? visit_need_fresh(v) : ok;
}

/* ---- the body ---- */

static bool is_allowed(const char *allowed, const char *name) {
    struct text rest = text_c(allowed), one;
    while (text_cut(&rest, '|', &one))
        if (text_equal_c(one, name))
            return true;
    return false;
}

/* A form's fields as texts; one that comes twice is refused. */
static struct err read_form(struct visit *v) {
    struct text rest = v->request->body, key, value, name, plain;
    v->fields = json_object();
    while (form_next(&rest, &key, &value)) {
        try(form_decode_in(v->d->arena, key, &name));
        try(form_decode_in(v->d->arena, value, &plain));
        const char *word = text_c_in(v->d->arena, name);
        if (json_object_get(v->fields, word))
            return domain_refuse(v->d, ERR_PARAMETER_DOUBLED, word, "a field was sent more than once");
        if (!text_is_utf8(plain) || text_has_nul(name) || !text_is_utf8(name))
            return err_make(ERR_REQUEST_MALFORMED, "the form is not UTF-8");
        json_object_set_new(v->fields, word, json_stringn(plain.bytes, plain.length));
    }
    return ok;
}

static struct err read_fields(struct visit *v, const struct route *route) {
    struct text type = text_lower_in(v->d->arena, v->request->content_type);
    if ((route->needs & ROUTE_FORM) && text_starts(type, TEXT("application/x-www-form-urlencoded")))
        return read_form(v);
    /* A page of another site can send text/plain without being asked; anything else is a mistake. */
    if ((route->needs & ROUTE_FORM) && !text_starts(type, TEXT("application/json")) &&
        !text_starts(type, TEXT("text/plain")))
        return err_make(ERR_MEDIA_TYPE_UNSUPPORTED, "send application/json or application/x-www-form-urlencoded");
    if (!text_starts(type, TEXT("application/json")))
        return err_make(ERR_CROSS_SITE_BLOCKED, "the body must be sent as application/json");
    try(json_parse(v->d->arena, v->request->body, &v->fields));
    if (!json_is_object(v->fields))
        return err_make(ERR_REQUEST_MALFORMED, "the body must be a JSON object");
    return ok;
}

static struct err take_body(struct visit *v, const struct route *route) {
    const char *name;
    json_t *value;
    if (v->request->body_over)
        return err_make(ERR_BODY_TOO_LARGE, "a body of the account's requests has at most 64 KiB");
    if (!route->fields)
        return ok;
    try(read_fields(v, route));
    v->allowed = route->fields;
    json_object_foreach(v->fields, name, value) {
        if (!is_allowed(route->fields, name)) {
            v->unknown = text_copy_in(v->d->arena, text_part(text_c(name), 0, 64));
            return err_make(ERR_FIELD_UNKNOWN, "a field is not known here");
        }
    }
    return ok;
}

static struct err walk(struct visit *v) {
    const struct route *route = NULL;
    if (cookie_count(v->request->cookie) > COOKIES_MAX)
        return err_make(ERR_HEADERS_TOO_LARGE, "more than 100 cookies");
    try(find_route(v, &route));
    bool changes = strcmp(route->method, "GET") != 0;
    if (changes)
        try(check_origin(v));
    if (route->needs & (ROUTE_SESSION | ROUTE_STAFF)) {
        struct err e = take_session(v);
        if (e.kind && !(e.kind == ERR_SESSION_ENDED && (route->needs & ROUTE_ENDED)))
            return e;
        if (!e.kind) {
            try(consent_gate_check(v, route));
            try(visit_may(v, route));
        }
    }
    if (changes)
        try(take_body(v, route));
    return route->run(v);
}

static bool prefers_english(struct text accepted) {
    size_t zh = text_find(accepted, TEXT("zh")), en = text_find(accepted, TEXT("en"));
    return en != SIZE_MAX && en < zh;
}

/* What was asked for in the address, then what was chosen, then what the browser prefers. */
static bool wants_english(struct visit *v) {
    struct text asked, chosen = cookie_read(v->d->arena, COOKIE_LANG, v->jar.header, v->jar.is_tls);
    if (visit_query(v, "lang", &asked).kind)
        asked = TEXT("");
    v->d->detail.field = NULL;
    if (text_equal_c(asked, "zh") || text_equal_c(asked, "en"))
        return text_equal_c(asked, "en");
    if (text_equal_c(chosen, "zh") || text_equal_c(chosen, "en"))
        return text_equal_c(chosen, "en");
    return prefers_english(text_lower_in(v->d->arena, text_part(v->request->language, 0, 256)));
}

static void read_cookies(struct visit *v) {
    const struct request *r = v->request;
    struct arena *a = v->d->arena;
    v->jar = (struct cookie_jar){.header = r->cookie, .is_tls = r->is_tls};
    v->jar.choice = cookie_choice_read(a, r->cookie, r->is_tls, r->opts_out, v->d->now_ms / 1000);
    struct text theme = cookie_read(a, COOKIE_THEME, r->cookie, r->is_tls);
    if (text_equal_c(theme, "light") || text_equal_c(theme, "dark"))
        v->theme = theme;
}

static struct visit visit_of(const struct site *site, struct domain *d, const struct request *request,
                             struct answer *out) {
    struct visit v = {.site = site, .d = d, .request = request, .answer = out};
    *out = (struct answer){.is_private = text_starts(request->path, TEXT("/account")) ||
                                          text_starts(request->path, TEXT("/admin"))};
    d->detail = (struct detail){.tries_left = -1};
    read_cookies(&v);
    v.is_english = wants_english(&v);
    return v;
}

void site_busy(struct domain *d, const struct request *request, struct answer *out) {
    struct visit v = visit_of(NULL, d, request, out);
    refuse(&v, err_make(ERR_BUSY, "too many passwords are being checked"));
}

void site_answer(const struct site *site, struct domain *d, const struct request *request,
                 struct answer *out) {
    struct site now = *site; /* one policy for the whole request, whatever is published meanwhile */
    if (site->policy_now)
        now.policy = site->policy_now(site->policy_with);
    struct visit v = visit_of(&now, d, request, out);
    v.prefix = network_prefix_in(d->arena, request->address);
    d->client = request->address;
    struct err e = walk(&v);
    if (e.kind)
        refuse(&v, e);
    /* Somebody who looks at a page is shown the way in. */
    if (e.kind == ERR_SESSION_ENDED && text_equal_c(request->method, "GET") && visit_wants_page(&v))
        visit_see_other(&v, TEXT("/account/signin"));
    /* And what to read first, where the buttons are. */
    if (e.kind == ERR_POLICY_CONSENT_REQUIRED && text_equal_c(request->method, "GET") && visit_wants_page(&v))
        visit_see_other(&v, consent_gate_difference(&v));
    json_decref(v.fields);
}
