/* join_routes.c: registering by pages that work without JavaScript: the policy in short and in full, the
 * form, the code. The requests behind them are those of registration_routes.c. */
#include "call/refusal.h"
#include "domain/network_log.h"
#include "domain/policy_mark.h"
#include "domain/registration.h"
#include "site/policy_text.h"
#include "site/self_pages.h"

static const struct text yes = {"1", 1};

static void put_words_of_form(struct page *p) {
    page_put_words(p, "lead", "已有账户？", "You have an account?");
    page_put_words(p, "word_signin", "登录", "Log in");
    page_put_words(p, "word_username", "用户名", "User name");
    page_put_words(p, "username_hint", "3 至 32 个字符；只用于登录和显示，不需要真实姓名。",
                   "3 to 32 characters; for logging in and for display. It need not be your real name.");
    page_put_words(p, "word_email", "电子邮箱", "E-mail address");
    page_put_words(p, "word_phone", "手机号", "Phone number");
    page_put_words(p, "contact_hint", "二者填一个即可，我们会向它发送一个六位验证码。",
                   "One of the two is enough; six digits will be sent to it.");
    page_put_words(p, "word_password", "密码", "Password");
    page_put_words(p, "password_hint", "至少 15 个字符；长短句最好，不要求大小写或符号，可以粘贴。",
                   "At least 15 characters; a sentence is best. No rules of letters and signs; pasting works.");
    page_put_words(p, "word_age", "您的年龄段", "Your age");
    page_put_words(p, "age_hint", "只问年龄段，不问生日。", "Only the band is asked, not your birthday.");
    page_put_words(p, "word_adult", "年满 18 周岁", "18 or older");
    page_put_words(p, "word_teen", "14 至 17 周岁", "14 to 17");
    page_put_words(p, "word_child", "未满 14 周岁", "below 14");
    page_put_words(p, "word_guardian", "监护人的邮箱或手机号", "A guardian's e-mail address or phone number");
    page_put_words(p, "guardian_hint", "仅未满 14 周岁时填写其中一个：先由监护人同意，我们才会继续。",
                   "Only below 14, one of the two: a guardian must agree before we go on.");
    page_put_words(p, "word_children", "儿童个人信息保护规则", "The rules for children");
    page_put_words(p, "word_submit", "同意并注册", "Agree and register");
    page_put_words(p, "word_decline", "不同意：离开，不会保存任何内容", "I do not agree: leave, and nothing is kept");
}

/* The policy in a few lines; each is a sentence of it, said shorter. */
static void put_card(struct page *p, const struct policy_version *version) {
    struct arena *a = p->v->d->arena;
    bool english = p->v->is_english;
    page_put_words(p, "word_card", "隐私政策摘要", "The privacy policy in short");
    page_put_words(p, "card_1", "收集什么：用户名、密码、一个邮箱或手机号、年龄段，以及使用本服务产生的记录。",
                   "What is collected: a user name, a password, one address or number, an age band, and the "
                   "records of your use.");
    page_put_words(p, "card_2", "给谁：只由我们自己使用，不与第三方分享；法律强制的情形逐项登记并公开计数。",
                   "Who gets it: we alone; it is shared with no third party. What the law compels is registered "
                   "one by one and counted in public.");
    page_put_words(p, "card_3", "您的权利：随时查看、更正、导出、撤回同意；注销后专属密钥立即销毁。",
                   "Your rights: see, correct, export and withdraw at any time; cancelling destroys your own key "
                   "at once.");
    page_put_words(p, "word_full", "阅读全文", "Read the whole text");
    page_put(p, "reading", text_format_in(a, english ? "(about %u minutes)" : "（约 %u 分钟）",
                                          policy_reading_minutes(version)));
    page_put(p, "version", version->version);
    page_put(p, "word_consent",
             text_format_in(a, english ? "I have read version %.*s of the privacy policy and agree to it"
                                       : "我已阅读并同意隐私政策第 %.*s 版",
                            TEXT_ARG(version->version)));
}

static void keep_entered(struct page *p, const struct registration *r) {
    page_put(p, "username", r->username);
    page_put(p, "email", r->email);
    page_put(p, "phone", r->phone);
    page_put(p, "guardian_email", r->guardian_email);
    page_put(p, "guardian_phone", r->guardian_phone);
    if (r->age.length)
        page_put(p, text_equal_c(r->age, "child")  ? "is_child"
                    : text_equal_c(r->age, "teen") ? "is_teen"
                                                   : "is_adult",
                 yes);
}

static struct err show_form(struct visit *v, const struct registration *r, struct err e) {
    const struct policy_version *version = policy_in_force(v->site->policy);
    if (e.kind == ERR_CONSENT_REQUIRED || e.kind == ERR_POLICY_VERSION_STALE)
        v->d->detail.field = "consent";
    struct page p = page_begin(v, v->is_english ? TEXT("Register") : TEXT("注册账户"));
    page_put_fault(&p, e);
    put_words_of_form(&p);
    put_card(&p, version);
    keep_entered(&p, r);
    try(policy_put_text(&p, version, TEXT("")));
    page_put_words(&p, "word_laws", "引用的法律与标准", "Laws and standards cited");
    page_put(&p, "first", yes);
    return page_end_as(&p, "join.html", e);
}

/* ---- the code ---- */

static struct page code_begin(struct visit *v) {
    struct page p = page_begin(v, v->is_english ? TEXT("Enter the code") : TEXT("输入验证码"));
    page_put_words(&p, "word_code", "六位验证码", "The six digits");
    page_put_words(&p, "word_confirm", "确认", "Confirm");
    page_put_words(&p, "word_again", "没有收到或地址有误？重新填写", "Nothing arrived, or a wrong address? Begin again");
    page_put_words(&p, "word_signin", "登录", "Log in");
    if (v->site->is_development)
        page_put_words(&p, "outbox", "开发环境：邮件和短信在此", "Development start: mails and messages are here");
    return p;
}

struct err code_page(struct visit *v, struct text flow, enum code_of of, struct err e) {
    struct page p = code_begin(v);
    page_put_fault(&p, e);
    page_put(&p, "flow", flow);
    if (of == CODE_GUARDIAN)
        page_put_words(&p, "says",
                       "验证码已发给监护人，七十二小时内有效；过后这次登记会自动删除。请把监护人收到的验证码填在这里。",
                       "A code was sent to the guardian; it is good for 72 hours, and then this start is erased. Enter "
                       "the guardian's code here.");
    else
        page_put_words(&p, "says", "验证码已发出，十分钟内有效；过后未确认的内容会自动删除。",
                       "A code was sent. It is good for ten minutes; what is not confirmed by then is erased.");
    page_put(&p, "again", of == CODE_CONTACT ? TEXT("/account") : TEXT("/account/join"));
    return page_end_as(&p, "join.html", e);
}

static struct err run_form(struct visit *v) {
    return show_form(v, &(struct registration){.age = TEXT("")}, ok);
}

static struct err run_join(struct visit *v) {
    struct registration r;
    struct flow_promise promise;
    struct err e = visit_registration(v, &r);
    if (!e.kind)
        e = registration_start(v->d, v->site->policy, &r, &promise);
    if (e.kind)
        return refusal_of(e.kind)->status >= 500 ? e : show_form(v, &r, e);
    return code_page(v, promise.flow, text_equal_c(r.age, "child") ? CODE_GUARDIAN : CODE_JOIN, ok);
}

static struct err run_code(struct visit *v) {
    struct text flow, code;
    struct verified verified;
    struct account account;
    try(visit_needed_text(v, "flow", &flow));
    struct err e = visit_needed_text(v, "code", &code);
    if (!e.kind)
        e = registration_verify(v->d, flow, text_trim(code), &verified);
    if (e.kind == ERR_CODE_EXPIRED || e.kind == ERR_CODE_USED)
        return show_form(v, &(struct registration){.age = TEXT("")}, e);
    if (e.kind)
        return refusal_of(e.kind)->status >= 500 ? e : code_page(v, flow, CODE_JOIN, e);
    if (!verified.account) /* a guardian's: the child's own comes next */
        return code_page(v, verified.next.flow, CODE_JOIN, ok);
    try(account_read(v->d, verified.account, &account));
    try(network_log_note(v->d, &account, verified.is_created ? NETWORK_REGISTER : NETWORK_CORRECT));
    struct page p = code_begin(v);
    if (verified.is_created)
        page_put_words(&p, "done", "账户已经建立。现在可以登录，取得 token。",
                       "Your account is there. Log in and take a token.");
    else
        page_put_words(&p, "done", "新的联系方式已经生效。", "The new address is in force.");
    return page_end_as(&p, "join.html", ok);
}

const struct route join_routes[] = {
    {"GET", "/account/join", run_form, NULL, ROUTE_OPEN},
    {"POST", "/account/join", run_join,
     "username|password|email|phone|consent|age|guardian_email|guardian_phone", ROUTE_FORM | ROUTE_SLOW},
    {"POST", "/account/join/code", run_code, "flow|code", ROUTE_FORM},
    {0},
};
