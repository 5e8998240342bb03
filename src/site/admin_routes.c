/* admin_routes.c: the office at a glance, and its decisions: approvals, looks at persons' data, duties,
 * roster, partners. */
#include "domain/access.h"
#include "domain/disclosure.h"
#include "domain/duty.h"
#include "domain/hold.h"
#include "domain/office.h"
#include "domain/partner.h"
#include "domain/roster.h"
#include "site/visit_page.h"
#include "site/visit_staff.h"

enum { ROWS_MAX = 200 };
static const int64_t day_ms = 86400000;

static const unsigned reads_registers = STAFF_OWNER | STAFF_PRIVACY | STAFF_AUDITOR;

/* ---- lists, as JSON ---- */

static void put_approval(void *with, const struct approval *a) {
    struct visit *v = with;
    struct json *j = &v->json;
    json_open_object(j);
    json_put_text(j, "id", a->id);
    json_put_c(j, "kind", approval_kind_name(a->kind));
    json_put_text(j, "object", a->object);
    visit_put_subject(v, "asked_by", a->asked_by);
    visit_put_time(v, "asked", a->asked_ms);
    visit_put_time(v, "expires", a->expires_ms);
    visit_put_subject(v, "approved_by", a->approved_by);
    json_put_text(j, "decision", a->decision);
    json_close_object(j);
}

static void put_duty(void *with, const struct duty *duty) {
    struct visit *v = with;
    struct json *j = &v->json;
    json_open_object(j);
    json_put_text(j, "kind", duty->kind);
    json_put_c(j, "says", duty->says[v->is_english]);
    visit_put_time(v, "opened", duty->opened_ms);
    visit_put_time(v, "due", duty->due_ms);
    visit_put_time(v, "done", duty->done_ms);
    json_put_i64(j, "count", duty->count);
    json_put_bool(j, "late", duty->is_late);
    json_close_object(j);
}

struct tally {
    struct visit *v;
    unsigned holds, open, approved, released, refused;
};

static void count_hold(void *with, const struct hold *h) {
    struct tally *t = with;
    t->holds += text_equal_c(h->state, "active");
}

static void count_disclosure(void *with, const struct disclosure *r) {
    struct tally *t = with;
    t->open += text_equal_c(r->decision, "open");
    t->approved += text_equal_c(r->decision, "approved");
    t->released += text_equal_c(r->decision, "released");
    t->refused += text_equal_c(r->decision, "refused");
}

struct office_state {
    struct tally tally;
    unsigned overdue;
    int64_t gap_from_ms, gap_until_ms;
};

static struct err look_at_office(struct visit *v, struct office_state *out) {
    *out = (struct office_state){.tally = {.v = v}};
    try(hold_each(v->d, count_hold, &out->tally));
    try(disclosure_each(v->d, count_disclosure, &out->tally));
    try(disclosure_overdue(v->d, &out->overdue));
    return roster_gap(v->d, v->d->now_ms + ROSTER_LOOK_DAYS * day_ms, &out->gap_from_ms,
                      &out->gap_until_ms);
}

static void put_act(void *with, const struct office_act *act) {
    struct visit *v = with;
    json_open_object(&v->json);
    visit_put_time(v, "time", act->time_ms);
    json_put_text(&v->json, "action", act->action);
    json_put_text(&v->json, "object", act->object);
    json_put_text(&v->json, "purpose", act->purpose);
    json_close_object(&v->json);
}

static struct err put_lists(struct visit *v) {
    struct json *j = &v->json;
    json_name(j, "approvals");
    json_open_list(j);
    if (v->roles & reads_registers)
        try(approval_each_open(v->d, put_approval, v));
    json_close_list(j);
    json_name(j, "duties");
    json_open_list(j);
    try(duty_each(v->d, put_duty, v));
    json_close_list(j);
    json_name(j, "own_acts");
    json_open_list(j);
    try(office_acts_each(v->d, v->account.subject, put_act, v));
    json_close_list(j);
    return ok;
}

static struct err show_json(struct visit *v, const struct office_state *o) {
    struct json *j = visit_json(v, 200);
    json_put_text(j, "roles", staff_roles_print_in(v->d->arena, v->roles));
    json_name(j, "holds");
    json_open_object(j);
    json_put_i64(j, "active", o->tally.holds);
    json_close_object(j);
    json_name(j, "disclosures");
    json_open_object(j);
    json_put_i64(j, "open", o->tally.open);
    json_put_i64(j, "approved", o->tally.approved);
    json_put_i64(j, "released", o->tally.released);
    json_put_i64(j, "refused", o->tally.refused);
    json_put_i64(j, "reviews_overdue", o->overdue);
    json_close_object(j);
    visit_put_time(v, "roster_gap_from", o->gap_from_ms);
    visit_put_time(v, "roster_gap_until", o->gap_until_ms);
    try(put_lists(v));
    visit_end(v);
    return ok;
}

/* ---- the page ---- */

struct rows {
    struct visit *v;
    const struct page_value **rows;
    unsigned count;
};

static struct rows rows_begin(struct visit *v) {
    return (struct rows){.v = v, .rows = page_rows_in(v->d->arena, ROWS_MAX)};
}

static void rows_add(struct rows *r, const char *const *names, const struct text *texts, unsigned count) {
    if (r->count < ROWS_MAX)
        r->rows[r->count++] = page_row_in(r->v->d->arena, names, texts, count);
}

static struct text kind_words(const struct visit *v, enum approval_kind kind) {
    static const char *const words[APPROVAL_KIND_COUNT][2] = {
        [APPROVAL_HOLD] = {"法定留存", "Legal hold"},
        [APPROVAL_HOLD_END] = {"结束法定留存", "End of a legal hold"},
        [APPROVAL_DISCLOSURE] = {"披露", "Disclosure"},
        [APPROVAL_ACCESS] = {"查阅个人数据", "Look at a person's data"},
        [APPROVAL_ARCHIVE] = {"查阅封存副本", "Look at an archive"},
        [APPROVAL_POLICY] = {"隐私政策", "Privacy policy"},
        [APPROVAL_ASSESSMENT] = {"影响评估", "Assessment"}};
    const char *word = words[kind][v->is_english];
    return text_c(word ? word : approval_kind_name(kind));
}

static void row_approval(void *with, const struct approval *a) {
    struct rows *r = with;
    static const char *const names[] = {"id", "kind", "object", "asked", "yes", "no"};
    bool may = staff_may_approve(r->v->roles) && a->asked_by != r->v->account.subject;
    const struct text words[] = {a->id,
                                 kind_words(r->v, a->kind),
                                 text_part(a->object, 0, 48),
                                 visit_time(r->v, a->asked_ms),
                                 !may               ? TEXT("")
                                 : r->v->is_english ? TEXT("Approve")
                                                    : TEXT("批准"),
                                 !may               ? TEXT("")
                                 : r->v->is_english ? TEXT("Refuse")
                                                    : TEXT("不批准")};
    rows_add(r, names, words, 6);
}

static void row_duty(void *with, const struct duty *duty) {
    struct rows *r = with;
    static const char *const names[] = {"says", "due", "late", "done"};
    const struct text words[] = {text_c(duty->says[r->v->is_english]), visit_time(r->v, duty->due_ms),
                                 duty->is_late ? (r->v->is_english ? TEXT("late") : TEXT("逾期"))
                                               : TEXT(""),
                                 visit_time(r->v, duty->done_ms)};
    rows_add(r, names, words, 4);
}

static void row_act(void *with, const struct office_act *act) {
    struct rows *r = with;
    static const char *const names[] = {"time", "action", "object", "purpose"};
    const struct text words[] = {visit_time(r->v, act->time_ms), act->action, text_part(act->object, 0, 48),
                                 act->purpose};
    rows_add(r, names, words, 4);
}

static void put_figures(struct page *p, const struct office_state *o) {
    struct arena *a = p->v->d->arena;
    bool en = p->v->is_english;
    page_put(p, "roles", staff_roles_print_in(a, p->v->roles));
    page_put(p, "holds",
             text_format_in(a, en ? "%u legal holds in force" : "生效中的法定留存 %u 项", o->tally.holds));
    page_put(p, "disclosures",
             text_format_in(a,
                            en ? "Disclosures: %u to be approved, %u approved, %u released, %u refused"
                               : "披露：待批准 %u，已批准 %u，已提供 %u，已拒绝 %u",
                            o->tally.open, o->tally.approved, o->tally.released, o->tally.refused));
    if (o->overdue)
        page_put(p, "overdue",
                 text_format_in(a,
                                en ? "%u emergencies were not reviewed within 24 hours"
                                   : "%u 项紧急披露超过二十四小时未复核",
                                o->overdue));
    if (o->gap_from_ms)
        page_put(p, "gap",
                 text_format_in(a, en ? "Nobody is on call from %.*s" : "自 %.*s 起无人值班",
                                TEXT_ARG(visit_time(p->v, o->gap_from_ms))));
}

static struct err run_overview(struct visit *v) {
    struct office_state o;
    struct rows approvals = rows_begin(v), duties = rows_begin(v), acts = rows_begin(v);
    try(look_at_office(v, &o));
    if (!visit_wants_page(v))
        return show_json(v, &o);
    if (v->roles & reads_registers)
        try(approval_each_open(v->d, row_approval, &approvals));
    try(duty_each(v->d, row_duty, &duties));
    try(office_acts_each(v->d, v->account.subject, row_act, &acts));
    struct page p = page_begin(v, v->is_english ? TEXT("The office") : TEXT("运营后台"));
    put_figures(&p, &o);
    page_put_words(&p, "word_tickets", "请求", "Requests");
    page_put_words(&p, "word_registers", "登记册（JSON）", "Registers (JSON)");
    page_put_words(&p, "word_nothing", "没有。", "None.");
    page_put(&p, "no_approvals", approvals.count ? TEXT("") : TEXT("1"));
    page_put(&p, "no_duties", duties.count ? TEXT("") : TEXT("1"));
    page_put(&p, "no_acts", acts.count ? TEXT("") : TEXT("1"));
    page_put_words(&p, "word_approvals", "待批准", "To be approved");
    page_put_words(&p, "word_duties", "法定义务", "Duties");
    page_put_words(&p, "word_acts", "我的操作", "What I did");
    page_put_items(&p, "approvals", approvals.rows);
    page_put_items(&p, "duties", duties.rows);
    page_put_items(&p, "acts", acts.rows);
    return page_end(&p, "admin.html");
}

/* ---- approvals ---- */

static struct err run_approvals(struct visit *v) {
    struct json *j = visit_json(v, 200);
    json_name(j, "approvals");
    json_open_list(j);
    try(approval_each_open(v->d, put_approval, v));
    json_close_list(j);
    visit_end(v);
    return ok;
}

static struct err run_decide(struct visit *v) {
    struct staff_member by = visit_member(v);
    struct approval a;
    struct text decision;
    try(visit_needed_text(v, "decision", &decision));
    bool grants = text_equal_c(decision, "approve");
    if (!grants && !text_equal_c(decision, "refuse"))
        return domain_refuse(v->d, ERR_FIELD_INVALID, "decision", "a decision is approve or refuse");
    try(office_decide(v->d, &by, v->id, grants, &a));
    if (a.kind == APPROVAL_HOLD || a.kind == APPROVAL_HOLD_END)
        visit_published(v); /* tokens stop, or go on */
    if (visit_wants_page(v)) {
        visit_see_other(v, TEXT("/admin"));
        return ok;
    }
    visit_json(v, 200);
    json_name(&v->json, "approval");
    put_approval(v, &a);
    visit_end(v);
    return ok;
}

/* ---- a look at a person's data ---- */

static struct err run_access(struct visit *v) {
    struct staff_member by = visit_member(v);
    struct text purpose, reference;
    struct person_view view;
    int64_t account;
    try(visit_text(v, "purpose", &purpose));
    try(visit_text(v, "reference", &reference));
    try(visit_account(v, "account", &account));
    try(access_open(v->d, &by, account, purpose, reference, &view));
    struct json *j = visit_json(v, 200);
    json_put_text(j, "purpose", purpose);
    json_name(j, "person");
    json_open_object(j);
    for (unsigned i = 0; i < PERSON_FIELD_COUNT; i++)
        if (view.fields & 1u << i)
            json_put_text(j, person_field_name((enum person_field)i), view.values[i]);
    json_close_object(j);
    visit_end(v);
    return ok;
}

/* ---- duties, roster, partners ---- */

static struct err run_duties(struct visit *v) {
    struct json *j = visit_json(v, 200);
    json_name(j, "duties");
    json_open_list(j);
    try(duty_each(v->d, put_duty, v));
    json_close_list(j);
    visit_end(v);
    return ok;
}

static struct err run_duty_done(struct visit *v) {
    struct staff_member by = visit_member(v);
    try(duty_done(v->d, &by, v->id));
    visit_none(v);
    return ok;
}

static struct err answer_id(struct visit *v, struct text id) {
    struct json *j = visit_json(v, 201);
    json_put_text(j, "id", id);
    visit_end(v);
    return ok;
}

static void put_shift(void *with, const struct shift *s) {
    struct visit *v = with;
    json_open_object(&v->json);
    json_put_text(&v->json, "id", s->id);
    visit_put_subject(v, "account", s->subject);
    visit_put_time(v, "from", s->from_ms);
    visit_put_time(v, "until", s->until_ms);
    json_close_object(&v->json);
}

static struct err run_roster(struct visit *v) {
    struct json *j = visit_json(v, 200);
    json_name(j, "roster");
    json_open_list(j);
    try(roster_each(v->d, put_shift, v));
    json_close_list(j);
    visit_end(v);
    return ok;
}

static struct err run_roster_add(struct visit *v) {
    struct staff_member who;
    int64_t account, from_ms, until_ms;
    struct text id;
    try(visit_account(v, "account", &account));
    try(staff_member(v->d, account, &who));
    try(visit_when(v, "from", false, &from_ms));
    try(visit_when(v, "until", true, &until_ms));
    try(roster_add(v->d, &who, from_ms, until_ms, &id));
    return answer_id(v, id);
}

static struct err run_roster_drop(struct visit *v) {
    try(roster_drop(v->d, v->id));
    visit_none(v);
    return ok;
}

static void put_partner(void *with, const struct partner *p) {
    struct visit *v = with;
    json_open_object(&v->json);
    json_put_text(&v->json, "id", p->id);
    json_put_text(&v->json, "name", p->name);
    json_put_text(&v->json, "evidence_sha256", p->evidence_sha256);
    visit_put_time(v, "from", p->from_ms);
    visit_put_time(v, "until", p->until_ms);
    json_close_object(&v->json);
}

static struct err run_partners(struct visit *v) {
    struct json *j = visit_json(v, 200);
    json_name(j, "partners");
    json_open_list(j);
    try(partner_each(v->d, false, put_partner, v));
    json_close_list(j);
    visit_end(v);
    return ok;
}

static struct err run_partner_add(struct visit *v) {
    struct staff_member by = visit_member(v);
    struct partner p;
    struct text id;
    try(visit_needed_text(v, "name", &p.name));
    try(visit_needed_text(v, "evidence_sha256", &p.evidence_sha256));
    try(visit_when(v, "from", false, &p.from_ms));
    try(visit_when(v, "until", true, &p.until_ms));
    try(partner_add(v->d, &by, &p, &id));
    return answer_id(v, id);
}

static struct err run_partner_drop(struct visit *v) {
    struct staff_member by = visit_member(v);
    try(partner_drop(v->d, &by, v->id));
    visit_none(v);
    return ok;
}

const struct route admin_routes[] = {
    {"GET", "/admin", run_overview, NULL, ROUTE_STAFF, STAFF_ANY},
    {"GET", "/admin/approvals", run_approvals, NULL, ROUTE_STAFF,
     STAFF_OWNER | STAFF_PRIVACY | STAFF_AUDITOR},
    {"POST", "/admin/approvals/{}", run_decide, "decision", ROUTE_STAFF | ROUTE_FORM,
     STAFF_OWNER | STAFF_PRIVACY},
    {"POST", "/admin/accesses", run_access, "account|purpose|reference", ROUTE_STAFF,
     STAFF_PRIVACY | STAFF_SUPPORT},
    {"GET", "/admin/duties", run_duties, NULL, ROUTE_STAFF, STAFF_ANY},
    {"POST", "/admin/duties/{}/done", run_duty_done, NULL, ROUTE_STAFF, STAFF_OWNER | STAFF_PRIVACY},
    {"GET", "/admin/roster", run_roster, NULL, ROUTE_STAFF, STAFF_ANY},
    {"POST", "/admin/roster", run_roster_add, "account|from|until", ROUTE_STAFF, STAFF_OWNER},
    {"DELETE", "/admin/roster/{}", run_roster_drop, NULL, ROUTE_STAFF, STAFF_OWNER},
    {"GET", "/admin/partners", run_partners, NULL, ROUTE_STAFF, STAFF_OWNER | STAFF_AUDITOR | STAFF_READER},
    {"POST", "/admin/partners", run_partner_add, "name|evidence_sha256|from|until", ROUTE_STAFF,
     STAFF_OWNER},
    {"DELETE", "/admin/partners/{}", run_partner_drop, NULL, ROUTE_STAFF, STAFF_OWNER},
    {0},
};
