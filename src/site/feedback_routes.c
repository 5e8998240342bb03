/* feedback_routes.c: asking, and watching the clock of what was asked. Open to all, with an account or
 * without.
 *
 * A stranger's key goes in the header X-Feedback-Key or in a form's field, never in an address: addresses end
 * up in histories and logs. Without it the number shows its clock alone, and of an account's request nothing.
 */
#include "domain/ticket_clocks.h"
#include "domain/ticket_work.h"
#include "site/ticket_view.h"

static unsigned language_of(const struct visit *v) {
    return v->is_english ? 1 : 0;
}

/* ---- what can be asked ---- */

static struct err run_kinds(struct visit *v) {
    struct json *j = visit_json(v, 200);
    json_name(j, "kinds");
    json_open_list(j);
    for (const struct ticket_kind *k = ticket_kinds; k->name; k++) {
        json_open_object(j);
        json_put_c(j, "kind", k->name);
        json_put_c(j, "title", k->says[language_of(v)]);
        json_put_bool(j, "two_signatures", k->is_privacy);
        json_put_c(j, "at_once", k->at_once);
        json_put_c(j, "how", k->how[language_of(v)]);
        json_close_object(j);
    }
    json_close_list(j);
    visit_end(v);
    return ok;
}

static struct err run_clocks(struct visit *v) {
    static const char *const names[] = {"within_1_day", "within_3_days", "within_7_days", "within_15_days",
                                        "within_30_days"};
    struct ticket_figures f;
    try(ticket_figures(v->d, &f));
    struct json *j = visit_json(v, 200);
    json_put_i64(j, "open", f.open);
    json_put_i64(j, "overdue", f.overdue);
    json_put_i64(j, "overdue_inner", f.overdue_inner);
    json_put_i64(j, "days", TICKET_FIGURE_DAYS);
    json_put_i64(j, "answered", f.answered);
    json_put_i64(j, "late", f.late);
    json_put_i64(j, "late_inner", f.late_inner);
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        json_put_i64(j, names[i], f.within[i]);
    visit_end(v);
    return ok;
}

static void put_kinds(struct page *p) {
    static const char *const names[] = {"kind", "says", "how", "at_once"};
    struct visit *v = p->v;
    const struct page_value **rows = page_rows_in(v->d->arena, 32), **quick = page_rows_in(v->d->arena, 32);
    unsigned count = 0, quick_count = 0;
    for (const struct ticket_kind *k = ticket_kinds; k->name; k++) {
        const struct text texts[] = {text_c(k->name), text_c(k->says[language_of(v)]),
                                     text_c(k->how[language_of(v)]), text_c(k->at_once)};
        rows[count++] = page_row_in(v->d->arena, names, texts, 4);
        if (k->how[0])
            quick[quick_count++] = rows[count - 1];
    }
    page_put_items(p, "kinds", rows);
    page_put_items(p, "quick", quick);
}

static struct err run_form(struct visit *v) {
    struct ticket_figures f;
    bool is_there;
    try(visit_person(v, &is_there));
    try(ticket_figures(v->d, &f));
    struct page p =
        page_begin(v, v->is_english ? TEXT("Feedback and requests") : TEXT("意见反馈与个人信息请求"));
    page_put_words(
        &p, "lead",
        "问题、投诉，以及对您个人信息的各项请求都可以在这里提交，无须登录。我们立即确认收到，三十日内答复，目"
        "标为十五个工作日。",
        "Questions, complaints and every request about your personal data can be made here, without logging "
        "in. We confirm at once, answer within 30 days, and aim at 15 working days.");
    put_kinds(&p);
    page_put_words(&p, "word_quick", "这些您可以自己立即完成", "These you can do at once yourself");
    page_put_words(&p, "word_kind", "类别", "Kind");
    page_put_words(&p, "word_text", "内容（最多 8000 字）", "Text (8000 characters at most)");
    page_put_words(&p, "text_note", "请不要填写证件号、银行卡号等敏感信息；本表单不接收附件。",
                   "Please leave out numbers of identity or bank cards; no attachments are taken.");
    page_put_words(
        &p, "word_sensitive", "内容确有必要含有证件号或银行卡号，我单独同意为处理此请求而使用它",
        "The text has to hold such a number, and I consent separately to its use for this request");
    page_put_words(&p, "word_send", "提交", "Send");
    page_put_words(&p, "word_figures", "答复情况（最近一年）", "How we answer (the last year)");
    page_put(
        &p, "figures",
        text_format_in(
            v->d->arena,
            v->is_english
                ? "Open: %lld. Overdue now: %lld. Answered: %lld, of which within 3 days: %lld, "
                  "within 15 days: %lld, later than promised: %lld."
                : "待答复 %lld 件，其中逾期 %lld 件；已答复 %lld 件，其中三日内 %lld 件，十五日内 %lld 件，"
                  "晚于承诺 %lld 件。",
            (long long)f.open, (long long)f.overdue, (long long)f.answered, (long long)f.within[1],
            (long long)f.within[3], (long long)f.late));
    page_put_words(&p, "word_mail", "也可以发邮件：", "Or write to: ");
    page_put(&p, "contact", v->site->operator_contact);
    page_put_words(&p, "word_find", "查看已提交的请求", "Find a request");
    page_put_words(&p, "word_number", "编号", "Number");
    page_put_words(&p, "word_key", "查看密钥", "Key");
    page_put_words(&p, "word_look", "查看", "Look");
    if (is_there)
        try(ticket_page_mine(&p));
    if (is_there)
        page_put_words(&p, "person", "您已登录：此请求会保存在您的账户中。",
                       "You are logged in: the request will be kept in your account.");
    else
        page_put_words(&p, "word_contact", "邮箱（可选，用于接收答复）",
                       "E-mail address (optional, to have the answer sent)");
    v->answer->is_private = true;
    return page_end(&p, "feedback.html");
}

/* ---- asking ---- */

static void put_promise(struct visit *v, const struct ticket_promise *promise) {
    struct json *j = visit_json(v, 201);
    json_put_text(j, "number", promise->number);
    if (promise->key.length)
        json_put_text(j, "key", promise->key);
    json_put_text(j, "opened", visit_time(v, promise->opened_ms));
    json_put_text(j, "due", visit_time(v, promise->due_ms));
    json_put_text(j, "inner_due", visit_time(v, promise->inner_ms));
    json_put_bool(j, "holidays_known", promise->is_arranged);
    if (promise->flow.length) {
        json_put_text(j, "flow", promise->flow);
        json_put_text(j, "expires", visit_time(v, promise->flow_ends_ms));
    }
    if (promise->kind->how[0]) {
        json_name(j, "self_service");
        json_open_object(j);
        json_put_c(j, "request", promise->kind->at_once);
        json_put_c(j, "how", promise->kind->how[language_of(v)]);
        json_close_object(j);
    }
    visit_end(v);
}

static struct err show_promise(struct visit *v, const struct ticket_promise *promise) {
    struct page p = page_begin(v, v->is_english ? TEXT("We have received it") : TEXT("已收到您的请求"));
    page_put(&p, "number", promise->number);
    page_put(&p, "key", promise->key);
    page_put(&p, "due", ticket_page_moment(v, promise->due_ms));
    page_put(&p, "inner", ticket_page_moment(v, promise->inner_ms));
    page_put(&p, "flow", promise->flow);
    page_put_words(&p, "word_number", "编号", "Number");
    page_put_words(&p, "word_key", "查看密钥", "Key");
    page_put_words(
        &p, "key_note", "请抄下编号与密钥：没有密钥就看不到内容与答复，密钥只在这里显示。",
        "Note both: without the key nobody sees the text and the answer, and it is shown only here.");
    page_put_words(&p, "word_due", "最迟答复", "Answer by");
    page_put_words(&p, "word_inner", "目标", "Aim");
    if (!promise->is_arranged)
        page_put_words(&p, "unarranged", "该年的放假安排尚未公布，目标日期只扣除了周末。",
                       "The holidays of that year are not published yet: the aim leaves out weekends only.");
    page_put_words(&p, "word_look", "查看", "Look");
    page_put_words(&p, "word_code", "确认邮箱的验证码（已发送，十分钟内有效）",
                   "Code that confirms the address (sent, good for ten minutes)");
    page_put_words(&p, "word_confirm", "确认", "Confirm");
    if (promise->kind->how[0])
        page_put(&p, "how", text_c(promise->kind->how[language_of(v)]));
    try(page_end(&p, "feedback_received.html"));
    v->answer->status = 201;
    return ok;
}

static struct err run_open(struct visit *v) {
    struct new_ticket with = {.language = visit_language(v), .prefix = v->prefix, .source = "form"};
    struct ticket_promise promise;
    bool is_there;
    try(visit_person(v, &is_there));
    try(visit_text(v, "kind", &with.kind));
    try(visit_needed_text(v, "text", &with.text));
    try(visit_text(v, "contact", &with.contact));
    try(visit_flag(v, "sensitive_ok", &with.sensitive_ok));
    with.asker = text_format_in(v->d->arena, "%.*s|%.*s", TEXT_ARG(v->request->address),
                                TEXT_ARG(text_part(v->request->user_agent, 0, 256)));
    if (is_there) {
        with.account = &v->account;
        with.source = "account";
    }
    v->answer->is_private = true;
    try(ticket_open(v->d, &with, &promise));
    if (visit_wants_page(v))
        return show_promise(v, &promise);
    put_promise(v, &promise);
    return ok;
}

static struct err run_prove(struct visit *v) {
    struct text flow, code;
    try(visit_needed_text(v, "flow", &flow));
    try(visit_needed_text(v, "code", &code));
    try(ticket_prove(v->d, flow, code));
    if (visit_wants_page(v))
        visit_see_other(v, TEXT("/feedback"));
    else
        visit_none(v);
    return ok;
}

/* ---- one's own ---- */

static struct text given_key(struct visit *v) {
    struct text key;
    if (v->request->feedback_key.length)
        return v->request->feedback_key;
    return visit_text(v, "key", &key).kind ? TEXT("") : key;
}

static struct err find_own(struct visit *v, struct ticket *out) {
    bool is_there;
    v->answer->is_private = true;
    try(visit_person(v, &is_there));
    return ticket_of(v->d, v->id, is_there ? v->account.number : 0, given_key(v), out);
}

static struct err show_ticket(struct visit *v, const struct ticket *t, struct text key) {
    struct page p = page_begin(
        v, text_format_in(v->d->arena, v->is_english ? "Request %.*s" : "请求 %.*s", TEXT_ARG(t->public)));
    const struct ticket_kind *kind = ticket_kind_find(t->kind);
    ticket_page_clock(&p, t);
    try(ticket_page_messages(&p, t));
    page_put(&p, "kind", text_c(kind ? kind->says[language_of(v)] : ""));
    page_put(&p, "key", key);
    page_put_words(&p, "word_kind", "类别", "Kind");
    page_put_words(&p, "word_send", "提交", "Send");
    page_put_words(&p, "word_sensitive", "内容确有必要含有证件号或银行卡号，我单独同意使用",
                   "It has to hold a number of an identity or bank card, and I consent separately");
    if (!t->closed_ms)
        page_put_words(&p, "word_add", "补充说明", "Add something");
    else if (t->round == 1)
        page_put_words(&p, "word_appeal", "对答复不满意？申诉由另一位人员重新处理",
                       "Not content? An appeal is looked at by somebody else");
    return page_end(&p, "feedback_one.html");
}

/* Of a stranger's request, for who has no key. */
static struct err show_clock(struct visit *v, const struct ticket *t) {
    struct page p = page_begin(
        v, text_format_in(v->d->arena, v->is_english ? "Request %.*s" : "请求 %.*s", TEXT_ARG(t->public)));
    ticket_page_clock(&p, t);
    page_put_words(&p, "word_key", "查看密钥（查看内容与答复需要）", "Key (to see the text and the answer)");
    page_put_words(&p, "word_look", "查看", "Look");
    return page_end(&p, "feedback_clock.html");
}

static struct err give_own(struct visit *v, const struct ticket *t, int status) {
    if (visit_wants_page(v))
        return show_ticket(v, t, given_key(v));
    visit_json(v, status);
    try(ticket_put_all(v, t));
    visit_end(v);
    return ok;
}

static struct err run_one(struct visit *v) {
    struct ticket t;
    struct err e = find_own(v, &t);
    if (!e.kind)
        return give_own(v, &t, 200);
    if (e.kind != ERR_NOT_FOUND || v->request->feedback_key.length)
        return e;
    try(ticket_clock(v->d, v->id, &t));
    if (visit_wants_page(v))
        return show_clock(v, &t);
    visit_json(v, 200);
    ticket_put_clock(v, &t);
    visit_end(v);
    return ok;
}

/* The form with number and key, whose number may stand in a field too. */
static struct err run_look(struct visit *v) {
    struct ticket t;
    if (v->id.length == 0)
        try(visit_needed_text(v, "number", &v->id));
    try(find_own(v, &t));
    return give_own(v, &t, 200);
}

static struct err run_say(struct visit *v) {
    struct ticket t;
    struct text text;
    bool sensitive_ok;
    try(find_own(v, &t));
    try(visit_needed_text(v, "text", &text));
    try(visit_flag(v, "sensitive_ok", &sensitive_ok));
    try(ticket_say(v->d, &t, text, sensitive_ok));
    return give_own(v, &t, 201);
}

static struct err run_appeal(struct visit *v) {
    struct ticket t;
    struct text text;
    bool sensitive_ok;
    try(find_own(v, &t));
    try(visit_needed_text(v, "text", &text));
    try(visit_flag(v, "sensitive_ok", &sensitive_ok));
    try(ticket_appeal(v->d, &t, text, sensitive_ok));
    try(ticket_read(v->d, t.number, &t));
    return give_own(v, &t, 201);
}

static struct err run_mine(struct visit *v) {
    visit_json(v, 200);
    try(tickets_put(v));
    visit_end(v);
    return ok;
}

const struct route feedback_routes[] = {
    {"GET", "/feedback", run_form, NULL, ROUTE_OPEN},
    {"POST", "/feedback", run_open, "kind|text|contact|sensitive_ok", ROUTE_FORM},
    {"GET", "/feedback/kinds", run_kinds, NULL, ROUTE_OPEN},
    {"GET", "/feedback/clocks", run_clocks, NULL, ROUTE_OPEN},
    {"POST", "/feedback/verify", run_prove, "flow|code", ROUTE_FORM},
    {"POST", "/feedback/look", run_look, "number|key", ROUTE_FORM},
    {"GET", "/feedback/{}", run_one, NULL, ROUTE_OPEN},
    {"POST", "/feedback/{}", run_look, "key", ROUTE_FORM},
    {"POST", "/feedback/{}/messages", run_say, "key|text|sensitive_ok", ROUTE_FORM},
    {"POST", "/feedback/{}/appeal", run_appeal, "key|text|sensitive_ok", ROUTE_FORM},
    {"GET", "/account/feedback", run_mine, NULL, ROUTE_SESSION | ROUTE_UNAGREED},
    {0},
};
