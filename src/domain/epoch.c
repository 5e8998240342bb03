/* epoch.c: see epoch.h. */
#include "domain/epoch.h"
#include "domain/audit.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/must.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_FILE_BYTES_MAX = 512, BATCH = 5000 };
static const int64_t day_ms = 86400000;

/* ---- the files ---- */

static const char *path_of(struct domain *d, int64_t number) {
    must(d->key_folder != NULL);
    return text_say_in(d->arena, "%s/epoch-%lld.key", d->key_folder, (long long)number);
}

static struct seal_place file_place(int64_t number) {
    return (struct seal_place){"epoch", "key", number, 0};
}

static struct err fault(struct domain *d, const char *path, const char *why) {
    return err_make(
        ERR_CONFIG,
        text_say_in(d->arena,
                    "the wrapping key %s %s: put it back from the copy of the keys; without it the "
                    "data of persons cannot be read",
                    path, why));
}

static struct err file_make(struct domain *d, int64_t number) {
    struct secret key;
    struct seal_place place = file_place(number);
    random_bytes(d->chance, key.bytes, sizeof key.bytes);
    struct text sealed = seal_in(d->arena, d->chance, &d->keys->wrap, &place,
                                 text_of((const char *)key.bytes, sizeof key.bytes));
    secret_wipe(&key, sizeof key);
    try(file_write_whole(d->arena, path_of(d, number), sealed, 0400));
    return file_sync_folder(d->arena, d->key_folder);
}

static struct err file_open(struct domain *d, int64_t number, struct secret *out) {
    const char *path = path_of(d, number);
    struct seal_place place = file_place(number);
    struct text sealed, plain;
    struct stat info;
    if (number == 0) {
        *out = d->keys->wrap;
        return ok;
    }
    if (stat(path, &info) != 0)
        return fault(d, path, "is missing");
    if ((info.st_mode & 0777) != 0400)
        return err_make(
            ERR_CONFIG,
            text_say_in(
                d->arena,
                "the wrapping key %s must have mode 0400 (密钥文件权限须为 0400): chmod 0400 it",
                path));
    try(file_read_in(d->arena, path, KEY_FILE_BYTES_MAX, &sealed));
    if (seal_open_in(d->arena, &d->keys->wrap, &place, sealed, &plain).kind ||
        plain.length != sizeof out->bytes)
        return fault(d, path, "is not whole, or belongs to another master key");
    memcpy(out->bytes, plain.bytes, plain.length);
    secret_wipe((void *)(uintptr_t)plain.bytes, plain.length);
    return ok;
}

/* ---- the rows ---- */

static struct err one_number(struct statement *s, int64_t *out) {
    bool row;
    try(statement_step(s, &row));
    *out = row ? column_i64(s, 0) : 0;
    statement_done(s);
    return ok;
}

static struct err current_of(struct domain *d, int64_t *number_out, int64_t *made_out) {
    struct statement *s = statement_for(d->store, SQL_EPOCH_CURRENT);
    bool row;
    try(statement_step(s, &row));
    *number_out = row ? column_i64(s, 0) : 0;
    *made_out = row ? column_i64(s, 1) : 0;
    statement_done(s);
    return ok;
}

static struct err row_make(struct domain *d, int64_t number) {
    struct statement *add = statement_for(d->store, SQL_EPOCH_ADD);
    statement_bind_i64(add, 1, number);
    statement_bind_i64(add, 2, d->now_ms);
    return statement_run(add, NULL);
}

/* File and row in one transaction, so that nobody wraps with a file that another writes over; later ones
 * are made by epoch_rotate alone, which has a lock. */
static struct err first_epoch(struct domain *d, void *number_out) {
    int64_t *number = number_out, made_ms;
    try(current_of(d, number, &made_ms));
    if (*number > 0)
        return ok;
    *number = 1;
    try(file_make(d, 1));
    return row_make(d, 1);
}

struct err epoch_state(struct domain *d, struct epoch_state *out) {
    int64_t waiting;
    try(current_of(d, &out->current, &out->made_ms));
    try(one_number(statement_for(d->store, SQL_EPOCH_OLDEST), &out->oldest_ms));
    struct statement *count = statement_for(d->store, SQL_EPOCH_WAITING);
    statement_bind_i64(count, 1, out->current);
    try(one_number(count, &waiting));
    out->waiting = (uint64_t)waiting;
    return ok;
}

/* ---- one person's key ---- */

static struct seal_place key_place(uint64_t subject) {
    return (struct seal_place){"subject_key", "wrapped", 0, subject};
}

static struct text wrap_under(struct domain *d, const struct secret *wrapping, uint64_t subject,
                              struct text key) {
    struct seal_place place = key_place(subject);
    return seal_in(d->arena, d->chance, wrapping, &place, key);
}

struct err epoch_wrap(struct domain *d, uint64_t subject, const struct secret *key,
                      int64_t *epoch_out, struct text *wrapped_out) {
    struct secret wrapping;
    try(first_epoch(d, epoch_out));
    try(file_open(d, *epoch_out, &wrapping));
    *wrapped_out =
        wrap_under(d, &wrapping, subject, text_of((const char *)key->bytes, sizeof key->bytes));
    secret_wipe(&wrapping, sizeof wrapping);
    return ok;
}

struct err epoch_unwrap(struct domain *d, uint64_t subject, int64_t epoch, struct text wrapped,
                        struct secret *key_out) {
    struct secret wrapping;
    struct seal_place place = key_place(subject);
    struct text plain;
    try(file_open(d, epoch, &wrapping));
    struct err e = seal_open_in(d->arena, &wrapping, &place, wrapped, &plain);
    secret_wipe(&wrapping, sizeof wrapping);
    try(e);
    if (plain.length != sizeof key_out->bytes)
        return err_make(ERR_INTEGRITY_FAILED, "a person's key has a wrong length");
    memcpy(key_out->bytes, plain.bytes, plain.length);
    return ok;
}

/* ---- looking after the files ---- */

struct err epoch_check(struct domain *d) {
    int64_t numbers[64];
    unsigned count = 0;
    struct statement *list = statement_for(d->store, SQL_EPOCH_NEEDED);
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            break;
        if (count < COUNT(numbers))
            numbers[count++] = column_i64(list, 0);
    }
    for (unsigned i = 0; i < count; i++) {
        struct secret key;
        try(file_open(d, numbers[i], &key));
        secret_wipe(&key, sizeof key);
    }
    return ok;
}

/* ---- a new epoch ---- */

struct rewrapping {
    int64_t current, opened; /* opened: the epoch that `old` is of; -1: none */
    struct secret fresh, old;
    unsigned done;
};

struct waiting_key {
    uint64_t subject;
    int64_t epoch;
    struct text wrapped;
};

static struct err list_batch(struct domain *d, int64_t current, struct waiting_key *keys,
                             unsigned *count_out) {
    struct statement *list = statement_for(d->store, SQL_EPOCH_BATCH);
    statement_bind_i64(list, 1, current);
    statement_bind_i64(list, 2, BATCH);
    *count_out = 0;
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        must(*count_out < BATCH);
        keys[(*count_out)++] = (struct waiting_key){
            (uint64_t)column_i64(list, 0), column_i64(list, 1), column_text_in(list, d->arena, 2)};
    }
}

static struct err wrap_anew(struct domain *d, struct rewrapping *r, const struct waiting_key *key) {
    struct seal_place place = key_place(key->subject);
    struct text plain;
    if (r->opened != key->epoch) {
        try(file_open(d, key->epoch, &r->old));
        r->opened = key->epoch;
    }
    try(seal_open_in(d->arena, &r->old, &place, key->wrapped, &plain));
    struct statement *set = statement_for(d->store, SQL_SUBJECT_KEY_SET);
    statement_bind_i64(set, 1, (int64_t)key->subject);
    statement_bind_i64(set, 2, r->current);
    statement_bind_bytes(set, 3, wrap_under(d, &r->fresh, key->subject, plain));
    secret_wipe((void *)(uintptr_t)plain.bytes, plain.length);
    return statement_run(set, NULL);
}

static struct err batch_rows(struct domain *d, void *with) {
    struct rewrapping *r = with;
    struct waiting_key *keys = arena_alloc(d->arena, BATCH * sizeof *keys);
    try(list_batch(d, r->current, keys, &r->done));
    for (unsigned i = 0; i < r->done; i++)
        try(wrap_anew(d, r, &keys[i]));
    return ok;
}

/* A million keys pass through memory of one batch. */
static struct err wrap_all(struct domain *d, int64_t current, enum epoch_step last) {
    struct rewrapping r = {.current = current, .opened = -1};
    struct arena batch;
    struct err e = file_open(d, current, &r.fresh);
    arena_init(&batch, LIMIT_ARENA_BYTES);
    do {
        struct domain of_batch = *d;
        of_batch.arena = &batch;
        if (!e.kind)
            e = domain_in_transaction(&of_batch, batch_rows, &r);
        if (e.kind)
            e.say = e.say ? text_say_in(d->arena, "%s", e.say) : NULL;
        arena_reset(&batch);
    } while (!e.kind && r.done == BATCH && last > EPOCH_BATCH);
    arena_done(&batch);
    secret_wipe(&r, sizeof r);
    return e;
}

static struct err mark_destroyed(struct domain *d, void *with) {
    int64_t number = *(const int64_t *)with;
    struct statement *set = statement_for(d->store, SQL_EPOCH_DESTROYED);
    statement_bind_i64(set, 1, number);
    statement_bind_i64(set, 2, d->now_ms);
    try(statement_run(set, NULL));
    return audit_note(
        d, &(struct audit_event){.actor_kind = AUDIT_SYSTEM,
                                 .action = "keys.destroy",
                                 .object = text_format_in(d->arena, "%lld", (long long)number),
                                 .purpose = "security"});
}

/* Nobody can wrap with an old key any more: who wraps asks for the current one in his own transaction. */
static struct err destroy_old(struct domain *d, enum epoch_step last, unsigned *destroyed) {
    for (int64_t number;;) {
        try(one_number(statement_for(d->store, SQL_EPOCH_SPENT), &number));
        if (number == 0)
            return ok;
        try(file_shred(d->arena, path_of(d, number)));
        if (last == EPOCH_SHREDDED)
            return ok;
        try(domain_in_transaction(d, mark_destroyed, &number));
        ++*destroyed;
    }
}

static struct err begin_rows(struct domain *d, void *with) {
    int64_t number, made_ms, was = *(const int64_t *)with;
    try(current_of(d, &number, &made_ms));
    return number == was ? row_make(d, was + 1) : ok; /* else another program was faster */
}

static struct err begin_epoch(struct domain *d, bool now, enum epoch_step last) {
    int64_t number, made_ms;
    try(current_of(d, &number, &made_ms));
    if (number == 0)
        return domain_in_transaction(d, first_epoch, &number);
    if (!now && d->now_ms - made_ms < EPOCH_DAYS * day_ms)
        return ok;
    try(file_make(d, number + 1));
    if (last == EPOCH_FILE)
        return ok;
    return domain_in_transaction(d, begin_rows, &number);
}

struct err epoch_rotate(struct domain *d, bool now, enum epoch_step last, unsigned *destroyed_out) {
    struct epoch_state state;
    unsigned destroyed = 0;
    int lock;
    try(file_lock(d->arena, text_say_in(d->arena, "%s/rotation.lock", d->key_folder), &lock));
    struct err e = epoch_state(d, &state);
    if (!e.kind && state.waiting == 0)
        e = begin_epoch(d, now, last);
    if (!e.kind && last > EPOCH_ROW)
        e = epoch_state(d, &state);
    if (!e.kind && last > EPOCH_ROW && state.waiting)
        e = wrap_all(d, state.current, last);
    if (!e.kind && last > EPOCH_WRAPPED)
        e = destroy_old(d, last, &destroyed);
    close(lock);
    if (destroyed_out)
        *destroyed_out = destroyed;
    return e;
}

int64_t epoch_bound_ms(int64_t now_ms) {
    return now_ms + EPOCH_DAYS * day_ms;
}
