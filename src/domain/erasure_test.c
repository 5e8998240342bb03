/* erasure_test.c: killed behind any step, an erasure is finished at the next start, and no byte is left. */
#include "domain/erasure.h"
#include "domain/outbox.h"
#include "domain/session.h"
#include "domain/token.h"
#include "domain/usage.h"
#include "base/file.h"
#include "records.h"

#include <dirent.h>

static bool file_holds(struct records *r, const char *name, struct text mark) {
    char path[400];
    struct text content;
    snprintf(path, sizeof path, "%s/%s", r->folder, name);
    if (access(path, F_OK) != 0)
        return false;
    want_ok(file_read_in(&r->arena, path, 64 << 20, &content));
    return text_find(content, mark) != SIZE_MAX;
}

static bool any_holds(struct records *r, struct text mark) {
    static const char *const files[] = {"main.db", "main.db-wal", "keys.db", "keys.db-wal", "erasures.log"};
    for (size_t i = 0; i < COUNT(files); i++)
        if (file_holds(r, files[i], mark))
            return true;
    return false;
}

static unsigned mails_in(struct records *r) {
    unsigned count = 0;
    DIR *folder = opendir(r->outbox);
    for (struct dirent *e; (e = readdir(folder));)
        count += e->d_name[0] != '.';
    closedir(folder);
    return count;
}

struct person {
    struct account account;
    struct identity email;
    struct text digest, username_sealed;
    struct token token;
};

static void settle_in(struct records *r, struct person *p) {
    struct new_token with = {.name = TEXT("mine")};
    struct usage_sum sum = {
        .api = 1, .minute = 30000000, .status = 200, .day = 20833, .calls = 3, .units = 3};
    struct text secret;
    uint64_t id;
    bool was_new;
    int64_t number = records_account(r, "marker", "marker@example.com");
    want_ok(account_read(&r->d, number, &p->account));
    want_ok(identity_email(&r->d, TEXT("marker@example.com"), &p->email));
    struct digest digest;
    want_ok(identity_digest(&r->d, &p->email, &digest));
    p->digest = text_copy_in(&r->arena, digest_text(&digest));
    want_ok(token_create(&r->d, &p->account, &with, &secret, &id));
    want_ok(token_of(&r->d, number, id, &p->token));
    sum.row = (uint32_t)p->token.row;
    want_ok(usage_store(&r->d, 1, &sum, 1, &was_new));
    want_ok(outbox_put(&r->d, &p->email, TEXT("x"), TEXT("y")));
}

static void die_and_start(struct records *r) {
    store_close(r->d.store);
    records_attach(r);
}

TEST(fault_26__every_step_may_be_the_last) {
    for (enum erasure_step last = ERASURE_OUTBOX; last <= ERASURE_ALL; last++) {
        struct records r;
        struct person p;
        struct text receipt;
        int64_t number;
        uint64_t day, month;
        const int64_t days[3] = {20833, 20820, 20850};
        records_open(&r);
        settle_in(&r, &p);
        want_int(mails_in(&r), 1);
        want_ok(erasure_begin(&r.d, &p.account, &receipt));
        want_ok(erasure_finish(&r.d, last));
        die_and_start(&r);
        want_ok(erasure_finish(&r.d, ERASURE_ALL));
        want_ok(erasure_finish(&r.d, ERASURE_ALL)); /* twice does no harm */
        want_err(account_read(&r.d, p.account.number, &p.account), ERR_NOT_FOUND);
        want_ok(account_find(&r.d, &p.email, &number));
        want_int(number, 0);
        want_err(token_of(&r.d, 0, p.token.id, &p.token), ERR_NOT_FOUND);
        want_ok(usage_of_token(&r.d, p.account.number, p.token.id, days, &day, &month));
        want_int(month, 0);
        want_int(mails_in(&r), 0);
        want(!any_holds(&r, p.digest));
        want(!any_holds(&r, p.token.name_sealed));
        want(!any_holds(&r, p.token.digest));
        want(records_account(&r, "marker", "marker@example.com") > p.account.number);
        records_close(&r);
    }
}

TEST(fault_25__two_tabs_and_a_second_time_have_one_receipt) {
    struct records r;
    struct person p;
    struct text cookie, first, second, third;
    records_open(&r);
    settle_in(&r, &p);
    want_ok(session_start(&r.d, p.account.number, &cookie));
    want_ok(erasure_begin(&r.d, &p.account, &first));
    want_ok(erasure_begin(&r.d, &p.account, &second)); /* the other tab, before the jobs came */
    want(text_equal(first, second));
    want_ok(erasure_finish(&r.d, ERASURE_ALL));
    want_err(erasure_begin(&r.d, &p.account, &third), ERR_NOT_FOUND); /* and after */
    want_ok(erasure_receipt_of(&r.d, cookie, &third));
    want(text_equal(first, third));
    want_err(erasure_receipt_of(&r.d, TEXT("another"), &third), ERR_NOT_FOUND);
    r.d.now_ms += 86400001;
    want_err(erasure_receipt_of(&r.d, cookie, &third), ERR_NOT_FOUND);
    records_close(&r);
}

/* ---- old copies ---- */

static void copy_file(struct records *r, const char *from, const char *to) {
    struct text content;
    want_ok(file_read_in(&r->arena, from, 64 << 20, &content));
    want_ok(file_write_whole(&r->arena, to, content, 0600));
}

static const char *beside(struct records *r, const char *name) {
    return text_say_in(&r->arena, "%s/%s", r->folder, name);
}

static void save(struct records *r) {
    want_ok(store_settle(r->d.store));
    copy_file(r, r->main_path, beside(r, "saved-main.db"));
    copy_file(r, r->keys_path, beside(r, "saved-keys.db"));
}

static void put_back(struct records *r) {
    store_close(r->d.store);
    static const char *const logs[] = {"main.db-wal", "main.db-shm", "keys.db-wal", "keys.db-shm"};
    for (size_t i = 0; i < COUNT(logs); i++)
        unlink(beside(r, logs[i]));
    copy_file(r, beside(r, "saved-main.db"), r->main_path);
    copy_file(r, beside(r, "saved-keys.db"), r->keys_path);
    records_attach(r);
}

TEST(fault_27__old_records_do_not_open_before_the_erasures_are_replayed) {
    struct records r;
    struct person p;
    struct account other;
    struct text receipt;
    unsigned erased;
    records_open(&r);
    settle_in(&r, &p);
    int64_t stays = records_account(&r, "stays", "stays@example.com");
    save(&r);
    want_ok(erasure_replay_check(&r.d));
    want_ok(erasure_begin(&r.d, &p.account, &receipt));
    want_ok(erasure_finish(&r.d, ERASURE_ALL));
    want_ok(erasure_replay_check(&r.d));
    put_back(&r);
    want_ok(account_read(&r.d, p.account.number, &other)); /* an old copy does bring him back … */
    struct err e = erasure_replay_check(&r.d);             /* … so it does not open */
    want_err(e, ERR_CONFIG);
    want(text_find(text_c(e.say), TEXT("restore_needs_erasure_replay")) != SIZE_MAX);
    want_ok(erasure_replay(&r.d, r.journal, &erased));
    want_int(erased, 1);
    want_ok(erasure_replay_check(&r.d));
    want_err(account_read(&r.d, p.account.number, &other), ERR_NOT_FOUND);
    want(!any_holds(&r, p.username_sealed.length ? p.username_sealed : p.digest));
    want(!any_holds(&r, p.token.name_sealed));
    want_ok(account_read(&r.d, stays, &other));
    want_ok(erasure_replay(&r.d, r.journal, &erased)); /* twice does no harm */
    want_int(erased, 0);
    records_close(&r);
}

TEST(fault_27__a_journal_that_was_cut_or_changed_is_noticed) {
    struct records r;
    struct text receipt, content;
    struct account account;
    records_open(&r);
    for (int i = 0; i < 3; i++) {
        want_ok(account_read(&r.d, records_account(&r, (const char *[]){"aaa", "bbb", "ccc"}[i], NULL), &account));
        want_ok(erasure_begin(&r.d, &account, &receipt));
        want_ok(erasure_finish(&r.d, ERASURE_ALL));
    }
    want_ok(erasure_replay_check(&r.d));
    want_ok(file_read_in(&r.arena, r.journal, 4096, &content));
    want_int(content.length % 3, 0);
    want_int(truncate(r.journal, (off_t)(content.length / 3 * 2)), 0);
    want_err(erasure_replay_check(&r.d), ERR_CONFIG);
    char *changed = text_c_in(&r.arena, content);
    changed[content.length / 3 + 14] ^= 1;
    want_ok(file_write_whole(&r.arena, r.journal, text_of(changed, content.length), 0600));
    struct err e = erasure_replay_check(&r.d);
    want_err(e, ERR_CONFIG);
    want(text_find(text_c(e.say), TEXT("line 2")) != SIZE_MAX);
    /* a line that a dying program wrote half is taken away, and the journal goes on */
    want_ok(file_write_whole(&r.arena, r.journal, text_of(content.bytes, content.length - 20), 0600));
    want_ok(account_read(&r.d, records_account(&r, "ddd", NULL), &account));
    want_ok(erasure_begin(&r.d, &account, &receipt));
    want_ok(erasure_finish(&r.d, ERASURE_ALL));
    want_ok(erasure_replay_check(&r.d));
    records_close(&r);
}

TEST(without_the_key_an_old_copy_is_unreadable) {
    struct records r;
    struct person p;
    struct text receipt;
    records_open(&r);
    settle_in(&r, &p);
    want_ok(erasure_begin(&r.d, &p.account, &receipt));
    want_ok(erasure_finish(&r.d, ERASURE_KEY)); /* the rows are all there still */
    want_err(account_read(&r.d, p.account.number, &p.account), ERR_NOT_FOUND);
    records_close(&r);
}

TEST(an_epoch_is_stored_once) {
    struct records r;
    struct usage_sum sum = {.row = 1,
                            .api = 1,
                            .minute = 30000000,
                            .status = 200,
                            .day = 20833,
                            .calls = 3,
                            .units = 3};
    struct new_token with = {.name = TEXT("t")};
    struct account account;
    struct text secret;
    uint64_t id, day, month, stored;
    const int64_t days[3] = {20833, 20820, 20850};
    bool was_new;
    records_open(&r);
    want_ok(account_read(&r.d, records_account(&r, "counted", NULL), &account));
    want_ok(token_create(&r.d, &account, &with, &secret, &id));
    for (int i = 0; i < 3; i++) {
        want_ok(usage_store(&r.d, 9, &sum, 1, &was_new));
        want(was_new == (i == 0));
    }
    for (unsigned n = 1; n < 6; n++) { /* a failing write stores neither sums nor number */
        store_fail_write(r.d.store, n);
        struct err e = usage_store(&r.d, 10, &sum, 1, &was_new);
        store_fail_write(r.d.store, 0);
        want_err(e, ERR_STORAGE_UNAVAILABLE);
        want_ok(usage_epoch(&r.d, &stored));
        want_int(stored, 9);
    }
    want_ok(usage_of_token(&r.d, account.number, id, days, &day, &month));
    want_int(day, 3);
    want_int(month, 3);
    records_close(&r);
}

TESTS(RUN(fault_26__every_step_may_be_the_last), RUN(fault_25__two_tabs_and_a_second_time_have_one_receipt),
      RUN(fault_27__old_records_do_not_open_before_the_erasures_are_replayed),
      RUN(fault_27__a_journal_that_was_cut_or_changed_is_noticed),
      RUN(without_the_key_an_old_copy_is_unreadable),
      RUN(an_epoch_is_stored_once))
