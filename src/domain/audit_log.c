/* audit_log.c: see audit_log.h. */
#include "domain/audit_log.h"
#include "base/buf.h"
#include "base/must.h"
#include "domain/audit.h"
#include "domain/audit_file.h"

#include <string.h>

static const int64_t day_ms = 86400000;

/* ---- the tree ---- */

static uint64_t places_of(uint64_t size) {
    return 2 * size - (unsigned)__builtin_popcountll(size);
}

uint64_t audit_place(unsigned level, uint64_t number) {
    uint64_t last = ((number + 1) << level) - 1;
    return places_of(last) + level;
}

struct err audit_size(struct domain *d, uint64_t *out) {
    struct statement *s = statement_for(d->store, SQL_AUDIT_PLACES);
    bool row;
    try(statement_step(s, &row));
    must(row);
    uint64_t places = (uint64_t)column_i64(s, 0);
    statement_done(s);
    for (uint64_t size = places / 2; size <= places / 2 + 64; size++) {
        if (places_of(size) == places) {
            *out = size;
            return ok;
        }
    }
    return err_make(ERR_INTEGRITY_FAILED,
                    "the audit log's tree of hashes was cut off: alapi audit verify");
}

static struct err read_node(void *with, unsigned level, uint64_t number, struct digest *out) {
    struct domain *d = with;
    struct statement *get = statement_for(d->store, SQL_AUDIT_NODE_GET);
    bool row;
    statement_bind_i64(get, 1, (int64_t)audit_place(level, number));
    try(statement_step(get, &row));
    struct text hash = row ? column_text_in(get, d->arena, 0) : TEXT("");
    statement_done(get);
    if (hash.length != DIGEST_BYTES)
        return err_make(ERR_INTEGRITY_FAILED,
                        "a hash of the audit log is missing: alapi audit verify");
    memcpy(out->bytes, hash.bytes, DIGEST_BYTES);
    return ok;
}

struct merkle_nodes audit_nodes(struct domain *d) {
    return (struct merkle_nodes){read_node, d};
}

struct log_entry audit_entry_of(struct arena *a, struct statement *row) {
    return (struct log_entry){.seq = (uint64_t)column_i64(row, 0),
                              .time_ms = column_i64(row, 1),
                              .actor_kind = column_text_in(row, a, 2),
                              .actor = (uint64_t)column_i64(row, 3),
                              .action = column_text_in(row, a, 4),
                              .subject = (uint64_t)column_i64(row, 5),
                              .object = column_text_in(row, a, 6),
                              .purpose = column_text_in(row, a, 7),
                              .sealed = column_text_in(row, a, 8)};
}

static struct err take_entry(struct domain *d, struct statement *s, struct log_entry *out,
                             bool *found_out) {
    try(statement_step(s, found_out));
    if (*found_out)
        *out = audit_entry_of(d->arena, s);
    statement_done(s);
    return ok;
}

struct err audit_entry_at(struct domain *d, uint64_t seq, struct log_entry *out, bool *found_out) {
    struct statement *get = statement_for(d->store, SQL_AUDIT_GET);
    statement_bind_i64(get, 1, (int64_t)seq);
    return take_entry(d, get, out, found_out);
}

/* ---- checkpoints ---- */

struct note_key audit_key(struct domain *d) {
    return key_log_public(d->keys, d->log_name);
}

static struct err last_signed(struct domain *d, struct audit_signed *out, bool *found_out) {
    struct statement *s = statement_for(d->store, SQL_AUDIT_CHECKPOINT_LAST);
    try(statement_step(s, found_out));
    if (*found_out)
        *out = (struct audit_signed){(uint64_t)column_i64(s, 0), column_i64(s, 1),
                                     column_text_in(s, d->arena, 2)};
    statement_done(s);
    return ok;
}

struct err audit_last_signed(struct domain *d, struct audit_signed *out) {
    bool found;
    try(last_signed(d, out, &found));
    return found ? ok : err_make(ERR_NOT_FOUND, "nothing of the audit log was signed yet");
}

/* Is the log, as its hashes say, the one that was signed before, gone on? */
static struct err check_goes_on(struct domain *d, const struct audit_signed *last,
                                const struct merkle_tip *now) {
    struct note_key key = audit_key(d);
    struct merkle_nodes nodes = audit_nodes(d);
    struct checkpoint c;
    struct merkle_proof proof;
    struct err e = checkpoint_open(d->arena, &key, last->note, &c);
    if (e.kind || c.size != last->size || last->size > now->size)
        return err_make(ERR_INTEGRITY_FAILED,
                        "the audit log's last checkpoint is not its own: alapi audit verify");
    const struct merkle_tip old = {c.size, c.root};
    try(merkle_consistency(&nodes, c.size, now->size, &proof));
    if (!merkle_consistency_holds(&old, now, &proof))
        return err_make(ERR_INTEGRITY_FAILED,
                        "the audit log is not the one that was signed before: alapi audit verify");
    return ok;
}

static struct err sign_grown(struct domain *d, void *with) {
    struct merkle_nodes nodes = audit_nodes(d);
    struct audit_signed last;
    struct merkle tree;
    struct checkpoint c = {.origin = d->log_name, .time_ms = d->now_ms};
    bool found;
    (void)with;
    try(last_signed(d, &last, &found));
    try(audit_size(d, &c.size));
    if (c.size == 0 || (found && last.size == c.size))
        return ok;
    try(merkle_load(&nodes, c.size, &tree));
    c.root = merkle_root(&tree);
    const struct merkle_tip now = {c.size, c.root};
    if (found)
        try(check_goes_on(d, &last, &now));
    struct text note;
    try(key_sign_in(d->keys, d->arena, &c, &note));
    struct statement *put = statement_for(d->store, SQL_AUDIT_CHECKPOINT_PUT);
    statement_bind_i64(put, 1, (int64_t)c.size);
    statement_bind_i64(put, 2, c.time_ms);
    statement_bind_text(put, 3, note);
    return statement_run(put, NULL);
}

/* What the table has and the file has not: this one, and those that a fault kept from it. */
static struct err bring_file_up(struct domain *d, int fd) {
    uint64_t size;
    try(audit_file_last(d, fd, &size));
    struct statement *behind = statement_for(d->store, SQL_AUDIT_CHECKPOINT_BEHIND);
    statement_bind_i64(behind, 1, (int64_t)size);
    for (bool row;;) {
        try(statement_step(behind, &row));
        if (!row)
            return ok;
        struct err e = audit_file_append(d, fd, column_text_in(behind, d->arena, 2));
        if (e.kind) {
            statement_done(behind);
            return e;
        }
    }
}

struct err audit_sign(struct domain *d) {
    int fd;
    try(audit_file_lock(d, &fd));
    struct err e = domain_in_transaction(d, sign_grown, NULL);
    if (!e.kind && fd >= 0)
        e = bring_file_up(d, fd);
    audit_file_unlock(fd);
    return e;
}

struct err audit_sign_when_due(struct domain *d) {
    struct audit_signed last = {.size = 0};
    bool found;
    uint64_t size;
    try(audit_size(d, &size));
    try(last_signed(d, &last, &found));
    bool is_due = size >= last.size + AUDIT_CHECKPOINT_ENTRIES ||
                  d->now_ms >= last.time_ms + AUDIT_CHECKPOINT_MS || d->now_ms < last.time_ms;
    return size != last.size && is_due ? audit_sign(d) : ok;
}

/* ---- what is given away ---- */

struct err audit_prove_inclusion(struct domain *d, uint64_t index, uint64_t size,
                                 struct merkle_proof *out) {
    struct merkle_nodes nodes = audit_nodes(d);
    uint64_t all;
    try(audit_size(d, &all));
    if (size > all)
        return domain_refuse(d, ERR_FIELD_INVALID, "size", "the log is not that long");
    if (index >= size)
        return domain_refuse(d, ERR_FIELD_INVALID, "index",
                             "the entry is not in a log of this size");
    return merkle_inclusion(&nodes, index, size, out);
}

struct err audit_prove_consistency(struct domain *d, uint64_t old_size, uint64_t size,
                                   struct merkle_proof *out) {
    struct merkle_nodes nodes = audit_nodes(d);
    uint64_t all;
    try(audit_size(d, &all));
    if (size > all)
        return domain_refuse(d, ERR_FIELD_INVALID, "size", "the log is not that long");
    if (old_size == 0 || old_size > size)
        return domain_refuse(d, ERR_FIELD_INVALID, "old",
                             "the earlier log must be of 1 entry to `size`");
    return merkle_consistency(&nodes, old_size, size, out);
}

static struct err prove_entry(struct domain *d, struct audit_receipt *out) {
    struct audit_signed last = {.size = 0};
    bool found;
    out->bytes = log_entry_print_in(d->arena, &out->entry);
    try(last_signed(d, &last, &found));
    if (last.size <= out->entry.seq)
        try(audit_sign(d));
    try(audit_last_signed(d, &out->checkpoint));
    if (out->checkpoint.size <= out->entry.seq)
        return err_make(ERR_INTEGRITY_FAILED, "the audit log has an entry behind its end");
    return audit_prove_inclusion(d, out->entry.seq, out->checkpoint.size, &out->proof);
}

struct err audit_receipt(struct domain *d, struct text name, struct audit_receipt *out) {
    struct statement *find = statement_for(d->store, SQL_AUDIT_RECEIPT);
    bool found;
    statement_bind_text(find, 1, name);
    try(take_entry(d, find, &out->entry, &found));
    return found ? prove_entry(d, out) : err_make(ERR_NOT_FOUND, "there is no such receipt");
}

struct err audit_receipt_at(struct domain *d, uint64_t seq, struct audit_receipt *out) {
    bool found;
    try(audit_entry_at(d, seq, &out->entry, &found));
    return found ? prove_entry(d, out) : err_make(ERR_NOT_FOUND, "there is no such entry");
}

/* ---- pruning ---- */

struct ranges {
    struct buf text;
    uint64_t first, next, count;
};

static void end_range(struct ranges *r) {
    if (r->count == 0)
        return;
    buf_c(&r->text, r->text.length ? "," : "");
    buf_u64(&r->text, r->first);
    if (r->next - r->first > 1)
        buf_format(&r->text, "-%llu", (unsigned long long)(r->next - 1));
}

static void add_number(struct ranges *r, uint64_t seq) {
    if (r->count == 0 || seq != r->next) {
        end_range(r);
        r->first = seq;
    }
    r->next = seq + 1;
    r->count++;
}

bool audit_range_next(struct text *rest, uint64_t *first_out, uint64_t *last_out) {
    struct text range, first;
    if (!text_cut(rest, ',', &range))
        return false;
    bool is_one = text_find_char(range, '-') == SIZE_MAX;
    return text_cut(&range, '-', &first) && text_to_u64(first, first_out) &&
           text_to_u64(is_one ? first : range, last_out);
}

/* Only what a checkpoint of that time speaks for may go: so the age of what is gone can be proved. */
static struct err list_prunable(struct domain *d, struct ranges *r) {
    int64_t before = d->now_ms - AUDIT_KEEP_DAYS * day_ms;
    bool row;
    struct statement *by = statement_for(d->store, SQL_AUDIT_CHECKPOINT_BY);
    statement_bind_i64(by, 1, before);
    try(statement_step(by, &row));
    int64_t signed_size = row ? column_i64(by, 0) : 0;
    statement_done(by);
    struct statement *list = statement_for(d->store, SQL_AUDIT_PRUNABLE);
    statement_bind_i64(list, 1, signed_size);
    statement_bind_i64(list, 2, before);
    statement_bind_i64(list, 3, d->now_ms - AUDIT_KEEP_LONG_DAYS * day_ms);
    statement_bind_i64(list, 4, AUDIT_PRUNE_AT_ONCE);
    for (;;) {
        try(statement_step(list, &row));
        if (!row)
            break;
        add_number(r, (uint64_t)column_i64(list, 0));
    }
    end_range(r);
    return ok;
}

static struct err drop_range(struct domain *d, uint64_t first, uint64_t last) {
    for (uint64_t seq = first; seq <= last; seq++) {
        struct statement *drop = statement_for(d->store, SQL_AUDIT_DROP);
        statement_bind_i64(drop, 1, (int64_t)seq);
        try(statement_run(drop, NULL));
    }
    return ok;
}

static struct err prune(struct domain *d, void *with) {
    struct ranges *r = with;
    uint64_t first, last;
    try(list_prunable(d, r));
    if (r->count == 0)
        return ok;
    struct text rest = buf_peek(&r->text);
    try(audit_note(d, &(struct audit_event){.actor_kind = AUDIT_SYSTEM,
                                            .action = "audit.prune",
                                            .object = rest,
                                            .purpose = "retention"}));
    while (audit_range_next(&rest, &first, &last))
        try(drop_range(d, first, last));
    return ok;
}

struct err audit_prune(struct domain *d, uint64_t *pruned_out) {
    struct ranges r = {.count = 0};
    buf_init(&r.text, d->arena, AUDIT_OBJECT_BYTES_MAX);
    try(domain_in_transaction(d, prune, &r));
    *pruned_out = r.count;
    return ok;
}
