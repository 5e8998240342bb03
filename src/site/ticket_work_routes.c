/* ticket_work_routes.c: the staff's desk: list, take, ask, answer, sign, close. JSON, and plain pages. */
#include "site/ticket_view.h"

enum { DESK_ROLES = STAFF_SUPPORT | STAFF_PRIVACY, SHOWN_MAX = 500 };

static struct ticket_staff staff_of(const struct visit *v) {
    return (struct ticket_staff){v->account.subject, v->roles};
}

static struct err find(struct visit *v, struct ticket *out) {
    const struct ticket_staff who = staff_of(v);
    v->answer->is_private = true;
    return ticket_look(v->d, &who, v->id, out);
}

/* ---- the list ---- */

struct desk {
    struct visit *v;
    const struct page_value **rows; /* NULL: JSON */
    unsigned count;
};

static void put_row(struct visit *v, const struct ticket *t) {
    struct json *j = &v->json;
    json_open_object(j);
    ticket_put_clock(v, t);
    json_put_text(j, "kind", t->kind);
    json_put_text(j, "source", t->source);
    json_put_bool(j, "privacy", t->is_privacy);
    json_put_bool(j, "mine", t->handler == v->account.subject);
    json_put_bool(j, "drafted", t->draft.length > 0);
    json_close_object(j);
}

static struct err add_row(struct domain *d, void *with, const struct ticket *t) {
    static const char *const names[] = {"number", "kind", "state", "inner", "due", "over", "mine"};
    struct desk *desk = with;
    struct visit *v = desk->v;
    const struct ticket_kind *kind = ticket_kind_find(t->kind);
    if (!desk->rows) {
        put_row(v, t);
        return ok;
    }
    if (desk->count == SHOWN_MAX)
        return ok;
    bool is_over = !t->closed_ms && d->now_ms >= t->inner_ms;
    const struct text texts[] = {t->public,
                                 text_c(kind ? kind->says[v->is_english] : ""),
                                 text_c(ticket_state(t)),
                                 ticket_page_moment(v, t->inner_ms),
                                 ticket_page_moment(v, t->due_ms),
                                 is_over ? TEXT("over") : TEXT(""),
                                 t->handler == v->account.subject ? TEXT("*") : TEXT("")};
    desk->rows[desk->count++] = page_row_in(d->arena, names, texts, 7);
    return ok;
}

static struct err list_page(struct visit *v, bool closed) {
    struct desk desk = {v, page_rows_in(v->d->arena, SHOWN_MAX), 0};
    struct page p = page_begin(v, v->is_english ? TEXT("Requests") : TEXT("请求"));
    try(ticket_walk(v->d, closed, add_row, &desk));
    page_put_items(&p, "tickets", desk.rows);
    page_put_words(&p, "word_open", "待答复", "Open");
    page_put_words(&p, "word_closed", "已答复", "Closed");
    return page_end(&p, "tickets.html");
}

static struct err run_list(struct visit *v) {
    struct text state;
    struct desk desk = {v, NULL, 0};
    try(visit_query(v, "state", &state));
    v->answer->is_private = true;
    if (visit_wants_page(v))
        return list_page(v, text_equal_c(state, "closed"));
    struct json *j = visit_json(v, 200);
    json_name(j, "tickets");
    json_open_list(j);
    try(ticket_walk(v->d, text_equal_c(state, "closed"), add_row, &desk));
    json_close_list(j);
    visit_end(v);
    return ok;
}

/* ---- one ---- */

static void put_signature(void *with, const struct ticket_signature *s) {
    struct visit *v = with;
    json_open_object(&v->json);
    json_put_text(&v->json, "role", s->role);
    json_put_text(&v->json, "signer", text_format_in(v->d->arena, "%llu", (unsigned long long)s->signer));
    json_put_text(&v->json, "time", visit_time(v, s->signed_ms));
    json_close_object(&v->json);
}

static struct err give_json(struct visit *v, const struct ticket *t) {
    struct json *j = visit_json(v, 200);
    try(ticket_put_all(v, t));
    json_put_bool(j, "privacy", t->is_privacy);
    json_put_bool(j, "mine", t->handler == v->account.subject);
    json_put_text(j, "contact", t->contact);
    json_put_text(j, "draft", t->draft);
    json_put_text(j, "outcome_drafted", t->outcome);
    json_put_text(j, "remedy", ticket_remedy_in(v->d, t));
    json_name(j, "signatures");
    json_open_list(j);
    try(ticket_signatures(v->d, t, put_signature, v));
    json_close_list(j);
    visit_end(v);
    return ok;
}

struct signatures {
    struct visit *v;
    struct text all;
};

static void add_signature(void *with, const struct ticket_signature *s) {
    struct signatures *list = with;
    list->all =
        text_format_in(list->v->d->arena, "%.*s%s%.*s (%llu)", TEXT_ARG(list->all),
                       list->all.length ? ", " : "", TEXT_ARG(s->role), (unsigned long long)s->signer);
}

static struct err give_page(struct visit *v, const struct ticket *t) {
    struct page p = page_begin(
        v, text_format_in(v->d->arena, v->is_english ? "Request %.*s" : "请求 %.*s", TEXT_ARG(t->public)));
    const struct ticket_kind *kind = ticket_kind_find(t->kind);
    struct signatures list = {v, TEXT("")};
    bool is_mine = t->handler == v->account.subject;
    try(ticket_signatures(v->d, t, add_signature, &list));
    ticket_page_clock(&p, t);
    try(ticket_page_messages(&p, t));
    page_put(&p, "kind", text_c(kind ? kind->says[v->is_english] : ""));
    page_put(&p, "contact", t->contact);
    page_put(&p, "signatures", list.all);
    page_put(&p, "remedy", ticket_remedy_in(v->d, t));
    if (t->is_privacy)
        page_put_words(&p, "privacy", "涉及个人信息：须由客服和个人信息保护负责人两人签署。",
                       "About personal data: signed by support and the privacy officer, two persons.");
    if (!t->closed_ms && !is_mine)
        page_put_words(&p, "word_take", "受理", "Take");
    if (!t->closed_ms && is_mine) {
        page_put_words(&p, "word_ask", "向对方提问", "Ask back");
        page_put_words(&p, "word_answer", "起草答复", "Draft the answer");
    }
    if (!t->closed_ms && t->draft.length) {
        page_put(&p, "draft", t->draft);
        page_put_words(&p, "word_sign", "签署", "Sign");
        page_put_words(&p, "word_close", "发出最终答复", "Send the final answer");
    }
    page_put_words(&p, "word_kind", "类别", "Kind");
    page_put_words(&p, "word_reason", "拒绝或部分拒绝的理由", "Reason, where something is refused");
    page_put_words(&p, "word_signatures", "已签署", "Signed by");
    page_put_words(&p, "word_send", "保存", "Save");
    return page_end(&p, "ticket_desk.html");
}

static struct err run_one(struct visit *v) {
    struct ticket t;
    try(find(v, &t));
    return visit_wants_page(v) ? give_page(v, &t) : give_json(v, &t);
}

/* ---- the steps ---- */

/* As it is now; a form goes back to the page. */
static struct err give_again(struct visit *v, int64_t number) {
    struct ticket t;
    try(ticket_read(v->d, number, &t));
    if (!visit_wants_page(v))
        return give_json(v, &t);
    visit_see_other(v, text_format_in(v->d->arena, "/admin/tickets/%.*s", TEXT_ARG(t.public)));
    return ok;
}

static struct err run_take(struct visit *v) {
    const struct ticket_staff who = staff_of(v);
    struct ticket t;
    try(find(v, &t));
    try(ticket_take(v->d, &who, &t));
    return give_again(v, t.number);
}

static struct err run_ask(struct visit *v) {
    const struct ticket_staff who = staff_of(v);
    struct ticket t;
    struct text text;
    try(find(v, &t));
    try(visit_needed_text(v, "text", &text));
    try(ticket_ask(v->d, &who, &t, text));
    return give_again(v, t.number);
}

static struct err run_answer(struct visit *v) {
    const struct ticket_staff who = staff_of(v);
    struct ticket t;
    struct ticket_draft draft;
    try(find(v, &t));
    try(visit_needed_text(v, "outcome", &draft.outcome));
    try(visit_needed_text(v, "text", &draft.text));
    try(visit_text(v, "reason", &draft.reason));
    try(ticket_answer(v->d, &who, &t, &draft));
    return give_again(v, t.number);
}

static struct err run_sign(struct visit *v) {
    const struct ticket_staff who = staff_of(v);
    struct ticket t;
    struct text role;
    try(find(v, &t));
    try(visit_text(v, "role", &role));
    try(ticket_sign(v->d, &who, &t, role));
    return give_again(v, t.number);
}

static struct err run_close(struct visit *v) {
    const struct ticket_staff who = staff_of(v);
    struct ticket t;
    try(find(v, &t));
    try(ticket_close(v->d, &who, &t));
    return give_again(v, t.number);
}

static struct err run_privacy(struct visit *v) {
    const struct ticket_staff who = staff_of(v);
    struct ticket t;
    try(find(v, &t));
    try(ticket_tag_privacy(v->d, &who, &t));
    return give_again(v, t.number);
}

enum { DESK = ROUTE_SESSION | ROUTE_STAFF, DESK_FORM = DESK | ROUTE_FORM };

const struct route ticket_work_routes[] = {
    {"GET", "/admin/tickets", run_list, NULL, DESK, DESK_ROLES},
    {"GET", "/admin/tickets/{}", run_one, NULL, DESK, DESK_ROLES},
    {"POST", "/admin/tickets/{}/take", run_take, NULL, DESK_FORM, DESK_ROLES},
    {"POST", "/admin/tickets/{}/ask", run_ask, "text", DESK_FORM, DESK_ROLES},
    {"POST", "/admin/tickets/{}/answer", run_answer, "outcome|text|reason", DESK_FORM, DESK_ROLES},
    {"POST", "/admin/tickets/{}/sign", run_sign, "role", DESK_FORM, DESK_ROLES},
    {"POST", "/admin/tickets/{}/close", run_close, NULL, DESK_FORM, DESK_ROLES},
    {"POST", "/admin/tickets/{}/privacy", run_privacy, NULL, DESK_FORM, DESK_ROLES},
    {0},
};
