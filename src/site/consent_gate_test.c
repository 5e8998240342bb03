/* consent_gate_test.c: the whole table of routes, asked by persons who agreed and by those who did
 * not. */
#include "codec/json_in.h"
#include "domain/consent.h"
#include "domain/session.h"
#include "policies.h"
#include "site/site.h"
#include "site/visit.h"

static struct site_health health;
static const struct endpoint *const no_apis[] = {NULL};

static struct text api_path(uint32_t id) {
    (void)id;
    return TEXT("");
}

static bool api_known(struct text path) {
    (void)path;
    return false;
}

struct scene {
    struct records r;
    struct site site;
    int64_t number;
};

static void scene_open(struct scene *s) {
    records_open(&s->r);
    policy_first(&s->r, "[f1] See, correct, export;[s5] Cancel;[u1] It changes", "");
    s->number = records_account(&s->r, "anna", "anna@example.com");
    want_ok(staff_set(&s->r.d, s->number,
                      STAFF_ANY)); /* so that no route is closed for another reason */
    s->site = (struct site){.policy = policy_of_now(&s->r),
                            .operator_name = TEXT("Tester"),
                            .operator_contact = TEXT("x@example.com"),
                            .version = TEXT("0"),
                            .health = &health,
                            .api_path = api_path,
                            .api_known = api_known,
                            .catalog = no_apis};
}

static void publish(struct scene *s, int number, const char *effective, const char *sentences) {
    int64_t second = records_account(&s->r, text_say_in(&s->r.arena, "second%d", number), NULL);
    want_ok(staff_set(&s->r.d, second, STAFF_PRIVACY));
    struct publish p = {.number = number,
                        .effective = effective,
                        .sentences = sentences,
                        .facts = "",
                        .kinds = 1 << CHANGE_RIGHTS,
                        .by = s->number,
                        .second = second};
    want_ok(policy_publish(&s->r, &p, NULL));
    s->site.policy = policy_of_now(&s->r);
}

static void say(struct scene *s, const char *version, const char *act) {
    struct account a;
    struct consent given;
    const struct consent_wish wish = {
        .version = text_c(version), .act = text_c(act), .language = TEXT("en")};
    want_ok(account_read(&s->r.d, s->number, &a));
    want_ok(consent_give(&s->r.d, s->site.policy, &a, &wish, &given));
}

static struct answer ask_page(struct scene *s, const char *path) {
    struct text cookie;
    struct answer answer;
    want_ok(session_start(&s->r.d, s->number, &cookie));
    struct request q = {.method = TEXT("GET"),
                        .path = text_c(path),
                        .accept = TEXT("text/html"),
                        .cookie = text_format_in(&s->r.arena, "sid=%.*s", TEXT_ARG(cookie))};
    site_answer(&s->site, &s->r.d, &q, &answer);
    return answer;
}

/* One request with a session of its own: some routes end theirs. */
static struct answer ask(struct scene *s, const char *method, const char *path) {
    struct text cookie;
    struct answer answer;
    want_ok(session_start(&s->r.d, s->number, &cookie));
    struct request q = {.method = text_c(method),
                        .path = text_c(path),
                        .origin = TEXT("http://here"),
                        .host = TEXT("here"),
                        .content_type = TEXT("application/json"),
                        .body = TEXT("{}"),
                        .cookie = text_format_in(&s->r.arena, "sid=%.*s", TEXT_ARG(cookie))};
    site_answer(&s->site, &s->r.d, &q, &answer);
    return answer;
}

/* The path of a route with something in each of its holes. */
static const char *path_of(struct arena *a, const struct route *r) {
    struct text rest = text_c(r->path);
    const char *path = "";
    for (size_t at; (at = text_find(rest, TEXT("{}"))) != SIZE_MAX; rest = text_from(rest, at + 2))
        path = text_say_in(a, "%s%.*sabc", path, (int)at, rest.bytes);
    return text_say_in(a, "%s%.*s", path, TEXT_ARG(rest));
}

/* Reading, comparing, agreeing, declining, exporting, cancelling, feedback, log-out; what
 * cancelling may need first (proving the log-in anew, leaving an organisation); seeing what was
 * done to one's data, and objecting. Nothing else is open. */
static bool may_be_open(const struct route *r) {
    static const char *const open[] = {"DELETE /account",
                                       "GET /account/export",
                                       "GET /account/data",
                                       "GET /account/erasure",
                                       "GET /account/feedback",
                                       "GET /account/holds",
                                       "GET /account/disclosures",
                                       "GET /account/accesses",
                                       "GET /account/objections",
                                       "POST /account/objections",
                                       "POST /account/erasure",
                                       "GET /account/consents",
                                       "POST /account/consents",
                                       "POST /account/logout",
                                       "GET /account/sessions",
                                       "DELETE /account/sessions",
                                       "DELETE /account/sessions/{}",
                                       "POST /account/fresh",
                                       "POST /account/fresh/challenge",
                                       "DELETE /account/organisations/{}/members/{}",
                                       "GET /account/holds",
                                       "GET /account/accesses",
                                       "GET /account/disclosures",
                                       "GET /account/objections",
                                       "POST /account/objections",
                                       "GET /account/feedback"};
    char name[200];
    snprintf(name, sizeof name, "%s %s", r->method, r->path);
    for (size_t i = 0; i < COUNT(open); i++)
        if (strcmp(name, open[i]) == 0)
            return true;
    return text_starts(text_c(r->path), TEXT("/feedback")) ||
           text_starts(text_c(r->path), TEXT("/policy"));
}

static void each_route(struct scene *s, bool is_agreed) {
    unsigned closed = 0, open = 0;
    for (unsigned t = 0; site_routes[t]; t++) {
        for (const struct route *r = site_routes[t]; r->path; r++) {
            if (!(r->needs & (ROUTE_SESSION | ROUTE_STAFF)) || (r->needs & ROUTE_DEVELOPMENT))
                continue;
            if ((r->needs & ROUTE_UNAGREED) && !may_be_open(r))
                fail_msg("%s %s is open to whoever has not agreed", r->method, r->path);
            if (strcmp(r->path, "/account") == 0 && strcmp(r->method, "DELETE") == 0 && is_agreed)
                continue; /* without a password it does nothing; asked below */
            bool is_closed = !is_agreed && !(r->needs & ROUTE_UNAGREED);
            struct answer a = ask(s, r->method, path_of(&s->r.arena, r));
            if ((a.status == 451) != is_closed)
                fail_msg("%s %s answers %d", r->method, r->path, a.status);
            want((a.policy_update.length > 0) == !is_agreed);
            closed += is_closed;
            open += !is_closed;
        }
    }
    want(open >= 4 && (is_agreed || closed >= 10));
}

TEST(rows_U5_fault_22__every_route_by_who_agreed_and_who_did_not) {
    struct scene s;
    scene_open(&s);
    each_route(&s, true); /* of the first version: nothing is demanded */
    say(&s, "1", "agree");
    each_route(&s, true);
    publish(&s, 2, NULL, "[f1] See, correct, export;[s5] Cancel;[u1] It changes more");
    each_route(&s, false);
    say(&s, "2", "decline"); /* the frozen state */
    each_route(&s, false);
    say(&s, "2", "next");
    each_route(&s, true);
    say(&s, "2", "decline"); /* withdrawn again */
    each_route(&s, false);
    records_close(&s.r);
}

TEST(fault_22__the_refusal_says_what_to_read_and_where_to_answer) {
    struct scene s;
    json_t *json;
    scene_open(&s);
    say(&s, "1", "agree");
    publish(&s, 2, NULL, "[f1] See, correct, export;[s5] Cancel;[u1] It changes more");
    struct answer a = ask(&s, "GET", "/account");
    want_int(a.status, 451);
    want_ok(json_parse(&s.r.arena, a.body, &json));
    want_text(json_member_text(json, "error"), "policy_consent_required");
    want_text(json_member_text(json, "version"), "2");
    want_text(json_member_text(json, "text"), "/policy/2");
    want_text(json_member_text(json, "difference"), "/policy/1...2");
    json_decref(json);
    records_close(&s.r);
}

TEST(fault_22__an_old_session_and_a_second_tab_are_asked_too) {
    struct scene s;
    struct text old;
    struct answer answer;
    scene_open(&s);
    want_ok(session_start(&s.r.d, s.number, &old));
    struct request q = {.method = TEXT("GET"),
                        .path = TEXT("/account"),
                        .cookie = text_format_in(&s.r.arena, "sid=%.*s", TEXT_ARG(old))};
    site_answer(&s.site, &s.r.d, &q, &answer);
    want_int(answer.status, 200);
    publish(&s, 2, NULL, "[f1] See, correct, export;[s5] Cancel;[u1] It changes more");
    site_answer(&s.site, &s.r.d, &q, &answer);
    want_int(answer.status, 451);
    say(&s, "2", "agree"); /* in another tab */
    site_answer(&s.site, &s.r.d, &q, &answer);
    want_int(answer.status, 200);
    records_close(&s.r);
}

TEST(row_U4__the_announcement_stays_until_the_person_agrees) {
    struct scene s;
    struct policy_demand demand;
    scene_open(&s);
    say(&s, "1", "agree");
    want(text_find(ask(&s, "GET", "/").body, TEXT("class=\"notice\"")) == SIZE_MAX);
    publish(&s, 2, "2027-02-15", "[f1] See, correct, export;[s5] Cancel;[u1] It changes more");
    struct answer a = ask(&s, "GET", "/status");
    want(text_find(a.body, TEXT("<aside class=\"notice\"")) != SIZE_MAX);
    want(text_find(a.body, TEXT("href=\"/policy/1...2\"")) != SIZE_MAX);
    want_text(a.policy_update, "version=2; by=2027-02-15T00:00:00Z");
    want(a.is_private);
    struct request stranger = {.method = TEXT("GET"), .path = TEXT("/")};
    site_answer(&s.site, &s.r.d, &stranger, &a);
    want(text_find(a.body, TEXT("<aside class=\"notice\"")) !=
         SIZE_MAX);                                   /* announced to everybody */
    want_int(ask(&s, "GET", "/account").status, 200); /* and nothing is closed before the day */
    want_ok(publication_demand(&s.r.d, &demand));
    s.r.d.now_ms = demand.next_ms;
    s.site.policy = policy_of_now(&s.r);
    want(text_find(ask(&s, "GET", "/").body, TEXT("<aside class=\"notice\"")) != SIZE_MAX);
    want_int(ask(&s, "GET", "/account").status, 451);
    say(&s, "2", "agree");
    a = ask(&s, "GET", "/");
    want(text_find(a.body, TEXT("<aside class=\"notice\"")) == SIZE_MAX);
    want_int(a.policy_update.length, 0);
    records_close(&s.r);
}

TEST(row_U6__the_buttons_stand_where_what_differs_is_shown_and_need_no_script) {
    static const char *const buttons[] = {"value=\"agree\"", "value=\"next\"", "value=\"decline\""};
    struct scene s;
    struct text cookie;
    struct answer a;
    scene_open(&s);
    say(&s, "1", "agree");
    publish(&s, 2, NULL, "[f1] See, correct, export;[s5] Cancel;[u1] It changes more");
    a = ask_page(&s, "/account"); /* a browser is led to what differs */
    want_int(a.status, 303);
    want_text(a.location, "/policy/1...2");
    for (size_t i = 0; i < COUNT(buttons); i++) {
        want(text_find(ask_page(&s, "/policy/1...2").body, text_c(buttons[i])) != SIZE_MAX);
        want(text_find(ask_page(&s, "/status").body, text_c(buttons[i])) == SIZE_MAX);
    }
    struct text served = digest_print_in(&s.r.arena, &policy_in_force(s.site.policy)->digest);
    want(text_find(ask_page(&s, "/policy/1...2").body, served) != SIZE_MAX);
    want_ok(session_start(&s.r.d, s.number, &cookie));
    struct request form = {
        .method = TEXT("POST"),
        .path = TEXT("/account/consents"),
        .accept = TEXT("text/html"),
        .origin = TEXT("http://here"),
        .host = TEXT("here"),
        .content_type = TEXT("application/x-www-form-urlencoded"),
        .body = text_format_in(&s.r.arena, "version=2&served=%.*s&act=next", TEXT_ARG(served)),
        .cookie = text_format_in(&s.r.arena, "sid=%.*s", TEXT_ARG(cookie))};
    site_answer(&s.site, &s.r.d, &form, &a);
    want_int(a.status, 303);
    want_int(ask(&s, "GET", "/account").status, 200);
    records_close(&s.r);
}

TEST(row_U2__who_has_not_agreed_can_still_export_when_the_new_version_takes_it_away) {
    struct scene s;
    scene_open(&s);
    say(&s, "1", "agree");
    publish(&s, 2, NULL, "[s5] Cancel;[u1] It changes");
    want_int(ask(&s, "GET", "/account/export").status, 200);
    say(&s, "2", "decline");
    want_int(ask(&s, "GET", "/account/export").status, 200);
    say(&s, "2", "agree");
    want_int(ask(&s, "GET", "/account/export").status, 410);
    publish(&s, 3, NULL,
            "[s5] Cancel;[u1] It changes;[f1] See, correct, export"); /* given back: to everybody */
    want_int(ask(&s, "GET", "/account/export").status, 200);
    records_close(&s.r);
}

TESTS(RUN(row_U6__the_buttons_stand_where_what_differs_is_shown_and_need_no_script),
      RUN(rows_U5_fault_22__every_route_by_who_agreed_and_who_did_not),
      RUN(fault_22__the_refusal_says_what_to_read_and_where_to_answer),
      RUN(fault_22__an_old_session_and_a_second_tab_are_asked_too),
      RUN(row_U4__the_announcement_stays_until_the_person_agrees),
      RUN(row_U2__who_has_not_agreed_can_still_export_when_the_new_version_takes_it_away))
