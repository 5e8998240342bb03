/* staff_routes.c: the operator's people: in, out, who is there, what one did. */
#include "site/visit_page.h"
#include "site/visit_staff.h"

enum { SCRIPT_BYTES_MAX = 8 << 10 };

/* ---- coming in ---- */

static struct err show_form(struct visit *v, const char *action, const char *zh, const char *en) {
    struct page p = page_begin(v, text_c(v->is_english ? en : zh));
    page_put(&p, "action", text_c(action));
    page_put_words(&p, "word_token", "一次性口令", "One-time token");
    page_put_words(&p, "word_send", "提交", "Send");
    page_put_words(&p, "lead", "口令十五分钟内有效，只能使用一次。",
                   "It is good for fifteen minutes, once.");
    return page_end(&p, "admin_join.html");
}

static struct err show_join(struct visit *v) {
    return show_form(v, "/admin/join", "加入工作人员", "Join the staff");
}

static struct err show_sign_in(struct visit *v) {
    return show_form(v, "/admin/sign-in", "运营者登录", "Operator sign-in");
}

static struct err run_script(struct visit *v) {
    struct buf out;
    buf_init(&out, v->d->arena, SCRIPT_BYTES_MAX);
    page_render(&out, "admin_join.js", &(struct page_value){.name = NULL});
    v->answer->status = 200;
    v->answer->content_type = "text/javascript; charset=utf-8";
    v->answer->body = buf_peek(&out);
    return ok;
}

/* To the overview for a browser, the roles for a program. */
static struct err welcome(struct visit *v, int64_t account) {
    unsigned roles;
    if (visit_wants_page(v)) {
        visit_see_other(v, TEXT("/admin"));
        return ok;
    }
    try(staff_roles(v->d, account, &roles));
    struct json *j = visit_json(v, 200);
    json_put_text(j, "roles", staff_roles_print_in(v->d->arena, roles));
    json_put_text(j, "csrf", v->answer->csrf);
    visit_end(v);
    return ok;
}

static struct err run_join(struct visit *v) {
    struct text token;
    try(visit_needed_text(v, "token", &token));
    try(staff_join(v->d, &v->account, text_trim(token)));
    return welcome(v, v->account.number);
}

/* In a development start: whoever reads the program's own terminal has proved enough for both factors. */
static struct err run_sign_in(struct visit *v) {
    struct new_session with = {.account = &v->account, .aal = 2, .prefix = v->prefix};
    struct text token, cookie;
    int64_t account;
    try(visit_needed_text(v, "token", &token));
    try(staff_sign_in(v->d, text_trim(token), &account));
    try(account_read(v->d, account, &v->account));
    try(session_begin(v->d, &with, &cookie));
    visit_set_session(v, cookie);
    return welcome(v, account);
}

/* ---- who is there ---- */

static struct err put_member(struct domain *d, void *with, const struct staff_member *m) {
    struct visit *v = with;
    struct account account;
    try(account_read(d, m->account, &account));
    json_open_object(&v->json);
    visit_put_subject(v, "account", m->subject);
    json_put_text(&v->json, "username", account.username);
    json_put_text(&v->json, "roles", staff_roles_print_in(d->arena, m->roles));
    visit_put_time(v, "since", m->since_ms);
    json_close_object(&v->json);
    return ok;
}

static struct err run_list(struct visit *v) {
    struct json *j = visit_json(v, 200);
    json_name(j, "staff");
    json_open_list(j);
    try(staff_each(v->d, put_member, v));
    json_close_list(j);
    visit_end(v);
    return ok;
}

static struct err parse_roles(struct visit *v, unsigned *out) {
    struct text rest, name;
    *out = 0;
    try(visit_needed_text(v, "roles", &rest));
    while (text_cut(&rest, ',', &name)) {
        unsigned role = staff_role_of(text_trim(name));
        if (!role)
            return domain_refuse(v->d, ERR_FIELD_INVALID, "roles",
                                 "the roles are owner, support, privacy, auditor, reader");
        *out |= role;
    }
    return ok;
}

static struct err run_invite(struct visit *v) {
    struct text token;
    int64_t account;
    unsigned roles;
    try(parse_roles(v, &roles));
    try(visit_account(v, "account", &account));
    try(staff_invite(v->d, account, roles, v->account.subject, &token));
    struct json *j = visit_json(v, 201);
    json_put_text(j, "token", token);
    visit_put_time(v, "expires", v->d->now_ms + STAFF_INVITE_MS);
    visit_end(v);
    return ok;
}

static struct err run_end(struct visit *v) {
    struct staff_member who;
    uint64_t subject;
    if (!text_to_u64(v->id, &subject) || subject > INT64_MAX)
        return err_make(ERR_NOT_FOUND, "nobody of the staff has this number");
    try(staff_by_subject(v->d, subject, &who));
    try(staff_end(v->d, &who, v->account.subject));
    visit_none(v);
    return ok;
}

const struct route staff_routes[] = {
    {"GET", "/admin/join", show_join, NULL, ROUTE_OPEN},
    {"GET", "/admin/join.js", run_script, NULL, ROUTE_OPEN},
    {"POST", "/admin/join", run_join, "token", ROUTE_SESSION | ROUTE_FORM},
    {"GET", "/admin/sign-in", show_sign_in, NULL, ROUTE_DEVELOPMENT},
    {"POST", "/admin/sign-in", run_sign_in, "token", ROUTE_DEVELOPMENT | ROUTE_FORM},
    {"GET", "/admin/staff", run_list, NULL, ROUTE_STAFF, STAFF_OWNER | STAFF_AUDITOR},
    {"POST", "/admin/staff", run_invite, "account|roles", ROUTE_STAFF, STAFF_OWNER},
    {"DELETE", "/admin/staff/{}", run_end, NULL, ROUTE_STAFF, STAFF_OWNER},
    {0},
};
