/* disclosure.c: see disclosure.h: recording, deciding, releasing. Reading the register and what the jobs do
 * with it stands in disclosure_register.c. */
#include "domain/disclosure.h"
#include "base/buf.h"
#include "base/must.h"
#include "domain/audit.h"
#include "domain/disclosure_document.h"

enum { WORDS_BYTES_MAX = 300, OFFICE_BYTES_MAX = 16 << 10 };
static const int64_t hour_ms = 3600000;

static const char *const doc_types[] = {"subpoena", "inquiry", "assistance", "judgment", "ruling", "other"};

static struct err note(struct domain *d, const char *action, const struct staff_member *by,
                       const struct account *about, struct text id) {
    return audit_note(d, &(struct audit_event){.actor_kind = AUDIT_STAFF,
                                               .actor = by->subject,
                                               .action = action,
                                               .about = about,
                                               .object = id,
                                               .purpose = "law"});
}

/* ---- recording ---- */

struct recording {
    const struct staff_member *by;
    const struct new_disclosure *with;
    struct account account;
    int exception;
    unsigned scope;
    struct text id, sha256, refusal, *approval_out;
};

static bool is_words(struct text t) {
    return t.length > 0 && t.length <= WORDS_BYTES_MAX && !text_has_control(t) && text_is_utf8(t);
}

static struct err needed(struct domain *d, const char *field, struct text value) {
    return is_words(value) ? ok
                           : domain_refuse(d, ERR_FIELD_MISSING, field, "this is missing, or too long");
}

static struct err check_document(struct domain *d, struct recording *r) {
    const struct new_disclosure *with = r->with;
    bool is_known = false;
    if (with->document.length == 0)
        return ok; /* whether one is needed, the case's evidence says */
    for (size_t i = 0; i < COUNT(doc_types); i++)
        is_known = is_known || text_equal_c(with->doc_type, doc_types[i]);
    if (!is_known)
        return domain_refuse(d, ERR_FIELD_INVALID, "doc_type",
                             "a document is a subpoena, inquiry, assistance, judgment, ruling or other");
    if (text_equal_c(with->doc_type, "other"))
        try(needed(d, "doc_name", with->doc_name));
    try(needed(d, "doc_no", with->doc_no));
    return document_check(d, with->document, with->document_sha256, &r->sha256);
}

static struct err check_times(struct domain *d, const struct new_disclosure *with) {
    if (with->order_ends_ms && with->order_ends_ms <= d->now_ms)
        return domain_refuse(d, ERR_ORDER_EXPIRED, "order_ends", "the order has expired");
    if (with->deferred_ms && !is_words(with->notice_statute))
        return domain_refuse(d, ERR_FIELD_MISSING, "notice_statute",
                             "the notice to the person waits only where a statute says so: name it");
    return ok;
}

static struct err check_objection(struct domain *d, int exception, int64_t account) {
    int64_t since;
    if (exception != 4)
        return ok;
    try(objection_since(d, account, &since));
    return since ? err_make(ERR_SUBJECT_OBJECTED, "the person objects to the use of what he published")
                 : ok;
}

static struct err check_case(struct domain *d, struct recording *r) {
    const struct new_disclosure *with = r->with;
    const struct evidence_case c = {.account = r->account.number,
                                    .document = with->document,
                                    .statute = with->statute,
                                    .authority = with->authority,
                                    .items = with->evidence,
                                    .count = with->evidence_count,
                                    .exception = r->exception,
                                    .scope = r->scope};
    try(evidence_check(d, &c));
    return check_objection(d, r->exception, r->account.number);
}

static struct err check_all(struct domain *d, struct recording *r) {
    const struct new_disclosure *with = r->with;
    bool has_code = !exception_parse(d, with->exception, &r->exception).kind;
    try(needed(d, "authority", with->authority));
    try(needed(d, "jurisdiction", with->jurisdiction));
    try(person_fields_parse(d, "scope", with->scope, &r->scope));
    if (!text_equal_c(with->jurisdiction, "CN")) {
        r->refusal = TEXT("foreign_authority");
        return ok;
    }
    if (with->refusal.length) {
        r->refusal = with->refusal;
        return check_document(d, r);
    }
    try(check_document(d, r));
    try(check_times(d, with));
    if (!has_code)
        return exception_parse(d, with->exception, &r->exception);
    if (r->scope == 0)
        return domain_refuse(d, ERR_FIELD_MISSING, "scope", "name the fields that the document asks for");
    d->detail.field = NULL;
    return check_case(d, r);
}

/* The document's number and the evidence: lines of name=value. */
static struct text office_lines(struct domain *d, const struct new_disclosure *with) {
    struct buf b;
    buf_init(&b, d->arena, OFFICE_BYTES_MAX);
    buf_format(&b, "doc_no=%.*s\n", TEXT_ARG(with->doc_no));
    for (unsigned i = 0; i < with->evidence_count; i++)
        buf_format(&b, "%.*s=%.*s\n", TEXT_ARG(with->evidence[i].name), TEXT_ARG(with->evidence[i].value));
    return buf_is_over(&b) ? TEXT("") : buf_peek(&b);
}

static struct err add_row(struct domain *d, const struct recording *r) {
    const struct new_disclosure *with = r->with;
    struct text office;
    try(domain_office_seal(d, "disclosure.office", r->id, 0, office_lines(d, with), &office));
    struct statement *add = statement_for(d->store, SQL_DISCLOSURE_ADD);
    bool is_refused = r->refusal.length > 0;
    statement_bind_text(add, 1, r->id);
    statement_bind_text(add, 2, with->authority);
    statement_bind_text(add, 3, with->jurisdiction);
    statement_bind_text(add, 4, r->sha256.length ? with->doc_type : TEXT("none"));
    statement_bind_text(add, 5, with->doc_name);
    statement_bind_text(add, 6, r->sha256);
    statement_bind_bytes(add, 7, office);
    statement_bind_text(add, 8, with->statute);
    statement_bind_text(add, 9, person_fields_print_in(d->arena, r->scope));
    statement_bind_i64(add, 10, r->exception);
    statement_bind_i64(add, 11, d->now_ms);
    statement_bind_i64(add, 12, with->order_ends_ms);
    statement_bind_i64(add, 13, (int64_t)r->by->subject);
    statement_bind_text(add, 14, is_refused ? TEXT("refused") : TEXT("open"));
    statement_bind_none(add, 15);
    if (is_refused)
        statement_bind_i64(add, 15, d->now_ms);
    statement_bind_text(add, 16, r->refusal);
    statement_bind_i64(add, 17, with->deferred_ms);
    statement_bind_text(add, 18, with->notice_statute);
    return statement_run(add, NULL);
}

static struct err record_rows(struct domain *d, void *with) {
    struct recording *r = with;
    try(add_row(d, r));
    if (r->sha256.length)
        try(document_store(d, r->id, r->with->document));
    struct statement *about = statement_for(d->store, SQL_DISCLOSURE_SUBJECT_ADD);
    statement_bind_text(about, 1, r->id);
    statement_bind_i64(about, 2, r->account.number);
    try(statement_run(about, NULL));
    if (r->refusal.length)
        return note(d, "disclosure.refuse", r->by, &r->account, r->id);
    try(approval_ask(d, APPROVAL_DISCLOSURE, r->id, r->by->subject, r->approval_out));
    return note(d, "disclosure.record", r->by, &r->account, r->id);
}

struct err disclosure_record(struct domain *d, const struct staff_member *by,
                             const struct new_disclosure *with, struct text *id_out,
                             struct text *approval_out) {
    struct recording r = {.by = by, .with = with, .approval_out = approval_out, .id = domain_receipt(d)};
    try(account_read(d, with->account, &r.account));
    *approval_out = TEXT("");
    try(check_all(d, &r));
    try(domain_in_transaction(d, record_rows, &r));
    *id_out = r.id;
    if (text_equal_c(r.refusal, "foreign_authority"))
        return domain_refuse(d, ERR_FOREIGN_AUTHORITY, "jurisdiction",
                             "the request is written down as refused; nothing goes to a foreign authority");
    return ok;
}

/* ---- deciding ---- */

struct decision {
    struct text id, decision, refusal;
    uint64_t by;
    const struct staff_member *staff;
};

static struct err store_decision(struct domain *d, const struct decision *with) {
    struct statement *set = statement_for(d->store, SQL_DISCLOSURE_DECIDE);
    uint64_t changed;
    statement_bind_text(set, 1, with->id);
    statement_bind_text(set, 2, with->decision);
    statement_bind_none(set, 3);
    if (with->by)
        statement_bind_i64(set, 3, (int64_t)with->by);
    statement_bind_i64(set, 4, d->now_ms);
    statement_bind_text(set, 5, with->refusal);
    try(statement_run(set, &changed));
    return changed ? ok : err_make(ERR_CONFLICT, "this was released or refused already");
}

struct err disclosure_decided(struct domain *d, const struct approval *a) {
    bool grants = text_equal_c(a->decision, "approved");
    const struct decision decision = {.id = a->object,
                                      .decision = grants ? TEXT("approved") : TEXT("refused"),
                                      .refusal = grants ? TEXT("") : TEXT("not_approved"),
                                      .by = a->approved_by};
    return store_decision(d, &decision);
}

static struct err refuse_rows(struct domain *d, void *with) {
    const struct decision *decision = with;
    try(store_decision(d, decision));
    return note(d, "disclosure.refuse", decision->staff, NULL, decision->id);
}

struct err disclosure_refuse(struct domain *d, const struct staff_member *by, struct text id,
                             struct text reason) {
    struct decision decision = {.id = id, .decision = TEXT("refused"), .refusal = reason, .staff = by};
    struct disclosure r;
    try(disclosure_find(d, id, &r));
    try(needed(d, "reason", reason));
    return domain_in_transaction(d, refuse_rows, &decision);
}

/* ---- releasing ---- */

struct release {
    const struct staff_member *by;
    struct disclosure row;
    struct account account;
    unsigned fields;
    struct person_view *out;
};

static struct err check_approval(struct domain *d, const struct disclosure *r) {
    unsigned standing;
    if (text_equal_c(r->decision, "open"))
        return err_make(ERR_APPROVAL_NEEDED, "another person has to approve the disclosure first");
    if (!text_equal_c(r->decision, "approved"))
        return err_make(ERR_CONFLICT, "this was released or refused already");
    must(r->approved_by && r->approved_by != r->verified_by);
    try(approval_count(d, APPROVAL_DISCLOSURE, r->id, &standing));
    return standing
               ? ok
               : err_make(ERR_APPROVAL_EXPIRED, "the approval is older than seven days; record it anew");
}

static struct err check_release(struct domain *d, struct release *r) {
    unsigned scope;
    try(check_approval(d, &r->row));
    if (r->row.order_ends_ms && r->row.order_ends_ms <= d->now_ms)
        return domain_refuse(d, ERR_ORDER_EXPIRED, "order_ends", "the order has expired");
    if (r->row.doc_sha256.length)
        try(document_verify(d, r->row.id, r->row.doc_sha256));
    if (r->fields == 0)
        return domain_refuse(d, ERR_FIELD_MISSING, "fields", "name the fields to release");
    try(person_fields_parse(d, "scope", r->row.scope, &scope));
    if (r->fields & ~scope)
        return domain_refuse(
            d, ERR_SCOPE_TOO_WIDE, "fields",
            text_say_in(d->arena, "the document asks for %.*s only", TEXT_ARG(r->row.scope)));
    return check_objection(d, r->row.exception, r->row.account);
}

static struct text extract_in(struct arena *a, const struct person_view *view) {
    struct text all = TEXT("");
    for (unsigned i = 0; i < PERSON_FIELD_COUNT; i++)
        if (view->fields & 1u << i)
            all = text_format_in(a, "%.*s%s: %.*s\n", TEXT_ARG(all),
                                 person_field_name((enum person_field)i), TEXT_ARG(view->values[i]));
    return all;
}

static struct err keep_extract(struct domain *d, const struct release *r) {
    struct statement *set = statement_for(d->store, SQL_DISCLOSURE_SET_EXTRACT);
    statement_bind_text(set, 1, r->row.id);
    statement_bind_bytes(set, 2,
                         account_seal(d, &r->account, FIELD("disclosure_subject", "extract_sealed", 0),
                                      extract_in(d->arena, r->out)));
    statement_bind_i64(set, 3, d->now_ms + DISCLOSURE_EXTRACT_DAYS * 24 * hour_ms);
    return statement_run(set, NULL);
}

static struct err release_rows(struct domain *d, void *with) {
    const struct release *r = with;
    struct statement *set = statement_for(d->store, SQL_DISCLOSURE_SET_RELEASED);
    uint64_t changed;
    statement_bind_text(set, 1, r->row.id);
    statement_bind_text(set, 2, person_fields_print_in(d->arena, r->fields));
    statement_bind_i64(set, 3, (int64_t)r->by->subject);
    statement_bind_i64(set, 4, d->now_ms);
    statement_bind_none(set, 5);
    if (r->row.exception == 3)
        statement_bind_i64(set, 5, d->now_ms + DISCLOSURE_REVIEW_HOURS * hour_ms);
    try(statement_run(set, &changed));
    if (changed != 1)
        return err_make(ERR_CONFLICT, "this was released a moment ago");
    try(keep_extract(d, r));
    return note(d, "disclosure.release", r->by, &r->account, r->row.id);
}

struct err disclosure_release(struct domain *d, const struct staff_member *by, struct text id,
                              struct text fields, struct person_view *out) {
    struct person_view view;
    struct release r = {.by = by, .out = &view};
    try(disclosure_find(d, id, &r.row));
    try(person_fields_parse(d, "fields", fields, &r.fields));
    try(check_release(d, &r));
    try(account_read(d, r.row.account, &r.account));
    try(person_view_of(d, &r.account, r.fields, &view));
    try(domain_in_transaction(d, release_rows, &r));
    *out = view;
    return disclosure_follow(d); /* the person is told now, unless that waits */
}
