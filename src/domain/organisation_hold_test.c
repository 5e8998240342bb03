/* organisation_hold_test.c: a hold on an organisation keeps that, and not the person who leaves. */
#include "domain/erasure.h"
#include "domain/hold.h"
#include "domain/organisation.h"
#include "office_records.h"

static void hold_on(struct office *o, int64_t account) {
    struct text sha = TEXT("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"), id,
                approvals[2];
    struct new_hold with = {.statute = TEXT("民事诉讼法"),
                            .article = TEXT("第六十七条"),
                            .authority = TEXT("某市中级人民法院"),
                            .document_sha256 = sha,
                            .reason = TEXT("a case"),
                            .until_ms = o->r.d.now_ms + 30 * 86400000ll,
                            .accounts = &account,
                            .account_count = 1};
    struct approval a;
    want_ok(hold_open(&o->r.d, &o->privacy, &with, &id, approvals));
    want_ok(office_decide(&o->r.d, &o->second, approvals[0], true, &a));
}

static bool is_there(struct office *o, int64_t number) {
    struct account account;
    struct err e = account_read(&o->r.d, number, &account);
    return !e.kind && !account.is_erasing;
}

TEST(rows_S3_S5__a_held_organisation_waits_and_its_owner_does_not) {
    struct office o;
    struct account held, free_one;
    struct text receipt;
    office_open(&o);
    struct domain *d = &o.r.d;
    d->actor = o.person.subject;
    want_ok(organisation_create(d, &o.person, TEXT("Held"), &held));
    want_ok(organisation_create(d, &o.person, TEXT("Free"), &free_one));
    hold_on(&o, held.number);
    want_err(organisation_end(d, &held, &receipt), ERR_LEGAL_HOLD);
    want_ok(erasure_begin(d, &o.person, &receipt));
    want_ok(erasure_finish(d, ERASURE_ALL));
    want(!is_there(&o, o.person.number) && !is_there(&o, free_one.number));
    want(is_there(&o, held.number));
    d->now_ms += 31 * 86400000ll;
    d->actor = 0;
    want_ok(hold_follow(d));
    want_ok(erasure_finish(d, ERASURE_ALL));
    want(!is_there(&o, held.number));
    office_close(&o);
}

TESTS(RUN(rows_S3_S5__a_held_organisation_waits_and_its_owner_does_not))
