/* assessment_routes.c: the staff's side of the policy: assessments of impact, hand-overs of the
 * business. */
#include "domain/assessment.h"
#include "domain/publication.h"
#include "domain/transfer.h"
#include "site/visit.h"

static struct text number_in(struct visit *v, uint64_t subject) {
    return subject ? text_format_in(v->d->arena, "%llu", (unsigned long long)subject) : TEXT("");
}

/* ---- assessments ---- */

static void put_assessment(void *with, const struct assessment *a) {
    struct visit *v = with;
    struct json *j = &v->json;
    json_open_object(j);
    json_put_text(j, "id", a->id);
    json_put_text(j, "scope", a->scope);
    json_put_text(j, "purpose", a->purpose);
    json_put_text(j, "necessity", a->necessity);
    json_put_text(j, "impact", a->impact);
    json_put_text(j, "measures", a->measures);
    json_put_text(j, "risk", a->risk);
    json_put_bool(j, "approved", a->approved_ms != 0);
    json_put_bool(j, "shipped", a->is_shipped);
    json_put_bool(j, "outdated", a->valid_until_ms <= v->d->now_ms);
    json_put_text(j, "author", number_in(v, a->author));
    json_put_text(j, "approver", number_in(v, a->approver));
    json_put_text(j, "valid_until", visit_time(v, a->valid_until_ms));
    json_put_text(j, "created", visit_time(v, a->created_ms));
    json_close_object(j);
}

static struct err run_assessments(struct visit *v) {
    struct json *j = visit_json(v, 200);
    json_name(j, "assessments");
    json_open_list(j);
    try(assessment_each(v->d, put_assessment, v));
    json_close_list(j);
    visit_end(v);
    return ok;
}

static struct err answer_id(struct visit *v, int status, struct text id) {
    struct json *j = visit_json(v, status);
    json_put_text(j, "id", id);
    visit_end(v);
    return ok;
}

static struct err run_add(struct visit *v) {
    struct assessment a = {0};
    struct text until, id;
    try(visit_needed_text(v, "scope", &a.scope));
    try(visit_needed_text(v, "purpose", &a.purpose));
    try(visit_needed_text(v, "necessity", &a.necessity));
    try(visit_needed_text(v, "impact", &a.impact));
    try(visit_needed_text(v, "measures", &a.measures));
    try(visit_needed_text(v, "risk", &a.risk));
    try(visit_needed_text(v, "valid_until", &until));
    if (!publication_moment(until, v->site->zone_hours, &a.valid_until_ms))
        return domain_refuse(v->d, ERR_FIELD_INVALID, "valid_until",
                             "valid_until is a day such as 2030-01-31");
    try(assessment_add(v->d, &a, v->account.subject, &id));
    return answer_id(v, 201, id);
}

static struct err run_approve(struct visit *v) {
    try(assessment_approve(v->d, v->id, v->account.subject));
    return answer_id(v, 200, v->id);
}

static struct err run_delete(struct visit *v) {
    try(assessment_delete(v->d, v->id, v->account.subject));
    visit_none(v);
    return ok;
}

/* ---- hand-overs ---- */

static void put_transfer(void *with, const struct transfer *t) {
    struct visit *v = with;
    struct json *j = &v->json;
    json_open_object(j);
    json_put_text(j, "id", t->id);
    json_put_text(j, "recipient", t->recipient);
    json_put_text(j, "contact", t->contact);
    json_put_text(j, "reason", t->reason);
    json_put_text(j, "asked_by", number_in(v, t->asked_by));
    json_put_text(j, "approved_by", number_in(v, t->approved_by));
    json_put_text(j, "created", visit_time(v, t->created_ms));
    json_put_text(j, "exported", visit_time(v, t->exported_ms));
    json_put_i64(j, "persons", t->persons);
    json_close_object(j);
}

static struct err run_transfers(struct visit *v) {
    struct json *j = visit_json(v, 200);
    json_name(j, "transfers");
    json_open_list(j);
    try(transfer_each(v->d, put_transfer, v));
    json_close_list(j);
    visit_end(v);
    return ok;
}

static struct err run_transfer(struct visit *v) {
    struct transfer t = {.asked_by = v->account.subject};
    struct text id;
    try(visit_needed_text(v, "recipient", &t.recipient));
    try(visit_needed_text(v, "contact", &t.contact));
    try(visit_needed_text(v, "reason", &t.reason));
    try(transfer_open(v->d, &t, &id));
    return answer_id(v, 201, id);
}

static struct err run_transfer_approve(struct visit *v) {
    try(transfer_approve(v->d, v->id, v->account.subject));
    return answer_id(v, 200, v->id);
}

const struct route assessment_routes[] = {
    {"GET", "/admin/assessments", run_assessments, NULL, ROUTE_STAFF,
     STAFF_PRIVACY | STAFF_OWNER | STAFF_AUDITOR},
    {"POST", "/admin/assessments", run_add,
     "scope|purpose|necessity|impact|measures|risk|valid_until", ROUTE_STAFF, STAFF_PRIVACY},
    {"POST", "/admin/assessments/{}/approve", run_approve, NULL, ROUTE_STAFF,
     STAFF_PRIVACY | STAFF_OWNER},
    {"DELETE", "/admin/assessments/{}", run_delete, NULL, ROUTE_STAFF, STAFF_PRIVACY},
    {"GET", "/admin/transfers", run_transfers, NULL, ROUTE_STAFF,
     STAFF_PRIVACY | STAFF_OWNER | STAFF_AUDITOR},
    {"POST", "/admin/transfers", run_transfer, "recipient|contact|reason", ROUTE_STAFF,
     STAFF_PRIVACY | STAFF_OWNER},
    {"POST", "/admin/transfers/{}/approve", run_transfer_approve, NULL, ROUTE_STAFF,
     STAFF_PRIVACY | STAFF_OWNER},
    {0},
};
