/* site_test.c: requests without a server: routes, origins, bodies, escaping. */
#include "codec/json_in.h"
#include "records.h"
#include "site/page.h"
#include "site/site.h"

static struct policy policy;
static struct site_health health;

static struct text api_path(uint32_t id) { return id == 1 ? TEXT("/api/one") : TEXT(""); }
static bool api_known(struct text path) { return text_equal_c(path, "/api/one"); }

static const struct endpoint *const no_apis[] = {NULL};

static struct site site_of(struct records *r) {
    want_ok(policy_read(&r->arena, policy_texts, &policy));
    return (struct site){.policy = &policy,
                         .operator_name = TEXT("<b>Tester</b>"),
                         .operator_contact = TEXT("x@example.com"),
                         .version = TEXT("0"),
                         .health = &health,
                         .api_path = api_path,
                         .api_known = api_known,
                         .catalog = no_apis};
}

TEST(routes_and_bodies) {
    static const struct {
        const char *method, *path, *origin, *type, *body;
        int status;
    } rows[] = {
        {"GET", "/nothing", "", "", "", 404},
        {"GET", "/account/tokens/", "", "", "", 404},
        {"GET", "/account/tokens/a/b", "", "", "", 404},
        {"PUT", "/account", "", "", "", 405},
        {"GET", "/account", "", "", "", 401},
        {"GET", "/dev/outbox", "", "", "", 404},
        {"POST", "/account/login", "", "application/json", "{}", 403},
        {"POST", "/account/login", "http://other", "application/json", "{}", 403},
        {"POST", "/account/login", "http://here", "text/plain", "{}", 403},
        {"POST", "/account/login", "http://here", "application/json", "", 400},
        {"POST", "/account/login", "http://here", "application/json", "5", 400},
        {"POST", "/account/login", "http://here", "application/json", "{}", 422},
        {"POST", "/account/login", "http://here", "application/json", "{\"x\":1}", 422},
        {"POST", "/account/login", "http://here", "application/json; charset=utf-8",
         "{\"login\":\"a\",\"password\":\"b\"}", 401},
        {"POST", "/account/tokens", "http://here", "application/json", "{}", 401},
        {"DELETE", "/account", "http://here", "application/json", "{}", 401},
    };
    struct records r;
    records_open(&r);
    struct site site = site_of(&r);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct request q = {.method = text_c(rows[i].method),
                            .path = text_c(rows[i].path),
                            .origin = text_c(rows[i].origin),
                            .host = TEXT("here"),
                            .content_type = text_c(rows[i].type),
                            .body = text_c(rows[i].body)};
        struct answer answer;
        json_t *json;
        site_answer(&site, &r.d, &q, &answer);
        want_int(answer.status, rows[i].status);
        want_ok(json_parse(&r.arena, answer.body, &json));
        want(json_member_text(json, "error").length && json_member_text(json, "hint").length);
        json_decref(json);
    }
    records_close(&r);
}

TEST(pages_escape_what_they_show) {
    struct records r;
    struct answer answer;
    records_open(&r);
    struct site site = site_of(&r);
    struct request q = {.method = TEXT("GET"), .path = TEXT("/policy"), .host = TEXT("here")};
    site_answer(&site, &r.d, &q, &answer);
    want_int(answer.status, 200);
    want(text_find(answer.body, TEXT("<b>Tester")) == SIZE_MAX);
    want(text_find(answer.body, TEXT("&lt;b&gt;Tester")) != SIZE_MAX);
    want(text_find(answer.body, TEXT("{{")) == SIZE_MAX);
    records_close(&r);
}

TEST(row_X1__the_foot_names_the_operator_and_the_year) {
    static const char *const pages[] = {"/", "/policy", "/status", "/transparency"};
    struct records r;
    struct answer answer;
    records_open(&r);
    struct site site = site_of(&r);
    r.d.now_ms = 1825000000000; /* in October 2027 */
    for (size_t i = 0; i < COUNT(pages); i++) {
        struct request q = {.method = TEXT("GET"), .path = text_c(pages[i]), .host = TEXT("here")};
        site_answer(&site, &r.d, &q, &answer);
        want_int(answer.status, 200);
        want(text_find(answer.body, TEXT("© 2027 &lt;b&gt;Tester")) != SIZE_MAX);
    }
    records_close(&r);
}

TESTS(RUN(row_X1__the_foot_names_the_operator_and_the_year), RUN(routes_and_bodies),
      RUN(pages_escape_what_they_show))
