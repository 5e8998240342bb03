/* office_test.c: staff, approvals, looks at persons' data, duties, roster, partners and claims. */
#include "base/clock.h"
#include "domain/access.h"
#include "domain/claims.h"
#include "domain/duty.h"
#include "domain/partner.h"
#include "domain/roster.h"
#include "office_records.h"

static const int64_t day_ms = 86400000;

TEST(an_invitation_works_once_for_its_account_for_fifteen_minutes) {
    struct office o;
    struct account other;
    struct text token, late;
    unsigned roles;
    office_open(&o);
    struct domain *d = &o.r.d;
    want_ok(account_read(d, records_account(&o.r, "somebody", NULL), &other));
    want_ok(staff_invite(d, o.person.number, STAFF_SUPPORT, 0, &token));
    want_err(staff_join(d, &other, token), ERR_INVITE_SPENT);
    want_ok(staff_join(d, &o.person, token));
    want_err(staff_join(d, &o.person, token), ERR_INVITE_SPENT);
    want_ok(staff_roles(d, o.person.number, &roles));
    want_int(roles, STAFF_SUPPORT);
    want_ok(staff_invite(d, other.number, STAFF_OWNER, 0, &late));
    d->now_ms += STAFF_INVITE_MS;
    want_err(staff_join(d, &other, late), ERR_INVITE_SPENT);
    want_int(office_noted(&o, "staff.join"), 1);
    office_close(&o);
}

TEST(the_last_owner_stays) {
    struct office o;
    office_open(&o);
    want_err(staff_end(&o.r.d, &o.owner, 0), ERR_CONFLICT);
    struct staff_member other = office_member(&o, "other_owner", STAFF_OWNER);
    want_ok(staff_end(&o.r.d, &o.owner, other.subject));
    want_err(staff_end(&o.r.d, &other, 0), ERR_CONFLICT);
    office_close(&o);
}

TEST(fault_21__nobody_approves_what_he_asked_for) {
    struct office o;
    struct text id;
    struct approval a;
    unsigned count;
    office_open(&o);
    struct domain *d = &o.r.d;
    for (int kind = 0; kind < APPROVAL_KIND_COUNT; kind++) {
        struct text object = text_format_in(d->arena, "thing-%d", kind);
        enum approval_kind which = (enum approval_kind)kind;
        if (which == APPROVAL_HOLD || which == APPROVAL_HOLD_END || which == APPROVAL_DISCLOSURE)
            continue; /* their objects are real: hold_test.c, disclosure_test.c */
        want_ok(approval_ask(d, which, object, o.privacy.subject, &id));
        want_err(office_decide(d, &o.privacy, id, true, &a), ERR_FOUR_EYES_REQUIRED);
        want_err(office_decide(d, &o.support, id, true, &a), ERR_ROLE_MISSING);
        want_err(office_decide(d, &o.auditor, id, true, &a), ERR_ROLE_MISSING);
        want_ok(approval_count(d, which, object, &count));
        want_int(count, 0);
        want_ok(office_decide(d, &o.owner, id, true, &a));
        want_err(office_decide(d, &o.second, id, false, &a), ERR_CONFLICT);
        want_ok(approval_count(d, which, object, &count));
        want_int(count, 1);
    }
    want_ok(approval_ask(d, APPROVAL_POLICY, TEXT("twice"), o.privacy.subject, &id));
    want_ok(office_decide(d, &o.owner, id, true, &a));
    want_ok(approval_ask(d, APPROVAL_POLICY, TEXT("twice"), o.privacy.subject, &id));
    want_err(office_decide(d, &o.owner, id, true, &a), ERR_FOUR_EYES_REQUIRED); /* one person counts once */
    want_ok(approval_ask(d, APPROVAL_POLICY, TEXT("late"), o.privacy.subject, &id));
    d->now_ms += APPROVAL_MS;
    want_err(office_decide(d, &o.owner, id, true, &a), ERR_APPROVAL_EXPIRED);
    want_int(office_noted(&o, "approval.ask"), 7);
    office_close(&o);
}

static void count_told(void *with, const struct access_told *a) {
    (void)a;
    ++*(unsigned *)with;
}

TEST(rows_S8c_T1__a_look_has_a_purpose_a_role_and_a_reference) {
    struct office o;
    struct person_view view;
    unsigned told = 0;
    office_open(&o);
    struct domain *d = &o.r.d;
    const struct {
        const struct staff_member *who;
        const char *purpose, *reference;
        enum err_kind wanted;
    } rows[] = {
        {&o.privacy, "curiosity", "T-1", ERR_PURPOSE_NOT_ALLOWED},
        {&o.privacy, "", "T-1", ERR_PURPOSE_NOT_ALLOWED},
        {&o.owner, "request", "T-1", ERR_PURPOSE_NOT_ALLOWED},
        {&o.reader, "support", "T-1", ERR_PURPOSE_NOT_ALLOWED},
        {&o.auditor, "law", "T-1", ERR_PURPOSE_NOT_ALLOWED},
        {&o.support, "law", "T-1", ERR_PURPOSE_NOT_ALLOWED},
        {&o.support, "support", " ", ERR_FIELD_MISSING},
        {&o.support, "support", "T-1", ERR_NONE},
        {&o.privacy, "law", "T-2", ERR_NONE},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct err e = access_open(d, rows[i].who, o.person.number, text_c(rows[i].purpose),
                                   text_c(rows[i].reference), &view);
        if (e.kind != rows[i].wanted)
            fail_msg("row %zu: %s", i, err_name(e.kind));
    }
    want_int(office_noted(&o, "access.refuse"), 7);
    want_int(office_noted(&o, "access.open"), 2);
    want_ok(access_each(d, o.person.number, count_told, &told));
    want_int(told, 2);
    want_ok(access_open(d, &o.support, o.person.number, TEXT("support"), TEXT("T-3"), &view));
    want_text(view.values[PERSON_USERNAME], "zqperson");
    want_int(view.values[PERSON_EMAIL].length, 0); /* not among the purpose's fields */
    want_int(view.values[PERSON_PHONE].length + view.values[PERSON_AGE].length, 0);
    office_close(&o);
}

TEST(row_D4__a_minors_data_waits_for_a_second_person) {
    struct office o;
    struct new_account with = {.age = TEXT("teen"), .source = "operator"};
    struct person_view view;
    struct approval a;
    int64_t number;
    office_open(&o);
    struct domain *d = &o.r.d;
    want_ok(identity_username(d, TEXT("a_minor"), &with.username));
    want_ok(account_create(d, &with, NULL, NULL, &number));
    want_err(access_open(d, &o.support, number, TEXT("request"), TEXT("T-9"), &view), ERR_APPROVAL_NEEDED);
    struct text id = d->detail.approval;
    want(id.length > 0);
    d->detail.approval = TEXT("");
    want_err(access_open(d, &o.support, number, TEXT("request"), TEXT("T-9"), &view), ERR_APPROVAL_NEEDED);
    want(text_equal(d->detail.approval, id)); /* the same one waits */
    want_int(office_noted(&o, "access.refuse"), 2);
    struct staff_member both = o.support;
    both.roles |= STAFF_PRIVACY;
    want_err(office_decide(d, &both, id, true, &a), ERR_FOUR_EYES_REQUIRED);
    want_ok(office_decide(d, &o.privacy, id, true, &a));
    want_ok(access_open(d, &o.support, number, TEXT("request"), TEXT("T-9"), &view));
    want_text(view.values[PERSON_AGE], "teen");
    want_err(access_open(d, &o.support, number, TEXT("request"), TEXT("T-10"), &view), ERR_APPROVAL_NEEDED);
    want_err(access_open(d, &o.privacy, number, TEXT("request"), TEXT("T-9"), &view), ERR_APPROVAL_NEEDED);
    d->now_ms += APPROVAL_MS;
    want_err(access_open(d, &o.support, number, TEXT("request"), TEXT("T-9"), &view), ERR_APPROVAL_NEEDED);
    office_close(&o);
}

struct duties {
    unsigned open;
    int64_t due_ms;
};

static void note_duty(void *with, const struct duty *duty) {
    struct duties *found = with;
    found->open += duty->done_ms == 0;
    if (text_equal_c(duty->kind, "officer_report"))
        found->due_ms = duty->due_ms;
}

static struct duties duties_of(struct domain *d) {
    struct duties found = {0};
    want_ok(duty_each(d, note_duty, &found));
    return found;
}

TEST(row_X9__the_counter_opens_duties_with_their_days) {
    static const struct {
        int64_t persons;
        unsigned open;
    } rows[] = {{0, 0},       {899999, 0},  {900000, 1},  {999999, 1},
                {1000000, 2}, {1000000, 2}, {9999999, 2}, {10000000, 3}};
    struct office o;
    office_open(&o);
    struct domain *d = &o.r.d;
    d->now_ms =
        date_to_day((struct date){2026, 11, 2}) * day_ms + day_ms / 3; /* a Monday, 16:00 in China */
    for (size_t i = 0; i < COUNT(rows); i++) {
        want_ok(duty_check(d, rows[i].persons, false));
        want_int(duties_of(d).open, rows[i].open);
    }
    /* thirty working days are six weeks: the end of Monday, 14 December, in China */
    want(duties_of(d).due_ms == (date_to_day((struct date){2026, 12, 15}) * 24 - 8) * 3600000);
    want_ok(duty_done(d, &o.privacy, TEXT("officer_report")));
    want_ok(duty_check(d, 1000001, false));
    want_int(duties_of(d).open, 2); /* reported once */
    want_ok(duty_done(d, &o.privacy, TEXT("audit_two_years")));
    want_ok(duty_check(d, 10000001, false));
    want_int(duties_of(d).open, 2); /* the next audit is open */
    want_ok(duty_check(d, 5, true));
    want_int(duties_of(d).open, 3); /* a minor's data: an audit every year */
    want_err(duty_done(d, &o.privacy, TEXT("no_such")), ERR_NOT_FOUND);
    want_ok(duty_follow(d));
    office_close(&o);
}

static enum day_kind second_week_off(const void *with, int64_t day) {
    (void)with;
    return date_from_day(day).day / 8 == 1 ? DAY_OFF : DAY_PLAIN;
}

TEST(row_X9__a_duty_counts_the_states_own_working_days) {
    struct office o;
    office_open(&o);
    struct domain *d = &o.r.d;
    d->holidays = (struct holidays){second_week_off, NULL, 2026, 2026};
    d->now_ms = date_to_day((struct date){2026, 11, 2}) * day_ms + day_ms / 3;
    want_ok(duty_check(d, 1000000, false));
    /* Six working days of 8 to 15 November and six of 8 to 15 December are off: eleven days later. */
    int64_t day = workday_after(&d->holidays, date_to_day((struct date){2026, 11, 2}), 30);
    want(day == date_to_day((struct date){2026, 12, 29}));
    want(duties_of(d).due_ms == (day + 1) * day_ms - 8 * 3600000);
    office_close(&o);
}

TEST(row_X6__a_gap_in_the_roster_is_found) {
    struct office o;
    struct text id;
    int64_t from_ms, until_ms;
    office_open(&o);
    struct domain *d = &o.r.d;
    int64_t now = d->now_ms, week = now + ROSTER_LOOK_DAYS * day_ms;
    want_ok(roster_gap(d, week, &from_ms, &until_ms));
    want(from_ms == now && until_ms == week);
    want_ok(roster_add(d, &o.support, now - day_ms, now + 3 * day_ms, &id));
    want_ok(roster_add(d, &o.owner, now + 3 * day_ms + 1, now + 9 * day_ms, &id));
    want_ok(roster_gap(d, week, &from_ms, &until_ms));
    want(from_ms == now + 3 * day_ms && until_ms == now + 3 * day_ms + 1); /* a millisecond is a gap */
    want_ok(roster_add(d, &o.support, now + 2 * day_ms, now + 4 * day_ms, &id));
    want_ok(roster_gap(d, week, &from_ms, &until_ms));
    want_int(from_ms, 0);
    want_ok(staff_end(d, &o.support, 0)); /* who left the staff is on call no more */
    want_ok(roster_gap(d, week, &from_ms, &until_ms));
    want(from_ms == now);
    office_close(&o);
}

static void count_partner(void *with, const struct partner *p) {
    (void)p;
    ++*(unsigned *)with;
}

static unsigned partners_shown(struct domain *d) {
    unsigned shown = 0;
    want_ok(partner_each(d, true, count_partner, &shown));
    return shown;
}

TEST(row_X2__a_partner_is_shown_with_evidence_in_its_term) {
    struct office o;
    struct text id;
    office_open(&o);
    struct domain *d = &o.r.d;
    struct partner p = {.name = TEXT("Example"), .from_ms = d->now_ms, .until_ms = d->now_ms + day_ms};
    want_int(partners_shown(d), 0);
    want_err(partner_add(d, &o.owner, &p, &id), ERR_FIELD_INVALID); /* no permission */
    p.evidence_sha256 = TEXT("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    want_ok(partner_add(d, &o.owner, &p, &id));
    want_int(partners_shown(d), 1);
    d->now_ms += day_ms;
    want_int(partners_shown(d), 0); /* it expired */
    d->now_ms -= 1;
    want_int(partners_shown(d), 1);
    want_ok(partner_drop(d, &o.owner, id));
    want_int(partners_shown(d), 0);
    office_close(&o);
}

struct shown {
    const char *id;
    struct claim claim;
};

static void find_claim(void *with, const struct claim *c) {
    struct shown *s = with;
    if (strcmp(c->id, s->id) == 0)
        s->claim = *c;
}

static struct claim claim_of(struct domain *d, const char *id, const struct claim_facts *facts) {
    struct shown s = {id, {0}};
    want_ok(claims_each(d, facts, find_claim, &s));
    return s.claim;
}

static void put_claim(struct domain *d, const char *id, int64_t value) {
    struct statement *put = statement_for(d->store, SQL_CLAIM_PUT);
    statement_bind_text(put, 1, text_c(id));
    statement_bind_i64(put, 2, value);
    statement_bind_i64(put, 3, d->now_ms);
    want_ok(statement_run(put, NULL));
}

TEST(rows_X3_X7_X8__a_figure_is_hidden_while_it_is_not_true) {
    static const struct {
        const char *id;
        int64_t least;
        const char *zh;
    } rows[] = {{"accounts", 1000000, "100万+"},
                {"developers", 2000000, "200万+"},
                {"partners", 1000, "1000+"},
                {"calls", 10000000000, "100亿+"}};
    struct office o;
    office_open(&o);
    struct domain *d = &o.r.d;
    struct claim_facts facts = {
        .apis_passed = 99, .apis_ms = d->now_ms, .availability_ppm = 998999, .availability_ms = d->now_ms};
    for (size_t i = 0; i < COUNT(rows); i++) {
        put_claim(d, rows[i].id, rows[i].least - 1);
        want(!claim_of(d, rows[i].id, &facts).is_shown);
        put_claim(d, rows[i].id, rows[i].least);
        want_text(claim_of(d, rows[i].id, &facts).shown[0], rows[i].zh);
    }
    want(!claim_of(d, "apis", &facts).is_shown);
    want(!claim_of(d, "availability", &facts).is_shown); /* 99.89 is not 99.9 */
    facts.apis_passed = 100;
    facts.availability_ppm = 999999;
    want_text(claim_of(d, "apis", &facts).shown[1], "100+");
    want_text(claim_of(d, "availability", &facts).shown[0], "99.99%");
    d->now_ms += 5 * 60000 + 1;
    want(!claim_of(d, "apis", &facts).is_shown); /* nobody looked for five minutes */
    office_close(&o);
}

TEST(the_records_are_counted_again) {
    struct office o;
    struct claim_facts facts = {0};
    office_open(&o);
    struct domain *d = &o.r.d;
    want_ok(office_follow(d));
    want_int(claim_of(d, "accounts", &facts).value, 7);
    records_account(&o.r, "one_more", NULL);
    want_ok(office_follow(d));
    want_int(claim_of(d, "accounts", &facts).value, 7);
    d->now_ms += 10 * 60000;
    want_ok(office_follow(d));
    want_int(claim_of(d, "accounts", &facts).value, 8);
    office_close(&o);
}

TEST(figures_are_rounded_down) {
    static const struct {
        int64_t value;
        const char *zh, *en;
    } rows[] = {{0, "0", "0"},
                {99, "99", "99"},
                {100, "100+", "100+"},
                {199, "100+", "100+"},
                {999, "900+", "900+"},
                {1000, "1000+", "1,000+"},
                {9999, "9000+", "9,000+"},
                {10000, "1万+", "10,000+"},
                {999999, "99万+", "990,000+"},
                {1000000, "100万+", "1,000,000+"},
                {123456789, "1亿+", "100,000,000+"},
                {10000000000, "100亿+", "10,000,000,000+"}};
    struct arena a;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        want_text(claim_print_in(&a, rows[i].value, false), rows[i].zh);
        want_text(claim_print_in(&a, rows[i].value, true), rows[i].en);
    }
    want_text(claim_percent_in(&a, 999899), "99.98%");
    want_text(claim_percent_in(&a, 1000000), "100.00%");
    arena_done(&a);
}

TESTS(RUN(an_invitation_works_once_for_its_account_for_fifteen_minutes), RUN(the_last_owner_stays),
      RUN(fault_21__nobody_approves_what_he_asked_for),
      RUN(rows_S8c_T1__a_look_has_a_purpose_a_role_and_a_reference),
      RUN(row_D4__a_minors_data_waits_for_a_second_person),
      RUN(row_X9__the_counter_opens_duties_with_their_days),
      RUN(row_X9__a_duty_counts_the_states_own_working_days),
      RUN(row_X6__a_gap_in_the_roster_is_found), RUN(row_X2__a_partner_is_shown_with_evidence_in_its_term),
      RUN(rows_X3_X7_X8__a_figure_is_hidden_while_it_is_not_true), RUN(the_records_are_counted_again),
      RUN(figures_are_rounded_down))
