/* audit.c: see audit.h. */
#include "domain/audit.h"
#include "base/must.h"

static const char *const actors[] = {"person", "staff", "operator", "system"};

static struct err next_seq(struct domain *d, int64_t *out) {
    struct statement *size = statement_for(d->store, SQL_AUDIT_SIZE);
    bool row;
    try(statement_step(size, &row));
    must(row);
    *out = column_i64(size, 0);
    statement_done(size);
    return ok;
}

struct err audit_note(struct domain *d, const struct audit_event *event) {
    int64_t seq;
    must(event->about || event->detail.length == 0);
    try(next_seq(d, &seq));
    struct text sealed = TEXT("");
    if (event->detail.length)
        sealed = account_seal(d, event->about, FIELD("audit_entry", "sealed", seq), event->detail);
    struct statement *add = statement_for(d->store, SQL_AUDIT_ADD);
    statement_bind_i64(add, 1, seq);
    statement_bind_i64(add, 2, d->now_ms);
    statement_bind_text(add, 3, text_c(actors[event->actor_kind]));
    statement_bind_i64(add, 4, (int64_t)event->actor);
    statement_bind_text(add, 5, text_c(event->action));
    statement_bind_i64(add, 6, event->about ? (int64_t)event->about->subject : 0);
    statement_bind_text(add, 7, event->object);
    statement_bind_text(add, 8, text_c(event->purpose));
    statement_bind_bytes(add, 9, sealed);
    return statement_run(add, NULL);
}
