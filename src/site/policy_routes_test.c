/* policy_routes_test.c: the policy's pages without a server. */
#include "codec/json_in.h"
#include "domain/policy_compare.h"
#include "domain/probe.h"
#include "domain/promise.h"
#include "records.h"
#include "site/site.h"

static struct records records;
static struct policy policy;
static struct site_health health;
static const struct endpoint *const no_apis[] = {NULL};

static struct text api_path(uint32_t id) { (void)id; return TEXT(""); }
static bool api_known(struct text path) { (void)path; return false; }

static struct site site_of(void) {
    return (struct site){.policy = &policy,
                         .operator_name = TEXT("Grey Heron <Ltd>"),
                         .operator_contact = TEXT("heron@example.com"),
                         .operator_address = TEXT("1 Reed Lane"),
                         .version = TEXT("0"),
                         .health = &health,
                         .api_path = api_path,
                         .api_known = api_known,
                         .catalog = no_apis};
}

static struct answer ask_of(const struct site *site, const char *path, const char *query) {
    struct request q = {.method = TEXT("GET"), .path = text_c(path), .query = text_c(query), .host = TEXT("here")};
    struct answer answer;
    site_answer(site, &records.d, &q, &answer);
    return answer;
}

static struct text page_of(const char *path, const char *query) {
    struct site site = site_of();
    struct answer answer = ask_of(&site, path, query);
    want_int(answer.status, 200);
    return answer.body;
}

static bool has(struct text t, const char *what) { return text_find(t, text_c(what)) != SIZE_MAX; }

static int open_all(void **state) {
    (void)state;
    records_open(&records);
    want_ok(policy_read(&records.arena, policy_texts, &policy));
    return 0;
}

static int close_all(void **state) {
    (void)state;
    records_close(&records);
    return 0;
}

TEST(row_H1_both_dates_come_from_one_row) {
    static const char *const pages[] = {"/policy", "/policy/1", "/policy/archive", "/policy.json", "/policy.atom",
                                        "/policy/children"};
    struct policy_version *last = &policy.versions[policy.count - 1], *first = &policy.versions[0];
    struct policy_version kept[2] = {*first, *last};
    first->published = last->published = TEXT("2031-02-03");
    first->effective = last->effective = TEXT("2031-04-05");
    for (size_t i = 0; i < COUNT(pages); i++) {
        struct text page = page_of(pages[i], "");
        want(has(page, "2031-02-03") && has(page, "2031-04-05"));
        want(!text_equal(kept[1].published, first->published) &&
             text_find(page, kept[1].published) == SIZE_MAX);
    }
    *first = kept[0];
    *last = kept[1];
}

TEST(row_H2_the_page_tells_the_minutes_of_its_version) {
    for (unsigned i = 0; i < policy.count; i++) {
        unsigned minutes = policy_reading_minutes(&policy.versions[i]);
        const char *path = text_say_in(&records.arena, "/policy/%u", i + 1);
        want(has(page_of(path, "lang=zh"), text_say_in(&records.arena, "约 %u 分钟", minutes)));
        want(has(page_of(path, "lang=en"), text_say_in(&records.arena, "about %u minutes", minutes)));
    }
    want(policy_reading_minutes(&policy.versions[0]) != policy_reading_minutes(&policy.versions[1]));
}

TEST(rows_I1_D1__name_and_contact_come_from_one_source) {
    static const char *const pages[] = {"/policy", "/policy/1", "/policy/2", "/policy/1...2", "/policy/children",
                                        "/policy.atom"};
    for (size_t i = 0; i < COUNT(pages); i++) {
        struct text page = page_of(pages[i], i % 2 ? "lang=en" : "");
        want(has(page, "Grey Heron &lt;Ltd&gt;") && !has(page, "Grey Heron <Ltd>"));
        want(!has(page, "{{"));
    }
    want(has(page_of("/policy", ""), "heron@example.com") && has(page_of("/policy", ""), "1 Reed Lane"));
    want(has(page_of("/policy.json", ""), "Grey Heron <Ltd>"));
    /* and no text of the policy names anybody itself */
    for (unsigned i = 0; i < policy.count; i++)
        for (unsigned k = 0; k < 2; k++)
            want(!has(policy.versions[i].source[k], "@") && has(policy.versions[i].source[k], "{{operator_name}}"));
}

TEST(row_I7_every_anchor_of_the_contents_resolves) {
    static const char *const sections[] = {"definitions", "collection", "protection", "sharing",
                                           "cookies",     "updates",    "contact"};
    for (unsigned language = 0; language < 2; language++) {
        struct text page = page_of("/policy", language ? "lang=en" : "lang=zh"), rest = page;
        for (size_t i = 0; i < COUNT(sections); i++) {
            want(has(page, text_say_in(&records.arena, "href=\"#%s\"", sections[i])));
            want(has(page, text_say_in(&records.arena, "<section id=\"%s\"", sections[i])));
        }
        for (size_t at; (at = text_find(rest, TEXT("href=\"#"))) != SIZE_MAX;) {
            rest = text_from(rest, at + 7);
            struct text id = text_part(rest, 0, text_find_char(rest, '"'));
            want(has(page, text_say_in(&records.arena, "id=\"%.*s\"", TEXT_ARG(id))));
        }
        want(has(page, language ? "<html lang=\"en\">" : "<html lang=\"zh-CN\">"));
    }
}

TEST(row_D3_sensitive_words_are_bold_on_the_page) {
    struct text page = page_of("/policy", "lang=zh"), english = page_of("/policy", "lang=en");
    want(has(page, "<strong class=\"sens\">生物识别</strong>"));
    want(has(page, "<strong class=\"sens\">不满十四周岁未成年人的个人信息</strong>"));
    want(has(english, "<strong class=\"sens\">biometrics</strong>"));
    want(!has(page, "**") && !has(english, "**") && !has(page, "^["));
}

TEST(row_C2_a_replaced_standard_names_its_successor_in_the_footnote) {
    struct text page = page_of("/policy", "lang=zh"), english = page_of("/policy", "lang=en");
    want(has(page, "(GB/T 35273-2017) (2017), 2018-05-01 起施行; <strong>已被信息安全技术 个人信息安全规范 "
                   "(GB/T 35273-2020)（2020）取代，自 2020-10-01 起</strong>"));
    want(has(english, "replaced by Information security technology"));
    want(has(page, "第 14 条"));
}

TEST(row_U3_the_difference_lists_every_changed_id) {
    struct policy_difference *all;
    unsigned count = policy_compare(&records.arena, &policy.versions[0], &policy.versions[1], &all);
    struct text page = page_of("/policy/1...2", "lang=zh");
    for (unsigned i = 0; i < count; i++) {
        struct text id = (all[i].after ? all[i].after : all[i].before)->id;
        want(has(page, text_say_in(&records.arena, "<section class=\"differs %s\" id=\"s-%.*s\">",
                                   policy_change_name(all[i].change), TEXT_ARG(id))));
    }
    want(has(page, "<ins>") && has(page, "<del>"));
    want(has(page_of("/policy", ""), "href=\"/policy/1...2\""));
    want(has(page_of("/policy.atom", ""), "href=\"http://here/policy/1...2\""));
    want(has(page_of("/policy/2...2", "lang=en"), "The two versions do not differ."));
}

TEST(row_U14_every_version_stays_to_be_read) {
    struct site site = site_of();
    struct text archive = page_of("/policy/archive", "");
    for (unsigned i = 0; i < policy.count; i++) {
        const struct policy_version *v = &policy.versions[i];
        struct text hexes[] = {digest_print_in(&records.arena, &v->sha256), digest_print_in(&records.arena, &v->digest)};
        for (unsigned k = 0; k < 2; k++) {
            const char *path = text_say_in(&records.arena, "/policy/%.*s", TEXT_ARG(hexes[k]));
            want(text_find(archive, hexes[k]) != SIZE_MAX);
            want(text_equal(page_of(path, ""), page_of(text_say_in(&records.arena, "/policy/%u", i + 1), "")));
        }
        struct text files[2];
        for (unsigned k = 0; k < 2; k++)
            files[k] = page_of(text_say_in(&records.arena, "/policy/archive/%u.%s.md", i + 1, k ? "en" : "zh"), "");
        struct digest d = hash_sha256(files, 2);
        want(digest_equal(&d, &v->sha256));
    }
    static const char *const none[] = {"/policy/0", "/policy/99", "/policy/1...99", "/policy/...", "/policy/1...",
                                       "/policy/archive/99.zh.md", "/policy/archive/1.fr.md", "/policy/archive/.zh.md"};
    for (size_t i = 0; i < COUNT(none); i++)
        want_int(ask_of(&site, none[i], "").status, 404);
}

/* Law: what the page says of a promise is what the last run of its probe said, as long as it is young. */
TEST(beside_a_promise_stands_when_it_was_proved) {
    static const struct {
        int64_t age_ms;
        bool ok;
        const char *page, *json;
    } rows[] = {
        {60000, true, "class=\"proof good\" href=\"/proofs/canary_consent\"", "\"ok\":true"},
        {60000, false, "class=\"proof bad\" href=\"/proofs/canary_consent\"", "\"ok\":false"},
        {26 * 3600000, true, "check is overdue, last", "\"ok\":false"},
    };
    want(has(page_of("/policy", "lang=en"), "not yet proved"));
    want(has(page_of("/policy.json", ""), "\"proved\":null"));
    int64_t now_ms = records.d.now_ms;
    for (size_t i = 0; i < COUNT(rows); i++) {
        want_ok(probe_put(&records.d, PROBE_canary_consent, rows[i].ok, TEXT("")));
        records.d.now_ms += rows[i].age_ms;
        want(has(page_of("/policy", "lang=en"), rows[i].page));
        want(has(page_of("/policy.json", ""), rows[i].json));
    }
    records.d.now_ms = now_ms;
}

TEST(the_json_has_every_sentence_in_both_languages) {
    json_t *json;
    size_t at;
    json_t *row;
    want_ok(json_parse(&records.arena, page_of("/policy.json", ""), &json));
    const json_t *sentences = json_object_get(json, "sentences");
    unsigned wanted = 0;
    for (unsigned i = 0; i < policy_in_force(&policy)->line_count; i++)
        wanted += !policy_in_force(&policy)->lines[i].is_heading;
    want_int(json_array_size(sentences), wanted);
    json_array_foreach((json_t *)sentences, at, row) {
        const struct promise *p = promise_of(json_member_text(row, "id"));
        want(p && json_member_text(row, "zh").length && json_member_text(row, "en").length);
        want_text(json_member_text(row, "kind"), promise_kind_name(p->kind));
        want(!has(json_member_text(row, "zh"), "**") && !has(json_member_text(row, "en"), "^["));
    }
    want(json_integer_value(json_object_get(json, "reading_minutes")) ==
         policy_reading_minutes(policy_in_force(&policy)));
    json_decref(json);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RUN(row_H1_both_dates_come_from_one_row),
        RUN(row_H2_the_page_tells_the_minutes_of_its_version),
        RUN(rows_I1_D1__name_and_contact_come_from_one_source),
        RUN(row_I7_every_anchor_of_the_contents_resolves),
        RUN(row_D3_sensitive_words_are_bold_on_the_page),
        RUN(row_C2_a_replaced_standard_names_its_successor_in_the_footnote),
        RUN(row_U3_the_difference_lists_every_changed_id),
        RUN(row_U14_every_version_stays_to_be_read),
        RUN(beside_a_promise_stands_when_it_was_proved),
        RUN(the_json_has_every_sentence_in_both_languages),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
