/* session_routes_test.c: log-in by requests, on a clock of the test's own: what needs a fresh proof, what the
 * staff needs, how cookies come and go, and pages without JavaScript. */
#include "codec/json_in.h"
#include "crypt/totp.h"
#include "domain/session.h"
#include "records.h"
#include "site/cookie.h"
#include "site/visit.h"

static struct policy policy;
static struct site_health health;
static const struct endpoint *const no_apis[] = {NULL};
static const char password[] = "correct horse battery staple 9";

struct browser {
    struct records *r;
    struct site site;
    struct text sid, did;
    struct answer answer;
    json_t *json;
};

static void browser_open(struct browser *b, struct records *r) {
    char hash[PASSWORD_HASH_BYTES];
    struct new_account with = {.age = TEXT("adult"), .source = "subject", .password_hash = hash};
    int64_t number;
    records_open(r);
    password_desk_cost(r->d.passwords, 64, 1);
    *b = (struct browser){.r = r};
    want_ok(policy_read(&r->arena, policy_texts, &policy));
    b->site = (struct site){.policy = &policy,
                            .operator_name = TEXT("Tester"),
                            .operator_contact = TEXT("x@example.com"),
                            .version = TEXT("0"),
                            .health = &health,
                            .catalog = no_apis};
    want_ok(password_hash(r->d.passwords, text_c(password), hash));
    want_ok(identity_username(&r->d, TEXT("visitor"), &with.username));
    want_ok(identity_email(&r->d, TEXT("visitor@example.com"), &with.contact));
    with.consent_version = policy_in_force(&policy)->version;
    with.consent_hash = digest_print_in(&r->arena, &policy_in_force(&policy)->digest);
    with.language = TEXT("en");
    want_ok(account_create(&r->d, &with, NULL, NULL, &number));
}

static void browser_close(struct browser *b) {
    json_decref(b->json);
    records_close(b->r);
}

/* A Set-Cookie taken apart; an empty value is one that is taken away. */
static bool take_cookie(struct text set, const char *name, struct text *value_out) {
    struct text head = text_part(set, 0, text_find_char(set, ';')), key;
    if (!text_cut(&head, '=', &key) || !text_equal_c(key, name))
        return false;
    *value_out = head;
    return true;
}

static int ask_as(struct browser *b, const char *method, const char *path, const char *type,
                  struct text body) {
    struct request q = {.method = text_c(method),
                        .path = text_c(path),
                        .host = TEXT("here"),
                        .origin = TEXT("http://here"),
                        .content_type = text_c(type),
                        .language = TEXT("en"),
                        .user_agent = TEXT("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"),
                        .address = TEXT("203.0.113.7"),
                        .body = body};
    q.cookie = text_format_in(&b->r->arena, "did=%.*s; sid=%.*s", TEXT_ARG(b->did), TEXT_ARG(b->sid));
    if (strcmp(type, "application/x-www-form-urlencoded") == 0 || strcmp(method, "GET") == 0)
        q.accept = TEXT("text/html");
    site_answer(&b->site, &b->r->d, &q, &b->answer);
    for (unsigned i = 0; i < b->answer.cookie_count; i++)
        if (!take_cookie(b->answer.cookies[i], "sid", &b->sid))
            want(take_cookie(b->answer.cookies[i], "did", &b->did));
    json_decref(b->json);
    b->json = NULL;
    (void)!json_parse(&b->r->arena, b->answer.body, &b->json).kind;
    return b->answer.status;
}

static int ask(struct browser *b, const char *method, const char *path, struct text body) {
    return ask_as(b, method, path, "application/json", body);
}

static int form(struct browser *b, const char *path, struct text body) {
    return ask_as(b, "POST", path, "application/x-www-form-urlencoded", body);
}

static void want_error(struct browser *b, int status, int wanted, const char *error) {
    want_int(status, wanted);
    want_text(json_member_text(b->json, "error"), error);
}

static void log_in(struct browser *b) {
    want_int(ask(b, "POST", "/account/login",
                 TEXT("{\"login\":\"visitor\",\"password\":\"correct horse battery staple 9\"}")),
             200);
    want_int(b->sid.length, 43);
    want_int(b->did.length, 43);
}

static struct text body_of(struct browser *b, const char *name, struct text value) {
    return text_format_in(&b->r->arena, "{\"%s\":\"%.*s\"}", name, TEXT_ARG(value));
}

static struct text code_of(struct browser *b, struct text letters) {
    struct text seed;
    want(base32_read_in(&b->r->arena, letters, &seed));
    return totp_code_in(&b->r->arena, seed, (uint64_t)(b->r->d.now_ms / TOTP_STEP_MS));
}

static struct text set_up_totp(struct browser *b) {
    want_int(ask(b, "POST", "/account/factors/totp", TEXT("")), 201);
    struct text seed = text_copy_in(&b->r->arena, json_member_text(b->json, "seed"));
    want_int(ask(b, "POST", "/account/factors/totp/confirm", body_of(b, "code", code_of(b, seed))), 200);
    b->r->d.now_ms += TOTP_STEP_MS;
    return seed;
}

TEST(checklist_B17__what_changes_factors_needs_a_fresh_proof) {
    static const struct {
        const char *method, *path, *body;
    } rows[] = {{"POST", "/account/factors/totp", ""},
                {"POST", "/account/factors/totp/confirm", "{\"code\":\"123456\"}"},
                {"DELETE", "/account/factors/totp", "{}"},
                {"POST", "/account/factors/recovery", ""},
                {"POST", "/account/factors/passkeys/challenge", ""},
                {"POST", "/account/factors/passkeys", "{\"flow\":\"x\",\"name\":\"x\",\"passkey\":{}}"},
                {"DELETE", "/account/factors/passkeys/0000000001", "{}"},
                {"PATCH", "/account", "{\"email\":\"other@example.com\"}"}};
    struct records r;
    struct browser b;
    browser_open(&b, &r);
    log_in(&b);
    r.d.now_ms += SESSION_FRESH_MS;
    for (size_t i = 0; i < COUNT(rows); i++)
        want_error(&b, ask(&b, rows[i].method, rows[i].path, text_c(rows[i].body)), 403, "fresh_login_required");
    struct text old = b.sid;
    want_error(&b, ask(&b, "POST", "/account/fresh", body_of(&b, "password", TEXT("wrong wrong wrong"))), 401,
               "login_failed");
    want_int(ask(&b, "POST", "/account/fresh", body_of(&b, "password", text_c(password))), 200);
    want(!text_equal(old, b.sid));
    for (size_t i = 0; i < COUNT(rows); i++)
        want(ask(&b, rows[i].method, rows[i].path, text_c(rows[i].body)) != 403);
    browser_close(&b);
}

TEST(checklist_B7__the_staffs_routes_need_two_factors) {
    static const struct route route = {"GET", "/x", NULL, NULL, ROUTE_STAFF, STAFF_ANY};
    struct records r;
    struct browser b;
    browser_open(&b, &r);
    log_in(&b);
    struct visit v = {.site = &b.site, .d = &r.d, .roles = 0};
    want_ok(session_find(&r.d, b.sid, &v.session));
    want_err(visit_may(&v, &route), ERR_NOT_FOUND);
    v.roles = STAFF_OWNER;
    want_err(visit_may(&v, &route), ERR_SECOND_FACTOR_REQUIRED);
    set_up_totp(&b);
    want_ok(session_find(&r.d, b.sid, &v.session));
    want_ok(visit_may(&v, &route));
    browser_close(&b);
}

TEST(fault_10__a_session_that_was_there_before_the_log_in_is_no_session_after_it) {
    struct records r;
    struct browser b;
    struct session s;
    browser_open(&b, &r);
    b.sid = TEXT("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"); /* planted */
    log_in(&b);
    want(!text_equal_c(b.sid, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
    want_err(session_find(&r.d, TEXT("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), &s), ERR_SESSION_ENDED);
    struct text old = b.sid;
    log_in(&b); /* once more: the browser's old one ends */
    want_err(session_find(&r.d, old, &s), ERR_SESSION_ENDED);
    old = b.sid;
    want_int(ask(&b, "POST", "/account/logout", TEXT("")), 204);
    want(b.answer.clear_site_data != NULL);
    want_int(b.sid.length, 0);
    want_int(b.did.length, 43); /* the browser stays known */
    b.sid = old;
    want_int(ask(&b, "GET", "/account/sessions", TEXT("")), 303);
    want_text(b.answer.location, "/account/signin");
    want_int(b.sid.length, 0); /* the cookie was taken away */
    browser_close(&b);
}

TEST(fault_47__over_http_a_code_is_used_once) {
    struct records r;
    struct browser b;
    browser_open(&b, &r);
    log_in(&b);
    struct text seed = set_up_totp(&b);
    want_error(&b, ask(&b, "POST", "/account/factors/totp", TEXT("")), 409, "shown_once");
    struct text code = code_of(&b, seed);
    want_int(ask(&b, "POST", "/account/fresh", body_of(&b, "code", code)), 200);
    want_int(json_integer_value(json_object_get(b.json, "factors")), 2);
    want_error(&b, ask(&b, "POST", "/account/fresh", body_of(&b, "code", code)), 400, "code_used");
    want_int(ask(&b, "GET", "/account/factors", TEXT("")), 200);
    want(text_find(b.answer.body, seed) == SIZE_MAX);
    browser_close(&b);
}

TEST(the_second_step_is_told_in_the_refusal) {
    struct records r;
    struct browser b;
    browser_open(&b, &r);
    log_in(&b);
    struct text seed = set_up_totp(&b), old = b.sid;
    struct text login = TEXT("{\"login\":\"visitor\",\"password\":\"correct horse battery staple 9\",\"remember\":true}");
    want_error(&b, ask(&b, "POST", "/account/login", login), 401, "second_factor_required");
    want(text_equal(old, b.sid)); /* nothing was given out */
    want_int(b.answer.cookie_count, 0);
    struct text flow = text_copy_in(&r.arena, json_member_text(b.json, "flow"));
    want_int(flow.length, 43);
    want_int(json_array_size(json_object_get(b.json, "methods")), 1);
    struct text second = text_format_in(&r.arena, "{\"flow\":\"%.*s\",\"code\":\"%.*s\"}", TEXT_ARG(flow),
                                        TEXT_ARG(code_of(&b, seed)));
    want_int(ask(&b, "POST", "/account/login/second", second), 200);
    want(text_find(b.answer.cookies[1], TEXT("Max-Age=2592000")) != SIZE_MAX);
    want_error(&b, ask(&b, "POST", "/account/login/second", second), 410, "code_expired");
    browser_close(&b);
}

/* ---- pages ---- */

/* The value of the hidden field of this name. */
static struct text hidden(struct browser *b, const char *name) {
    struct text mark = text_format_in(&b->r->arena, "name=\"%s\" value=\"", name);
    size_t at = text_find(b->answer.body, mark);
    want(at != SIZE_MAX);
    struct text rest = text_from(b->answer.body, at + mark.length);
    return text_copy_in(&b->r->arena, text_part(rest, 0, text_find_char(rest, '"')));
}

static struct text between(struct browser *b, const char *before, const char *after) {
    size_t at = text_find(b->answer.body, text_c(before));
    want(at != SIZE_MAX);
    struct text rest = text_from(b->answer.body, at + strlen(before));
    return text_copy_in(&b->r->arena, text_part(rest, 0, text_find(rest, text_c(after))));
}

static bool page_says(struct browser *b, const char *words) {
    return text_find(b->answer.body, text_c(words)) != SIZE_MAX;
}

TEST(everything_but_adding_a_passkey_works_by_forms) {
    struct records r;
    struct browser b;
    browser_open(&b, &r);
    want_int(ask(&b, "GET", "/account/signin", TEXT("")), 200);
    want(!page_says(&b, "<script>")); /* the passkey's own file alone */
    want_int(form(&b, "/account/signin", TEXT("login=visitor&password=wrong+wrong+wrong")), 401);
    want(page_says(&b, "The account or the password is wrong"));
    want_int(form(&b, "/account/signin", TEXT("login=visitor&password=correct+horse+battery+staple+9")), 303);
    want_text(b.answer.location, "/account");
    want_int(ask(&b, "GET", "/account/security", TEXT("")), 200);
    want(page_says(&b, "Firefox · Linux") && page_says(&b, "this device"));
    want_int(form(&b, "/account/security", TEXT("action=totp")), 200);
    struct text seed = between(&b, "<p><code>", "</code>");
    want_int(seed.length, 32);
    want_int(form(&b, "/account/security", TEXT("action=totp_confirm&code=12345x")), 400);
    want_int(form(&b, "/account/security",
                  text_format_in(&r.arena, "action=totp_confirm&code=%.*s", TEXT_ARG(code_of(&b, seed)))),
             200);
    want(page_says(&b, "a second factor is on"));
    want_int(form(&b, "/account/security", TEXT("action=recovery")), 200);
    struct text recovery = between(&b, "<li><code>", "</code>");
    want_int(recovery.length, 27);
    want_int(form(&b, "/account/security", TEXT("action=logout")), 303);
    want_int(b.sid.length, 0);
    want_int(form(&b, "/account/signin", TEXT("login=visitor&password=correct+horse+battery+staple+9")), 401);
    struct text flow = hidden(&b, "flow");
    want_int(form(&b, "/account/signin/second",
                  text_format_in(&r.arena, "flow=%.*s&code=&recovery=%.*s", TEXT_ARG(flow),
                                 TEXT_ARG(recovery))),
             303);
    want_int(form(&b, "/account/security", TEXT("action=others_end")), 200);
    want_int(form(&b, "/account/security",
                  TEXT("action=totp_remove&password=correct+horse+battery+staple+9")),
             200);
    want(page_says(&b, "no second factor yet"));
    r.d.now_ms += SESSION_FRESH_MS;
    want_int(form(&b, "/account/security", TEXT("action=totp")), 403);
    want_int(form(&b, "/account/security", TEXT("action=fresh&password=correct+horse+battery+staple+9")), 200);
    want_int(form(&b, "/account/security", TEXT("action=totp")), 200);
    want_int(form(&b, "/account/security", TEXT("action=nothing")), 422);
    browser_close(&b);
}

TEST(a_forgotten_password_is_reset_by_forms) {
    struct records r;
    struct browser b;
    browser_open(&b, &r);
    want_int(ask(&b, "GET", "/account/forgotten", TEXT("")), 200);
    want_int(form(&b, "/account/forgotten", TEXT("login=nobody%40example.com")), 200);
    size_t length = b.answer.body.length;
    want_int(form(&b, "/account/forgotten", TEXT("login=visitor%40example.com")), 200);
    want_int(b.answer.body.length, length);
    want_int(form(&b, "/account/forgotten/finish",
                  text_format_in(&r.arena, "flow=%.*s&code=x&password=%s", TEXT_ARG(hidden(&b, "flow")), "a+b")),
             400);
    browser_close(&b);
}

TESTS(RUN(checklist_B17__what_changes_factors_needs_a_fresh_proof),
      RUN(checklist_B7__the_staffs_routes_need_two_factors),
      RUN(fault_10__a_session_that_was_there_before_the_log_in_is_no_session_after_it),
      RUN(fault_47__over_http_a_code_is_used_once), RUN(the_second_step_is_told_in_the_refusal),
      RUN(everything_but_adding_a_passkey_works_by_forms), RUN(a_forgotten_password_is_reset_by_forms))
