/* store_test.c: all or nothing, whichever write fails. */
#include "records.h"
#include "domain/token.h"

TEST(store_commits_all_or_nothing) {
    struct records r;
    records_open(&r);
    want_ok(store_begin(r.d.store));
    struct statement *s = statement_for(r.d.store, SQL_COUNTER_SET);
    statement_bind_text(s, 1, TEXT("ledger_epoch"));
    statement_bind_i64(s, 2, 5);
    want_ok(statement_run(s, NULL));
    store_rollback(r.d.store);
    bool row;
    s = statement_for(r.d.store, SQL_COUNTER_GET);
    statement_bind_text(s, 1, TEXT("ledger_epoch"));
    want_ok(statement_step(s, &row));
    want(row && column_i64(s, 0) == 0);
    statement_done(s);
    records_close(&r);
}

/* For every n: the n-th write of the work fails, nothing of it is there, and the next attempt succeeds. */
TEST(every_failing_write_leaves_nothing) {
    struct records r;
    struct plan plan = {.name = TEXT("faulty"), .rate = 1, .price_percent = 100}, found;
    struct change change;
    int64_t before, last;
    records_open(&r);
    want_ok(change_last(&r.d, &before));
    for (unsigned n = 1;; n++) {
        plan.id = 0;
        store_fail_write(r.d.store, n);
        struct err e = plan_put(&r.d, &plan);
        store_fail_write(r.d.store, 0);
        if (!e.kind) {
            want(n > 2);
            break;
        }
        want_err(e, ERR_STORAGE_UNAVAILABLE);
        want_err(plan_find(&r.d, TEXT("faulty"), &found), ERR_FIELD_INVALID);
        want_ok(change_next(&r.d, before, &change));
        want_int(change.number, 0);
    }
    want_ok(plan_find(&r.d, TEXT("faulty"), &found));
    want_ok(change_last(&r.d, &last));
    want_int(last, before + 1);
    records_close(&r);
}

TEST(uniqueness_is_a_conflict) {
    struct records r;
    records_open(&r);
    for (int i = 0; i < 2; i++) {
        struct statement *s = statement_for(r.d.store, SQL_SUBJECT_KEY_PUT);
        statement_bind_i64(s, 1, 42);
        statement_bind_i64(s, 2, 1);
        statement_bind_bytes(s, 3, TEXT("x"));
        struct err e = statement_run(s, NULL);
        want_err(e, i ? ERR_CONFLICT : ERR_NONE);
    }
    records_close(&r);
}

TEST(a_place_that_cannot_be_opened_is_a_sentence) {
    struct arena a;
    struct store *store;
    struct store_options options = {"/nonexistent/main.db", "/nonexistent/keys.db", 0};
    arena_init(&a, 1 << 20);
    struct err e = store_open(&a, &options, &store);
    want_err(e, ERR_STORAGE_UNAVAILABLE);
    want(strstr(e.say, "/nonexistent/main.db") != NULL);
    arena_done(&a);
}

TESTS(RUN(store_commits_all_or_nothing), RUN(every_failing_write_leaves_nothing),
      RUN(uniqueness_is_a_conflict), RUN(a_place_that_cannot_be_opened_is_a_sentence))
