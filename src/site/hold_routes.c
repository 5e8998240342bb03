/* hold_routes.c: legal holds, for the office and for the persons they concern. */
#include "codec/base64.h"
#include "domain/hold.h"
#include "domain/hold_archive.h"
#include "domain/when.h"
#include "site/visit_staff.h"

/* ---- for the office ---- */

static void put_hold(struct visit *v, const struct hold *h) {
    struct json *j = &v->json;
    json_put_text(j, "id", h->id);
    json_put_text(j, "state", h->state);
    json_put_text(j, "statute", h->statute);
    json_put_text(j, "article", h->article);
    json_put_text(j, "authority", h->authority);
    json_put_text(j, "document_sha256", h->document_sha256);
    visit_put_time(v, "opened", h->opened_ms);
    visit_put_time(v, "until", h->until_ms);
}

static void put_register_row(void *with, const struct hold *h) {
    struct visit *v = with;
    json_open_object(&v->json);
    put_hold(v, h);
    visit_put_time(v, "secret_until", h->secret_until_ms);
    visit_put_subject(v, "opened_by", h->opened_by);
    json_put_i64(&v->json, "approvers", h->approvers);
    visit_put_time(v, "ended", h->ended_ms);
    if (v->roles & STAFF_PRIVACY)
        json_put_text(&v->json, "reason", hold_reason(v->d, h));
    json_close_object(&v->json);
}

static struct err run_register(struct visit *v) {
    struct json *j = visit_json(v, 200);
    json_name(j, "holds");
    json_open_list(j);
    try(hold_each(v->d, put_register_row, v));
    json_close_list(j);
    visit_end(v);
    return ok;
}

static struct err take_hold(struct visit *v, struct new_hold *out,
                            int64_t accounts[static HOLD_ACCOUNTS_MAX]) {
    static const char *const names[] = {"statute", "article", "authority", "document_sha256", "reason"};
    struct text *const places[] = {&out->statute, &out->article, &out->authority, &out->document_sha256,
                                   &out->reason};
    struct text *list;
    for (unsigned i = 0; i < 5; i++)
        try(visit_text(v, names[i], places[i]));
    try(visit_when(v, "until", true, &out->until_ms));
    try(visit_when(v, "secret_until", true, &out->secret_until_ms));
    try(visit_list(v, "accounts", &list, &out->account_count));
    for (unsigned i = 0; i < out->account_count && i < HOLD_ACCOUNTS_MAX; i++)
        try(account_named(v->d, list[i], &accounts[i]));
    out->accounts = accounts;
    return ok;
}

static struct err run_open(struct visit *v) {
    struct staff_member by = visit_member(v);
    int64_t accounts[HOLD_ACCOUNTS_MAX];
    struct new_hold with = {.account_count = 0};
    struct text id, approvals[2];
    try(take_hold(v, &with, accounts));
    try(hold_open(v->d, &by, &with, &id, approvals));
    struct json *j = visit_json(v, 201);
    json_put_text(j, "id", id);
    json_name(j, "approvals");
    json_open_list(j);
    for (unsigned i = 0; i < 2; i++)
        if (approvals[i].length)
            json_text(j, approvals[i]);
    json_close_list(j);
    visit_end(v);
    return ok;
}

static struct err run_end(struct visit *v) {
    struct staff_member by = visit_member(v);
    struct text approval;
    try(hold_ask_end(v->d, &by, v->id, &approval));
    struct json *j = visit_json(v, 202);
    json_put_text(j, "approval", approval);
    visit_end(v);
    return ok;
}

/* What is sealed under the person's key stays so; its bytes are shown in base64. */
static struct err put_row(struct domain *d, void *with, const struct hold_row *row) {
    struct visit *v = with;
    json_open_object(&v->json);
    json_put_c(&v->json, "part", row->part);
    json_name(&v->json, "values");
    json_open_list(&v->json);
    for (unsigned i = 0; i < row->count; i++)
        json_text(&v->json, text_is_utf8(row->values[i]) ? row->values[i]
                                                         : base64_encode_in(d->arena, row->values[i]));
    json_close_list(&v->json);
    json_close_object(&v->json);
    return ok;
}

static struct err run_archive(struct visit *v) {
    struct staff_member by = visit_member(v);
    struct hold_reading with = {.by = &by, .hold = v->id};
    try(visit_text(v, "reference", &with.reference));
    try(visit_account(v, "account", &with.account));
    struct json *j = visit_json(v, 200);
    json_name(j, "rows");
    json_open_list(j);
    try(hold_read_archive(v->d, &with, put_row, v));
    json_close_list(j);
    visit_end(v);
    return buf_is_over(&v->out) ? err_make(ERR_LIMIT_REACHED, "the archive is larger than 8 MiB") : ok;
}

/* ---- for the person ---- */

static void put_own_hold(void *with, const struct hold *h) {
    struct visit *v = with;
    if (h->secret_until_ms > v->d->now_ms)
        return; /* an order of secrecy: told when it ends */
    json_open_object(&v->json);
    put_hold(v, h);
    json_put_c(&v->json, "appeal", "/feedback");
    json_close_object(&v->json);
}

static struct err run_own(struct visit *v) {
    struct json *j = visit_json(v, 200);
    bool is_frozen;
    try(hold_is_frozen(v->d, v->account.number, &is_frozen));
    json_put_bool(j, "frozen", is_frozen);
    json_name(j, "holds");
    json_open_list(j);
    try(hold_of_account(v->d, v->account.number, put_own_hold, v));
    json_close_list(j);
    visit_end(v);
    return ok;
}

const struct route hold_routes[] = {
    {"GET", "/admin/holds", run_register, NULL, ROUTE_STAFF, STAFF_OWNER | STAFF_PRIVACY | STAFF_AUDITOR},
    {"POST", "/admin/holds", run_open,
     "accounts|statute|article|authority|document_sha256|reason|until|secret_until", ROUTE_STAFF,
     STAFF_PRIVACY},
    {"POST", "/admin/holds/{}/end", run_end, NULL, ROUTE_STAFF, STAFF_PRIVACY},
    {"POST", "/admin/holds/{}/archive", run_archive, "account|reference", ROUTE_STAFF, STAFF_PRIVACY},
    {"GET", "/account/holds", run_own, NULL, ROUTE_SESSION | ROUTE_UNAGREED},
    {0},
};
