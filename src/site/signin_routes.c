/* signin_routes.c: the log-in, the forgotten password and the account's security as pages that work without
 * JavaScript; a passkey needs it, so its button is the website's. The requests behind them are those of
 * session_routes.c and factor_routes.c. */
#include "codec/qr_code.h"
#include "crypt/totp.h"
#include "domain/reset.h"
#include "site/enter.h"
#include "site/passkey_json.h"
#include "site/visit_page.h"

enum { ROWS_MAX = 64, SCRIPT_BYTES_MAX = 1 << 16 };

static const struct text yes = {"1", 1};

static void put_words_of_factors(struct page *p) {
    page_put_words(p, "word_password", "密码", "Password");
    page_put_words(p, "word_code", "验证器上的六位验证码", "The six digits of your authenticator app");
    page_put_words(p, "word_enter", "登录", "Log in");
    page_put_words(p, "word_passkey_use", "使用通行密钥", "Use a passkey");
    page_put_words(p, "word_noscript", "通行密钥需要 JavaScript；密码、验证码和恢复码不需要。",
                   "A passkey needs JavaScript; password, codes and recovery codes do not.");
}

/* ---- the log-in ---- */

static struct page signin_begin(struct visit *v) {
    struct page p = page_begin(v, v->is_english ? TEXT("Log in") : TEXT("登录"));
    put_words_of_factors(&p);
    page_put_words(&p, "word_login", "用户名、邮箱或手机号", "User name, e-mail address or phone number");
    page_put_words(&p, "word_remember", "在此设备上记住我（三十天）", "Remember me on this device (30 days)");
    page_put_words(&p, "word_forgotten", "忘记密码", "Forgotten your password?");
    page_put_words(&p, "word_join", "注册账户", "Register");
    page_put_words(&p, "word_back", "重新登录", "Begin again");
    page_put_cookieless(&p);
    page_put_words(&p, "word_recovery", "或一个恢复码", "or one of your recovery codes");
    return p;
}

static struct err show_first(struct visit *v, struct err e) {
    struct page p = signin_begin(v);
    page_put_fault(&p, e);
    page_put(&p, "first", yes);
    if (e.kind == ERR_WORK_REQUIRED) {
        page_put(&p, "challenge", v->d->detail.challenge);
        page_put(&p, "bits", text_format_in(v->d->arena, "%u", v->d->detail.challenge_bits));
        page_put(&p, "wait",
                 text_format_in(v->d->arena,
                                v->is_english ? "Too many log-ins fail at the moment: wait %u seconds and send it again. "
                                                "With JavaScript on there is no need to wait."
                                              : "目前登录失败过多：请等待 %u 秒后再次提交。开启 JavaScript 时无需等待。",
                                v->d->detail.retry_after_s));
    }
    return page_end_as(&p, "signin.html", e);
}

/* A fault that ended the step leads back to the first. */
static struct err show_second(struct visit *v, struct text flow, unsigned methods, struct err e) {
    struct page p = signin_begin(v);
    if (e.kind != ERR_SECOND_FACTOR_REQUIRED)
        page_put_fault(&p, e);
    page_put(&p, "flow", flow);
    page_put_words(&p, "says", "密码正确。请再用第二种方式证明是您本人。",
                   "The password fits. Now prove it in a second way.");
    if (methods & FACTOR_CODE)
        page_put(&p, "has_code", yes);
    if (methods & FACTOR_RECOVERY)
        page_put(&p, "has_recovery", yes);
    if (methods & FACTOR_PASSKEY)
        page_put(&p, "has_passkey", yes);
    return page_end_as(&p, "signin.html", e);
}

static struct err run_signin_page(struct visit *v) { return show_first(v, ok); }

static struct err run_work_script(struct visit *v) {
    struct buf out;
    buf_init(&out, v->d->arena, SCRIPT_BYTES_MAX);
    page_render(&out, "signin_work.js", &(struct page_value){.name = NULL});
    v->answer->status = 200;
    v->answer->content_type = "text/javascript; charset=utf-8";
    v->answer->body = buf_peek(&out);
    return ok;
}

static struct err run_signin(struct visit *v) {
    struct text who, password;
    struct login in;
    bool remember;
    try(visit_text(v, "login", &who));
    try(visit_text(v, "password", &password));
    try(visit_flag(v, "remember", &remember));
    struct err e = visit_login(v, who, password, remember, &in);
    if (e.kind == ERR_SECOND_FACTOR_REQUIRED)
        return show_second(v, v->flow, v->methods, e);
    if (e.kind)
        return show_first(v, e);
    visit_see_other(v, TEXT("/account"));
    return ok;
}

static struct err run_signin_second(struct visit *v) {
    struct text flow;
    struct visitor visitor = visit_visitor(v);
    struct second second = {.place = visit_place(v)};
    struct login in;
    try(visit_text(v, "flow", &flow));
    try(visit_text(v, "code", &second.code));
    try(visit_text(v, "recovery", &second.recovery));
    struct err e = login_second(v->d, &visitor, flow, &second, &in);
    if (!e.kind)
        e = visit_enter(v, &in);
    if (e.kind == ERR_CODE_EXPIRED)
        return show_first(v, e);
    if (e.kind)
        return show_second(v, flow, FACTOR_CODE | FACTOR_RECOVERY, e);
    visit_see_other(v, TEXT("/account"));
    return ok;
}

/* ---- the forgotten password ---- */

static struct page forgotten_begin(struct visit *v) {
    struct page p = page_begin(v, v->is_english ? TEXT("Set another password") : TEXT("重设密码"));
    put_words_of_factors(&p);
    page_put_words(&p, "word_login", "用户名、邮箱或手机号", "User name, e-mail address or phone number");
    page_put_words(&p, "word_send", "发送验证码", "Send a code");
    page_put_words(&p, "word_sent_code", "收到的六位验证码", "The six digits that were sent to you");
    page_put_words(&p, "word_new_password", "新密码", "New password");
    page_put_words(&p, "word_recovery", "或一个恢复码（设有第二重验证时）",
                   "or one of your recovery codes (where you have a second factor)");
    page_put_words(&p, "word_set", "设置新密码", "Set the new password");
    return p;
}

static struct err show_forgotten(struct visit *v, struct text flow, struct err e) {
    struct page p = forgotten_begin(v);
    page_put_fault(&p, e);
    if (flow.length == 0) {
        page_put(&p, "first", yes);
    } else {
        page_put(&p, "flow", flow);
        page_put_words(&p, "says", "如果该账户存在，验证码已发往其邮箱或手机，十分钟内有效。",
                       "If there is such an account, a code is on its way to its address; it is good for ten minutes.");
    }
    return page_end_as(&p, "forgotten.html", e);
}

static struct err run_forgotten_page(struct visit *v) { return show_forgotten(v, TEXT(""), ok); }

static struct err run_forgotten(struct visit *v) {
    struct text who, flow = TEXT("");
    struct visitor visitor = visit_visitor(v);
    int64_t expires_ms;
    try(visit_needed_text(v, "login", &who));
    struct err e = reset_start(v->d, &visitor, who, &flow, &expires_ms);
    return show_forgotten(v, e.kind ? TEXT("") : flow, e);
}

static struct err run_forgotten_finish(struct visit *v) {
    struct reset with = {.second = {.place = visit_place(v)}};
    struct login in;
    try(visit_needed_text(v, "flow", &with.flow));
    try(visit_text(v, "code", &with.code));
    try(visit_text(v, "password", &with.password));
    try(visit_text(v, "second", &with.second.code));
    try(visit_text(v, "recovery", &with.second.recovery));
    struct err e = reset_finish(v->d, &with, &in);
    if (e.kind)
        return show_forgotten(v, e.kind == ERR_CODE_EXPIRED ? TEXT("") : with.flow, e);
    struct page p = forgotten_begin(v);
    page_put_words(&p, "done", "密码已重设，所有设备已退出登录。", "The password is set, and all devices were logged out.");
    visit_set_session(v, TEXT(""));
    v->answer->clear_site_data = ANSWER_FAREWELL;
    return page_end_as(&p, "forgotten.html", ok);
}

/* ---- the account's security ---- */

struct lists {
    struct visit *v;
    const struct page_value **passkeys, **sessions;
    unsigned passkey_count, session_count;
};

static void add_passkey(void *with, const struct passkey_line *line) {
    static const char *const names[] = {"id", "name", "created", "used"};
    struct lists *l = with;
    struct arena *a = l->v->d->arena;
    const struct text texts[] = {token_id_print_in(a, line->id), text_copy_in(a, line->name),
                                 visit_time(l->v, line->created_ms), visit_time(l->v, line->used_ms)};
    if (l->passkey_count < ROWS_MAX)
        l->passkeys[l->passkey_count++] = page_row_in(a, names, texts, 4);
}

static void add_session(void *with, const struct session_line *s) {
    static const char *const names[] = {"id", "label", "network", "created", "seen", "current", "other"};
    struct lists *l = with;
    struct arena *a = l->v->d->arena;
    struct text here = s->is_current ? (l->v->is_english ? TEXT("this device") : TEXT("当前设备")) : TEXT("");
    const struct text texts[] = {token_id_print_in(a, s->id), s->label, s->prefix, visit_time(l->v, s->created_ms),
                                 visit_time(l->v, s->seen_ms), here, s->is_current ? TEXT("") : yes};
    if (l->session_count < ROWS_MAX)
        l->sessions[l->session_count++] = page_row_in(a, names, texts, s->is_current ? 6 : 7);
}

static void put_words_of_security(struct page *p) {
    put_words_of_factors(p);
    page_put_words(p, "word_stale", "修改以下内容前，请再次证明是您本人（十分钟内有效）。",
                   "Before you change anything here, prove again that it is you; it holds for ten minutes.");
    page_put_words(p, "word_prove", "验证", "Prove it");
    page_put_words(p, "word_totp", "验证器（动态验证码）", "Authenticator app");
    page_put_words(p, "word_seed", "请用验证器扫描二维码，或输入下面的密钥，再填写它显示的六位数字。密钥只显示这一次。",
                   "Scan the picture with your app or type this key, then enter the six digits it shows. The key is shown this "
                   "once.");
    page_put_words(p, "word_open", "在本机验证器中打开", "Open in an app on this device");
    page_put_words(p, "word_confirm", "确认", "Confirm");
    page_put_words(p, "word_set_up", "设置验证器", "Set up an app");
    page_put_words(p, "word_remove", "移除", "Remove");
    page_put_words(p, "word_recovery", "恢复码", "Recovery codes");
    page_put_words(p, "word_codes", "请抄下这些恢复码，每个只能用一次。它们只显示这一次。",
                   "Write these down; each is good once. They are shown this once.");
    page_put_words(p, "word_make", "生成新的恢复码（旧的随即失效）", "Make new ones (the old become void)");
    page_put_words(p, "word_passkeys", "通行密钥", "Passkeys");
    page_put_words(p, "word_passkeys_say", "用本机的指纹、面容、PIN 或安全密钥登录，无需输入密码。",
                   "Log in with this device's fingerprint, face or PIN, or with a security key, without a password.");
    page_put_words(p, "word_passkey_name", "名称", "Name");
    page_put_words(p, "word_passkey_add", "添加通行密钥", "Add a passkey");
    page_put_words(p, "word_picture", "供验证器扫描的二维码", "A QR code for your authenticator app");
    page_put_words(p, "word_browser", "浏览器", "Browser");
    page_put_words(p, "word_network", "网段", "Network");
    page_put_words(p, "word_since", "始于", "Since");
    page_put_words(p, "word_seen", "最近", "Last seen");
    page_put_words(p, "word_used", "最近使用", "Last used");
    page_put_words(p, "word_devices", "已登录的设备", "Where you are logged in");
    page_put_words(p, "word_end", "退出", "Log out");
    page_put_words(p, "word_end_others", "退出其他所有设备", "Log out all other devices");
    page_put_words(p, "word_logout", "退出登录", "Log out here");
}

static void put_states(struct page *p, const struct factors *f, bool seed_waits) {
    struct arena *a = p->v->d->arena;
    bool english = p->v->is_english;
    page_put_words(p, "says", factors_second(f) ? "已启用第二重验证" : "尚未启用第二重验证",
                   factors_second(f) ? "a second factor is on" : "no second factor yet");
    page_put_words(p, "totp_state", f->has_totp ? "已启用" : "未启用", f->has_totp ? "On" : "Off");
    page_put(p, "recovery_state",
             text_format_in(a, english ? "%u left" : "剩余 %u 个", f->recovery_codes));
    if (p->v->session.is_fresh && !f->has_totp && !seed_waits)
        page_put(p, "may_add", yes);
    if (p->v->session.is_fresh)
        page_put(p, "may_passkey", yes);
    if (p->v->session.is_fresh && f->has_totp)
        page_put(p, "may_remove", yes);
    if (p->v->session.is_fresh && factors_second(f))
        page_put(p, "may_recover", yes);
    if (!p->v->session.is_fresh)
        page_put(p, "stale", yes);
}

/* What an action has to show once. */
struct shown {
    struct text seed;
    bool seed_waits;
    struct text codes[RECOVERY_CODES];
};

/* The dark modules as the path of an SVG picture, four modules of white around; no picture where the address
 * is too long for one: the key in letters stands beside it. */
static void put_picture(struct page *p, struct text address) {
    enum { QUIET = 4 };
    struct arena *a = p->v->d->arena;
    struct qr_code code;
    struct buf path;
    if (!qr_code_in(a, address, QR_MEDIUM, &code))
        return;
    buf_init(&path, a, 24u * QR_SIDE_MAX * QR_SIDE_MAX);
    for (unsigned y = 0; y < code.side; y++)
        for (unsigned x = 0; x < code.side; x++)
            if (code.modules[y * code.side + x])
                buf_text(&path, text_format_in(a, "M%u %uh1v1h-1z", x + QUIET, y + QUIET));
    page_put(p, "picture", buf_peek(&path));
    page_put(p, "picture_side", text_format_in(a, "%u", code.side + 2 * QUIET));
}

static void put_shown(struct page *p, const struct shown *shown) {
    static const char *const name[] = {"code"};
    struct visit *v = p->v;
    if (shown->seed.length) {
        page_put(p, "seed", base32_in(v->d->arena, shown->seed));
        struct text uri = totp_uri_in(v->d->arena, v->site->operator_name, v->account.username, shown->seed);
        page_put(p, "uri", uri);
        put_picture(p, uri);
    }
    if (shown->seed.length || shown->seed_waits)
        page_put(p, "waiting", yes);
    if (shown->codes[0].length == 0)
        return;
    const struct page_value **rows = page_rows_in(v->d->arena, RECOVERY_CODES);
    for (unsigned i = 0; i < RECOVERY_CODES; i++)
        rows[i] = page_row_in(v->d->arena, name, &shown->codes[i], 1);
    page_put(p, "codes_shown", yes);
    page_put_items(p, "codes", rows);
}

static struct err show_security(struct visit *v, const struct shown *shown, struct err e) {
    struct page p = page_begin(v, v->is_english ? TEXT("Account security") : TEXT("账户安全"));
    struct lists l = {.v = v,
                      .passkeys = page_rows_in(v->d->arena, ROWS_MAX),
                      .sessions = page_rows_in(v->d->arena, ROWS_MAX)};
    struct factors f;
    try(factors_read(v->d, v->account.number, &f));
    try(passkeys_each(v->d, &v->account, add_passkey, &l));
    try(session_each(v->d, &v->account, &v->session, add_session, &l));
    page_put_fault(&p, e);
    put_words_of_security(&p);
    put_states(&p, &f, shown->seed.length || shown->seed_waits);
    put_shown(&p, shown);
    page_put(&p, "username", v->account.username);
    page_put_items(&p, "passkeys", l.passkeys);
    page_put_items(&p, "sessions", l.sessions);
    return page_end_as(&p, "security.html", e);
}

static struct err run_security_page(struct visit *v) {
    const struct shown nothing = {.seed_waits = false};
    return show_security(v, &nothing, ok);
}

/* ---- what its forms do ---- */

static struct err rotated(struct visit *v, unsigned aal) {
    try(session_rotate(v->d, &v->session, aal));
    visit_remember_session(v, v->session.cookie, v->session.is_remembered);
    return ok;
}

static struct err do_fresh(struct visit *v, struct shown *shown) {
    struct text password;
    struct second second = {.place = visit_place(v)};
    (void)shown;
    try(visit_text(v, "password", &password));
    try(visit_text(v, "code", &second.code));
    try(login_again(v->d, &v->account, &v->session, password, &second, TEXT("")));
    visit_remember_session(v, v->session.cookie, v->session.is_remembered);
    return ok;
}

static struct err do_totp(struct visit *v, struct shown *shown) {
    try(visit_need_fresh(v));
    return totp_begin(v->d, &v->account, &shown->seed);
}

static struct err do_totp_confirm(struct visit *v, struct shown *shown) {
    struct text code;
    shown->seed_waits = true;
    try(visit_need_fresh(v));
    try(visit_needed_text(v, "code", &code));
    try(totp_confirm(v->d, &v->account, code));
    shown->seed_waits = false;
    return rotated(v, 2);
}

static struct err do_totp_remove(struct visit *v, struct shown *shown) {
    struct text password;
    (void)shown;
    try(visit_need_fresh(v));
    try(visit_text(v, "password", &password));
    return totp_remove(v->d, &v->account, password);
}

static struct err do_recovery(struct visit *v, struct shown *shown) {
    try(visit_need_fresh(v));
    return recovery_make(v->d, &v->account, shown->codes);
}

static struct err id_of(struct visit *v, uint64_t *out) {
    struct text id;
    try(visit_needed_text(v, "id", &id));
    return token_id_parse(id, out) ? ok : err_make(ERR_NOT_FOUND, "there is no such thing");
}

static struct err do_passkey_remove(struct visit *v, struct shown *shown) {
    struct text password;
    uint64_t id;
    (void)shown;
    try(visit_need_fresh(v));
    try(id_of(v, &id));
    try(visit_text(v, "password", &password));
    return passkeys_remove(v->d, &v->account, id, password);
}

static struct err do_session_end(struct visit *v, struct shown *shown) {
    uint64_t id;
    (void)shown;
    try(id_of(v, &id));
    return session_end_id(v->d, v->account.number, id);
}

static struct err do_others_end(struct visit *v, struct shown *shown) {
    (void)shown;
    return session_end_others(v->d, &v->session);
}

static struct err run_security(struct visit *v) {
    static const struct {
        const char *name;
        struct err (*run)(struct visit *v, struct shown *shown);
    } actions[] = {{"fresh", do_fresh},
                   {"totp", do_totp},
                   {"totp_confirm", do_totp_confirm},
                   {"totp_remove", do_totp_remove},
                   {"recovery", do_recovery},
                   {"passkey_remove", do_passkey_remove},
                   {"session_end", do_session_end},
                   {"others_end", do_others_end}};
    struct shown shown = {.seed_waits = false};
    struct text action;
    try(visit_needed_text(v, "action", &action));
    if (text_equal_c(action, "logout")) {
        try(session_end(v->d, &v->session));
        visit_set_session(v, TEXT(""));
        v->answer->clear_site_data = ANSWER_FAREWELL;
        visit_see_other(v, TEXT("/account/signin"));
        return ok;
    }
    for (unsigned i = 0; i < sizeof actions / sizeof *actions; i++)
        if (text_equal_c(action, actions[i].name)) {
            struct err e = actions[i].run(v, &shown);
            return show_security(v, &shown, e);
        }
    return domain_refuse(v->d, ERR_FIELD_INVALID, "action", "there is no such action");
}

static struct err run_passkey_script(struct visit *v) {
    struct buf out;
    buf_init(&out, v->d->arena, SCRIPT_BYTES_MAX);
    page_render(&out, "passkey.js", &(struct page_value){.name = NULL});
    v->answer->status = 200;
    v->answer->is_private = false;
    v->answer->content_type = "text/javascript; charset=utf-8";
    v->answer->body = buf_peek(&out);
    return ok;
}

const struct route signin_routes[] = {
    {"GET", "/account/passkey.js", run_passkey_script, NULL, ROUTE_OPEN},
    {"GET", "/account/signin", run_signin_page, NULL, ROUTE_OPEN},
    {"GET", "/account/signin/work.js", run_work_script, NULL, ROUTE_OPEN},
    {"POST", "/account/signin", run_signin, "login|password|remember|challenge|work", ROUTE_FORM | ROUTE_SLOW},
    {"POST", "/account/signin/second", run_signin_second, "flow|code|recovery", ROUTE_FORM},
    {"GET", "/account/forgotten", run_forgotten_page, NULL, ROUTE_OPEN},
    {"POST", "/account/forgotten", run_forgotten, "login", ROUTE_FORM},
    {"POST", "/account/forgotten/finish", run_forgotten_finish, "flow|code|password|second|recovery",
     ROUTE_FORM | ROUTE_SLOW},
    {"GET", "/account/security", run_security_page, NULL, ROUTE_SESSION},
    {"POST", "/account/security", run_security, "action|password|code|id",
     ROUTE_SESSION | ROUTE_FORM | ROUTE_SLOW},
    {0},
};
