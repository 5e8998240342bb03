/* publication_test.c: the laws of the policy's versions: dates, kinds, persons, rights,
 * assessments. */
#include "base/clock.h"
#include "domain/assessment.h"
#include "domain/consent.h"
#include "domain/rights.h"
#include "policies.h"

static const int64_t day_ms = 86400000;

static int64_t staff_account(struct records *r, const char *name, unsigned roles) {
    int64_t number = records_account(r, name, NULL);
    want_ok(staff_set(&r->d, number, roles));
    return number;
}

static void agree(struct records *r, int64_t account, const char *version) {
    struct account a;
    struct consent given;
    const struct consent_wish wish = {.version = text_c(version), .language = TEXT("en")};
    want_ok(account_read(&r->d, account, &a));
    want_ok(consent_give(&r->d, policy_of_now(r), &a, &wish, &given));
}

TEST(rows_U1_U14__the_shipped_texts_are_archived_once_and_in_force) {
    struct records r;
    struct policy_demand demand;
    const struct published *list;
    records_open(&r);
    policy_first(&r, "[a] A", "x");
    policy_first(&r, "[a] another", "y"); /* a second start changes nothing */
    struct policy *p = arena_alloc(&r.arena, sizeof *p);
    want_ok(publication_read(&r.d, p, &list));
    want_int(p->count, 1);
    want_int(p->scheduled, 0);
    want_text(list[0].facts, "x");
    want_text(text_part(clock_print_utc_in(&r.arena, list[0].effective_ms), 0, 10), "2026-11-24");
    want_ok(publication_demand(&r.d, &demand));
    want_int(demand.now, 0); /* nobody agreed to anything before it */
    records_close(&r);
}

TEST(row_U1__a_version_takes_effect_by_the_clock_and_not_before_its_notice) {
    struct records r;
    struct policy_demand demand;
    records_open(&r);
    policy_first(&r, "[a] A", "");
    struct publish p = {.number = 2,
                        .effective = "2027-02-13",
                        .sentences = "[a] B",
                        .facts = "",
                        .kinds = 1 << CHANGE_OTHER,
                        .notice_days = 30};
    want_err(policy_publish(&r, &p, NULL), ERR_POLICY_CONFLICT); /* 29 days and some hours */
    p.effective = "2027-02-15";
    want_ok(policy_publish(&r, &p, NULL));
    struct policy *now = policy_of_now(&r);
    want_int(now->count, 2);
    want_text(policy_in_force(now)->version, "1");
    want_ok(publication_demand(&r.d, &demand));
    want(demand.now == 0 && demand.next == 2);
    struct publish third = {
        .number = 3, .effective = "2027-03-30", .sentences = "[a] C", .facts = ""};
    want_err(policy_publish(&r, &third, NULL), ERR_POLICY_CONFLICT); /* one at a time */
    r.d.now_ms = demand.next_ms - 1;
    want_text(policy_in_force(policy_of_now(&r))->version, "1");
    r.d.now_ms++;
    want_text(policy_in_force(policy_of_now(&r))->version, "2");
    want_ok(publication_demand(&r.d, &demand));
    want(demand.now == 2 && demand.next == 0);
    records_close(&r);
}

TEST(row_U1__the_text_says_the_dates_that_hold) {
    struct records r;
    records_open(&r);
    policy_first(&r, "[a] A", "");
    struct text wrong = policy_text(&r.arena, 2, "2027-01-14", POLICY_TODAY, "[a] B"), second;
    struct new_version with = {.zh = wrong, .en = wrong};
    struct buf why;
    int64_t number;
    buf_init(&why, &r.arena, 4096);
    want_err(publication_put(&r.d, &with, &why, &number), ERR_POLICY_CONFLICT);
    second = policy_text(&r.arena, 2, POLICY_TODAY, "2027-01-20", "[a] B");
    with =
        (struct new_version){.zh = second, .en = second, .effective_ms = r.d.now_ms + 9 * day_ms};
    want_err(publication_put(&r.d, &with, &why, &number), ERR_POLICY_CONFLICT);
    with.zh = with.en = policy_text(&r.arena, 7, POLICY_TODAY, POLICY_TODAY, "[a] B");
    want_err(publication_put(&r.d, &with, &why, &number), ERR_POLICY_CONFLICT);
    with.zh = with.en = policy_text(&r.arena, 2, POLICY_TODAY, POLICY_TODAY, "[a] A");
    with.effective_ms = 0;
    want_err(publication_put(&r.d, &with, &why, &number), ERR_POLICY_CONFLICT); /* nothing new */
    want_int(policy_of_now(&r)->count, 1);
    records_close(&r);
}

TEST(rows_U7_U8_U9_U10_U11__an_undeclared_kind_is_refused_with_its_lines) {
    static const struct {
        const char *facts;
        unsigned kind;
    } rows[] = {
        {"field a.b purpose=y\n", CHANGE_SERVICE}, {"controller name=B\n", CHANGE_CONTROLLER},
        {"host smtp_host=b\n", CHANGE_SHARING},    {"route GET /account/x\n", CHANGE_RIGHTS},
        {"contact mail=b\n", CHANGE_CONTACT},      {"risk x\n", CHANGE_RISK}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct records r;
        struct buf why;
        records_open(&r);
        buf_init(&why, &r.arena, 4096);
        policy_first(&r, "[a] A", "");
        struct publish p = {.number = 2, .sentences = "[a] B", .facts = rows[i].facts};
        want_err(policy_publish(&r, &p, &why), ERR_POLICY_CHANGE_MAJOR);
        want(text_find(buf_peek(&why), text_trim(text_c(rows[i].facts))) != SIZE_MAX);
        p.kinds =
            (1u << CHANGE_KINDS) - 1 - (1u << rows[i].kind); /* every other kind does not help */
        want_err(policy_publish(&r, &p, &why), ERR_POLICY_CHANGE_MAJOR);
        p.kinds = 1u << rows[i].kind;
        p.sentences = "[a] A"; /* it changed, and the text says nothing of it */
        want_err(policy_publish(&r, &p, &why), ERR_POLICY_CONFLICT);
        p.sentences = "[a] B";
        want_ok(policy_publish(&r, &p, &why));
        records_close(&r);
    }
}

TEST(rows_U10_U13__rights_in_the_text_are_kind_4_and_kind_0_is_anybodys) {
    struct records r;
    struct policy_demand demand;
    records_open(&r);
    policy_first(&r, "[a] A;[e] You can export", "right e GET /account/export\n");
    struct publish p = {
        .number = 2, .sentences = "[a] A", .facts = "right e GET /account/export\n"};
    want_err(policy_publish(&r, &p, NULL), ERR_POLICY_CHANGE_MAJOR); /* removed */
    p.sentences = "[a] A;[e] You may ask for an export";
    want_err(policy_publish(&r, &p, NULL), ERR_POLICY_CHANGE_MAJOR); /* weakened */
    p.sentences = "[a] B;[e] You can export";
    want_ok(policy_publish(&r, &p, NULL)); /* minor: no kind, no consent */
    want_ok(publication_demand(&r.d, &demand));
    want_int(demand.now, 0);
    p = (struct publish){.number = 3,
                         .sentences = "[a] C;[e] You can export",
                         .facts = "right e GET /account/export\n",
                         .kinds = 1 << CHANGE_OTHER};
    want_ok(policy_publish(&r, &p, NULL));
    want_ok(publication_demand(&r.d, &demand));
    want_int(demand.now, 3);
    records_close(&r);
}

TEST(row_U1__two_persons_publish_once_somebody_has_agreed) {
    struct records r;
    records_open(&r);
    policy_first(&r, "[a] A", "");
    int64_t owner = staff_account(&r, "owner", STAFF_OWNER),
            privacy = staff_account(&r, "privacy", STAFF_PRIVACY),
            support = staff_account(&r, "support", STAFF_SUPPORT);
    agree(&r, records_account(&r, "anna", "anna@example.com"), "1");
    struct publish p = {.number = 2, .sentences = "[a] B", .facts = ""};
    want_err(policy_publish(&r, &p, NULL), ERR_FOUR_EYES_REQUIRED);
    p.by = owner;
    want_err(policy_publish(&r, &p, NULL), ERR_FOUR_EYES_REQUIRED);
    p.second = owner;
    want_err(policy_publish(&r, &p, NULL), ERR_FOUR_EYES_REQUIRED);
    p.second = support;
    want_err(policy_publish(&r, &p, NULL), ERR_ROLE_MISSING);
    p.second = privacy;
    want_ok(policy_publish(&r, &p, NULL));
    records_close(&r);
}

TEST(row_U2__a_right_that_was_taken_away_stays_with_whoever_has_not_agreed) {
    struct records r;
    records_open(&r);
    policy_first(&r, "[a] A;[e] You can export", "");
    struct publish p = {
        .number = 2, .sentences = "[a] A;[n] New", .facts = "", .kinds = 1 << CHANGE_RIGHTS};
    want_ok(policy_publish(&r, &p, NULL));
    struct policy *now = policy_of_now(&r);
    want(rights_open(now, 1, TEXT("e")));  /* agreed to 1 */
    want(!rights_open(now, 2, TEXT("e"))); /* agreed to give it up */
    want(rights_open(now, 0, TEXT("e")));  /* never agreed to anything */
    want(rights_open(now, 1, TEXT("n")));  /* new rights are everybody's */
    want(rights_open(now, 2, TEXT("z")));  /* the policy never spoke of it */
    records_close(&r);
}

/* ---- assessments ---- */

static struct assessment good_assessment(const struct records *r) {
    return (struct assessment){.scope = TEXT("feature:recommend account.age"),
                               .purpose = TEXT("p"),
                               .necessity = TEXT("n"),
                               .impact = TEXT("i"),
                               .measures = TEXT("m"),
                               .risk = TEXT("high"),
                               .valid_until_ms = r->d.now_ms + 400 * day_ms};
}

TEST(row_U12__a_high_risk_is_kind_6_and_closes_what_it_is_about) {
    struct records r;
    struct text id;
    bool allows;
    struct facts f;
    struct buf why;
    records_open(&r);
    struct assessment a = good_assessment(&r);
    want_ok(assessment_add(&r.d, &a, 11, &id));
    want_ok(assessment_allows(&r.d, TEXT("feature:recommend"), &allows));
    want(allows); /* nobody has approved it yet */
    want_err(assessment_approve(&r.d, id, 11), ERR_FOUR_EYES_REQUIRED);
    want_ok(assessment_approve(&r.d, id, 12));
    want_err(assessment_approve(&r.d, id, 13), ERR_CONFLICT);
    want_ok(assessment_allows(&r.d, TEXT("feature:recommend"), &allows));
    want(!allows);
    want_ok(assessment_allows(&r.d, TEXT("feature:other"), &allows));
    want(allows);
    facts_init(&f, &r.arena);
    want_ok(facts_add_assessments(&r.d, &f));
    buf_init(&why, &r.arena, 4096);
    want_int(facts_compare(TEXT(""), facts_print_in(&r.arena, &f), &why), 1 << CHANGE_RISK);
    records_close(&r);
}

TEST(row_U12__an_assessment_is_whole_and_kept_three_years) {
    struct records r;
    struct text id;
    records_open(&r);
    struct assessment a = good_assessment(&r), broken = a;
    broken.measures = TEXT("");
    want_err(assessment_add(&r.d, &broken, 11, &id), ERR_FIELD_MISSING);
    broken = a;
    broken.risk = TEXT("none");
    want_err(assessment_add(&r.d, &broken, 11, &id), ERR_FIELD_INVALID);
    broken = a;
    broken.valid_until_ms = r.d.now_ms;
    want_err(assessment_add(&r.d, &broken, 11, &id), ERR_FIELD_INVALID);
    want_ok(assessment_add(&r.d, &a, 11, &id));
    want_err(assessment_delete(&r.d, id, 11), ERR_KEPT_BY_LAW);
    r.d.now_ms += 3 * 365 * day_ms;
    want_err(assessment_delete(&r.d, id, 11), ERR_KEPT_BY_LAW);
    r.d.now_ms += 4 * day_ms;
    want_ok(assessment_delete(&r.d, id, 11));
    want_err(assessment_delete(&r.d, id, 11), ERR_NOT_FOUND);
    records_close(&r);
}

TEST(moments_are_days_of_the_zone_or_seconds) {
    static const struct {
        const char *given, *want;
    } rows[] = {{"2030-01-31", "2030-01-30T16:00:00Z"},
                {"2030-01-31T12:34:56Z", "2030-01-31T12:34:56Z"},
                {"2030-02-30", ""},
                {"2030-01-31T24:00:00Z", ""},
                {"2030-01-31T12:00", ""},
                {"", ""}};
    struct arena a;
    int64_t ms;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        bool good = publication_moment(text_c(rows[i].given), 8, &ms);
        want_text(good ? clock_print_utc_in(&a, ms) : TEXT(""), rows[i].want);
    }
    arena_done(&a);
}

TESTS(RUN(rows_U1_U14__the_shipped_texts_are_archived_once_and_in_force),
      RUN(row_U1__a_version_takes_effect_by_the_clock_and_not_before_its_notice),
      RUN(row_U1__the_text_says_the_dates_that_hold),
      RUN(rows_U7_U8_U9_U10_U11__an_undeclared_kind_is_refused_with_its_lines),
      RUN(rows_U10_U13__rights_in_the_text_are_kind_4_and_kind_0_is_anybodys),
      RUN(row_U1__two_persons_publish_once_somebody_has_agreed),
      RUN(row_U2__a_right_that_was_taken_away_stays_with_whoever_has_not_agreed),
      RUN(row_U12__a_high_risk_is_kind_6_and_closes_what_it_is_about),
      RUN(row_U12__an_assessment_is_whole_and_kept_three_years),
      RUN(moments_are_days_of_the_zone_or_seconds))
