/* probe_test.c: a result counts for its time; each is in the log; the canary's rows and what it leaves. */
#include "domain/probe.h"
#include "domain/audit_log.h"
#include "domain/canary.h"
#include "domain/claims.h"
#include "domain/outbox.h"
#include "domain/token.h"
#include "domain/usage.h"
#include "records.h"

#include <dirent.h>

static const int64_t hour_ms = 3600000;

static enum outcome_state state_of(struct records *r, enum probe_id id) {
    struct outcome outcome;
    want_ok(outcome_of(&r->d, id, &outcome));
    return outcome.state;
}

TEST(row_I2__a_result_counts_for_twice_its_period) {
    struct records r;
    enum probe_id id = PROBE_audit_verify, first;
    bool is_due, good, only[PROBE_COUNT] = {[PROBE_audit_verify] = true};
    unsigned failed;
    records_open(&r);
    want_int(state_of(&r, id), OUTCOME_NONE);
    want_ok(probes_all_good(&r.d, only, &good, &first));
    want(!good && first == id);
    want_ok(probe_put(&r.d, id, true, TEXT("3 entries")));
    want_int(state_of(&r, id), OUTCOME_GOOD);
    want_ok(probes_all_good(&r.d, only, &good, &first));
    want(good && first == PROBE_COUNT);
    want_ok(probe_is_due(&r.d, id, &is_due));
    want(!is_due);
    r.d.now_ms += 24 * hour_ms;
    want_ok(probe_is_due(&r.d, id, &is_due));
    want(is_due && state_of(&r, id) == OUTCOME_GOOD);
    r.d.now_ms += 24 * hour_ms + 1;
    want_int(state_of(&r, id), OUTCOME_STALE);
    want_ok(probes_all_good(&r.d, only, &good, &first));
    want(!good);
    want_ok(probes_failed(&r.d, &failed, &first));
    want_int(failed, 0);
    want_ok(probe_put(&r.d, id, false, TEXT("entry 2 was changed")));
    want_ok(probes_failed(&r.d, &failed, &first));
    want(failed == 1 && first == id && state_of(&r, id) == OUTCOME_FAILED);
    want_ok(probes_all_good(&r.d, NULL, &good, &first));
    want(!good);
    records_close(&r);
}

TEST(row_I2__a_result_is_an_entry_of_the_log) {
    struct records r;
    struct outcome outcome;
    struct log_entry e;
    bool found;
    records_open(&r);
    want_ok(probe_put(&r.d, PROBE_audit_verify, true, TEXT("x")));
    int64_t good_ms = r.d.now_ms;
    r.d.now_ms += hour_ms;
    want_ok(probe_put(&r.d, PROBE_audit_verify, false, TEXT("why")));
    want_ok(outcome_of(&r.d, PROBE_audit_verify, &outcome));
    want_int(outcome.good_ms, good_ms);
    want_ok(audit_entry_at(&r.d, outcome.seq, &e, &found));
    want(found);
    want_text(e.action, "probe.failed");
    want_text(e.object, "audit_verify why");
    records_close(&r);
}

TEST(probes_are_found_by_their_names) {
    enum probe_id id;
    for (unsigned i = 0; i < PROBE_COUNT; i++) {
        want(probe_find(text_c(probe_lines[i].name), &id) && id == i);
        want(probe_lines[i].hours > 0 && probe_lines[i].zh[0] && probe_lines[i].en[0]);
    }
    want(!probe_find(TEXT("nothing"), &id));
}

/* ---- the canary's rows ---- */

static unsigned messages_in(struct records *r, const char *ending) {
    unsigned count = 0;
    DIR *folder = opendir(r->outbox);
    for (struct dirent *e; (e = readdir(folder));)
        count += text_ends(text_c(e->d_name), text_c(ending));
    closedir(folder);
    return count;
}

TEST(row_S5__what_a_killed_canary_left_is_erased) {
    struct records r;
    struct identity email, other;
    uint64_t count;
    int64_t number;
    records_open(&r);
    want_ok(identity_email(&r.d, TEXT("abcdefgh@canary.invalid"), &email));
    want_ok(identity_email(&r.d, TEXT("somebody@example.com"), &other));
    want(canary_is_address(&email) && !canary_is_address(&other));
    want_ok(canary_begin(&r.d, &email));
    want_ok(canary_accounts(&r.d, &count));
    want_int(count, 0);
    records_account(&r, "canaryname", "abcdefgh@canary.invalid");
    records_account(&r, "person", "somebody@example.com");
    want_ok(outbox_put(&r.d, &email, TEXT("a"), TEXT("b")));
    want_ok(outbox_put(&r.d, &other, TEXT("a"), TEXT("b")));
    want_int(messages_in(&r, ".eml"), 1); /* senders see no canary */
    want_int(messages_in(&r, ".canary"), 1);
    want_ok(canary_accounts(&r.d, &count));
    want_int(count, 1);
    want_ok(canary_clear(&r.d));
    want_ok(canary_accounts(&r.d, &count));
    want_int(count, 0);
    want_ok(account_find(&r.d, &email, &number));
    want_int(number, 0);
    want_ok(account_find(&r.d, &other, &number));
    want(number > 0);
    want_int(messages_in(&r, ".canary"), 0);
    want_ok(canary_clear(&r.d)); /* nothing is left: nothing happens */
    want_ok(canary_count_calls(&r.d, 3));
    want_ok(canary_calls(&r.d, &count));
    want_int(count, 3);
    want_ok(outbox_reap(&r.d, r.d.now_ms + 1));
    records_close(&r);
}

/* ---- figures ---- */

static void call_as(struct records *r, int64_t number, uint64_t epoch) {
    struct usage_sum sum = {.api = 1, .minute = (uint32_t)(r->d.now_ms / 60000), .status = 200, .calls = 10};
    struct new_token with = {.name = TEXT("x")};
    struct account account;
    struct text secret;
    struct token token;
    uint64_t id;
    bool was_new;
    want_ok(account_read(&r->d, number, &account));
    want_ok(token_create(&r->d, &account, &with, &secret, &id));
    want_ok(token_of(&r->d, number, id, &token));
    sum.row = (uint32_t)token.row;
    want_ok(usage_store(&r->d, epoch, &sum, 1, &was_new));
}

struct figures {
    int64_t accounts, calls;
};

static void keep_figure(void *with, const struct claim *c) {
    struct figures *f = with;
    if (strcmp(c->id, "accounts") == 0)
        f->accounts = c->value;
    if (strcmp(c->id, "calls") == 0)
        f->calls = c->value;
}

static struct figures figures_of(struct records *r) {
    const struct claim_facts facts = {0};
    struct figures f = {0};
    r->d.now_ms += 11 * 60000; /* they are taken every ten minutes */
    want_ok(claims_follow(&r->d));
    want_ok(claims_each(&r->d, &facts, keep_figure, &f));
    return f;
}

TEST(row_X9__our_own_instruments_are_in_no_figure) {
    struct records r;
    struct identity email;
    records_open(&r);
    call_as(&r, records_account(&r, "person", "somebody@example.com"), 1);
    struct figures before = figures_of(&r);
    want_int(before.accounts, 1);
    want_int(before.calls, 10);
    int64_t prober = records_account(&r, "prober", NULL);
    want_ok(uncounted_add(&r.d, prober));
    want_ok(uncounted_add(&r.d, prober));
    call_as(&r, prober, 2);
    want_ok(identity_email(&r.d, TEXT("abcdefgh@canary.invalid"), &email));
    want_ok(canary_begin(&r.d, &email));
    call_as(&r, records_account(&r, "canaryname", "abcdefgh@canary.invalid"), 3);
    struct figures after = figures_of(&r);
    want_int(after.accounts, before.accounts);
    want_int(after.calls, before.calls);
    want_ok(canary_count_calls(&r.d, 3)); /* stored as nobody's */
    want_int(figures_of(&r).calls, before.calls - 3);
    call_as(&r, records_account(&r, "other", "other@example.com"), 4);
    want_int(figures_of(&r).calls, before.calls - 3 + 10);
    records_close(&r);
}

TESTS(RUN(row_X9__our_own_instruments_are_in_no_figure),
      RUN(row_I2__a_result_counts_for_twice_its_period), RUN(row_I2__a_result_is_an_entry_of_the_log),
      RUN(probes_are_found_by_their_names), RUN(row_S5__what_a_killed_canary_left_is_erased))
