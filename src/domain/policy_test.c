/* policy_test.c: the policy read, linted, mapped; what was published stays as it was. */
#include "domain/policy.h"
#include "domain/legal.h"
#include "domain/policy_lint.h"
#include "domain/policy_mark.h"
#include "domain/promise.h"
#include "test.h"

static struct arena arena;
static struct policy policy;

static int open_policy(void **state) {
    (void)state;
    arena_init(&arena, 64 << 20);
    want_ok(policy_read(&arena, policy_texts, &policy));
    return 0;
}

static int close_policy(void **state) {
    (void)state;
    arena_done(&arena);
    return 0;
}

static struct buf findings(void) {
    struct buf b;
    buf_init(&b, &arena, 1 << 20);
    return b;
}

/* A version of one sentence in each of the seven sections; the sentence is the rows' own. */
static struct err small_version(const char *zh, const char *en, struct policy_version *out) {
    struct text source[2];
    const char *say[2] = {zh, en};
    for (unsigned i = 0; i < 2; i++) {
        struct buf b = findings();
        buf_c(&b, "version: 9\npublished: 2026-01-01\neffective: 2026-02-01\ntitle: T\n");
        for (unsigned k = 0; k < POLICY_SECTIONS; k++)
            buf_format(&b, "## H {#%s}\n[x%u] %s\n", policy_sections[k], k, k ? "a" : say[i]);
        source[i] = buf_peek(&b);
    }
    return policy_version_read(&arena, TEXT("9"), source, out);
}

static struct text lint_of(const char *zh, const char *en) {
    struct policy_version v;
    struct buf faults = findings();
    want_ok(small_version(zh, en, &v));
    policy_lint(&v, &faults);
    return buf_peek(&faults);
}

TEST(version_one_is_as_it_was_published) {
    static const char *const hashes[] = {"f14b526afe335f903ee4e4b6c3089f0174bf45fd8165e7706ffe9f22f88397f2",
                                         "0d3ad14013dbc3f2ddc22476909442ed55fbcc46e33574e853d81c7f25713f6b"};
    for (unsigned i = 0; i < 2; i++) {
        struct digest d = hash_sha256(PARTS(policy.versions[0].source[i]));
        want_text(digest_print_in(&arena, &d), hashes[i]);
    }
}

TEST(the_digest_is_that_of_both_files_one_behind_the_other) {
    const struct policy_version *v = policy_in_force(&policy);
    struct text both = text_format_in(&arena, "%.*s%.*s", TEXT_ARG(v->source[0]), TEXT_ARG(v->source[1]));
    struct digest d = hash_sha256(PARTS(both));
    want(digest_equal(&d, &v->sha256));
    struct digest abc = hash_sha256(PARTS(TEXT("a"), TEXT(""), TEXT("bc"))); /* FIPS 180-4's own example */
    want_text(digest_print_in(&arena, &abc), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(row_H1_both_languages_name_the_same_days) {
    static const struct {
        const char *zh, *en, *say;
    } rows[] = {
        {"2026-01-01\neffective: 2026-02-01", "2026-01-01\neffective: 2026-02-01", NULL},
        {"2026-01-01\neffective: 2026-02-01", "2026-01-02\neffective: 2026-02-01", "names another day"},
        {"2026-01-01\neffective: 2026-02-01", "2026-01-01\neffective: 2026-02-02", "names another day"},
        {"2026-01-01", "2026-01-01", "is missing"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct policy_version v;
        struct text source[] = {
            text_format_in(&arena, "version: 9\ntitle: T\npublished: %s\n## H {#a}\n[b] c\n", rows[i].zh),
            text_format_in(&arena, "version: 9\ntitle: T\npublished: %s\n## H {#a}\n[b] c\n", rows[i].en)};
        struct err e = policy_version_read(&arena, TEXT("9"), source, &v);
        want(rows[i].say ? e.kind == ERR_CONFIG && strstr(e.say, rows[i].say) : !e.kind);
    }
}

TEST(a_text_that_is_none_is_refused_with_its_line) {
    static const struct {
        const char *body, *say;
    } rows[] = {
        {"## H\n[a] b\n", "line 5: a line is"},           {"## H {#}\n", "line 5: a line is"},
        {"## H {#s}\n[a] b\n[a] c\n", "given before"},    {"## H {#s}\nwords\n", "line 6: a line is"},
        {"## } H {#s\n", "line 5: a line is"},            {"##\n", "line 5: a line is"},
        {"## H {#s}\n[a]\n", "line 6: a line is"},        {"## {#s}\n[a] b\n", "line 5: a line is"},
        {"## H {#s}\n[a] \xFF\n", "UTF-8"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct policy_version v;
        struct text one = text_format_in(
            &arena, "version: 9\npublished: 2026-01-01\neffective: 2026-01-01\ntitle: T\n%s", rows[i].body);
        struct err e = policy_version_read(&arena, TEXT("9"), (const struct text[]){one, one}, &v);
        want(e.kind == ERR_CONFIG && strstr(e.say, rows[i].say));
    }
}

TEST(row_H2_three_hundred_characters_are_a_minute) {
    static const struct {
        size_t characters;
        unsigned minutes;
    } rows[] = {{0, 0}, {1, 1}, {300, 1}, {301, 2}, {2400, 8}, {2401, 9}, {2521, 9}, {2700, 9}, {2701, 10}};
    for (size_t i = 0; i < COUNT(rows); i++)
        want_int(policy_minutes_of(rows[i].characters), rows[i].minutes);
    /* only Chinese characters count, in a text of 2,521 of them: neither marks nor Latin letters */
    struct buf b = findings();
    struct policy_version v;
    for (unsigned i = 0; i < 2521; i++)
        buf_c(&b, i % 7 ? "字" : "，latin 7字");
    want_ok(small_version(text_c_in(&arena, buf_peek(&b)), "a", &v));
    want_int(policy_reading_minutes(&v), 9);
    for (unsigned i = 0; i < policy.count; i++)
        want(policy_reading_minutes(&policy.versions[i]) > 0);
}

TEST(row_I7_the_seven_sections_are_there_in_their_order) {
    const struct policy_version *v = policy_in_force(&policy);
    struct buf faults = findings();
    want_int(policy_lint(v, &faults), 0);
    unsigned found = 0;
    for (unsigned i = 0; i < v->line_count; i++)
        found += found < POLICY_SECTIONS && text_equal_c(v->lines[i].id, policy_sections[found]);
    want_int(found, POLICY_SECTIONS);
    for (unsigned missing = 0; missing < POLICY_SECTIONS; missing++) {
        struct policy_version less = *v;
        less.lines = arena_alloc(&arena, v->line_count * sizeof *less.lines);
        less.line_count = 0;
        for (unsigned i = 0; i < v->line_count; i++)
            if (!text_equal_c(v->lines[i].id, policy_sections[missing]))
                less.lines[less.line_count++] = v->lines[i];
        struct buf said = findings();
        want_int(policy_lint(&less, &said), 1);
        want(text_find(buf_peek(&said), text_c(policy_sections[missing])) != SIZE_MAX);
    }
}

TEST(row_D3_every_word_for_sensitive_information_is_bold) {
    static const char *const zh[] = {"生物识别", "宗教信仰", "特定身份", "医疗健康", "金融账户",
                                     "行踪轨迹", "不满十四周岁未成年人的个人信息"};
    static const char *const en[] = {"biometrics", "Religious belief", "specific identity", "medical and health",
                                     "financial accounts", "Whereabouts", "personal information of minors below 14"};
    for (size_t i = 0; i < COUNT(zh); i++) {
        const char *bold = text_say_in(&arena, "我们不收集**%s**。", zh[i]);
        const char *bare = text_say_in(&arena, "我们不收集%s。", zh[i]);
        const char *bold_en = text_say_in(&arena, "No **%s** here.", en[i]);
        const char *bare_en = text_say_in(&arena, "No %s here.", en[i]);
        want_int(lint_of(bold, bold_en).length, 0);
        want(text_find(lint_of(bare, bold_en), TEXT("[x0] zh: a word for sensitive")) != SIZE_MAX);
        want(text_find(lint_of(bold, bare_en), TEXT("[x0] en: a word for sensitive")) != SIZE_MAX);
    }
}

TEST(the_lint_names_what_may_not_stand_in_a_text) {
    static const struct {
        const char *en, *say;
    } rows[] = {
        {"Write to {{operator_contact}}, see /feedback ^[pipl-14]", ""},
        {"GB/T 35273-2020 of 2020-10-01", ""},
        {"Write to privacy@example.com", "contacts come from the configuration"},
        {"Call 13800138000", "a number of somebody"},
        {"Call 400-123-4567", "a number of somebody"},
        {"As **bold begins", "a mark does not end"},
        {"As {{operator_name", "a mark does not end"},
        {"As the law says ^[pipl", "a mark does not end"},
        {"By {{operator_nick}}", "the configuration has no such word: operator_nick"},
        {"As in ^[pip-14]", "legal_refs.tsv has no such law: pip-14"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct text said = lint_of("甲", rows[i].en);
        want(rows[i].say[0] ? text_find(said, text_c(rows[i].say)) != SIZE_MAX : said.length == 0);
    }
}

TEST(row_C2_sentences_that_cite_replaced_laws_are_listed) {
    struct policy_version v;
    struct buf none = findings(), some = findings(), now = findings();
    want_ok(small_version("甲^[pipl-14]^[csl-2025]", "a", &v));
    want_int(policy_law_drift(&v, &none), 0);
    want_ok(small_version("甲^[csl-2016-21]^[gbt35273-2017]^[pipl]", "a", &v));
    want_int(policy_law_drift(&v, &some), 2);
    want_text(buf_peek(&some), "[x0] cites csl-2016, which was replaced by csl-2025\n"
                               "[x0] cites gbt35273-2017, which was replaced by gbt35273-2020\n");
    /* version 2 names the old standard once, to say that it no longer counts */
    want_int(policy_law_drift(&policy.versions[1], &now), 1);
}

TEST(a_law_is_cited_with_or_without_its_article) {
    static const struct {
        const char *citation, *code, *article;
    } rows[] = {
        {"pipl", "pipl", ""},           {"pipl-14", "pipl", "14"},  {"csl-2016", "csl-2016", ""},
        {"csl-2016-21", "csl-2016", "21"}, {"app-practice", "app-practice", ""}, {"pipl-x", NULL, ""},
        {"", NULL, ""},                 {"-1", NULL, ""},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct text article;
        const struct legal_ref *r = legal_ref_find(text_c(rows[i].citation), &article);
        want(rows[i].code ? r && strcmp(r->code, rows[i].code) == 0 : !r);
        want_text(article, rows[i].article);
    }
}

TEST(marks_are_cut_out_of_a_sentence) {
    static const struct {
        const char *say, *pieces;
    } rows[] = {
        {"", ""},
        {"甲", "p:甲"},
        {"a **b** c", "p:a |s:b|p: c"},
        {"{{operator_name}}x", "w:operator_name|p:x"},
        {"a^[pipl-14]^[dsl].", "p:a|l:pipl-14|l:dsl|p:."},
        {"see /cookies, or /policy.atom.", "p:see |g:/cookies|p:, or |g:/policy.atom|p:."},
        {"在 /feedback 留言", "p:在 |g:/feedback|p: 留言"},
        {"GB/T and/or 1/2 //x", "p:GB/T and/or 1/2 //x"},
        {"**", "p:**"},
        {"****", "p:****"},
        {"a {{b", "p:a {{b"},
    };
    static const char letters[] = {'p', 's', 'w', 'l', 'g'};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf b = findings();
        struct text rest = text_c(rows[i].say);
        struct policy_piece piece;
        while (policy_piece_next(&rest, &piece))
            buf_format(&b, "%s%c:%.*s", b.length ? "|" : "", letters[piece.kind], TEXT_ARG(piece.text));
        want_text(buf_peek(&b), rows[i].pieces);
    }
    const struct policy_words words = {.name = TEXT("N"), .court = {TEXT("Z"), TEXT("E")}};
    want_text(policy_plain_in(&arena, TEXT("{{operator_name}} **b** at {{operator_court}}^[dsl]"), &words, 1),
              "N b at E");
}

TEST(every_sentence_of_the_newest_version_rests_on_something) {
    const struct policy_version *v = policy_in_force(&policy);
    struct buf faults = findings();
    want_int(policy_promises_check(&arena, v, &faults), 0);
    /* a changed word, and a sentence that nobody mapped */
    struct policy_version other = *v;
    other.lines = arena_alloc(&arena, v->line_count * sizeof *other.lines);
    memcpy(other.lines, v->lines, v->line_count * sizeof *other.lines);
    other.lines[1].say[1] = TEXT("Otherwise.");
    other.lines[2].id = TEXT("zz");
    want_int(policy_promises_check(&arena, &other, &faults), 2);
    want(text_find(buf_peek(&faults), TEXT("[zz]: policy/promises.toml does not say")) != SIZE_MAX);
    want(text_find(buf_peek(&faults), TEXT("the sentence is not the one")) != SIZE_MAX);
    for (const struct promise *p = policy_promises; p->id; p++)
        if (p->sha256 && (p->kind == KIND_PROMISE || p->kind == KIND_RIGHT))
            want(p->probe && p->max_age_s >= 3600);
}

TEST(row_U14_a_version_is_found_by_its_number_and_by_its_digests) {
    for (unsigned i = 0; i < policy.count; i++) {
        const struct policy_version *v = &policy.versions[i];
        want(policy_find(&policy, v->version) == v);
        want(policy_find(&policy, digest_print_in(&arena, &v->digest)) == v);
        want(policy_find(&policy, digest_print_in(&arena, &v->sha256)) == v);
        want(policy_before(&policy, v) == (i ? v - 1 : NULL));
    }
    struct digest other = hash_of(TEXT("another"));
    want(policy_find(&policy, digest_print_in(&arena, &other)) == NULL);
    want(policy_find(&policy, TEXT("")) == NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RUN(version_one_is_as_it_was_published),
        RUN(the_digest_is_that_of_both_files_one_behind_the_other),
        RUN(row_H1_both_languages_name_the_same_days),
        RUN(a_text_that_is_none_is_refused_with_its_line),
        RUN(row_H2_three_hundred_characters_are_a_minute),
        RUN(row_I7_the_seven_sections_are_there_in_their_order),
        RUN(row_D3_every_word_for_sensitive_information_is_bold),
        RUN(the_lint_names_what_may_not_stand_in_a_text),
        RUN(row_C2_sentences_that_cite_replaced_laws_are_listed),
        RUN(a_law_is_cited_with_or_without_its_article),
        RUN(marks_are_cut_out_of_a_sentence),
        RUN(every_sentence_of_the_newest_version_rests_on_something),
        RUN(row_U14_a_version_is_found_by_its_number_and_by_its_digests),
    };
    return cmocka_run_group_tests(tests, open_policy, close_policy);
}
