/* cookie_routes.c: the cookies page: what there is, what you have now, what you allow. One form, three
 * buttons of equal weight; everything works without JavaScript. */
#include "base/clock.h"
#include "domain/consent.h"
#include "site/visit_page.h"

enum { SHOWN_VALUE_BYTES = 64, DAY_S = 86400, NOW_MAX = COOKIES_MAX + 1 };

static const enum cookie_category order[] = {COOKIE_NECESSARY, COOKIE_FUNCTIONAL, COOKIE_PERFORMANCE,
                                             COOKIE_MARKETING};
static const char *const titles[COOKIE_CATEGORY_COUNT][2] = {
    [COOKIE_NECESSARY] = {"严格必要", "Strictly necessary"},
    [COOKIE_PERFORMANCE] = {"性能", "Performance"},
    [COOKIE_MARKETING] = {"营销", "Marketing"},
    [COOKIE_FUNCTIONAL] = {"功能", "Functional"},
};
static const char *const reasons[COOKIE_CATEGORY_COUNT][2] = {
    [COOKIE_NECESSARY] = {"登录与记住您的 Cookie 选择所必需，不能关闭。",
                          "Logging in and keeping your choice need them; they cannot be turned off."},
    [COOKIE_PERFORMANCE] = {"用于统计访问与性能。本站没有此类 Cookie。",
                            "Would measure visits and speed. This site has none."},
    [COOKIE_MARKETING] = {"用于广告。本站没有此类 Cookie，也没有任何第三方。",
                          "Would serve advertising. This site has none, and no third party."},
    [COOKIE_FUNCTIONAL] =
        {"记住您选择的语言与外观，仅在您允许并作出选择后设置。",
         "Keep the language and look that you choose; set only when you allow and choose them."},
};

static unsigned language_of(const struct visit *v) {
    return v->is_english ? 1 : 0;
}

/* ---- the page ---- */

static struct text life_in(struct visit *v, const struct cookie *c) {
    return text_format_in(v->d->arena, !v->is_english ? "%u 天" : c->days == 1 ? "%u day" : "%u days", c->days);
}

static const struct page_value *const *cookies_of(struct visit *v, enum cookie_category category) {
    static const char *const names[] = {"name", "says", "life", "party"};
    struct arena *a = v->d->arena;
    const struct page_value **rows = page_rows_in(a, COOKIE_COUNT);
    unsigned count = 0;
    for (unsigned i = 0; i < COOKIE_COUNT; i++) {
        const struct cookie *c = cookie_of((enum cookie_id)i);
        if (c->category != category)
            continue;
        const struct text texts[] = {cookie_name_in(a, (enum cookie_id)i, v->jar.is_tls),
                                     text_c(c->says[language_of(v)]), life_in(v, c),
                                     v->is_english ? TEXT("this site") : TEXT("本站")};
        rows[count++] = page_row_in(a, names, texts, 4);
    }
    return rows;
}

static void put_categories(struct page *p) {
    struct visit *v = p->v;
    const struct page_value **rows = page_rows_in(v->d->arena, COOKIE_CATEGORY_COUNT);
    for (unsigned i = 0; i < COOKIE_CATEGORY_COUNT; i++) {
        enum cookie_category c = order[i];
        struct page_value *row = arena_alloc(v->d->arena, 8 * sizeof *row);
        bool is_fixed = c == COOKIE_NECESSARY, is_on = v->jar.choice.allows[c];
        row[0] = (struct page_value){.name = "id", .text = text_c(cookie_category_name(c))};
        row[1] = (struct page_value){.name = "category", .text = text_c(titles[c][language_of(v)])};
        row[2] = (struct page_value){.name = "reason", .text = text_c(reasons[c][language_of(v)])};
        row[3] = (struct page_value){.name = "cookies", .items = cookies_of(v, c)};
        row[4] = (struct page_value){.name = "fixed", .text = is_fixed ? TEXT("1") : TEXT("")};
        row[5] = (struct page_value){.name = "on", .text = !is_fixed && is_on ? TEXT("1") : TEXT("")};
        row[6] = (struct page_value){.name = "off", .text = !is_fixed && !is_on ? TEXT("1") : TEXT("")};
        rows[i] = row;
    }
    page_put_items(p, "categories", rows);
}

/* The choice in words; of a session the first letters alone: the rest is what logs one in. */
static struct text meaning_in(struct visit *v, enum cookie_id id, struct text value) {
    struct arena *a = v->d->arena;
    const struct cookie_choice *choice = &v->jar.choice;
    struct text all = TEXT("");
    if (id != COOKIE_CONSENT)
        return text_c(cookie_of(id)->says[language_of(v)]);
    if (!choice->is_made)
        return v->is_english ? TEXT("A choice that is no longer in force") : TEXT("已失效的选择");
    for (unsigned i = 0; i < COOKIE_CATEGORY_COUNT; i++)
        if (choice->allows[order[i]])
            all = text_format_in(a, "%.*s%s%s", TEXT_ARG(all), all.length ? ", " : "",
                                 titles[order[i]][language_of(v)]);
    (void)value;
    return text_format_in(a,
                          v->is_english ? "Your choice: %.*s; made at %.*s" : "您的选择：%.*s；作出于 %.*s",
                          TEXT_ARG(all), TEXT_ARG(visit_time(v, choice->made_s * 1000)));
}

static struct text shown_in(struct visit *v, bool is_session, struct text value) {
    if (is_session)
        return text_format_in(v->d->arena, "%.*s…", TEXT_ARG(text_part(value, 0, 4)));
    if (value.length <= SHOWN_VALUE_BYTES)
        return value;
    return text_format_in(v->d->arena, "%.*s…", TEXT_ARG(text_part(value, 0, SHOWN_VALUE_BYTES)));
}

static void put_now(struct page *p) {
    static const char *const names[] = {"name", "value", "meaning", "id"};
    struct visit *v = p->v;
    struct text rest = v->jar.header, name, value;
    const struct page_value **rows = page_rows_in(v->d->arena, NOW_MAX);
    unsigned count = 0;
    while (count < NOW_MAX && cookie_next(&rest, &name, &value)) {
        enum cookie_id id = COOKIE_SID;
        bool is_known = cookie_find(name, &id);
        struct text unknown = v->is_english ? TEXT("Not set by this site; it is ignored. “Clear” removes it.")
                                            : TEXT("不是本站设置的，会被忽略；点击“清除”可移除。");
        const struct text texts[] = {
            text_part(name, 0, SHOWN_VALUE_BYTES), shown_in(v, is_known && id == COOKIE_SID, value),
            is_known ? meaning_in(v, id, value) : unknown, is_known ? text_c(cookie_of(id)->name) : TEXT("")};
        rows[count++] = page_row_in(v->d->arena, names, texts, 4);
    }
    page_put_items(p, "now", rows);
    if (!count)
        page_put_words(p, "no_cookies", "您的浏览器现在没有本站的任何 Cookie。",
                       "Your browser has no cookie of this site now.");
}

static void put_words(struct page *p) {
    page_put_words(p, "lead",
                   "本站的全部 Cookie 都列在这里；没有第三方 "
                   "Cookie，也没有其他追踪技术。未作选择前只使用必要的 Cookie。",
                   "These are all cookies of this site. There is none of a third party, and no other "
                   "tracking. Until you choose, only necessary ones are used.");
    page_put_words(p, "word_save", "保存选择", "Save my choice");
    page_put_words(p, "word_on", "允许", "Allow");
    page_put_words(p, "word_off", "不允许", "Do not allow");
    page_put_words(p, "word_fixed", "始终启用", "Always on");
    page_put_words(p, "word_life", "有效期", "Life");
    page_put_words(p, "word_party", "所属方", "Party");
    page_put_words(p, "word_name", "名称", "Name");
    page_put_words(p, "word_purpose", "用途与内容", "Purpose and content");
    page_put_words(p, "word_value", "值", "Value");
    page_put_words(p, "word_now", "这是您现在的 Cookie", "Your cookies now");
    page_put_words(p, "word_delete", "删除", "Delete");
    page_put_words(p, "word_clear", "清除本站全部 Cookie", "Clear all cookies of this site");
    page_put_words(p, "clear_note", "清除后您将退出登录，选择也会忘记。",
                   "You will be logged out, and your choice forgotten.");
    page_put_words(p, "word_preferences", "语言与外观", "Language and look");
    page_put_words(p, "word_browsers", "在浏览器中管理 Cookie", "Cookies in your browser");
    page_put_words(
        p, "help_chrome", "Chrome、Edge：设置 → 隐私和安全 → 第三方 Cookie / 网站数据，可查看、删除或阻止。",
        "Chrome, Edge: Settings → Privacy and security → cookies and site data: see, delete or block them.");
    page_put_words(p, "help_firefox", "Firefox：设置 → 隐私与安全 → Cookie 和网站数据。",
                   "Firefox: Settings → Privacy & Security → Cookies and Site Data.");
    page_put_words(p, "help_safari", "Safari：设置 → 隐私 → 管理网站数据；iPhone 在“设置”→ Safari。",
                   "Safari: Settings → Privacy → Manage Website Data; on iPhone Settings → Safari.");
    page_put_words(
        p, "blocked",
        "阻止 Cookie 后无法登录；政策、状态、Cookie、反馈与文档页面以及使用 token 的接口调用不受影响。",
        "With cookies blocked you cannot log in; the policy, status, cookies, feedback and documentation "
        "pages and API calls by token work all the same.");
}

static void put_state(struct page *p) {
    const struct cookie_choice *c = &p->v->jar.choice;
    if (c->opts_out)
        page_put_words(p, "state",
                       "您的浏览器发出了“不要追踪”信号 (GPC/DNT)，因此只使用必要的 Cookie，不再询问。",
                       "Your browser asks not to be tracked (GPC/DNT), so only necessary cookies are used "
                       "and nothing is asked.");
    else if (c->is_made)
        page_put(p, "state", meaning_in(p->v, COOKIE_CONSENT, TEXT("")));
    else
        page_put_words(p, "state", "您还没有作出选择：只使用必要的 Cookie。",
                       "You have not chosen yet: only necessary cookies are used.");
    if (c->allows[COOKIE_FUNCTIONAL])
        page_put(p, "functional", TEXT("1"));
    else
        page_put_words(p, "no_functional",
                       "允许功能类 Cookie 后，可在此记住语言与外观；也可在地址后加 ?lang=en 或 ?lang=zh。",
                       "Allow functional cookies to keep a language and a look here; ?lang=zh or ?lang=en in "
                       "an address works without.");
}

static struct err run_cookies(struct visit *v) {
    struct page p = page_begin(v, v->is_english ? TEXT("Cookies") : TEXT("Cookie 设置"));
    put_words(&p);
    put_state(&p);
    put_categories(&p);
    put_now(&p);
    v->answer->is_private = true; /* it shows this browser's own */
    return page_end(&p, "cookies.html");
}

static void put_choice(struct visit *v) {
    const struct cookie_choice *choice = &v->jar.choice;
    struct json *j = &v->json;
    json_put_text(j, "revision", text_part(cookie_register_in(v->d->arena), 0, 8));
    json_put_bool(j, "chosen", choice->is_made);
    json_put_bool(j, "opted_out_by_browser", choice->opts_out);
    for (unsigned i = 0; i < COOKIE_CATEGORY_COUNT; i++)
        json_put_bool(j, cookie_category_name((enum cookie_category)i), choice->allows[i]);
}

static struct err run_cookies_json(struct visit *v) {
    struct json *j = visit_json(v, 200);
    put_choice(v);
    json_name(j, "cookies");
    json_open_list(j);
    for (unsigned i = 0; i < COOKIE_COUNT; i++) {
        const struct cookie *c = cookie_of((enum cookie_id)i);
        json_open_object(j);
        json_put_c(j, "name", c->name);
        json_put_c(j, "category", cookie_category_name(c->category));
        json_put_i64(j, "days", c->days);
        json_put_c(j, "party", "first");
        json_put_c(j, "zh", c->says[0]);
        json_put_c(j, "en", c->says[1]);
        json_close_object(j);
    }
    json_close_list(j);
    visit_end(v);
    v->answer->is_private = true;
    return ok;
}

/* ---- choosing ---- */

static void expire(struct visit *v, enum cookie_id id) {
    visit_set_cookie(v, id, TEXT(""), 0);
}

/* What is no longer allowed goes with this answer. */
static void expire_unchosen(struct visit *v) {
    for (unsigned i = 0; i < COOKIE_COUNT; i++)
        if (!v->jar.choice.allows[cookie_of((enum cookie_id)i)->category])
            expire(v, (enum cookie_id)i);
}

static struct err read_choice(struct visit *v, struct cookie_choice *out) {
    struct text word;
    *out = (struct cookie_choice){
        .is_made = true, .allows = {[COOKIE_NECESSARY] = true}, .made_s = v->d->now_ms / 1000};
    try(visit_text(v, "choice", &word));
    bool all = text_equal_c(word, "all");
    if (!all && !text_equal_c(word, "necessary") && !text_equal_c(word, "save"))
        return domain_refuse(v->d, ERR_FIELD_INVALID, "choice", "choice is all, necessary or save");
    for (unsigned i = COOKIE_NECESSARY + 1; i < COOKIE_CATEGORY_COUNT; i++) {
        try(visit_flag(v, cookie_category_name((enum cookie_category)i), &out->allows[i]));
        out->allows[i] = all || (out->allows[i] && text_equal_c(word, "save"));
    }
    if (v->request->opts_out) /* the browser's signal stands above a click */
        for (unsigned i = COOKIE_NECESSARY + 1; i < COOKIE_CATEGORY_COUNT; i++)
            out->allows[i] = false;
    return ok;
}

/* Of somebody who is logged in: kept, with a receipt. The version is the register's, never a policy's, and
 * names the categories: "cookies-3fa9c1d2:necessary,functional". */
static struct err log_choice(struct visit *v, struct text *receipt_out) {
    bool is_there, allows_more = false;
    struct text all = cookie_register_in(v->d->arena);
    struct text version = text_format_in(v->d->arena, "cookies-%.8s:necessary", all.bytes);
    *receipt_out = TEXT("");
    try(visit_person(v, &is_there));
    if (!is_there)
        return ok;
    for (unsigned i = COOKIE_NECESSARY + 1; i < COOKIE_CATEGORY_COUNT; i++) {
        if (!v->jar.choice.allows[i])
            continue;
        allows_more = true;
        version = text_format_in(v->d->arena, "%.*s,%s", TEXT_ARG(version),
                                 cookie_category_name((enum cookie_category)i));
    }
    const struct consent consent = {.version = version,
                                    .text_hash = all,
                                    .act = allows_more ? TEXT("agree") : TEXT("decline"),
                                    .language = visit_language(v),
                                    .purpose = TEXT("cookies")};
    return consent_add(v->d, v->account.number, &consent, receipt_out);
}

static struct err done(struct visit *v) {
    if (visit_wants_page(v))
        visit_see_other(v, TEXT("/cookies"));
    else
        visit_none(v);
    v->answer->is_private = true;
    return ok;
}

static struct err run_choose(struct visit *v) {
    struct text receipt;
    struct cookie_choice choice;
    try(read_choice(v, &choice));
    v->jar.choice = choice;
    try(log_choice(v, &receipt));
    visit_set_cookie(v, COOKIE_CONSENT, cookie_choice_print_in(v->d->arena, &choice),
                     COOKIE_CHOICE_DAYS * DAY_S);
    expire_unchosen(v);
    if (visit_wants_page(v))
        return done(v);
    struct json *j = visit_json(v, 200);
    put_choice(v);
    if (receipt.length)
        json_put_text(j, "receipt", receipt);
    visit_end(v);
    v->answer->is_private = true;
    return ok;
}

static struct err set_preference(struct visit *v, enum cookie_id id, const char *const allowed[static 2]) {
    struct text value;
    try(visit_text(v, cookie_of(id)->name, &value));
    if (!visit_has(v, cookie_of(id)->name))
        return ok;
    if (value.length && !text_equal_c(value, allowed[0]) && !text_equal_c(value, allowed[1]))
        return domain_refuse(v->d, ERR_FIELD_INVALID, cookie_of(id)->name, "this value is not known");
    if (value.length && !v->jar.choice.allows[cookie_of(id)->category])
        return err_make(ERR_CATEGORY_NOT_CHOSEN, "functional cookies are not allowed");
    visit_set_cookie(v, id, value, cookie_of(id)->days * DAY_S);
    return ok;
}

static struct err run_preferences(struct visit *v) {
    static const char *const languages[] = {"zh", "en"}, *const themes[] = {"light", "dark"};
    try(set_preference(v, COOKIE_LANG, languages));
    try(set_preference(v, COOKIE_THEME, themes));
    return done(v);
}

/* ---- deleting ---- */

static struct err end_session(struct visit *v) {
    bool is_there;
    try(visit_person(v, &is_there));
    v->answer->csrf = TEXT("");
    return is_there ? session_end(v->d, &v->session) : ok;
}

static struct err run_delete(struct visit *v) {
    struct text name;
    enum cookie_id id;
    try(visit_needed_text(v, "name", &name));
    if (!cookie_find(name, &id))
        return domain_refuse(v->d, ERR_FIELD_INVALID, "name", "this site sets no cookie of this name");
    if (id == COOKIE_SID)
        try(end_session(v));
    v->answer->cookie_count = 0;
    expire(v, id);
    return done(v);
}

static struct err run_clear(struct visit *v) {
    try(end_session(v));
    v->answer->cookie_count = 0;
    for (unsigned i = 0; i < COOKIE_COUNT; i++)
        expire(v, (enum cookie_id)i);
    v->answer->clear_site_data = "\"cache\", \"cookies\", \"storage\"";
    return done(v);
}

const struct route cookie_routes[] = {
    {"GET", "/cookies", run_cookies, NULL, ROUTE_OPEN},
    {"GET", "/cookies.json", run_cookies_json, NULL, ROUTE_OPEN},
    {"POST", "/cookies", run_choose, "choice|performance|marketing|functional", ROUTE_FORM},
    {"POST", "/cookies/preferences", run_preferences, "lang|theme", ROUTE_FORM},
    {"POST", "/cookies/delete", run_delete, "name", ROUTE_FORM},
    {"POST", "/cookies/clear", run_clear, NULL, ROUTE_FORM},
    {0},
};
