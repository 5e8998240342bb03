/* transparency_routes.c: what the operator tells everybody: requests for data, figures, processors,
 * partners. */
#include "domain/claims.h"
#include "domain/evidence.h"
#include "domain/partner.h"
#include "domain/probe_state.h"
#include "domain/report.h"
#include "domain/roster.h"
#include "site/visit_page.h"
#include "site/visit_staff.h"

enum { ROWS_MAX = 512 };
static const int64_t day_ms = 86400000;

static struct claim_facts facts_of(struct visit *v) {
    struct probe_state seen;
    probe_state_read(v->d->arena, &v->site->probes, v->d->now_ms, &seen);
    return (struct claim_facts){.apis_passed = seen.passed,
                                .apis_ms = seen.time_ms,
                                .availability_ppm = seen.sum.up_ppm,
                                .availability_ms = seen.time_ms};
}

/* ---- JSON ---- */

static void put_claim(void *with, const struct claim *c) {
    struct visit *v = with;
    struct json *j = &v->json;
    json_open_object(j);
    json_put_c(j, "id", c->id);
    json_put_c(j, "says", c->says[v->is_english]);
    json_put_c(j, "counted", c->counted);
    json_put_bool(j, "shown", c->is_shown);
    visit_put_time(v, "as_of", c->as_of_ms);
    if (c->is_shown) {
        json_put_i64(j, "value", c->value);
        json_put_text(j, "text", c->shown[v->is_english]);
    }
    json_close_object(j);
}

static struct err put_claims(struct visit *v) {
    struct claim_facts facts = facts_of(v);
    json_name(&v->json, "claims");
    json_open_list(&v->json);
    try(claims_each(v->d, &facts, put_claim, v));
    json_close_list(&v->json);
    return ok;
}

static struct err run_claims_json(struct visit *v) {
    visit_json(v, 200);
    try(put_claims(v));
    visit_end(v);
    return ok;
}

static void put_line(void *with, const struct report_line *l) {
    struct visit *v = with;
    struct json *j = &v->json;
    json_open_object(j);
    json_put_text(j, "half", l->half);
    if (l->doc_type.length) {
        json_put_text(j, "doc_type", l->doc_type);
        json_put_i64(j, "exception", l->exception);
    }
    json_put_text(j, "decision", l->decision);
    json_put_i64(j, "count", l->count);
    json_close_object(j);
}

static void put_partner(void *with, const struct partner *p) {
    struct visit *v = with;
    json_open_object(&v->json);
    json_put_text(&v->json, "name", p->name);
    json_put_text(&v->json, "evidence_sha256", p->evidence_sha256);
    visit_put_time(v, "until", p->until_ms);
    json_close_object(&v->json);
}

static void put_processors(struct visit *v) {
    json_name(&v->json, "processors");
    json_open_list(&v->json);
    for (unsigned i = 0; i < v->site->processor_count; i++) {
        const struct site_processor *p = &v->site->processors[i];
        json_open_object(&v->json);
        json_put_text(&v->json, "name", p->name);
        json_put_c(&v->json, "does", p->does[v->is_english]);
        json_close_object(&v->json);
    }
    json_close_list(&v->json);
}

static struct err put_roster(struct visit *v) {
    int64_t from_ms, until_ms;
    try(roster_gap(v->d, v->d->now_ms + ROSTER_LOOK_DAYS * day_ms, &from_ms, &until_ms));
    json_name(&v->json, "on_call");
    json_open_object(&v->json);
    json_put_bool(&v->json, "always", from_ms == 0);
    visit_put_time(v, "gap_from", from_ms);
    visit_put_time(v, "gap_until", until_ms);
    json_close_object(&v->json);
    return ok;
}

static struct err run_json(struct visit *v) {
    struct json *j = visit_json(v, 200);
    visit_put_time(v, "made", v->d->now_ms);
    json_name(j, "disclosures");
    json_open_list(j);
    try(report_disclosures(v->d, put_line, v));
    json_close_list(j);
    json_name(j, "holds");
    json_open_list(j);
    try(report_holds(v->d, put_line, v));
    json_close_list(j);
    put_processors(v);
    json_name(j, "partners");
    json_open_list(j);
    try(partner_each(v->d, true, put_partner, v));
    json_close_list(j);
    try(put_claims(v));
    try(put_roster(v));
    visit_end(v);
    return ok;
}

/* ---- the page ---- */

struct rows {
    struct visit *v;
    const struct page_value **rows;
    unsigned count;
};

static void add(struct rows *r, const char *const *names, const struct text *texts, unsigned count) {
    if (r->count < ROWS_MAX)
        r->rows[r->count++] = page_row_in(r->v->d->arena, names, texts, count);
}

static struct text word_of(struct visit *v, struct text code) {
    static const char *const words[][3] = {
        {"subpoena", "传票", "subpoena"},
        {"inquiry", "调查函", "letter of inquiry"},
        {"assistance", "协助调查通知", "notice to assist"},
        {"judgment", "判决", "judgment"},
        {"ruling", "裁定", "ruling"},
        {"other", "其他文件", "another document"},
        {"none", "无文件", "no document"},
        {"open", "审核中", "being examined"},
        {"approved", "已批准", "approved"},
        {"released", "已提供", "released"},
        {"refused", "已拒绝", "refused"},
        {"active", "生效中", "in force"},
        {"ended", "已结束", "ended"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_equal_c(code, words[i][0]))
            return text_c(words[i][1 + v->is_english]);
    return code;
}

static void row_line(void *with, const struct report_line *l) {
    struct rows *r = with;
    static const char *const names[] = {"half", "type", "decision", "case", "count"};
    const struct text words[] = {
        l->half, word_of(r->v, l->doc_type), word_of(r->v, l->decision),
        l->doc_type.length ? text_c(exception_row(l->exception)->says[r->v->is_english]) : TEXT(""),
        text_format_in(r->v->d->arena, "%lld", (long long)l->count)};
    add(r, names, words, 5);
}

static void row_claim(void *with, const struct claim *c) {
    struct rows *r = with;
    static const char *const names[] = {"shown", "says", "as_of", "counted"};
    const struct text words[] = {c->shown[r->v->is_english], text_c(c->says[r->v->is_english]),
                                 visit_time(r->v, c->as_of_ms), text_c(c->counted)};
    if (c->is_shown)
        add(r, names, words, 4);
}

static void row_partner(void *with, const struct partner *p) {
    struct rows *r = with;
    static const char *const names[] = {"name", "until"};
    const struct text words[] = {p->name, visit_time(r->v, p->until_ms)};
    add(r, names, words, 2);
}

static struct rows rows_begin(struct visit *v) {
    return (struct rows){.v = v, .rows = page_rows_in(v->d->arena, ROWS_MAX)};
}

static void put_words(struct page *p) {
    page_put_words(p, "word_disclosures", "依法提供个人信息的请求", "Requests for personal data");
    page_put_words(p, "lead_disclosures", "每半年按文件种类、处理结果和适用情形计数，直接来自登记册。",
                   "By half-year, kind of document, decision and case: counted from the register itself.");
    page_put_words(p, "word_holds", "法定留存", "Legal holds");
    page_put_words(p, "word_processors", "受托处理者", "Processors");
    page_put_words(p, "word_claims", "数字与依据", "Figures and what they rest on");
    page_put_words(p, "word_on_call", "值班", "On call");
    page_put_words(p, "none", "无", "None");
}

static void put_processor_rows(struct page *p, struct rows *r) {
    static const char *const names[] = {"name", "does"};
    for (unsigned i = 0; i < p->v->site->processor_count; i++) {
        const struct site_processor *one = &p->v->site->processors[i];
        add(r, names, (struct text[]){one->name, text_c(one->does[p->v->is_english])}, 2);
    }
    page_put_items(p, "processors", r->rows);
    if (r->count == 0)
        page_put_words(p, "no_processors", "没有。个人信息不经任何受托方处理。",
                       "There are none: nobody else handles personal data.");
}

static struct err put_on_call(struct page *p) {
    int64_t from_ms, until_ms;
    struct arena *a = p->v->d->arena;
    try(roster_gap(p->v->d, p->v->d->now_ms + ROSTER_LOOK_DAYS * day_ms, &from_ms, &until_ms));
    if (from_ms == 0)
        page_put_words(p, "on_call", "今后七天每时每刻都有人值班。",
                       "Somebody is on call at every moment of the next seven days.");
    else
        page_put(p, "gap",
                 text_format_in(
                     a, p->v->is_english ? "Nobody is on call from %.*s to %.*s" : "%.*s 至 %.*s 无人值班",
                     TEXT_ARG(visit_time(p->v, from_ms)), TEXT_ARG(visit_time(p->v, until_ms))));
    return ok;
}

static struct err run_page(struct visit *v) {
    struct rows disclosures = rows_begin(v), holds = rows_begin(v), claims = rows_begin(v),
                partners = rows_begin(v), processors = rows_begin(v);
    struct claim_facts facts = facts_of(v);
    struct page p = page_begin(v, v->is_english ? TEXT("Transparency") : TEXT("透明度"));
    try(report_disclosures(v->d, row_line, &disclosures));
    try(report_holds(v->d, row_line, &holds));
    try(claims_each(v->d, &facts, row_claim, &claims));
    try(partner_each(v->d, true, row_partner, &partners));
    put_words(&p);
    page_put_items(&p, "disclosures", disclosures.rows);
    page_put_items(&p, "holds", holds.rows);
    page_put_items(&p, "claims", claims.rows);
    page_put_items(&p, "partners", partners.rows);
    if (partners.count)
        page_put_words(&p, "word_partners", "共同选择", "Chosen by");
    if (!claims.count)
        page_put_words(&p, "no_claims", "目前没有可以公布的数字：数据不能支持的数字不会显示。",
                       "No figure is shown yet: one that the records do not support is never shown.");
    if (!disclosures.count)
        page_put_words(&p, "no_disclosures", "至今没有。", "None so far.");
    if (!holds.count)
        page_put_words(&p, "no_holds", "至今没有。", "None so far.");
    put_processor_rows(&p, &processors);
    try(put_on_call(&p));
    return page_end(&p, "transparency.html");
}

const struct route transparency_routes[] = {
    {"GET", "/transparency", run_page, NULL, ROUTE_OPEN},
    {"GET", "/transparency.json", run_json, NULL, ROUTE_OPEN},
    {"GET", "/claims.json", run_claims_json, NULL, ROUTE_OPEN},
    {0},
};
