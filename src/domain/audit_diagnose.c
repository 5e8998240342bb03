/* audit_diagnose.c: see audit_diagnose.h. */
#include "domain/audit_diagnose.h"
#include "base/must.h"
#include "domain/audit_log.h"

#include <stdlib.h>

static const int64_t day_ms = 86400000;

/* ---- prunings ---- */

static void add_range(struct audit_prunings *p, uint64_t first, uint64_t last) {
    if (p->count == p->room) {
        p->room = p->room ? 2 * p->room : 64;
        p->ranges = realloc(p->ranges, p->room * sizeof *p->ranges);
        must(p->ranges != NULL);
    }
    p->ranges[p->count++] = (struct audit_range){first, last};
}

static int by_first(const void *a, const void *b) {
    const struct audit_range *x = a, *y = b;
    return x->first < y->first ? -1 : x->first > y->first;
}

static struct err signed_by(struct domain *d, int64_t time_ms, uint64_t *size_out) {
    struct statement *by = statement_for(d->store, SQL_AUDIT_CHECKPOINT_BY);
    bool row;
    statement_bind_i64(by, 1, time_ms);
    try(statement_step(by, &row));
    *size_out = row ? (uint64_t)column_i64(by, 0) : 0;
    statement_done(by);
    return ok;
}

struct err audit_prunings_read(struct domain *d, struct audit_prunings *out) {
    struct statement *list = statement_for(d->store, SQL_AUDIT_PRUNINGS);
    struct arena scratch;
    struct err e = ok;
    bool row = true;
    arena_init(&scratch, 1 << 20);
    while (!e.kind && !(e = statement_step(list, &row)).kind && row) {
        struct text rest = column_text_in(list, &scratch, 1);
        uint64_t size = 0, first, last;
        e = signed_by(d, column_i64(list, 0) - AUDIT_KEEP_DAYS * day_ms, &size);
        while (audit_range_next(&rest, &first, &last))
            if (last < size)
                add_range(out, first, last);
        arena_reset(&scratch);
    }
    statement_done(list);
    arena_done(&scratch);
    if (out->count)
        qsort(out->ranges, out->count, sizeof *out->ranges, by_first);
    return e;
}

void audit_prunings_done(struct audit_prunings *p) {
    free(p->ranges);
}

bool audit_pruning_names(const struct audit_prunings *p, uint64_t seq) {
    size_t low = 0, high = p->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->ranges[middle].last < seq)
            low = middle + 1;
        else
            high = middle;
    }
    return low < p->count && p->ranges[low].first <= seq;
}

/* ---- what was done ---- */

enum { NOWHERE = -1 };

/* The place whose hash this entry fits. */
static struct err home_of(struct domain *d, const struct log_entry *entry, int64_t *place_out) {
    struct merkle_nodes nodes = audit_nodes(d);
    struct arena scratch, *arena = d->arena;
    struct log_entry e = *entry;
    struct err fault = ok;
    uint64_t size;
    *place_out = NOWHERE;
    try(audit_size(d, &size));
    arena_init(&scratch, 1 << 20);
    d->arena = &scratch; /* of one comparison */
    for (e.seq = 0; e.seq < size && !fault.kind && *place_out == NOWHERE; e.seq++) {
        struct digest stored, leaf = merkle_leaf(log_entry_print_in(&scratch, &e));
        fault = nodes.read(nodes.with, 0, e.seq, &stored);
        if (!fault.kind && digest_equal(&leaf, &stored))
            *place_out = (int64_t)e.seq;
        arena_reset(&scratch);
    }
    d->arena = arena;
    arena_done(&scratch);
    return fault.kind == ERR_INTEGRITY_FAILED ? ok : fault;
}

static struct err home_of_number(struct domain *d, uint64_t seq, int64_t *place_out) {
    struct log_entry e;
    bool found;
    *place_out = NOWHERE;
    try(audit_entry_at(d, seq, &e, &found));
    return found ? home_of(d, &e, place_out) : ok;
}

static void conclude(struct audit_verdict *out, enum audit_fault fault, const char *say) {
    out->fault = fault;
    out->say = say;
}

struct err audit_diagnose(struct domain *d, uint64_t index, struct audit_verdict *out) {
    int64_t home, behind, of_other = NOWHERE, here = (int64_t)index;
    unsigned long long i = index;
    try(home_of_number(d, index, &home));
    try(home_of_number(d, index + 1, &behind));
    if (home != NOWHERE)
        try(home_of_number(d, (uint64_t)home, &of_other));
    if (home != NOWHERE && of_other == here)
        conclude(
            out, AUDIT_REORDERED,
            text_say_in(d->arena, "entries %llu and %lld have changed places", i, (long long)home));
    else if (home == here + 1)
        conclude(out, AUDIT_MISSING,
                 text_say_in(d->arena, "entry %llu is missing: those behind it were moved up", i));
    else if (home != NOWHERE)
        conclude(out, AUDIT_REORDERED,
                 text_say_in(d->arena, "entry %lld stands in the place of entry %llu",
                             (long long)home, i));
    else if (behind == here)
        conclude(
            out, AUDIT_INSERTED,
            text_say_in(d->arena, "entry %llu was put in: those behind it were moved down", i));
    else
        conclude(out, AUDIT_CHANGED,
                 text_say_in(d->arena, "entry %llu was changed: its bytes do not fit its hash", i));
    return ok;
}
