/* epoch_test.c: a new wrapping key is made step by step, any of which may be the last; and when the old
 * one is gone, no saved copy opens. */
#include "domain/epoch.h"
#include "base/file.h"
#include "records.h"

#include <sys/stat.h>

static void die_and_start(struct records *r) {
    store_close(r->d.store);
    records_attach(r);
}

static const char *key_path(struct records *r, int number) {
    return text_say_in(&r->arena, "%s/epoch-%d.key", r->folder, number);
}

TEST(row_S5__a_new_epoch_killed_behind_any_step_goes_on_and_every_person_stays_readable) {
    for (enum epoch_step last = EPOCH_FILE; last <= EPOCH_ALL; last++) {
        struct records r;
        struct epoch_state state;
        struct account account;
        int64_t numbers[3];
        records_open(&r);
        numbers[0] = records_account(&r, "first", "first@example.com");
        numbers[1] = records_account(&r, "second", NULL);
        want_ok(epoch_rotate(&r.d, true, last, NULL));
        die_and_start(&r);
        numbers[2] =
            records_account(&r, "between", NULL); /* a program goes on working in the meantime */
        for (unsigned i = 0; i < 3; i++)
            want_ok(account_read(&r.d, numbers[i], &account));
        want_ok(epoch_rotate(&r.d, last == EPOCH_FILE, EPOCH_ALL, NULL));
        for (unsigned i = 0; i < 3; i++)
            want_ok(account_read(&r.d, numbers[i], &account));
        want_ok(epoch_state(&r.d, &state));
        want_int(state.current, 2);
        want_int(state.waiting, 0);
        want_int(state.oldest_ms, state.made_ms);
        want(access(key_path(&r, 1), F_OK) != 0);
        want_ok(epoch_check(&r.d));
        records_close(&r);
    }
}

TEST(row_S5__an_epoch_lasts_seven_days) {
    struct records r;
    struct epoch_state state;
    records_open(&r);
    records_account(&r, "somebody", NULL);
    r.d.now_ms += (int64_t)EPOCH_DAYS * 86400000 - 1;
    want_ok(epoch_rotate(&r.d, false, EPOCH_ALL, NULL));
    want_ok(epoch_state(&r.d, &state));
    want_int(state.current, 1);
    r.d.now_ms += 1;
    want_ok(epoch_rotate(&r.d, false, EPOCH_ALL, NULL));
    want_ok(epoch_state(&r.d, &state));
    want_int(state.current, 2);
    records_close(&r);
}

static void copy_file(struct records *from, const char *path, const char *to) {
    struct text content;
    want_ok(file_read_in(&from->arena, path, 64 << 20, &content));
    want_ok(file_write_whole(&from->arena, to, content, 0600));
}

/* Everything that a thief, a backup or the operator's own old copy can have, but the destroyed file. */
static void open_saved(struct records *r, struct records *saved) {
    struct store_options options = {text_say_in(&r->arena, "%s/saved-main.db", r->folder),
                                    text_say_in(&r->arena, "%s/saved-keys.db", r->folder), 0};
    *saved = *r;
    want_ok(store_open(&r->arena, &options, &saved->d.store));
}

TEST(row_S5__a_saved_copy_of_everything_opens_nothing_once_its_epoch_is_over) {
    struct records r, saved;
    struct account account;
    records_open(&r);
    int64_t erased = records_account(&r, "erased", "erased@example.com");
    int64_t living = records_account(&r, "living", NULL);
    want_ok(store_settle(r.d.store));
    copy_file(&r, r.main_path, text_say_in(&r.arena, "%s/saved-main.db", r.folder));
    copy_file(&r, r.keys_path, text_say_in(&r.arena, "%s/saved-keys.db", r.folder));
    open_saved(&r, &saved);
    want_ok(account_read(&saved.d, erased, &account)); /* a copy of this epoch opens */
    store_close(saved.d.store);
    want_ok(epoch_rotate(&r.d, true, EPOCH_ALL, NULL));
    open_saved(&r, &saved);
    want_err(account_read(&saved.d, erased, &account), ERR_CONFIG);
    want_err(account_read(&saved.d, living, &account), ERR_CONFIG);
    store_close(saved.d.store);
    want_ok(account_read(&r.d, living, &account));
    records_close(&r);
}

TEST(fault_31__a_key_file_that_is_missing_readable_or_cut_says_its_mend) {
    struct records r;
    struct err e;
    records_open(&r);
    records_account(&r, "somebody", NULL);
    want_int(chmod(key_path(&r, 1), 0440), 0);
    e = epoch_check(&r.d);
    want_err(e, ERR_CONFIG);
    want(text_find(text_c(e.say), TEXT("0400")) != SIZE_MAX);
    want_int(chmod(key_path(&r, 1), 0600), 0);
    want_int(truncate(key_path(&r, 1), 20), 0);
    want_int(chmod(key_path(&r, 1), 0400), 0);
    e = epoch_check(&r.d);
    want_err(e, ERR_CONFIG);
    want(text_find(text_c(e.say), TEXT("not whole")) != SIZE_MAX);
    want_int(unlink(key_path(&r, 1)), 0);
    e = epoch_check(&r.d);
    want_err(e, ERR_CONFIG);
    want(text_find(text_c(e.say), TEXT("is missing")) != SIZE_MAX);
    records_close(&r);
}

TESTS(RUN(row_S5__a_new_epoch_killed_behind_any_step_goes_on_and_every_person_stays_readable),
      RUN(row_S5__an_epoch_lasts_seven_days),
      RUN(row_S5__a_saved_copy_of_everything_opens_nothing_once_its_epoch_is_over),
      RUN(fault_31__a_key_file_that_is_missing_readable_or_cut_says_its_mend))
