/* approval.c: see approval.h. */
#include "domain/approval.h"
#include "base/must.h"
#include "domain/audit.h"

static const char *const kinds[] = {"hold",    "hold_end", "disclosure", "access",
                                    "archive", "policy",   "assessment"};
_Static_assert(COUNT(kinds) == APPROVAL_KIND_COUNT, "one name a kind");

const char *approval_kind_name(enum approval_kind kind) {
    must(kind < APPROVAL_KIND_COUNT);
    return kinds[kind];
}

struct err approval_ask(struct domain *d, enum approval_kind kind, struct text object, uint64_t asked_by,
                        struct text *id_out) {
    struct text id = domain_receipt(d);
    struct statement *add = statement_for(d->store, SQL_APPROVAL_ADD);
    statement_bind_text(add, 1, id);
    statement_bind_text(add, 2, text_c(approval_kind_name(kind)));
    statement_bind_text(add, 3, object);
    statement_bind_i64(add, 4, (int64_t)asked_by);
    statement_bind_i64(add, 5, d->now_ms);
    statement_bind_i64(add, 6, d->now_ms + APPROVAL_MS);
    try(statement_run(add, NULL));
    *id_out = id;
    return audit_note(d, &(struct audit_event){.actor_kind = AUDIT_STAFF,
                                               .actor = asked_by,
                                               .action = "approval.ask",
                                               .object = id,
                                               .purpose = approval_kind_name(kind)});
}

static struct approval read_row(struct domain *d, struct statement *s) {
    struct approval a = {.id = column_text_in(s, d->arena, 0),
                         .object = column_text_in(s, d->arena, 2),
                         .decision = column_text_in(s, d->arena, 7),
                         .asked_by = (uint64_t)column_i64(s, 3),
                         .asked_ms = column_i64(s, 4),
                         .approved_by = (uint64_t)column_i64(s, 5),
                         .decided_ms = column_i64(s, 6),
                         .expires_ms = column_i64(s, 8)};
    struct text kind = column_text_in(s, d->arena, 1);
    while (a.kind < APPROVAL_KIND_COUNT - 1 && !text_equal_c(kind, kinds[a.kind]))
        a.kind++;
    return a;
}

struct err approval_find(struct domain *d, struct text id, struct approval *out) {
    struct statement *get = statement_for(d->store, SQL_APPROVAL_GET);
    bool row;
    statement_bind_text(get, 1, id);
    try(statement_step(get, &row));
    if (!row)
        return err_make(ERR_NOT_FOUND, "there is no such approval");
    *out = read_row(d, get);
    statement_done(get);
    return ok;
}

static struct err may_decide(struct domain *d, const struct approval *a, const struct staff_member *by) {
    if (!staff_may_approve(by->roles))
        return err_make(ERR_ROLE_MISSING, "an owner or the privacy officer approves");
    try(staff_second(a->asked_by, by->subject));
    if (a->decision.length)
        return err_make(ERR_CONFLICT, "this was decided already");
    if (d->now_ms >= a->expires_ms)
        return err_make(ERR_APPROVAL_EXPIRED, "nobody decided in seven days; ask again");
    return ok;
}

static struct err store_decision(struct domain *d, const struct approval *a, uint64_t by, bool grants) {
    struct statement *set = statement_for(d->store, SQL_APPROVAL_DECIDE);
    uint64_t changed;
    statement_bind_text(set, 1, a->id);
    statement_bind_i64(set, 2, (int64_t)by);
    statement_bind_i64(set, 3, d->now_ms);
    statement_bind_text(set, 4, grants ? TEXT("approved") : TEXT("refused"));
    statement_bind_i64(set, 5, d->now_ms - APPROVAL_MS);
    try(statement_run(set, &changed));
    if (changed != 1)
        return err_make(ERR_FOUR_EYES_REQUIRED, "you approved this before; a third person has to");
    return ok;
}

struct err approval_decide(struct domain *d, struct text id, const struct staff_member *by, bool grants,
                           struct approval *out) {
    try(approval_find(d, id, out));
    try(may_decide(d, out, by));
    try(store_decision(d, out, by->subject, grants));
    try(approval_find(d, id, out));
    return audit_note(d, &(struct audit_event){.actor_kind = AUDIT_STAFF,
                                               .actor = by->subject,
                                               .action = grants ? "approval.grant" : "approval.refuse",
                                               .object = id,
                                               .purpose = approval_kind_name(out->kind)});
}

struct err approval_count(struct domain *d, enum approval_kind kind, struct text object, unsigned *out) {
    struct statement *count = statement_for(d->store, SQL_APPROVAL_COUNT);
    bool row;
    statement_bind_text(count, 1, text_c(approval_kind_name(kind)));
    statement_bind_text(count, 2, object);
    statement_bind_i64(count, 3, d->now_ms - APPROVAL_MS);
    try(statement_step(count, &row));
    *out = row ? (unsigned)column_i64(count, 0) : 0;
    statement_done(count);
    return ok;
}

struct err approval_standing(struct domain *d, enum approval_kind kind, struct text object,
                             uint64_t asked_by, struct approval *out, bool *found_out) {
    struct statement *get = statement_for(d->store, SQL_APPROVAL_STANDING);
    statement_bind_text(get, 1, text_c(approval_kind_name(kind)));
    statement_bind_text(get, 2, object);
    statement_bind_i64(get, 3, (int64_t)asked_by);
    statement_bind_i64(get, 4, d->now_ms);
    statement_bind_i64(get, 5, d->now_ms - APPROVAL_MS);
    try(statement_step(get, found_out));
    if (*found_out)
        *out = read_row(d, get);
    statement_done(get);
    return ok;
}

struct err approval_each_open(struct domain *d, void (*visit)(void *with, const struct approval *a),
                              void *with) {
    struct statement *list = statement_for(d->store, SQL_APPROVAL_OPEN);
    statement_bind_i64(list, 1, d->now_ms);
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        struct approval a = read_row(d, list);
        visit(with, &a);
    }
}
