/* audit_verify.c: see audit_verify.h.
 *
 * One walk over three cursors (entries, hashes, checkpoints), each in the order of its numbers:
 *
 *     entry i ── leaf ──> the stored leaf i?  ──> tree ──> the stored nodes that i completes?
 *                                                  └─────> a checkpoint of i + 1 entries: its root?
 *
 * Where a leaf does not fit, either the entry or the stored hash was changed: the walk goes on with the
 * entry's own leaf until the next checkpoint, and what was signed decides. Then audit_diagnose tells
 * whether the entry was changed, taken out, put in or moved.
 */
#include "domain/audit_verify.h"
#include "domain/audit_diagnose.h"
#include "domain/audit_log.h"

#include <stdlib.h>
#include <string.h>

enum { SCRATCH_BYTES = 1 << 20, GRACE_MS = 5 * 60000 };

struct walk {
    struct domain *d;
    struct arena scratch; /* of one entry */
    struct note_key key;
    struct audit_verdict *out;
    struct audit_prunings prunings;
    struct merkle tree;
    struct statement *entries, *nodes, *checkpoints;
    bool has_entry, has_node, has_checkpoint;
    bool is_suspect;      /* entry out->index does not fit its hash */
    bool was_signed_for;  /* and a checkpoint has spoken on that */
    uint64_t signed_size; /* of the last checkpoint that fitted */
    struct merkle_tip against;
};

const char *audit_fault_name(enum audit_fault fault) {
    static const char *const names[AUDIT_FAULTS] = {
        "whole",  "changed", "missing",   "reordered", "inserted", "truncated",
        "hashes", "forged",  "rewritten", "forked",    "file"};
    return names[fault];
}

static void find(struct walk *w, enum audit_fault fault, uint64_t index, const char *say) {
    if (w->out->fault != AUDIT_WHOLE)
        return;
    w->out->fault = fault;
    w->out->index = index;
    w->out->say = say;
}

static bool is_found(const struct walk *w) {
    return w->out->fault != AUDIT_WHOLE;
}

#define SAY(w, ...) text_say_in((w)->d->arena, __VA_ARGS__)
#define NUMBER(n)   (unsigned long long)(n)

/* ---- checkpoints ---- */

static struct err next_checkpoint(struct walk *w) {
    return statement_step(w->checkpoints, &w->has_checkpoint);
}

/* Where an entry is suspected, what was signed decides between it and its hash. */
static void check_root(struct walk *w, uint64_t size, const struct digest *signed_root) {
    struct digest root = merkle_root(&w->tree);
    bool fits = digest_equal(&root, signed_root);
    if (w->is_suspect) {
        w->was_signed_for = true;
        if (fits)
            find(w, AUDIT_HASHES, w->out->index,
                 SAY(w, "the stored hash of entry %llu was changed; the entry is what was signed",
                     NUMBER(w->out->index)));
    } else if (!fits) {
        find(w, AUDIT_REWRITTEN, w->signed_size,
             SAY(w,
                 "entries %llu to %llu were written anew: they fit their hashes, but not what was "
                 "signed of them",
                 NUMBER(w->signed_size), NUMBER(size - 1)));
    }
    w->signed_size = size;
}

static struct err check_checkpoint(struct walk *w) {
    int64_t size = column_i64(w->checkpoints, 0), time_ms = column_i64(w->checkpoints, 1);
    struct text note = column_text_in(w->checkpoints, &w->scratch, 2);
    struct checkpoint c;
    struct err e = checkpoint_open(&w->scratch, &w->key, note, &c);
    bool is_its_own = !e.kind && (int64_t)c.size == size && c.time_ms == time_ms;
    w->out->checkpoints++;
    if (is_its_own)
        check_root(w, c.size, &c.root);
    else if (!w->is_suspect)
        find(w, AUDIT_FORGED, (uint64_t)size,
             SAY(w, "the checkpoint of %lld entries is forged: %s", (long long)size,
                 e.kind ? e.say : "it was signed for another place or time"));
    return next_checkpoint(w);
}

static struct err check_checkpoints_here(struct walk *w) {
    while (!is_found(w) && w->has_checkpoint &&
           column_i64(w->checkpoints, 0) <= (int64_t)w->tree.size)
        try(check_checkpoint(w));
    if (w->against.size == w->tree.size && !w->is_suspect) {
        struct digest root = merkle_root(&w->tree);
        if (!digest_equal(&root, &w->against.root))
            find(w, AUDIT_FORKED, w->tree.size,
                 SAY(w, "split view: another log of %llu entries was signed and given away",
                     NUMBER(w->tree.size)));
    }
    return ok;
}

/* ---- entries ---- */

static struct err next_node(struct walk *w) {
    return statement_step(w->nodes, &w->has_node);
}

/* The stored hash at this place, which the cursor stands at; false where it is not there. */
static struct err take_node(struct walk *w, uint64_t place, struct digest *out, bool *found_out) {
    struct text hash = TEXT("");
    *found_out = w->has_node && (uint64_t)column_i64(w->nodes, 0) == place;
    if (!*found_out)
        return ok;
    hash = column_text_in(w->nodes, &w->scratch, 1);
    *found_out = hash.length == DIGEST_BYTES;
    if (*found_out)
        memcpy(out->bytes, hash.bytes, DIGEST_BYTES);
    return next_node(w);
}

static void suspect(struct walk *w, uint64_t index) {
    if (w->is_suspect)
        return;
    w->is_suspect = true;
    w->out->index = index;
}

static void miss(struct walk *w, uint64_t i) {
    w->out->pruned++;
    if (w->is_suspect || audit_pruning_names(&w->prunings, i))
        return;
    if (w->has_entry)
        find(w, AUDIT_MISSING, i,
             SAY(w, "entry %llu is missing: its hash is there, its bytes are gone", NUMBER(i)));
    else
        find(
            w, AUDIT_TRUNCATED, i,
            SAY(w, "the log was cut off at entry %llu: there are hashes of later ones", NUMBER(i)));
}

/* The leaf of entry i: from its bytes, or as stored where it was pruned. */
static struct err take_leaf(struct walk *w, uint64_t i, const struct digest *stored,
                            struct digest *out) {
    if (w->has_entry && (uint64_t)column_i64(w->entries, 0) == i) {
        struct log_entry e = audit_entry_of(&w->scratch, w->entries);
        *out = merkle_leaf(log_entry_print_in(&w->scratch, &e));
        if (!digest_equal(out, stored))
            suspect(w, i);
        return statement_step(w->entries, &w->has_entry);
    }
    *out = *stored;
    miss(w, i);
    return ok;
}

static struct err check_nodes(struct walk *w, uint64_t i, const struct digest *made,
                              unsigned count) {
    struct digest stored;
    bool found;
    for (unsigned level = 1; level < count; level++) {
        try(take_node(w, audit_place(0, i) + level, &stored, &found));
        if ((!found || !digest_equal(&stored, &made[level])) && !w->is_suspect)
            find(w, AUDIT_HASHES, i,
                 SAY(w,
                     "the stored hash above entries %llu to %llu was changed; the entries fit "
                     "theirs",
                     NUMBER(i + 1 - (UINT64_C(1) << level)), NUMBER(i)));
    }
    return ok;
}

static struct err check_entry(struct walk *w, uint64_t i) {
    struct digest stored, leaf, made[MERKLE_LEVELS];
    bool found;
    try(take_node(w, audit_place(0, i), &stored, &found));
    if (!found) {
        find(w, AUDIT_HASHES, i, SAY(w, "the stored hash of entry %llu is missing", NUMBER(i)));
        return ok;
    }
    try(take_leaf(w, i, &stored, &leaf));
    unsigned count = merkle_add(&w->tree, &leaf, made);
    try(check_nodes(w, i, made, count));
    w->out->entries++;
    return check_checkpoints_here(w);
}

/* ---- the ends ---- */

static void check_ends(struct walk *w) {
    uint64_t size = w->tree.size;
    if (w->is_suspect)
        return;
    if (w->has_entry && w->has_checkpoint)
        find(w, AUDIT_HASHES, size,
             SAY(w, "the stored hashes from entry %llu on are missing", NUMBER(size)));
    else if (w->has_entry)
        find(w, AUDIT_INSERTED, (uint64_t)column_i64(w->entries, 0),
             SAY(w, "entry %lld was put in: the log has no hash of it",
                 (long long)column_i64(w->entries, 0)));
    else if (w->has_checkpoint)
        find(w, AUDIT_TRUNCATED, size,
             SAY(w, "the log was cut off at entry %llu: a checkpoint speaks for %lld", NUMBER(size),
                 (long long)column_i64(w->checkpoints, 0)));
    else if (w->against.size > size)
        find(w, AUDIT_TRUNCATED, size,
             SAY(w,
                 "the log was cut off at entry %llu: a checkpoint that was given away speaks for "
                 "%llu",
                 NUMBER(size), NUMBER(w->against.size)));
}

static struct err walk_all(struct walk *w) {
    w->entries = statement_for(w->d->store, SQL_AUDIT_EACH);
    w->nodes = statement_for(w->d->store, SQL_AUDIT_NODE_EACH);
    w->checkpoints = statement_for(w->d->store, SQL_AUDIT_CHECKPOINT_EACH);
    try(statement_step(w->entries, &w->has_entry));
    try(next_node(w));
    try(next_checkpoint(w));
    for (uint64_t i = 0; w->has_node && !is_found(w) && !w->was_signed_for; i++) {
        if (w->has_entry && column_i64(w->entries, 0) < (int64_t)i) {
            find(w, AUDIT_INSERTED, i, SAY(w, "an entry with a number of nobody's was put in"));
            break;
        }
        try(check_entry(w, i));
        arena_reset(&w->scratch);
    }
    if (!is_found(w))
        check_ends(w);
    w->out->root = merkle_root(&w->tree);
    statement_done(w->entries);
    statement_done(w->nodes);
    statement_done(w->checkpoints);
    return ok;
}

/* ---- the file beside ----
 *
 * Both are in the order of their sizes, so they are read side by side. */

struct file_look {
    struct walk *walk;
    uint64_t last;
    bool has_row; /* the cursor of checkpoints stands at one that is not in the file yet */
};

static void lack(struct walk *w, uint64_t size) {
    find(w, AUDIT_FILE, size,
         SAY(w, "%s lacks the checkpoint of %llu entries, which the records have", w->d->log_file,
             NUMBER(size)));
}

static void compare_notes(struct walk *w, const struct file_look *look, uint64_t size,
                          struct text note) {
    const char *file = w->d->log_file;
    if (size > w->tree.size)
        find(w, AUDIT_TRUNCATED, w->tree.size,
             SAY(w, "the log was cut off at entry %llu: %s has a checkpoint of %llu",
                 NUMBER(w->tree.size), file, NUMBER(size)));
    else if (!look->has_row || (uint64_t)column_i64(w->checkpoints, 0) != size)
        find(w, AUDIT_FILE, size,
             SAY(w, "%s has a checkpoint of %llu entries where the records have none", file,
                 NUMBER(size)));
    else if (!text_equal(column_text_in(w->checkpoints, &w->scratch, 2), note))
        find(w, AUDIT_FORKED, size,
             SAY(w, "split view: two checkpoints of %llu entries were signed, one stands in %s",
                 NUMBER(size), file));
}

static struct err look_at_note(void *with, struct text note) {
    struct file_look *look = with;
    struct walk *w = look->walk;
    struct checkpoint c;
    struct err e = checkpoint_open(&w->scratch, &w->key, note, &c);
    if (e.kind) {
        find(w, AUDIT_FORGED, look->last,
             SAY(w, "%s: what stands behind the checkpoint of %llu entries is forged: %s",
                 w->d->log_file, NUMBER(look->last), e.say));
        return ok;
    }
    while (look->has_row && (uint64_t)column_i64(w->checkpoints, 0) < c.size && !is_found(w)) {
        lack(w, (uint64_t)column_i64(w->checkpoints, 0));
        try(statement_step(w->checkpoints, &look->has_row));
    }
    if (!is_found(w))
        compare_notes(w, look, c.size, note);
    look->last = c.size;
    arena_reset(&w->scratch);
    return look->has_row ? statement_step(w->checkpoints, &look->has_row) : ok;
}

/* What was signed a moment ago may be on its way into the file. */
static struct err check_file(struct walk *w) {
    struct file_look look = {.walk = w};
    w->checkpoints = statement_for(w->d->store, SQL_AUDIT_CHECKPOINT_EACH);
    try(statement_step(w->checkpoints, &look.has_row));
    struct err e = audit_file_each(w->d, look_at_note, &look);
    if (e.kind == ERR_INTEGRITY_FAILED)
        find(w, AUDIT_FORGED, look.last, e.say);
    else if (e.kind != ERR_NOT_FOUND)
        try(e);
    if (look.has_row && column_i64(w->checkpoints, 1) < w->d->now_ms - GRACE_MS)
        lack(w, (uint64_t)column_i64(w->checkpoints, 0));
    statement_done(w->checkpoints);
    return ok;
}

/* ---- all of it ---- */

static struct err look(struct walk *w) {
    try(audit_prunings_read(w->d, &w->prunings));
    try(walk_all(w));
    if (w->is_suspect && !is_found(w))
        try(audit_diagnose(w->d, w->out->index, w->out));
    if (!is_found(w) && w->d->log_file)
        try(check_file(w));
    return ok;
}

struct err audit_verify(struct domain *d, struct text against, struct audit_verdict *out) {
    struct walk w = {.d = d, .out = out, .key = audit_key(d)};
    struct checkpoint c;
    *out = (struct audit_verdict){.say = ""};
    if (against.length) {
        struct err e = checkpoint_open(d->arena, &w.key, against, &c);
        if (e.kind)
            return err_make(ERR_FIELD_INVALID,
                            text_say_in(d->arena,
                                        "what is compared with was not signed by this log: %s",
                                        e.say));
        w.against = (struct merkle_tip){c.size, c.root};
    }
    arena_init(&w.scratch, SCRATCH_BYTES);
    struct err e = store_begin_reading(d->store);
    if (!e.kind) {
        e = look(&w);
        e.say = e.say ? text_say_in(d->arena, "%s", e.say) : NULL;
        store_rollback(d->store);
    }
    audit_prunings_done(&w.prunings);
    arena_done(&w.scratch);
    return e;
}
