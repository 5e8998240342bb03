/* assessment.c: see assessment.h. */
#include "domain/assessment.h"
#include "base/clock.h"
#include "base/must.h"
#include "domain/audit.h"
#include "domain/staff.h"
#include "store_sql.h"

static const int64_t day_ms = 86400000;
static const int64_t kept_ms = ASSESSMENT_YEARS_KEPT * 366 * day_ms;

static struct err note(struct domain *d, const char *action, struct text id, uint64_t by) {
    return audit_note(d, &(struct audit_event){.actor_kind = by ? AUDIT_STAFF : AUDIT_OPERATOR,
                                               .actor = by,
                                               .action = action,
                                               .object = id,
                                               .purpose = "law"});
}

/* ---- reading ---- */

static struct assessment from_row(struct statement *s, struct arena *a) {
    return (struct assessment){.id = column_text_in(s, a, 0),
                               .scope = column_text_in(s, a, 1),
                               .purpose = column_text_in(s, a, 2),
                               .necessity = column_text_in(s, a, 3),
                               .impact = column_text_in(s, a, 4),
                               .measures = column_text_in(s, a, 5),
                               .risk = column_text_in(s, a, 6),
                               .author = (uint64_t)column_i64(s, 7),
                               .approver = (uint64_t)column_i64(s, 8),
                               .valid_until_ms = column_i64(s, 9),
                               .created_ms = column_i64(s, 10),
                               .approved_ms = column_i64(s, 11)};
}

static struct assessment shipped(const struct store_assessment *s) {
    struct date until = {0};
    must(date_parse(text_c(s->valid_until), &until));
    return (struct assessment){.id = text_c(s->id),
                               .scope = text_c(s->scope),
                               .purpose = text_c(s->purpose),
                               .necessity = text_c(s->necessity),
                               .impact = text_c(s->impact),
                               .measures = text_c(s->measures),
                               .risk = text_c(s->risk),
                               .valid_until_ms = date_to_day(until) * day_ms,
                               .approved_ms = 1,
                               .is_shipped = true};
}

struct err assessment_each(struct domain *d, void (*visit)(void *with, const struct assessment *a),
                           void *with) {
    for (const struct store_assessment *s = store_assessments; s->id; s++) {
        struct assessment a = shipped(s);
        visit(with, &a);
    }
    struct statement *list = statement_for(d->store, SQL_ASSESSMENT_LIST);
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        struct assessment a = from_row(list, d->arena);
        visit(with, &a);
    }
}

static struct err get(struct domain *d, struct text id, struct assessment *out) {
    struct statement *s = statement_for(d->store, SQL_ASSESSMENT_GET);
    bool row;
    statement_bind_text(s, 1, id);
    try(statement_step(s, &row));
    if (!row)
        return err_make(ERR_NOT_FOUND, "there is no such assessment");
    *out = from_row(s, d->arena);
    statement_done(s);
    return ok;
}

/* ---- what follows ---- */

static bool is_high(const struct assessment *a) {
    return a->approved_ms && text_equal_c(a->risk, "high");
}

struct question {
    struct text scope;
    bool is_closed;
};

static void close_if_named(void *with, const struct assessment *a) {
    struct question *q = with;
    struct text rest = a->scope, word;
    while (is_high(a) && text_cut(&rest, ' ', &word))
        q->is_closed |= text_equal(word, q->scope);
}

struct err assessment_allows(struct domain *d, struct text scope, bool *out) {
    struct question q = {.scope = scope};
    try(assessment_each(d, close_if_named, &q));
    *out = !q.is_closed;
    return ok;
}

static void add_risk(void *with, const struct assessment *a) {
    if (is_high(a))
        facts_add(with, "risk", "%.*s scope=%.*s", TEXT_ARG(a->id),
                  TEXT_ARG(text_part(a->scope, 0, 1024)));
}

struct err facts_add_assessments(struct domain *d, struct facts *f) {
    return assessment_each(d, add_risk, f);
}

/* ---- writing ---- */

static struct err check(struct domain *d, const struct assessment *a) {
    const struct {
        const char *name;
        struct text value;
    } needed[] = {{"scope", a->scope},   {"purpose", a->purpose},   {"necessity", a->necessity},
                  {"impact", a->impact}, {"measures", a->measures}, {"risk", a->risk}};
    for (size_t i = 0; i < COUNT(needed); i++) {
        if (needed[i].value.length == 0)
            return domain_refuse(d, ERR_FIELD_MISSING, needed[i].name,
                                 "an assessment says all of it");
        if (needed[i].value.length > ASSESSMENT_TEXT_MAX)
            return domain_refuse(d, ERR_FIELD_INVALID, needed[i].name,
                                 "a text has at most 4,000 bytes");
    }
    if (!text_equal_c(a->risk, "low") && !text_equal_c(a->risk, "middle") &&
        !text_equal_c(a->risk, "high"))
        return domain_refuse(d, ERR_FIELD_INVALID, "risk", "risk is low, middle or high");
    if (a->valid_until_ms <= d->now_ms)
        return domain_refuse(d, ERR_FIELD_INVALID, "valid_until",
                             "valid_until is a day to come such as 2030-01-31");
    return ok;
}

struct adding {
    const struct assessment *with;
    uint64_t author;
    struct text id;
};

static struct err add_rows(struct domain *d, void *with) {
    const struct adding *adding = with;
    const struct assessment *a = adding->with;
    struct statement *add = statement_for(d->store, SQL_ASSESSMENT_ADD);
    statement_bind_text(add, 1, adding->id);
    statement_bind_text(add, 2, a->scope);
    statement_bind_text(add, 3, a->purpose);
    statement_bind_text(add, 4, a->necessity);
    statement_bind_text(add, 5, a->impact);
    statement_bind_text(add, 6, a->measures);
    statement_bind_text(add, 7, a->risk);
    statement_bind_i64(add, 8, (int64_t)adding->author);
    statement_bind_i64(add, 9, a->valid_until_ms);
    statement_bind_i64(add, 10, d->now_ms);
    try(statement_run(add, NULL));
    return note(d, "assessment.add", adding->id, adding->author);
}

struct err assessment_add(struct domain *d, const struct assessment *with, uint64_t author,
                          struct text *id_out) {
    struct adding adding = {with, author, domain_receipt(d)};
    try(check(d, with));
    try(domain_in_transaction(d, add_rows, &adding));
    *id_out = adding.id;
    return ok;
}

struct deciding {
    struct text id;
    uint64_t by;
};

static struct err approve_rows(struct domain *d, void *with) {
    const struct deciding *p = with;
    struct assessment a;
    try(get(d, p->id, &a));
    try(staff_second(a.author, p->by));
    if (a.approved_ms)
        return err_make(ERR_CONFLICT, "the assessment is approved already");
    struct statement *s = statement_for(d->store, SQL_ASSESSMENT_APPROVE);
    statement_bind_text(s, 1, p->id);
    statement_bind_i64(s, 2, (int64_t)p->by);
    statement_bind_i64(s, 3, d->now_ms);
    try(statement_run(s, NULL));
    return note(d, "assessment.approve", p->id, p->by);
}

struct err assessment_approve(struct domain *d, struct text id, uint64_t approver) {
    struct deciding p = {id, approver};
    return domain_in_transaction(d, approve_rows, &p);
}

static struct err delete_rows(struct domain *d, void *with) {
    const struct deciding *p = with;
    struct assessment a;
    try(get(d, p->id, &a));
    if (d->now_ms < a.created_ms + kept_ms)
        return err_make(
            ERR_KEPT_BY_LAW,
            text_say_in(d->arena, "an assessment is kept three years: until %.*s",
                        TEXT_ARG(clock_print_utc_in(d->arena, a.created_ms + kept_ms))));
    struct statement *s = statement_for(d->store, SQL_ASSESSMENT_DROP);
    statement_bind_text(s, 1, p->id);
    statement_bind_i64(s, 2, d->now_ms - kept_ms);
    try(statement_run(s, NULL));
    return note(d, "assessment.delete", p->id, p->by);
}

struct err assessment_delete(struct domain *d, struct text id, uint64_t by) {
    struct deciding p = {id, by};
    return domain_in_transaction(d, delete_rows, &p);
}
