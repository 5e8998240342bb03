/* ticket_view.c: see ticket_view.h. */
#include "site/ticket_view.h"
#include "base/clock.h"

static const int64_t day_ms = 86400000, hour_ms = 3600000;

const char *ticket_state(const struct ticket *t) {
    return t->closed_ms ? "closed" : t->taken_ms ? "taken" : "open";
}

/* ---- JSON ---- */

void ticket_put_clock(struct visit *v, const struct ticket *t) {
    struct json *j = &v->json;
    int64_t until = t->closed_ms ? t->closed_ms : v->d->now_ms;
    json_put_text(j, "number", t->public);
    json_put_c(j, "state", ticket_state(t));
    json_put_i64(j, "round", t->round);
    json_put_text(j, "opened", visit_time(v, t->opened_ms));
    json_put_text(j, "due", visit_time(v, t->due_ms));
    json_put_text(j, "inner_due", visit_time(v, t->inner_ms));
    json_put_text(j, "taken", visit_time(v, t->taken_ms));
    json_put_text(j, "closed", visit_time(v, t->closed_ms));
    json_put_i64(j, "elapsed_s", (until - t->opened_ms) / 1000);
    json_put_i64(j, "remaining_s", (t->due_ms - until) / 1000);
    json_put_bool(j, "overdue", until >= t->due_ms);
}

static void put_message(void *with, const struct ticket_message *m) {
    struct visit *v = with;
    json_open_object(&v->json);
    json_put_text(&v->json, "author", m->author);
    json_put_i64(&v->json, "round", m->round);
    json_put_text(&v->json, "time", visit_time(v, m->created_ms));
    json_put_text(&v->json, "text", m->text);
    json_close_object(&v->json);
}

struct err ticket_put_all(struct visit *v, const struct ticket *t) {
    struct json *j = &v->json;
    ticket_put_clock(v, t);
    json_put_text(j, "kind", t->kind);
    json_put_text(j, "source", t->source);
    json_put_text(j, "language", t->language);
    json_put_text(j, "created", visit_time(v, t->created_ms));
    json_put_text(j, "kept_until", visit_time(v, t->expires_ms));
    json_put_bool(j, "contact_proved", t->is_proved);
    if (t->closed_ms)
        json_put_text(j, "outcome", t->outcome);
    json_name(j, "messages");
    json_open_list(j);
    try(ticket_messages(v->d, t, put_message, v));
    json_close_list(j);
    return ok;
}

static struct err put_one(struct domain *d, void *with, const struct ticket *t) {
    struct visit *v = with;
    (void)d;
    json_open_object(&v->json);
    try(ticket_put_all(v, t));
    json_close_object(&v->json);
    return ok;
}

struct err tickets_put(struct visit *v) {
    json_name(&v->json, "feedback");
    json_open_list(&v->json);
    try(ticket_each(v->d, v->account.number, put_one, v));
    json_close_list(&v->json);
    return ok;
}

/* ---- pages ---- */

struct text ticket_page_moment(struct visit *v, int64_t ms) {
    int64_t minute = (ms / 60000 + 8 * 60) % (24 * 60);
    if (!ms)
        return TEXT("");
    return text_format_in(v->d->arena, "%.*s %02d:%02d",
                          TEXT_ARG(date_print_in(v->d->arena, date_from_day(clock_china_day(ms)))),
                          (int)(minute / 60), (int)(minute % 60));
}

static struct text span_in(struct visit *v, int64_t ms) {
    long long days = ms / day_ms, hours = ms % day_ms / hour_ms;
    return text_format_in(v->d->arena, v->is_english ? "%lld days %lld hours" : "%lld 天 %lld 小时", days,
                          hours);
}

static struct text state_words(const struct visit *v, const struct ticket *t) {
    if (t->closed_ms)
        return v->is_english ? TEXT("Answered") : TEXT("已答复");
    if (t->taken_ms)
        return v->is_english ? TEXT("Being worked on") : TEXT("处理中");
    return v->is_english ? TEXT("Received") : TEXT("已收到");
}

void ticket_page_clock(struct page *p, const struct ticket *t) {
    struct visit *v = p->v;
    int64_t left = t->due_ms - v->d->now_ms;
    page_put(p, "number", t->public);
    page_put(p, "state", state_words(v, t));
    page_put(p, "opened", ticket_page_moment(v, t->opened_ms));
    page_put(p, "due", ticket_page_moment(v, t->due_ms));
    page_put(p, "inner", ticket_page_moment(v, t->inner_ms));
    page_put(p, "closed", ticket_page_moment(v, t->closed_ms));
    if (!t->closed_ms && left > 0)
        page_put(p, "left", span_in(v, left));
    if (!t->closed_ms && left <= 0)
        page_put(p, "over", span_in(v, -left));
    page_put_words(p, "word_number", "编号", "Number");
    page_put_words(p, "word_state", "状态", "State");
    page_put_words(p, "word_opened", "收到", "Received");
    page_put_words(p, "word_due", "最迟答复", "Answer by");
    page_put_words(p, "word_inner", "目标（十五个工作日）", "Aim (15 working days)");
    page_put_words(p, "word_closed", "答复", "Answered");
    page_put_words(p, "word_left", "还剩", "Left");
    page_put_words(p, "word_over", "已逾期", "Overdue by");
}

struct rows {
    struct visit *v;
    const struct page_value **list;
    unsigned count;
};

enum { MINE_MAX = 200 };

static struct err add_mine(struct domain *d, void *with, const struct ticket *t) {
    static const char *const names[] = {"number", "state", "due"};
    struct rows *r = with;
    (void)d;
    const struct text texts[] = {t->public, state_words(r->v, t), ticket_page_moment(r->v, t->due_ms)};
    if (r->count < MINE_MAX)
        r->list[r->count++] = page_row_in(r->v->d->arena, names, texts, 3);
    return ok;
}

struct err ticket_page_mine(struct page *p) {
    struct rows r = {p->v, page_rows_in(p->v->d->arena, MINE_MAX), 0};
    try(ticket_each(p->v->d, p->v->account.number, add_mine, &r));
    if (!r.count)
        return ok;
    page_put_words(p, "word_mine", "我的请求", "Your requests");
    page_put_words(p, "word_due", "最迟答复", "answer by");
    page_put_items(p, "mine", r.list);
    return ok;
}

static void add_row(void *with, const struct ticket_message *m) {
    static const char *const names[] = {"who", "class", "time", "text"};
    static const char *const authors[3][2] = {{"您", "You"}, {"我们", "We"}, {"最终答复", "Final answer"}};
    struct rows *r = with;
    unsigned author = text_equal_c(m->author, "person") ? 0 : text_equal_c(m->author, "staff") ? 1 : 2;
    const struct text texts[] = {text_c(authors[author][r->v->is_english]), m->author,
                                 ticket_page_moment(r->v, m->created_ms), m->text};
    if (r->count < 4 * TICKET_MESSAGES_MAX)
        r->list[r->count++] = page_row_in(r->v->d->arena, names, texts, 4);
}

struct err ticket_page_messages(struct page *p, const struct ticket *t) {
    struct rows r = {p->v, page_rows_in(p->v->d->arena, 4 * TICKET_MESSAGES_MAX), 0};
    try(ticket_messages(p->v->d, t, add_row, &r));
    page_put_items(p, "messages", r.list);
    return ok;
}
