/* self_routes.c: a person's own pages, which work without JavaScript: the account and its details, the
 * tokens, what was agreed to, leaving. The requests behind them are those of account_routes.c,
 * token_routes.c and consent_routes.c; a page says the same as their JSON. */
#include "site/self_pages.h"
#include "call/refusal.h"
#include "crypt/token.h"
#include "domain/consent.h"
#include "domain/epoch.h"
#include "domain/erasure.h"
#include "domain/export.h"
#include "domain/factor.h"
#include "domain/hold.h"
#include "domain/network_log.h"
#include "domain/notice.h"
#include "domain/personal.h"
#include "domain/registration.h"
#include "domain/token.h"

enum { ROWS_MAX = 500 };

static const struct text yes = {"1", 1};

static bool is_ours(struct err e) { return e.kind && refusal_of(e.kind)->status >= 500; }

/* ---- the account ---- */

static void put_words_of_account(struct page *p) {
    page_put_words(p, "word_security", "登录与安全：密码、验证器、通行密钥、设备", "Log-in and security: factors and devices");
    page_put_words(p, "word_tokens", "token", "Tokens");
    page_put_words(p, "word_data", "我们保存的关于您的数据", "What we hold about you");
    page_put_words(p, "word_export", "导出全部数据", "Export everything");
    page_put_words(p, "word_consents", "同意与回执", "Consents and receipts");
    page_put_words(p, "word_cookie_choice", "Cookie、语言与外观", "Cookies, language and look");
    page_put_words(p, "word_help", "意见反馈与请求", "Feedback and requests");
    page_put_words(p, "word_leave", "注销账户", "Cancel the account");
    page_put_words(p, "word_office", "运营后台", "The office");
    page_put_words(p, "word_logout", "退出登录", "Log out");
    page_put_words(p, "word_details", "更正资料", "Correct your details");
    page_put_words(p, "word_username", "用户名", "User name");
    page_put_words(p, "word_email", "电子邮箱", "E-mail address");
    page_put_words(p, "word_phone", "手机号", "Phone number");
    page_put_words(p, "word_created", "注册时间", "Registered");
    page_put_words(p, "word_none", "未填写", "none");
    page_put_words(p, "word_save", "保存", "Save");
    page_put_words(p, "word_send", "发送验证码", "Send a code");
    page_put_words(p, "contact_hint", "验证码确认后才生效；原来的联系方式会收到通知。十分钟内须证明过是您本人。",
                   "It takes force with its code; the old address is told. You must have proved within ten minutes "
                   "that it is you.");
    page_put_words(p, "word_prove", "现在证明", "Prove it now");
    page_put_words(p, "word_current", "当前密码", "Current password");
    page_put_words(p, "word_password", "新密码", "New password");
    page_put_words(p, "password_hint", "更改后其他设备会退出登录。", "All other devices are logged out by it.");
}

static struct err show_account(struct visit *v, const char *done_zh, const char *done_en, struct err e) {
    const struct account *a = &v->account;
    struct page p = page_begin(v, v->is_english ? TEXT("My account") : TEXT("我的账户"));
    page_put_fault(&p, e);
    put_words_of_account(&p);
    page_put(&p, "username", a->username);
    page_put(&p, "email", a->email);
    page_put(&p, "phone", a->phone);
    page_put(&p, "created", visit_time(v, a->created_ms));
    page_put(&p, "stale", v->session.is_fresh ? TEXT("") : yes);
    page_put(&p, "staff", v->roles ? yes : TEXT(""));
    if (done_zh)
        page_put_words(&p, "done", done_zh, done_en);
    return page_end_as(&p, "account.html", e);
}

struct err self_page(struct visit *v) { return show_account(v, NULL, NULL, ok); }

static struct err do_username(struct visit *v) {
    struct text username;
    struct identity name;
    try(visit_needed_text(v, "username", &username));
    try(identity_username(v->d, username, &name));
    return account_rename(v->d, &v->account, &name);
}

static struct err do_password(struct visit *v) {
    struct text current, fresh;
    try(visit_needed_text(v, "current_password", &current));
    try(visit_needed_text(v, "password", &fresh));
    struct err e = password_again(v->d, &v->account, current);
    if (e.kind == ERR_LOGIN_FAILED)
        v->d->detail.field = "current_password";
    try(e);
    try(password_change(v->d, &v->account, &v->session, fresh));
    visit_remember_session(v, v->session.cookie, v->session.is_remembered);
    return ok;
}

static struct err do_contact(struct visit *v, const char *field, struct flow_promise *out) {
    struct registration r = {.language = visit_language(v), .prefix = v->prefix};
    try(visit_needed_text(v, field, field[0] == 'e' ? &r.email : &r.phone));
    try(visit_need_fresh(v));
    try(contact_start(v->d, &v->account, &r, out));
    notice_send(v->d, &v->account, NOTICE_CONTACT_ASKED, TEXT(""));
    return ok;
}

static struct err run_details(struct visit *v) {
    struct text action;
    struct flow_promise promise;
    struct err e;
    try(visit_needed_text(v, "action", &action));
    bool is_contact = text_equal_c(action, "email") || text_equal_c(action, "phone");
    if (is_contact)
        e = do_contact(v, text_equal_c(action, "email") ? "email" : "phone", &promise);
    else if (text_equal_c(action, "username"))
        e = do_username(v);
    else if (text_equal_c(action, "password"))
        e = do_password(v);
    else
        return domain_refuse(v->d, ERR_FIELD_INVALID, "action", "there is no such action");
    if (e.kind)
        return is_ours(e) ? e : show_account(v, NULL, NULL, e);
    if (is_contact)
        return code_page(v, promise.flow, CODE_CONTACT, ok);
    try(network_log_note(v->d, &v->account, NETWORK_CORRECT));
    try(account_read(v->d, v->session.account, &v->account));
    return show_account(v, "已保存。", "Saved.", ok);
}

/* ---- tokens ---- */

struct rows {
    struct visit *v;
    const struct page_value **rows;
    unsigned count;
};

static struct rows rows_begin(struct visit *v) {
    return (struct rows){.v = v, .rows = page_rows_in(v->d->arena, ROWS_MAX)};
}

static struct err add_token(struct domain *d, void *with, const struct token *t) {
    static const char *const names[] = {"id", "name", "plan", "created", "expires", "revoked", "live"};
    struct rows *r = with;
    struct visit *v = r->v;
    struct text name;
    try(token_name(d, &v->account, t, &name));
    const struct text texts[] = {token_id_print_in(d->arena, t->id), name, t->plan_name,
                                 visit_time(v, t->created_ms),
                                 t->expires_s ? visit_time(v, t->expires_s * 1000) : TEXT("–"),
                                 visit_time(v, t->revoked_ms), t->revoked_ms ? TEXT("") : yes};
    if (r->count < ROWS_MAX)
        r->rows[r->count++] = page_row_in(d->arena, names, texts, 7);
    return ok;
}

static struct err show_tokens(struct visit *v, struct text secret, struct err e) {
    struct rows rows = rows_begin(v);
    try(token_each(v->d, v->account.number, add_token, &rows));
    struct page p = page_begin(v, v->is_english ? TEXT("Tokens") : TEXT("我的 token"));
    page_put_fault(&p, e);
    page_put_words(&p, "lead", "调用接口时在请求头 token 中带上它。列表从不显示 token 本身。",
                   "Send it in the header token of a call. The list never shows the token itself.");
    page_put_words(&p, "word_once", "请立即保存，它只显示这一次：", "Keep it now; it is shown this once:");
    page_put_words(&p, "word_name", "名称", "Name");
    page_put_words(&p, "name_hint", "只给您自己看，例如“网站后端”。", "For your own eyes, such as \"web server\".");
    page_put_words(&p, "word_make", "新建 token", "Make a token");
    page_put_words(&p, "word_plan", "套餐", "Plan");
    page_put_words(&p, "word_created", "建立", "Made");
    page_put_words(&p, "word_expires", "到期", "Expires");
    page_put_words(&p, "word_revoked", "已吊销", "revoked");
    page_put_words(&p, "word_revoke", "吊销", "Revoke");
    page_put_words(&p, "word_empty", "还没有 token。", "There is none yet.");
    page_put(&p, "empty", rows.count ? TEXT("") : yes);
    page_put(&p, "some", rows.count ? yes : TEXT(""));
    page_put(&p, "secret", secret);
    page_put_items(&p, "tokens", rows.rows);
    return page_end_as(&p, "tokens.html", e);
}

struct err self_tokens_page(struct visit *v) { return show_tokens(v, TEXT(""), ok); }

static struct err do_token(struct visit *v, struct text action, struct text *secret_out) {
    struct new_token t = {.name = TEXT("")};
    struct text given;
    struct token token;
    uint64_t id;
    if (!v->account.is_active)
        return err_make(ERR_ACCOUNT_SUSPENDED, "the account is suspended");
    if (text_equal_c(action, "create")) {
        try(visit_text(v, "name", &t.name));
        t.name.bytes = t.name.bytes ? t.name.bytes : "";
        try(token_create(v->d, &v->account, &t, secret_out, &id));
    } else {
        try(visit_needed_text(v, "id", &given));
        if (!text_equal_c(action, "revoke") || !token_id_parse(given, &id))
            return domain_refuse(v->d, ERR_FIELD_INVALID, "action", "there is no such action");
        try(token_of(v->d, v->account.number, id, &token));
        try(token_revoke(v->d, &token));
    }
    try(network_log_note(v->d, &v->account, NETWORK_TOKEN));
    visit_published(v);
    return ok;
}

static struct err run_tokens(struct visit *v) {
    struct text action, secret = TEXT("");
    try(visit_needed_text(v, "action", &action));
    struct err e = do_token(v, action, &secret);
    return is_ours(e) ? e : show_tokens(v, secret, e);
}

/* ---- consents ---- */

static void add_consent(void *with, const struct consent *c) {
    static const char *const names[] = {"time", "purpose", "version", "act", "receipt"};
    static const struct {
        const char *act, *zh, *en;
    } acts[] = {{"agree", "同意", "agreed"},
                {"next", "同意（下一步）", "agreed (next)"},
                {"register", "注册时勾选并提交", "ticked and sent when registering"},
                {"guardian", "监护人同意", "a guardian agreed"},
                {"decline", "不同意", "declined"},
                {"withdraw", "撤回", "withdrawn"}};
    struct rows *r = with;
    bool english = r->v->is_english;
    struct text act = c->act, purpose = c->purpose;
    for (unsigned i = 0; i < sizeof acts / sizeof *acts; i++)
        if (text_equal_c(act, acts[i].act))
            act = text_c(english ? acts[i].en : acts[i].zh);
    if (text_equal_c(purpose, "policy"))
        purpose = english ? TEXT("privacy policy") : TEXT("隐私政策");
    for (const struct consent_purpose *one = consent_purposes; one->name; one++)
        if (text_equal_c(purpose, one->name))
            purpose = text_c(one->says[english]);
    const struct text texts[] = {visit_time(r->v, c->created_ms), purpose, c->version, act, c->receipt};
    if (r->count < ROWS_MAX)
        r->rows[r->count++] = page_row_in(r->v->d->arena, names, texts, 5);
}

static struct err add_purpose(struct rows *r, const struct consent_purpose *purpose) {
    static const char *const names[] = {"name", "says", "state", "act", "verb"};
    struct visit *v = r->v;
    bool english = v->is_english;
    struct agreement held;
    try(agreement_of(v->d, v->account.number, purpose->name, &held));
    const struct text texts[] = {
        text_c(purpose->name), text_c(purpose->says[english]),
        text_c(held.is_yes ? (english ? "on" : "已开启") : (english ? "off" : "未开启")),
        held.is_yes ? TEXT("withdraw") : TEXT("agree"),
        text_c(held.is_yes ? (english ? "Withdraw" : "撤回") : (english ? "Agree" : "同意"))};
    r->rows[r->count++] = page_row_in(v->d->arena, names, texts, 5);
    return ok;
}

struct err self_consents_page(struct visit *v) {
    struct rows consents = rows_begin(v), purposes = rows_begin(v);
    try(consent_list(v->d, v->account.number, add_consent, &consents));
    for (const struct consent_purpose *one = consent_purposes; one->name; one++)
        try(add_purpose(&purposes, one));
    struct page p = page_begin(v, v->is_english ? TEXT("Consents and receipts") : TEXT("同意与回执"));
    page_put_words(&p, "lead", "每一次同意、不同意和撤回都有回执；回执可以离线验证，注销后仍然有效。",
                   "Every agreement, decline and withdrawal has a receipt. It can be checked offline, also after the "
                   "account is gone.");
    page_put_words(&p, "word_purposes", "可选用途", "Optional purposes");
    page_put_words(&p, "purposes_say", "默认全部关闭；不同意不影响任何功能。", "All are off from the start; without them everything works.");
    page_put_words(&p, "word_events", "记录", "What was said");
    page_put_words(&p, "word_time", "时间", "Time");
    page_put_words(&p, "word_purpose", "用途", "Purpose");
    page_put_words(&p, "word_version", "版本", "Version");
    page_put_words(&p, "word_act", "选择", "Choice");
    page_put_words(&p, "word_receipt", "回执", "Receipt");
    page_put_items(&p, "consents", consents.rows);
    page_put_items(&p, "purposes", purposes.rows);
    v->answer->is_private = true;
    return page_end(&p, "consents.html");
}

/* ---- leaving ---- */

static void put_words_of_leaving(struct page *p) {
    page_put_words(p, "lead", "立即注销：不问理由，没有等待期。全部会话与 token 随即失效，您的专属密钥随即销毁。",
                   "At once: no reason is asked and there is no waiting. All sessions and tokens end, and your own key "
                   "is destroyed.");
    page_put_words(p, "word_export", "先导出全部数据", "Export everything first");
    page_put_words(p, "word_deleted", "将被删除", "What is deleted");
    page_put_words(p, "word_what", "内容", "What");
    page_put_words(p, "word_rows", "条数", "Records");
    page_put_words(p, "word_stays", "以后还剩什么", "What is left");
    page_put_words(p, "word_password", "用密码确认", "Confirm with your password");
    page_put_words(p, "word_erase", "注销账户并删除一切", "Cancel the account and delete everything");
    page_put_words(p, "word_held", "依法留存期间不能注销。", "A legal hold keeps the account from being cancelled.");
    page_put_words(p, "word_appeal", "提出异议", "Appeal");
}

static void put_stays(struct page *p) {
    struct arena *a = p->v->d->arena;
    static const int64_t half_year_ms = 180ll * 86400000;
    struct text bound = text_part(visit_time(p->v, epoch_bound_ms(p->v->d->now_ms)), 0, 10);
    struct text log = text_part(visit_time(p->v, p->v->d->now_ms + half_year_ms), 0, 10);
    bool english = p->v->is_english;
    page_put(p, "stays_backups",
             text_format_in(a, english ? "Cipher text in backups, which nobody can read any more, at the latest from %.*s on."
                                       : "备份中的密文：最迟自 %.*s 起任何副本都无法再读取。", TEXT_ARG(bound)));
    page_put(p, "stays_log",
             text_format_in(a, english ? "Until %.*s the log that the law requires: a time, a kind of act, a random number."
                                       : "依法留存的网络日志至 %.*s：只有时间、操作种类和一个随机编号。", TEXT_ARG(log)));
}

static struct err show_leaving(struct visit *v, struct err e) {
    static const char *const names[] = {"table", "count"};
    struct export_count *counts;
    struct rows rows = rows_begin(v);
    uint64_t total;
    try(export_counts(v->d, &v->account, &counts, &total));
    for (const struct export_count *c = counts; c->table; c++)
        if (c->rows && rows.count < ROWS_MAX)
            rows.rows[rows.count++] =
                page_row_in(v->d->arena, names,
                            (const struct text[]){personal_word("table", c->table->name, v->is_english),
                                                  text_format_in(v->d->arena, "%llu", (unsigned long long)c->rows)},
                            2);
    struct page p = page_begin(v, v->is_english ? TEXT("Cancel the account") : TEXT("注销账户"));
    page_put_fault(&p, e);
    put_words_of_leaving(&p);
    put_stays(&p);
    page_put_items(&p, "rows", rows.rows);
    page_put(&p, hold_forbids(v->d, v->account.number).kind ? "held" : "free", yes);
    return page_end_as(&p, "leaving.html", e);
}

struct err self_leaving_page(struct visit *v) { return show_leaving(v, ok); }

static struct err show_gone(struct visit *v, struct text receipt) {
    struct page p = page_begin(v, v->is_english ? TEXT("The account is cancelled") : TEXT("账户已注销"));
    page_put_words(&p, "says", "您的数据已经删除，密钥已经销毁。请保存回执编号，它可以离线验证：",
                   "Your data are deleted and your key is destroyed. Keep the receipt; it can be checked offline:");
    page_put(&p, "receipt", receipt);
    page_put(&p, "bound", text_format_in(v->d->arena, v->is_english ? "No backup can be read after %.*s."
                                                                    : "最迟自 %.*s 起，任何备份中的副本都无法再读取。",
                                         TEXT_ARG(visit_time(v, epoch_bound_ms(v->d->now_ms)))));
    return page_end_as(&p, "gone.html", ok);
}

static struct err run_leave(struct visit *v) {
    struct text receipt;
    struct err e = self_erase(v, &receipt);
    if (e.kind)
        return is_ours(e) || v->account.number == 0 ? e : show_leaving(v, e);
    return show_gone(v, receipt);
}

const struct route self_routes[] = {
    {"POST", "/account/details", run_details, "action|username|email|phone|password|current_password",
     ROUTE_SESSION | ROUTE_FORM | ROUTE_SLOW, .right = "f1"},
    {"POST", "/account/tokens/form", run_tokens, "action|name|id", ROUTE_SESSION | ROUTE_FORM},
    {"POST", "/account/erasure", run_leave, "password",
     ROUTE_SESSION | ROUTE_UNAGREED | ROUTE_FORM | ROUTE_SLOW | ROUTE_ENDED, .right = "s5"},
    {0},
};
