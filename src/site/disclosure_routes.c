/* disclosure_routes.c: the register of disclosures for the office; what was done about him, for a person.
 */
#include "base/must.h"
#include "codec/base64.h"
#include "domain/access.h"
#include "domain/disclosure.h"
#include "site/visit_staff.h"

/* ---- for the office ---- */

static void put_disclosure(struct visit *v, const struct disclosure *r) {
    struct json *j = &v->json;
    json_put_text(j, "id", r->id);
    json_put_text(j, "authority", r->authority);
    json_put_text(j, "doc_type", r->doc_type);
    json_put_text(j, "statute", r->statute);
    json_put_i64(j, "exception", r->exception);
    json_put_c(j, "exception_says", exception_row(r->exception)->says[v->is_english]);
    json_put_text(j, "fields_released", r->fields_released);
    visit_put_time(v, "received", r->received_ms);
    visit_put_time(v, "released", r->released_ms);
}

static void put_register_row(void *with, const struct disclosure *r) {
    struct visit *v = with;
    struct json *j = &v->json;
    json_open_object(j);
    put_disclosure(v, r);
    json_put_text(j, "jurisdiction", r->jurisdiction);
    json_put_text(j, "doc_name", r->doc_name);
    json_put_text(j, "doc_sha256", r->doc_sha256);
    json_put_c(j, "law", exception_row(r->exception)->law);
    json_put_text(j, "scope", r->scope);
    json_put_text(j, "decision", r->decision);
    json_put_text(j, "refusal", r->refusal);
    visit_put_subject(v, "verified_by", r->verified_by);
    visit_put_subject(v, "approved_by", r->approved_by);
    visit_put_subject(v, "released_by", r->released_by);
    visit_put_time(v, "order_ends", r->order_ends_ms);
    visit_put_time(v, "review_due", r->review_due_ms);
    visit_put_time(v, "reviewed", r->reviewed_ms);
    visit_put_time(v, "escalated", r->escalated_ms);
    visit_put_time(v, "notice_deferred_until", r->deferred_ms);
    visit_put_time(v, "notice", r->notice_ms);
    json_close_object(j);
}

static struct err run_register(struct visit *v) {
    struct json *j = visit_json(v, 200);
    json_name(j, "disclosures");
    json_open_list(j);
    try(disclosure_each(v->d, put_register_row, v));
    json_close_list(j);
    visit_end(v);
    return ok;
}

static struct err run_one(struct visit *v) {
    struct disclosure r;
    try(disclosure_find(v->d, v->id, &r));
    visit_json(v, 200);
    json_name(&v->json, "disclosure");
    put_register_row(v, &r);
    visit_end(v);
    return ok;
}

/* Evidence comes as a list of "name=value". */
static struct err take_evidence(struct visit *v, struct new_disclosure *out) {
    struct text *list;
    unsigned count;
    try(visit_list(v, "evidence", &list, &count));
    if (count > EVIDENCE_MAX)
        return domain_refuse(v->d, ERR_FIELD_INVALID, "evidence",
                             "there are at most 12 pieces of evidence");
    for (unsigned i = 0; i < count; i++) {
        struct text name, value = list[i];
        if (!text_cut(&value, '=', &name) || text_has_control(list[i]))
            return domain_refuse(v->d, ERR_FIELD_INVALID, "evidence",
                                 "a piece of evidence has the form name=value");
        out->evidence[out->evidence_count++] = (struct evidence){name, value};
    }
    return ok;
}

static struct err take_disclosure(struct visit *v, struct new_disclosure *out) {
    static const char *const names[] = {"authority", "jurisdiction",    "doc_type", "doc_name",
                                        "doc_no",    "document_sha256", "statute",  "scope",
                                        "exception", "notice_statute",  "refusal"};
    struct text *const places[] = {&out->authority, &out->jurisdiction,    &out->doc_type, &out->doc_name,
                                   &out->doc_no,    &out->document_sha256, &out->statute,  &out->scope,
                                   &out->exception, &out->notice_statute,  &out->refusal};
    struct text document;
    for (unsigned i = 0; i < COUNT(places); i++)
        try(visit_text(v, names[i], places[i]));
    try(visit_text(v, "document", &document));
    if (document.length && !base64_decode_in(v->d->arena, document, &out->document))
        return domain_refuse(v->d, ERR_DOCUMENT_NOT_PDF, "document", "the document comes in base64");
    try(visit_when(v, "order_ends", true, &out->order_ends_ms));
    try(visit_when(v, "notice_deferred_until", true, &out->deferred_ms));
    try(visit_account(v, "account", &out->account));
    return take_evidence(v, out);
}

static struct err run_record(struct visit *v) {
    struct staff_member by = visit_member(v);
    struct new_disclosure with = {.account = 0};
    struct text id, approval;
    try(take_disclosure(v, &with));
    try(disclosure_record(v->d, &by, &with, &id, &approval));
    struct json *j = visit_json(v, 201);
    json_put_text(j, "id", id);
    json_put_text(j, "approval", approval);
    visit_end(v);
    return ok;
}

static struct err run_release(struct visit *v) {
    struct staff_member by = visit_member(v);
    struct person_view view;
    struct text fields;
    try(visit_text(v, "fields", &fields));
    try(disclosure_release(v->d, &by, v->id, fields, &view));
    struct json *j = visit_json(v, 200);
    json_name(j, "person");
    json_open_object(j);
    for (unsigned i = 0; i < PERSON_FIELD_COUNT; i++)
        if (view.fields & 1u << i)
            json_put_text(j, person_field_name((enum person_field)i), view.values[i]);
    json_close_object(j);
    visit_end(v);
    return ok;
}

static struct err run_refuse(struct visit *v) {
    struct staff_member by = visit_member(v);
    struct text reason;
    try(visit_needed_text(v, "reason", &reason));
    try(disclosure_refuse(v->d, &by, v->id, reason));
    visit_none(v);
    return ok;
}

static struct err run_review(struct visit *v) {
    struct staff_member by = visit_member(v);
    try(disclosure_review(v->d, &by, v->id));
    visit_none(v);
    return ok;
}

static struct err run_close(struct visit *v) {
    struct staff_member by = visit_member(v);
    try(disclosure_close(v->d, &by, v->id));
    visit_none(v);
    return ok;
}

static struct err run_extract(struct visit *v) {
    struct staff_member by = visit_member(v);
    struct text extract;
    try(disclosure_extract(v->d, &by, v->id, &extract));
    struct json *j = visit_json(v, 200);
    json_put_text(j, "extract", extract);
    visit_end(v);
    return ok;
}

static struct err run_authority(struct visit *v) {
    struct staff_member by = visit_member(v);
    struct text name, jurisdiction, contact;
    try(visit_needed_text(v, "name", &name));
    try(visit_needed_text(v, "jurisdiction", &jurisdiction));
    try(visit_text(v, "contact", &contact));
    try(authority_put(v->d, &by, name, jurisdiction, contact));
    visit_none(v);
    return ok;
}

/* ---- for the person ---- */

static void put_own_disclosure(void *with, const struct disclosure *r) {
    struct visit *v = with;
    json_open_object(&v->json);
    put_disclosure(v, r);
    visit_put_time(v, "notice", r->notice_ms);
    json_close_object(&v->json);
}

static struct err run_own(struct visit *v) {
    struct json *j = visit_json(v, 200);
    json_name(j, "disclosures");
    json_open_list(j);
    try(disclosure_of_account(v->d, v->account.number, put_own_disclosure, v));
    json_close_list(j);
    visit_end(v);
    return ok;
}

static void put_own_access(void *with, const struct access_told *a) {
    struct visit *v = with;
    struct json *j = &v->json;
    json_open_object(j);
    json_put_text(j, "id", a->id);
    visit_put_time(v, "time", a->opened_ms);
    json_put_text(j, "purpose", a->purpose);
    for (unsigned i = 0; i < ACCESS_PURPOSE_COUNT; i++)
        if (text_equal_c(a->purpose, access_purpose_row((enum access_purpose)i)->name))
            json_put_c(j, "says", access_purpose_row((enum access_purpose)i)->says[v->is_english]);
    json_put_text(j, "fields", a->fields);
    json_close_object(j);
}

static struct err run_accesses(struct visit *v) {
    struct json *j = visit_json(v, 200);
    json_name(j, "accesses");
    json_open_list(j);
    try(access_each(v->d, v->account.number, put_own_access, v));
    json_close_list(j);
    visit_end(v);
    return ok;
}

static struct err answer_objection(struct visit *v, int status) {
    int64_t since_ms;
    try(objection_since(v->d, v->account.number, &since_ms));
    visit_json(v, status);
    visit_put_time(v, "objected", since_ms);
    visit_end(v);
    return ok;
}

static struct err run_objection(struct visit *v) {
    return answer_objection(v, 200);
}

static struct err run_object(struct visit *v) {
    try(objection_add(v->d, &v->account));
    return answer_objection(v, 201);
}

const struct route disclosure_routes[] = {
    {"GET", "/admin/disclosures", run_register, NULL, ROUTE_STAFF,
     STAFF_OWNER | STAFF_PRIVACY | STAFF_AUDITOR},
    {"GET", "/admin/disclosures/{}", run_one, NULL, ROUTE_STAFF,
     STAFF_OWNER | STAFF_PRIVACY | STAFF_AUDITOR},
    {"POST", "/admin/disclosures", run_record,
     "account|authority|jurisdiction|doc_type|doc_name|doc_no|document|document_sha256|statute|scope|"
     "exception|evidence|"
     "order_ends|notice_deferred_until|notice_statute|refusal",
     ROUTE_STAFF, STAFF_PRIVACY},
    {"POST", "/admin/disclosures/{}/release", run_release, "fields", ROUTE_STAFF, STAFF_PRIVACY},
    {"POST", "/admin/disclosures/{}/refuse", run_refuse, "reason", ROUTE_STAFF, STAFF_PRIVACY},
    {"POST", "/admin/disclosures/{}/review", run_review, NULL, ROUTE_STAFF, STAFF_OWNER | STAFF_PRIVACY},
    {"POST", "/admin/disclosures/{}/close", run_close, NULL, ROUTE_STAFF, STAFF_PRIVACY},
    {"GET", "/admin/disclosures/{}/extract", run_extract, NULL, ROUTE_STAFF, STAFF_PRIVACY},
    {"POST", "/admin/authorities", run_authority, "name|jurisdiction|contact", ROUTE_STAFF, STAFF_PRIVACY},
    {"GET", "/account/disclosures", run_own, NULL, ROUTE_SESSION | ROUTE_UNAGREED},
    {"GET", "/account/accesses", run_accesses, NULL, ROUTE_SESSION | ROUTE_UNAGREED},
    {"GET", "/account/objections", run_objection, NULL, ROUTE_SESSION | ROUTE_UNAGREED},
    {"POST", "/account/objections", run_object, NULL, ROUTE_SESSION | ROUTE_UNAGREED},
    {0},
};
