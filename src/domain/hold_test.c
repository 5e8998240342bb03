/* hold_test.c: a hold needs its basis and two persons, stops an erasure and nothing else, and ends. */
#include "domain/hold.h"
#include "domain/access.h"
#include "domain/erasure.h"
#include "domain/hold_archive.h"
#include "domain/token.h"
#include "domain/usage.h"
#include "office_records.h"

#include <fcntl.h>

static const int64_t day_ms = 86400000;
#define SHA "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static struct new_hold basis(struct office *o) {
    return (struct new_hold){.statute = TEXT("民事诉讼法"),
                             .article = TEXT("第六十七条"),
                             .authority = TEXT("某市中级人民法院"),
                             .document_sha256 = TEXT(SHA),
                             .reason = TEXT("zqreason of the case"),
                             .until_ms = o->r.d.now_ms + 30 * day_ms,
                             .accounts = &o->person.number,
                             .account_count = 1};
}

TEST(row_S3__a_hold_without_basis_or_end_is_refused) {
    struct office o;
    struct text id, approvals[2];
    office_open(&o);
    struct domain *d = &o.r.d;
    struct text *cleared[5];
    struct new_hold with;
    for (unsigned i = 0; i < 5; i++) {
        static const char *const fields[] = {"statute", "article", "authority", "document", "reason"};
        with = basis(&o);
        struct text *const places[] = {&with.statute, &with.article, &with.authority, &with.document_sha256,
                                       &with.reason};
        memcpy(cleared, places, sizeof places);
        *cleared[i] = TEXT("");
        want_err(hold_open(d, &o.privacy, &with, &id, approvals), ERR_HOLD_NEEDS_BASIS);
        assert_string_equal(d->detail.field, fields[i]);
    }
    static const int64_t ends[] = {0, -1, 365 * 86400000ll + 1};
    for (unsigned i = 0; i < 3; i++) {
        with = basis(&o);
        with.until_ms = ends[i] ? d->now_ms + ends[i] : 0;
        want_err(hold_open(d, &o.privacy, &with, &id, approvals), ERR_HOLD_NEEDS_BASIS);
        assert_string_equal(d->detail.field, "until");
    }
    with = basis(&o);
    with.secret_until_ms = with.until_ms + 1;
    want_err(hold_open(d, &o.privacy, &with, &id, approvals), ERR_HOLD_NEEDS_BASIS);
    with = basis(&o);
    with.account_count = 0;
    want_err(hold_open(d, &o.privacy, &with, &id, approvals), ERR_HOLD_NEEDS_BASIS);
    with = basis(&o);
    with.until_ms = d->now_ms + 365 * day_ms; /* the limit itself */
    want_ok(hold_open(d, &o.privacy, &with, &id, approvals));
    office_close(&o);
}

struct person {
    struct token token;
    uint64_t calls;
};

static void settle_in(struct office *o, struct person *p) {
    static const struct text networks[] = {{"10.0.0.0/8", 10}};
    struct new_token with = {.name = TEXT("mine"), .networks = networks, .network_count = 1};
    struct usage_sum sum = {
        .api = 1, .minute = 30000000, .status = 200, .day = 20833, .calls = 3, .units = 3};
    struct text secret;
    uint64_t id;
    bool was_new;
    want_ok(token_create(&o->r.d, &o->person, &with, &secret, &id));
    want_ok(token_of(&o->r.d, o->person.number, id, &p->token));
    sum.row = (uint32_t)p->token.row;
    want_ok(usage_store(&o->r.d, 1, &sum, 1, &was_new));
}

static void add_calls(void *with, const struct usage_hour *h) {
    *(uint64_t *)with += h->calls;
}
static void count_rule(void *with, bool is_api, struct text value) {
    (void)is_api;
    (void)value;
    ++*(unsigned *)with;
}

static uint64_t calls_of(struct office *o) {
    uint64_t calls = 0;
    want_ok(usage_everything(&o->r.d, o->person.number, add_calls, &calls));
    return calls;
}

static unsigned rules_of(struct office *o, uint64_t token) {
    unsigned rules = 0;
    want_ok(token_rules_each(&o->r.d, token, count_rule, &rules));
    return rules;
}

static struct text hold_on_person(struct office *o, const struct new_hold *with) {
    struct text id, approvals[2];
    struct approval a;
    want_ok(hold_open(&o->r.d, &o->privacy, with, &id, approvals));
    want_err(office_decide(&o->r.d, &o->privacy, approvals[0], true, &a), ERR_FOUR_EYES_REQUIRED);
    want_ok(office_decide(&o->r.d, &o->second, approvals[0], true, &a));
    return id;
}

static bool is_frozen(struct office *o) {
    bool frozen;
    want_ok(hold_is_frozen(&o->r.d, o->person.number, &frozen));
    return frozen;
}

TEST(row_S3__a_hold_freezes_and_ordinary_code_sees_nothing_of_what_it_took) {
    struct office o;
    struct person p;
    office_open(&o);
    struct domain *d = &o.r.d;
    settle_in(&o, &p);
    struct new_hold with = basis(&o);
    struct text id, approvals[2], receipt;
    struct approval a;
    want_ok(hold_open(d, &o.privacy, &with, &id, approvals));
    want(!is_frozen(&o)); /* one person alone does nothing */
    want_int(calls_of(&o), 3);
    want_ok(office_decide(d, &o.second, approvals[0], true, &a));
    want(is_frozen(&o));
    want_int(calls_of(&o), 0);
    want_int(rules_of(&o, p.token.id), 0);
    want_ok(token_of(d, o.person.number, p.token.id, &p.token));
    want_text(p.token.account_state, "suspended");
    want_err(erasure_begin(d, &o.person, &receipt), ERR_LEGAL_HOLD);
    want(text_find(d->detail.basis, TEXT("民事诉讼法")) != SIZE_MAX);
    want(d->detail.until_ms == with.until_ms);
    want_int(office_noted(&o, "hold.stop_erasure"), 1);
    want_int(office_noted(&o, "hold.open"), 1);
    want_ok(account_read(d, o.person.number, &o.person)); /* still there, still his */
    office_close(&o);
}

TEST(rows_S3_S4__the_end_gives_back_or_erases) {
    for (int asks = 0; asks < 2; asks++) {
        struct office o;
        struct person p;
        struct text receipt;
        office_open(&o);
        struct domain *d = &o.r.d;
        settle_in(&o, &p);
        struct new_hold with = basis(&o);
        hold_on_person(&o, &with);
        if (asks)
            want_err(erasure_begin(d, &o.person, &receipt), ERR_LEGAL_HOLD);
        d->now_ms = with.until_ms - 1;
        want_ok(office_follow(d));
        want(is_frozen(&o));
        d->now_ms = with.until_ms;
        want_ok(office_follow(d));
        want_int(office_noted(&o, "hold.end"), 1);
        if (asks) {
            want_ok(erasure_finish(d, ERASURE_ALL));
            want_err(account_read(d, o.person.number, &o.person), ERR_NOT_FOUND);
        } else {
            want(!is_frozen(&o));
            want_int(calls_of(&o), 3);
            want_int(rules_of(&o, p.token.id), 1);
            want_ok(token_of(d, o.person.number, p.token.id, &p.token));
            want_text(p.token.account_state, "active");
            want_ok(erasure_begin(d, &o.person, &receipt)); /* nothing stops it any more */
        }
        office_close(&o);
    }
}

TEST(row_S4__a_kill_between_end_and_erasure_loses_nothing) {
    struct office o;
    struct text receipt, approval;
    struct approval a;
    office_open(&o);
    struct domain *d = &o.r.d;
    struct new_hold with = basis(&o);
    struct text id = hold_on_person(&o, &with);
    want_err(erasure_begin(d, &o.person, &receipt), ERR_LEGAL_HOLD);
    want_ok(hold_ask_end(d, &o.privacy, id, &approval));
    want_err(office_decide(d, &o.privacy, approval, true, &a), ERR_FOUR_EYES_REQUIRED);
    want_ok(office_decide(d, &o.owner, approval, true, &a)); /* ended by two persons; the job has not run */
    store_close(o.r.d.store);
    records_attach(&o.r);
    want_ok(office_follow(d));
    want_ok(erasure_finish(d, ERASURE_ALL));
    want_err(account_read(d, o.person.number, &o.person), ERR_NOT_FOUND);
    office_close(&o);
}

static void count_access(void *with, const struct access_told *a) {
    (void)a;
    ++*(unsigned *)with;
}

static unsigned accesses_told(struct office *o) {
    unsigned told = 0;
    want_ok(access_each(&o->r.d, o->person.number, count_access, &told));
    return told;
}

TEST(row_S3__an_order_of_secrecy_hides_basis_and_looks_until_its_own_end) {
    struct office o;
    struct person_view view;
    struct text receipt;
    office_open(&o);
    struct domain *d = &o.r.d;
    struct new_hold with = basis(&o);
    with.secret_until_ms = d->now_ms + 10 * day_ms;
    hold_on_person(&o, &with);
    want_err(erasure_begin(d, &o.person, &receipt), ERR_LEGAL_HOLD);
    want_int(d->detail.basis.length, 0);
    want(d->detail.until_ms == with.until_ms); /* that it ends, and when, is told */
    want_ok(access_open(d, &o.privacy, o.person.number, TEXT("law"), TEXT("C-1"), &view));
    want_int(accesses_told(&o), 0);
    want_ok(access_open(d, &o.privacy, o.person.number, TEXT("request"), TEXT("C-2"), &view));
    want_int(accesses_told(&o), 1); /* what is not of the law is told at once */
    d->now_ms = with.secret_until_ms;
    want_int(accesses_told(&o), 2);
    want_err(erasure_begin(d, &o.person, &receipt), ERR_LEGAL_HOLD);
    want(d->detail.basis.length > 0);
    office_close(&o);
}

TEST(two_holds_let_go_with_the_last) {
    struct office o;
    struct person p;
    struct text receipt;
    office_open(&o);
    struct domain *d = &o.r.d;
    settle_in(&o, &p);
    struct new_hold longer = basis(&o), shorter = basis(&o);
    longer.until_ms += 30 * day_ms;
    hold_on_person(&o, &shorter);
    want_err(erasure_begin(d, &o.person, &receipt), ERR_LEGAL_HOLD);
    hold_on_person(&o, &longer);
    d->now_ms = shorter.until_ms;
    want_ok(office_follow(d));
    want(is_frozen(&o));
    want_ok(account_read(d, o.person.number, &o.person));
    want(!o.person.is_erasing);
    d->now_ms = longer.until_ms;
    want_ok(office_follow(d));
    want_ok(erasure_finish(d, ERASURE_ALL));
    want_err(account_read(d, o.person.number, &o.person), ERR_NOT_FOUND);
    office_close(&o);
}

TEST(fault_41__a_hold_over_several_accounts_needs_two_others) {
    struct office o;
    struct text id, approvals[2];
    struct approval a;
    office_open(&o);
    struct domain *d = &o.r.d;
    int64_t both[2] = {o.person.number, records_account(&o.r, "other_held", NULL)};
    struct new_hold with = basis(&o);
    with.accounts = both;
    with.account_count = 2;
    want_ok(hold_open(d, &o.privacy, &with, &id, approvals));
    want(approvals[1].length > 0);
    want_ok(office_decide(d, &o.second, approvals[0], true, &a));
    want(!is_frozen(&o));
    want_err(office_decide(d, &o.second, approvals[1], true, &a), ERR_FOUR_EYES_REQUIRED);
    want_err(office_decide(d, &o.privacy, approvals[1], true, &a), ERR_FOUR_EYES_REQUIRED);
    want(!is_frozen(&o));
    want_ok(office_decide(d, &o.owner, approvals[1], true, &a));
    want(is_frozen(&o));
    both[1] = both[0];
    want_err(hold_open(d, &o.privacy, &with, &id, approvals), ERR_HOLD_NEEDS_BASIS);
    office_close(&o);
}

static struct err count_row(struct domain *d, void *with, const struct hold_row *row) {
    (void)d;
    (void)row;
    ++*(unsigned *)with;
    return ok;
}

TEST(row_S3__the_archive_opens_with_a_case_and_a_second_person) {
    struct office o;
    struct person p;
    struct approval a;
    unsigned rows = 0;
    office_open(&o);
    struct domain *d = &o.r.d;
    settle_in(&o, &p);
    struct new_hold with = basis(&o);
    with.secret_until_ms = d->now_ms + 10 * day_ms;
    struct text id = hold_on_person(&o, &with);
    struct hold_reading reading = {.by = &o.privacy, .hold = id, .account = o.person.number};
    want_err(hold_read_archive(d, &reading, count_row, &rows), ERR_CASE_NUMBER_REQUIRED);
    want_int(office_noted(&o, "hold.refuse_archive"), 1);
    reading.reference = TEXT("(2026)01-7");
    want_err(hold_read_archive(d, &reading, count_row, &rows), ERR_APPROVAL_NEEDED);
    want_int(office_noted(&o, "hold.refuse_archive"), 2);
    want_err(office_decide(d, &o.privacy, d->detail.approval, true, &a), ERR_FOUR_EYES_REQUIRED);
    want_ok(office_decide(d, &o.second, d->detail.approval, true, &a));
    want_ok(hold_read_archive(d, &reading, count_row, &rows));
    want_int(rows, 2); /* an hour of calls, a rule of a token */
    want_int(office_noted(&o, "hold.read_archive"), 1);
    reading.account = o.owner.account;
    want_err(hold_read_archive(d, &reading, count_row, &rows), ERR_NOT_FOUND);
    int64_t secret_ms;
    want_ok(access_secret_until(d, o.person.number, &secret_ms));
    want(secret_ms == with.secret_until_ms); /* the person is told of the reading afterwards */
    office_close(&o);
}

TEST(an_archive_of_many_rows_comes_back_whole) {
    struct office o;
    struct person p;
    enum { HOURS = 4000 };
    bool was_new;
    office_open(&o);
    struct domain *d = &o.r.d;
    settle_in(&o, &p);
    want_ok(store_begin(d->store));
    for (uint32_t i = 0; i < HOURS; i++) {
        struct statement *add = statement_for(d->store, SQL_HOLD_PUT_USAGE_HOUR);
        const int64_t values[] = {o.person.number, (int64_t)p.token.id, 1, 600000 + i, 2, 1, 1};
        for (unsigned k = 0; k < 7; k++)
            statement_bind_i64(add, k + 1, values[k]);
        want_ok(statement_run(add, NULL));
    }
    want_ok(store_commit(d->store));
    (void)was_new;
    struct new_hold with = basis(&o);
    hold_on_person(&o, &with);
    want_int(calls_of(&o), 0);
    d->now_ms = with.until_ms;
    want_ok(office_follow(d));
    want_int(calls_of(&o), 3 + HOURS);
    office_close(&o);
}

TEST(what_nobody_approves_lapses) {
    struct office o;
    struct text id, approvals[2], receipt;
    struct approval a;
    struct hold h;
    office_open(&o);
    struct domain *d = &o.r.d;
    struct new_hold with = basis(&o);
    want_ok(hold_open(d, &o.privacy, &with, &id, approvals));
    d->now_ms += APPROVAL_MS;
    want_ok(office_follow(d));
    want_ok(hold_find(d, id, &h));
    want_text(h.state, "refused");
    want_err(office_decide(d, &o.second, approvals[0], true, &a), ERR_APPROVAL_EXPIRED);
    want_ok(erasure_begin(d, &o.person, &receipt));
    office_close(&o);
}

static bool file_holds(const char *path, struct text bytes) {
    char content[1 << 20];
    int fd = open(path, O_RDONLY);
    ssize_t got = fd < 0 ? 0 : read(fd, content, sizeof content);
    close(fd);
    return got > 0 && text_find(text_of(content, (size_t)got), bytes) != SIZE_MAX;
}

TEST(the_reason_is_sealed) {
    struct office o;
    struct hold h;
    office_open(&o);
    struct new_hold with = basis(&o);
    struct text id = hold_on_person(&o, &with);
    want_ok(store_settle(o.r.d.store));
    want(!file_holds(o.r.main_path, TEXT("zqreason")));
    want_ok(hold_find(&o.r.d, id, &h));
    want_text(hold_reason(&o.r.d, &h), "zqreason of the case");
    office_close(&o);
}

TESTS(RUN(row_S3__an_order_of_secrecy_hides_basis_and_looks_until_its_own_end),
      RUN(row_S3__a_hold_without_basis_or_end_is_refused),
      RUN(row_S3__a_hold_freezes_and_ordinary_code_sees_nothing_of_what_it_took),
      RUN(rows_S3_S4__the_end_gives_back_or_erases),
      RUN(row_S4__a_kill_between_end_and_erasure_loses_nothing), RUN(two_holds_let_go_with_the_last),
      RUN(fault_41__a_hold_over_several_accounts_needs_two_others),
      RUN(row_S3__the_archive_opens_with_a_case_and_a_second_person),
      RUN(an_archive_of_many_rows_comes_back_whole), RUN(what_nobody_approves_lapses),
      RUN(the_reason_is_sealed))
