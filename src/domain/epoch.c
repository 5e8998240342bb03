/* epoch.c: see epoch.h. */
#include "domain/epoch.h"
#include "domain/audit.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/must.h"

#include <unistd.h>

enum { BATCH = 5000 };
static const int64_t day_ms = 86400000;

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
    try(key_epoch(d->keys, d->arena, KEY_EPOCH_MAKE, 1));
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

struct err epoch_wrap(struct domain *d, uint64_t subject, const struct secret *key,
                      int64_t *epoch_out, struct text *wrapped_out) {
    try(first_epoch(d, epoch_out));
    return key_wrap_in(d->keys, d->arena, &(struct key_item){subject, *epoch_out, {NULL, 0}}, key,
                       wrapped_out);
}

struct err epoch_unwrap(struct domain *d, uint64_t subject, int64_t epoch, struct text wrapped,
                        const struct secret **key_out) {
    return key_unwrap_in(d->keys, d->arena, d->purpose, &(struct key_item){subject, epoch, wrapped},
                         key_out);
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
    for (unsigned i = 0; i < count; i++)
        try(key_epoch(d->keys, d->arena, KEY_EPOCH_CHECK, numbers[i]));
    return ok;
}

/* ---- a new epoch ---- */

struct rewrapping {
    int64_t current;
    unsigned done;
};

static struct err list_batch(struct domain *d, int64_t current, struct key_item *keys,
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
        keys[(*count_out)++] = (struct key_item){
            (uint64_t)column_i64(list, 0), column_i64(list, 1), column_text_in(list, d->arena, 2)};
    }
}

static struct err put_wrapped(struct domain *d, int64_t epoch, uint64_t subject, struct text wrapped) {
    struct statement *set = statement_for(d->store, SQL_SUBJECT_KEY_SET);
    statement_bind_i64(set, 1, (int64_t)subject);
    statement_bind_i64(set, 2, epoch);
    statement_bind_bytes(set, 3, wrapped);
    return statement_run(set, NULL);
}

static struct err wrap_anew(struct domain *d, int64_t epoch, const struct key_item *keys, unsigned count) {
    const struct text *wrapped;
    try(key_rewrap_in(d->keys, d->arena, epoch, keys, count, &wrapped));
    for (unsigned i = 0; i < count; i++)
        try(put_wrapped(d, epoch, keys[i].subject, wrapped[i]));
    return ok;
}

static struct err batch_rows(struct domain *d, void *with) {
    struct rewrapping *r = with;
    struct key_item *keys = arena_alloc(d->arena, BATCH * sizeof *keys);
    try(list_batch(d, r->current, keys, &r->done));
    for (unsigned i = 0; i < r->done; i += KEY_REWRAP_MAX) {
        unsigned rest = r->done - i;
        try(wrap_anew(d, r->current, keys + i, rest < KEY_REWRAP_MAX ? rest : KEY_REWRAP_MAX));
    }
    return ok;
}

/* A million keys pass through memory of one batch. */
static struct err wrap_all(struct domain *d, int64_t current, enum epoch_step last) {
    struct rewrapping r = {.current = current};
    struct arena batch;
    struct err e = ok;
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
        try(key_epoch(d->keys, d->arena, KEY_EPOCH_SHRED, number));
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
    try(key_epoch(d->keys, d->arena, KEY_EPOCH_MAKE, number + 1));
    if (last == EPOCH_FILE)
        return ok;
    return domain_in_transaction(d, begin_rows, &number);
}

struct err epoch_rotate(struct domain *d, bool now, enum epoch_step last, unsigned *destroyed_out) {
    struct epoch_state state;
    unsigned destroyed = 0;
    int lock;
    must(d->rotation_lock != NULL);
    try(file_lock(d->arena, d->rotation_lock, &lock));
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
