/* access.c: see access.h. */
#include "domain/access.h"
#include "base/must.h"
#include "domain/approval.h"
#include "domain/audit.h"

enum { REFERENCE_BYTES_MAX = 120 };

static const struct access_purpose_row rows[] = {
#define PURPOSE(id, name, roles, fields, zh, en) {name, roles, fields, {zh, en}},
#include "domain/purpose.def"
#undef PURPOSE
};

const struct access_purpose_row *access_purpose_row(enum access_purpose purpose) {
    must(purpose < ACCESS_PURPOSE_COUNT);
    return &rows[purpose];
}

struct look {
    const struct staff_member *staff;
    struct account account;
    const struct access_purpose_row *purpose; /* NULL: none of ours */
    struct text reference, approval;
    struct text object; /* of an approval */
};

static struct err note(struct domain *d, const struct look *l, const char *action, struct text object) {
    return audit_note(d, &(struct audit_event){.actor_kind = AUDIT_STAFF,
                                               .actor = l->staff->subject,
                                               .action = action,
                                               .about = &l->account,
                                               .object = object,
                                               .purpose = l->purpose ? l->purpose->name : "unknown",
                                               .detail = text_part(l->reference, 0, REFERENCE_BYTES_MAX)});
}

static struct err check_purpose(struct domain *d, const struct look *l) {
    if (!l->purpose)
        return domain_refuse(d, ERR_PURPOSE_NOT_ALLOWED, "purpose",
                             "the purposes are: request, law, security, support");
    if (!(l->staff->roles & l->purpose->roles))
        return domain_refuse(d, ERR_PURPOSE_NOT_ALLOWED, "purpose", "your role is not for this purpose");
    if (l->reference.length == 0)
        return domain_refuse(d, ERR_FIELD_MISSING, "reference",
                             "name the number of the request, the case or the incident");
    if (l->reference.length > REFERENCE_BYTES_MAX || text_has_control(l->reference))
        return domain_refuse(d, ERR_FIELD_INVALID, "reference",
                             "a reference is a number of at most 120 bytes");
    return ok;
}

/* ---- somebody below 18 ---- */

static struct err approval_object(struct domain *d, const struct look *l, struct text *out) {
    struct digest reference;
    try(domain_hash(d, KEY_OFFICE, "access", PARTS(l->reference), &reference));
    *out = text_format_in(d->arena, "%llu/%s/%.*s", (unsigned long long)l->account.subject,
                          l->purpose->name, TEXT_ARG(digest_print_in(d->arena, &reference)));
    return ok;
}

static struct err ask_second(struct domain *d, void *with) {
    struct look *l = with;
    if (l->approval.length == 0)
        try(approval_ask(d, APPROVAL_ACCESS, l->object, l->staff->subject, &l->approval));
    return note(d, l, "access.refuse", l->approval);
}

static struct err check_minor(struct domain *d, struct look *l) {
    struct approval a;
    bool found;
    if (text_equal_c(l->account.age, "adult"))
        return ok;
    try(approval_object(d, l, &l->object));
    try(approval_standing(d, APPROVAL_ACCESS, l->object, l->staff->subject, &a, &found));
    if (found && a.decision.length)
        return ok;
    l->approval = found ? a.id : TEXT("");
    try(domain_in_transaction(d, ask_second, l));
    d->detail.approval = l->approval;
    return err_make(ERR_APPROVAL_NEEDED, "this person is below 18: another person has to approve the look");
}

/* ---- the look ---- */

static struct err note_refusal(struct domain *d, void *with) {
    return note(d, with, "access.refuse", TEXT(""));
}

struct err access_secret_until(struct domain *d, int64_t account, int64_t *out) {
    struct statement *get = statement_for(d->store, SQL_ACCESS_SECRET_UNTIL);
    bool row;
    statement_bind_i64(get, 1, account);
    try(statement_step(get, &row));
    *out = row ? column_i64(get, 0) : 0;
    statement_done(get);
    return ok;
}

struct err access_tell(struct domain *d, const struct staff_member *staff, const struct account *account,
                       enum access_purpose purpose, struct text fields, struct text reference) {
    struct text id = domain_receipt(d);
    int64_t secret_ms, shown_ms = d->now_ms;
    try(access_secret_until(d, account->number, &secret_ms));
    if (purpose == ACCESS_LAW && secret_ms > d->now_ms)
        shown_ms = secret_ms;
    struct statement *add = statement_for(d->store, SQL_ACCESS_ADD);
    statement_bind_text(add, 1, id);
    statement_bind_i64(add, 2, account->number);
    statement_bind_i64(add, 3, (int64_t)staff->subject);
    statement_bind_text(add, 4, text_c(rows[purpose].name));
    statement_bind_text(add, 5, fields);
    statement_bind_bytes(add, 6,
                         account_seal(d, account, FIELD("access", "reference_sealed", 0), reference));
    statement_bind_i64(add, 7, d->now_ms);
    statement_bind_i64(add, 8, shown_ms);
    try(statement_run(add, NULL));
    return audit_note(d, &(struct audit_event){.actor_kind = AUDIT_STAFF,
                                               .actor = staff->subject,
                                               .action = "access.open",
                                               .about = account,
                                               .object = id,
                                               .purpose = rows[purpose].name,
                                               .detail = reference});
}

static struct err store_look(struct domain *d, void *with) {
    const struct look *l = with;
    return access_tell(d, l->staff, &l->account, (enum access_purpose)(l->purpose - rows),
                       person_fields_print_in(d->arena, l->purpose->fields), l->reference);
}

struct err access_open(struct domain *d, const struct staff_member *staff, int64_t account,
                       struct text purpose, struct text reference, struct person_view *out) {
    struct look l = {.staff = staff, .reference = text_trim(reference)};
    try(account_read(d, account, &l.account));
    for (unsigned i = 0; i < ACCESS_PURPOSE_COUNT; i++)
        if (text_equal_c(purpose, rows[i].name))
            l.purpose = &rows[i];
    struct err e = check_purpose(d, &l);
    if (e.kind) {
        try(domain_in_transaction(d, note_refusal, &l));
        return e;
    }
    try(check_minor(d, &l));
    try(domain_in_transaction(d, store_look, &l));
    e = person_view_of(d, &l.account, l.purpose->fields, out);
    return e;
}

struct err access_each(struct domain *d, int64_t account,
                       void (*visit)(void *with, const struct access_told *a), void *with) {
    struct statement *list = statement_for(d->store, SQL_ACCESS_OF);
    statement_bind_i64(list, 1, account);
    statement_bind_i64(list, 2, d->now_ms);
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        struct access_told a = {column_text_in(list, d->arena, 0), column_text_in(list, d->arena, 1),
                                column_text_in(list, d->arena, 2), column_i64(list, 3)};
        visit(with, &a);
    }
}
