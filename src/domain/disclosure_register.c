/* disclosure_register.c: disclosure.h: reading the register, reviews, extracts, objections, authorities,
 * jobs. */
#include "base/clock.h"
#include "base/must.h"
#include "domain/audit.h"
#include "domain/disclosure.h"
#include "domain/outbox.h"

enum { RETENTION_DAYS = 1095, NAME_BYTES_MAX = 300 };
static const int64_t day_ms = 86400000;

/* ---- the register ---- */

static struct disclosure read_row(struct domain *d, struct statement *s) {
    struct arena *a = d->arena;
    struct disclosure r = {.exception = (int)column_i64(s, 13),
                           .verified_by = (uint64_t)column_i64(s, 14),
                           .approved_by = (uint64_t)column_i64(s, 15),
                           .released_by = (uint64_t)column_i64(s, 16),
                           .received_ms = column_i64(s, 17),
                           .order_ends_ms = column_i64(s, 18),
                           .decided_ms = column_i64(s, 19),
                           .released_ms = column_i64(s, 20),
                           .review_due_ms = column_i64(s, 21),
                           .reviewed_ms = column_i64(s, 22),
                           .escalated_ms = column_i64(s, 23),
                           .deferred_ms = column_i64(s, 24),
                           .notice_ms = column_i64(s, 25),
                           .account = column_i64(s, 26)};
    struct text *const order[] = {
        &r.id,         &r.authority,       &r.jurisdiction,  &r.doc_type, &r.doc_name,
        &r.doc_sha256, &r.office_sealed,   &r.statute,       &r.scope,    &r.decision,
        &r.refusal,    &r.fields_released, &r.notice_statute};
    for (unsigned i = 0; i < COUNT(order); i++)
        *order[i] = column_text_in(s, a, i);
    return r;
}

struct err disclosure_find(struct domain *d, struct text id, struct disclosure *out) {
    struct statement *get = statement_for(d->store, SQL_DISCLOSURE_GET);
    bool row;
    statement_bind_text(get, 1, id);
    try(statement_step(get, &row));
    if (!row)
        return err_make(ERR_NOT_FOUND, "there is no such disclosure");
    *out = read_row(d, get);
    statement_done(get);
    return ok;
}

static struct err visit_rows(struct domain *d, struct statement *list,
                             void (*visit)(void *with, const struct disclosure *r), void *with) {
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        struct disclosure r = read_row(d, list);
        visit(with, &r);
    }
}

struct err disclosure_each(struct domain *d, void (*visit)(void *with, const struct disclosure *r),
                           void *with) {
    return visit_rows(d, statement_for(d->store, SQL_DISCLOSURE_LIST), visit, with);
}

struct err disclosure_of_account(struct domain *d, int64_t account,
                                 void (*visit)(void *with, const struct disclosure *r), void *with) {
    struct statement *list = statement_for(d->store, SQL_DISCLOSURE_OF_ACCOUNT);
    statement_bind_i64(list, 1, account);
    return visit_rows(d, list, visit, with);
}

struct err disclosure_overdue(struct domain *d, unsigned *reviews_out) {
    struct statement *count = statement_for(d->store, SQL_DISCLOSURE_OVERDUE);
    bool row;
    statement_bind_i64(count, 1, d->now_ms);
    try(statement_step(count, &row));
    *reviews_out = row ? (unsigned)column_i64(count, 0) : 0;
    statement_done(count);
    return ok;
}

/* ---- afterwards ---- */

struct deed {
    const struct staff_member *by; /* NULL: a job */
    const char *action;
    const struct account *about;
    struct text id;
    enum store_sql query;
    int64_t value;
};

static struct err do_deed(struct domain *d, void *with) {
    const struct deed *deed = with;
    struct statement *s = statement_for(d->store, deed->query);
    uint64_t changed;
    statement_bind_text(s, 1, deed->id);
    if (deed->query == SQL_DISCLOSURE_SET_EXTRACT)
        statement_bind_none(s, 3);
    if (deed->query == SQL_DISCLOSURE_SET_EXTRACT)
        statement_bind_none(s, 2);
    else
        statement_bind_i64(s, 2, deed->value);
    try(statement_run(s, &changed));
    if (changed == 0)
        return err_make(ERR_CONFLICT, "there is nothing of that to do any more");
    return audit_note(d, &(struct audit_event){.actor_kind = deed->by ? AUDIT_STAFF : AUDIT_SYSTEM,
                                               .actor = deed->by ? deed->by->subject : 0,
                                               .action = deed->action,
                                               .about = deed->about,
                                               .object = deed->id,
                                               .purpose = "law"});
}

struct err disclosure_review(struct domain *d, const struct staff_member *by, struct text id) {
    struct deed deed = {by, "disclosure.review", NULL, id, SQL_DISCLOSURE_SET_REVIEWED, d->now_ms};
    struct disclosure r;
    try(disclosure_find(d, id, &r));
    try(staff_second(r.released_by, by->subject));
    return domain_in_transaction(d, do_deed, &deed);
}

struct err disclosure_close(struct domain *d, const struct staff_member *by, struct text id) {
    struct deed deed = {by, "disclosure.close", NULL, id, SQL_DISCLOSURE_SET_EXTRACT, 0};
    struct disclosure r;
    try(disclosure_find(d, id, &r));
    return domain_in_transaction(d, do_deed, &deed);
}

struct err disclosure_extract(struct domain *d, const struct staff_member *by, struct text id,
                              struct text *out) {
    struct disclosure r;
    struct account account;
    bool row;
    try(disclosure_find(d, id, &r));
    struct statement *get = statement_for(d->store, SQL_DISCLOSURE_GET_EXTRACT);
    statement_bind_text(get, 1, id);
    statement_bind_i64(get, 2, d->now_ms);
    try(statement_step(get, &row));
    if (!row)
        return err_make(ERR_NOT_FOUND, "no extract of it is kept any more");
    struct text sealed = column_text_in(get, d->arena, 0);
    statement_done(get);
    try(account_read(d, r.account, &account));
    try(account_open(d, &account, FIELD("disclosure_subject", "extract_sealed", 0), sealed, out));
    return audit_note(d, &(struct audit_event){.actor_kind = AUDIT_STAFF,
                                               .actor = by->subject,
                                               .action = "disclosure.read_extract",
                                               .about = &account,
                                               .object = id,
                                               .purpose = "law"});
}

/* ---- objections and authorities ---- */

static struct err object_rows(struct domain *d, void *with) {
    const struct account *account = with;
    struct statement *add = statement_for(d->store, SQL_OBJECTION_ADD);
    uint64_t changed;
    statement_bind_i64(add, 1, account->number);
    statement_bind_i64(add, 2, d->now_ms);
    try(statement_run(add, &changed));
    if (changed == 0)
        return ok;
    return audit_note(d, &(struct audit_event){.actor_kind = AUDIT_PERSON,
                                               .actor = account->subject,
                                               .action = "objection.add",
                                               .about = account,
                                               .purpose = "request"});
}

struct err objection_add(struct domain *d, const struct account *account) {
    return domain_in_transaction(d, object_rows, (void *)(uintptr_t)account);
}

struct err objection_since(struct domain *d, int64_t account, int64_t *since_out) {
    struct statement *get = statement_for(d->store, SQL_OBJECTION_GET);
    bool row;
    statement_bind_i64(get, 1, account);
    try(statement_step(get, &row));
    *since_out = row ? column_i64(get, 0) : 0;
    statement_done(get);
    return ok;
}

struct entry {
    const struct staff_member *by;
    struct text name, jurisdiction, contact;
};

static struct err authority_rows(struct domain *d, void *with) {
    const struct entry *e = with;
    struct statement *put = statement_for(d->store, SQL_AUTHORITY_PUT);
    statement_bind_text(put, 1, e->name);
    statement_bind_text(put, 2, e->jurisdiction);
    statement_bind_text(put, 3, e->contact);
    statement_bind_i64(put, 4, d->now_ms);
    try(statement_run(put, NULL));
    return audit_note(d, &(struct audit_event){.actor_kind = AUDIT_STAFF,
                                               .actor = e->by->subject,
                                               .action = "authority.put",
                                               .object = e->name,
                                               .purpose = "law"});
}

struct err authority_put(struct domain *d, const struct staff_member *by, struct text name,
                         struct text jurisdiction, struct text contact) {
    struct entry e = {by, name, jurisdiction, contact};
    if (name.length == 0 || name.length > NAME_BYTES_MAX || text_has_control(name))
        return domain_refuse(d, ERR_FIELD_INVALID, "name", "an authority has a name of at most 300 bytes");
    if (jurisdiction.length != 2 || contact.length > NAME_BYTES_MAX)
        return domain_refuse(d, ERR_FIELD_INVALID, "jurisdiction",
                             "a jurisdiction is two letters, such as CN");
    return domain_in_transaction(d, authority_rows, &e);
}

/* ---- jobs ---- */

static struct err send_notice(struct domain *d, const struct disclosure *r, const struct account *account) {
    struct identity to;
    struct text shown = account->email.length ? account->email : account->phone;
    if (shown.length == 0 || !identity_guess(d, shown, &to))
        return ok; /* his own list tells him */
    struct text day = clock_print_utc_in(d->arena, r->released_ms);
    struct text body = text_format_in(
        d->arena,
        "%.*s 依据 %.*s 要求提供信息，我们已于 %.*s 提供了您的：%.*s。详情与异议途径见您的账户 "
        "(/account/disclosures)。\n\n"
        "On request of %.*s under %.*s we handed out on %.*s: %.*s. See /account/disclosures for more and "
        "for how to "
        "object.\n",
        TEXT_ARG(r->authority), TEXT_ARG(r->statute), TEXT_ARG(day), TEXT_ARG(r->fields_released),
        TEXT_ARG(r->authority), TEXT_ARG(r->statute), TEXT_ARG(day), TEXT_ARG(r->fields_released));
    return outbox_put(d, &to, TEXT("关于您的信息被依法提供的告知 / Your data was handed out"), body);
}

static struct err next_id(struct domain *d, enum store_sql query, struct text *id_out) {
    struct statement *next = statement_for(d->store, query);
    bool row;
    statement_bind_i64(next, 1, d->now_ms);
    try(statement_step(next, &row));
    *id_out = row ? column_text_in(next, d->arena, 0) : TEXT("");
    statement_done(next);
    return ok;
}

/* The message first: told twice at worst, never marked as told without. */
static struct err tell_persons(struct domain *d) {
    for (struct text id;;) {
        struct disclosure r;
        struct account account;
        try(next_id(d, SQL_DISCLOSURE_UNTOLD, &id));
        if (id.length == 0)
            return ok;
        struct deed deed = {NULL, "disclosure.notice", &account, id, SQL_DISCLOSURE_SET_TOLD, d->now_ms};
        try(disclosure_find(d, id, &r));
        struct err e = r.account ? account_read(d, r.account, &account) : err_make(ERR_NOT_FOUND, NULL);
        if (e.kind == ERR_NOT_FOUND)
            deed.about = NULL; /* nobody is there any more to be told */
        else if (e.kind)
            return e;
        else
            try(send_notice(d, &r, &account));
        try(domain_in_transaction(d, do_deed, &deed));
    }
}

static struct err escalate(struct domain *d) {
    for (struct text id;;) {
        try(next_id(d, SQL_DISCLOSURE_UNREVIEWED, &id));
        if (id.length == 0)
            return ok;
        struct deed deed = {NULL, "disclosure.escalate", NULL, id, SQL_DISCLOSURE_SET_ESCALATED, d->now_ms};
        try(domain_in_transaction(d, do_deed, &deed));
    }
}

static struct err reap(struct domain *d, enum store_sql query, int64_t before_ms) {
    struct statement *s = statement_for(d->store, query);
    statement_bind_i64(s, 1, before_ms);
    return statement_run(s, NULL);
}

struct err disclosure_follow(struct domain *d) {
    try(tell_persons(d));
    try(escalate(d));
    try(reap(d, SQL_DISCLOSURE_EXTRACT_REAP, d->now_ms));
    try(reap(d, SQL_DISCLOSURE_DOCUMENT_REAP, d->now_ms - RETENTION_DAYS * day_ms));
    try(reap(d, SQL_DISCLOSURE_OFFICE_REAP, d->now_ms - RETENTION_DAYS * day_ms));
    return reap(d, SQL_HOLD_REASON_REAP, d->now_ms - RETENTION_DAYS * day_ms);
}
