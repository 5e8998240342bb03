/* restore.c: see restore.h. */
#include "app/restore.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/must.h"
#include "domain/erasure.h"
#include "domain/erasure_journal.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DRILL_FOLDER "state/drill"
#define FRESH_DB     "state/main.db.restored"

enum { INDEX_BATCH = 500, DRILL_READS = 200 };

/* ---- the keys ---- */

static struct err put_key_files(struct arena *a, const char *copy) {
    DIR *folder = opendir(copy);
    struct err e = ok;
    if (!folder)
        return file_fault(a, "cannot read", copy);
    for (struct dirent *entry; (entry = readdir(folder)) && !e.kind;)
        if (text_ends(text_c(entry->d_name), TEXT(".key")))
            e = file_copy_whole(a, text_say_in(a, "%s/%s", copy, entry->d_name),
                        text_say_in(a, HOME_KEYS "/%s", entry->d_name), 0400);
    closedir(folder);
    return e;
}

/* Keys that are there are never written over: they may be the only ones that open something. */
static struct err put_keys(struct arena *a, const char *copy) {
    if (access(HOME_KEYS_DB, F_OK) == 0)
        return err_make(ERR_CONFIG, "the home has keys of its own (" HOME_KEYS_DB
                                    "): restore without --keys, or carry "
                                    "them away first");
    try(put_key_files(a, copy));
    return file_copy_whole(a, text_say_in(a, "%s/keys.db", copy), HOME_KEYS_DB, 0600);
}

/* ---- the records ---- */

/* The log of other records must be gone before these stand beside it. */
static struct err put_fresh(struct arena *a) {
    static const char *const old[] = {HOME_MAIN_DB "-wal", HOME_MAIN_DB "-shm", HOME_CATALOGUE,
                                      HOME_LEDGER};
    for (size_t i = 0; i < COUNT(old); i++)
        if (unlink(old[i]) != 0 && errno != ENOENT)
            return file_fault(a, "cannot remove", old[i]);
    if (rename(FRESH_DB, HOME_MAIN_DB) != 0)
        return file_fault(a, "cannot write", HOME_MAIN_DB);
    return file_sync_folder(a, "state");
}

static struct err put_records(struct domain *d, const struct backup *b) {
    if (b->schema > STORE_SCHEMA_COUNT)
        return err_make(ERR_CONFIG, "the backup was made by a newer version of this program");
    try(backup_open(d, b, "main.db.sealed", FRESH_DB));
    try(file_write_whole(d->arena, HOME_RESTORING,
                         TEXT("a restore is under way: alapi restore --replay ends it\n"), 0600));
    return put_fresh(d->arena);
}

/* ---- the journals ---- */

/* The longest of the journals is the home's from here on; a shorter one is its beginning. */
static struct err adopt_journal(struct domain *d, const char *other, bool is_needed) {
    int64_t mine, others;
    if (!is_needed && access(other, F_OK) != 0)
        return ok;
    if (access(other, R_OK) != 0)
        return file_fault(d->arena, "cannot read", other);
    try(erasure_journal_each(d, d->erasure_journal, NULL, NULL, &mine));
    try(erasure_journal_each(d, other, NULL, NULL, &others));
    return others > mine ? file_copy_whole(d->arena, other, d->erasure_journal, 0600) : ok;
}

/* ---- the blind index ---- */

struct indexing {
    int64_t after;
    unsigned done;
    struct restore_report *report;
};

static struct err index_rows(struct domain *d, void *with) {
    struct indexing *x = with;
    for (x->done = 0; x->done < INDEX_BATCH; x->done++) {
        struct account account;
        try(account_next(d, x->after, &x->after));
        if (!x->after)
            return ok;
        struct err e = account_read(d, x->after, &account);
        x->report->accounts++;
        if (e.kind == ERR_NOT_FOUND || e.kind == ERR_INTEGRITY_FAILED)
            x->report->unread++;
        else if (e.kind)
            return e;
        else
            try(account_index(d, &account));
    }
    return ok;
}

static struct err make_index(struct domain *d, struct restore_report *report) {
    struct indexing x = {.report = report};
    struct arena batch, *whole = d->arena;
    struct err e;
    arena_init(&batch, 256 << 20);
    do {
        d->arena = &batch;
        e = domain_in_transaction(d, index_rows, &x);
        d->arena = whole;
        if (e.say)
            e.say = text_say_in(whole, "%s", e.say);
        arena_reset(&batch);
    } while (!e.kind && x.after);
    arena_done(&batch);
    return e;
}

/* ---- the whole ---- */

static struct err finish(struct domain *d, const struct restore_options *o, const struct backup *b,
                         struct restore_report *out) {
    if (b) {
        try(adopt_journal(d, text_say_in(d->arena, "%s/erasures.log", b->folder), false));
        try(adopt_journal(d, text_say_in(d->arena, "%s/../erasures.log", b->folder), false));
    }
    if (o->journal)
        try(adopt_journal(d, o->journal, true));
    try(erasure_replay(d, d->erasure_journal, &out->erased));
    try(make_index(d, out));
    try(store_settle(d->store));
    if (unlink(HOME_RESTORING) != 0 && errno != ENOENT)
        return file_fault(d->arena, "cannot remove", HOME_RESTORING);
    try(file_sync_folder(d->arena, "state"));
    return erasure_replay_check(d);
}

static struct err with_records(struct arena *a, struct home *h, const struct restore_options *o,
                               struct restore_report *out) {
    struct random chance = random_system();
    struct domain d = home_domain(h, a, NULL, &chance, clock_now_ms());
    struct backup b;
    if (o->backup) {
        try(backup_find(&d, o->backup, &b));
        out->backup_ms = b.time_ms;
        try(put_records(&d, &b));
    } else if (access(HOME_RESTORING, F_OK) == 0 && access(FRESH_DB, F_OK) == 0) {
        try(put_fresh(a)); /* it was killed before they stood in their place */
    }
    try(home_store(a, &d.store));
    struct err e = finish(&d, o, o->backup ? &b : NULL, out);
    if (e.say)
        e.say = text_say_in(a, "%s", e.say);
    store_close(d.store);
    return e;
}

struct err restore_run(struct arena *a, const char *folder, const struct restore_options *options,
                       struct restore_report *out) {
    struct restore_options o = *options;
    struct home home;
    int serve = -1;
    char *backup = o.backup ? realpath(o.backup, NULL) : NULL,
         *keys = o.keys ? realpath(o.keys, NULL) : NULL,
         *journal = o.journal ? realpath(o.journal, NULL) : NULL;
    if ((o.backup && !backup) || (o.keys && !keys) || (o.journal && !journal))
        return file_fault(a, "cannot find",
                          o.backup && !backup ? o.backup
                          : o.keys && !keys   ? o.keys
                                              : o.journal);
    o = (struct restore_options){backup, keys, journal};
    *out = (struct restore_report){0};
    struct err e = home_make(a, folder);
    if (!e.kind && o.keys)
        e = put_keys(a, o.keys);
    if (!e.kind)
        e = home_enter(a, ".", &home);
    if (!e.kind) {
        e = home_take_role(a, "serve", &serve);
        if (!e.kind)
            e = with_records(a, &home, &o, out);
        if (serve >= 0)
            close(serve);
        home_leave(&home);
    }
    free(backup);
    free(keys);
    free(journal);
    return e;
}

/* ---- a rehearsal ---- */

static struct err is_sound(struct domain *d, bool *out) {
    struct statement *check = statement_for(d->store, SQL_CHECK);
    bool row;
    try(statement_step(check, &row));
    *out = row && text_equal_c(column_text_in(check, d->arena, 0), "ok");
    statement_done(check);
    return ok;
}

/* Accounts of then whose key is still there must open; those erased since have none, which is right. */
static struct err read_some(struct domain *d, struct drill_report *out) {
    unsigned damaged = 0;
    struct statement *count = statement_for(d->store, SQL_ACCOUNT_COUNT);
    bool row;
    try(statement_step(count, &row));
    out->accounts = row ? (uint64_t)column_i64(count, 0) : 0;
    statement_done(count);
    int64_t number = 0;
    for (unsigned i = 0; i < DRILL_READS; i++) {
        struct account account;
        try(account_next(d, number, &number));
        if (!number)
            break;
        struct err e = account_read(d, number, &account);
        if (e.kind && e.kind != ERR_NOT_FOUND && e.kind != ERR_INTEGRITY_FAILED)
            return e;
        out->read += !e.kind;
        damaged += e.kind == ERR_INTEGRITY_FAILED;
    }
    out->is_good = out->is_good && damaged == 0;
    return ok;
}

static struct err rehearse(struct domain *d, const struct backup *b, struct drill_report *out) {
    struct store_options options = {DRILL_FOLDER "/main.db", HOME_KEYS_DB, 0};
    struct domain copy = *d;
    try(backup_open(d, b, "main.db.sealed", options.main_path));
    try(store_open(d->arena, &options, &copy.store));
    struct err e = is_sound(&copy, &out->is_good);
    if (!e.kind)
        e = read_some(&copy, out);
    if (e.say)
        e.say = text_say_in(d->arena, "%s", e.say);
    store_close(copy.store);
    return e;
}

static struct err note_drill(struct domain *d, const struct drill_report *r) {
    struct statement *add = statement_for(d->store, SQL_DRILL_ADD);
    statement_bind_i64(add, 1, d->now_ms);
    statement_bind_i64(add, 2, r->backup_ms);
    statement_bind_i64(add, 3, r->took_ms);
    statement_bind_i64(add, 4, r->is_good);
    return statement_run(add, NULL);
}

struct err restore_drill(struct domain *d, const char *folder, struct drill_report *out) {
    static const char *const left[] = {DRILL_FOLDER "/main.db", DRILL_FOLDER "/main.db-wal",
                                       DRILL_FOLDER "/main.db-shm"};
    struct backup b;
    uint64_t began_ns = clock_monotonic_ns();
    *out = (struct drill_report){0};
    try(file_make_folder(d->arena, DRILL_FOLDER, 0700));
    struct err e = backup_find(d, folder, &b);
    if (!e.kind) {
        out->backup_ms = b.time_ms;
        e = rehearse(d, &b, out);
    }
    for (size_t i = 0; i < COUNT(left); i++)
        (void)!file_shred(d->arena, left[i]).kind;
    rmdir(DRILL_FOLDER);
    out->took_ms = (int64_t)((clock_monotonic_ns() - began_ns) / 1000000);
    out->is_good = out->is_good && !e.kind;
    try(note_drill(d, out));
    return e;
}
