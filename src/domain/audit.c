/* audit.c: see audit.h. */
#include "domain/audit.h"
#include "base/must.h"
#include "domain/audit_log.h"

static const char *const actors[] = {"person", "staff", "operator", "system"};

static struct err put_entry(struct domain *d, const struct log_entry *e) {
    struct statement *add = statement_for(d->store, SQL_AUDIT_ADD);
    statement_bind_i64(add, 1, (int64_t)e->seq);
    statement_bind_i64(add, 2, e->time_ms);
    statement_bind_text(add, 3, e->actor_kind);
    statement_bind_i64(add, 4, (int64_t)e->actor);
    statement_bind_text(add, 5, e->action);
    statement_bind_i64(add, 6, (int64_t)e->subject);
    statement_bind_text(add, 7, e->object);
    statement_bind_text(add, 8, e->purpose);
    statement_bind_bytes(add, 9, e->sealed);
    return statement_run(add, NULL);
}

static struct err put_node(struct domain *d, uint64_t place, const struct digest *hash) {
    struct statement *put = statement_for(d->store, SQL_AUDIT_NODE_PUT);
    statement_bind_i64(put, 1, (int64_t)place);
    statement_bind_bytes(put, 2, digest_text(hash));
    return statement_run(put, NULL);
}

/* The leaf, and upwards each node that it completes: one sibling is read for each. */
static struct err put_leaf(struct domain *d, const struct log_entry *e) {
    struct merkle_nodes nodes = audit_nodes(d);
    struct digest node = merkle_leaf(log_entry_print_in(d->arena, e)), left;
    uint64_t place = audit_place(0, e->seq);
    try(put_node(d, place, &node));
    for (unsigned level = 0; e->seq >> level & 1; level++) {
        try(nodes.read(nodes.with, level, (e->seq >> level) - 1, &left));
        node = merkle_node(&left, &node);
        try(put_node(d, ++place, &node));
    }
    return ok;
}

struct noting {
    const struct audit_event *event;
    uint64_t seq;
};

static struct err note(struct domain *d, void *with) {
    struct noting *n = with;
    const struct audit_event *event = n->event;
    struct log_entry e = {.time_ms = d->now_ms,
                          .actor_kind = text_c(actors[event->actor_kind]),
                          .actor = event->actor,
                          .action = text_c(event->action),
                          .subject = event->about ? event->about->subject : 0,
                          .object = event->object,
                          .purpose = text_c(event->purpose)};
    try(audit_size(d, &e.seq));
    if (event->detail.length)
        e.sealed = account_seal(d, event->about, FIELD("audit_entry", "sealed", (int64_t)e.seq),
                                event->detail);
    try(put_entry(d, &e));
    n->seq = e.seq;
    return put_leaf(d, &e);
}

struct err audit_note_at(struct domain *d, const struct audit_event *event, uint64_t *seq_out) {
    struct noting n = {.event = event};
    must(event->about || event->detail.length == 0);
    must(event->object.length <= AUDIT_OBJECT_BYTES_MAX);
    try(domain_join_transaction(d, note, &n));
    *seq_out = n.seq;
    return ok;
}

struct err audit_note(struct domain *d, const struct audit_event *event) {
    uint64_t seq;
    return audit_note_at(d, event, &seq);
}

struct err audit_subject(struct domain *d, struct account *about) {
    struct statement *find = statement_for(d->store, SQL_AUDIT_SUBJECT);
    bool row;
    statement_bind_i64(find, 1, about->number);
    try(statement_step(find, &row));
    about->subject = row ? (uint64_t)column_i64(find, 0) : 0;
    statement_done(find);
    return row ? ok : err_make(ERR_NOT_FOUND, "there is no such account");
}
