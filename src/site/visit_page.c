/* visit_page.c: see visit_page.h. */
#include "site/visit_page.h"
#include "site/consent_gate.h"
#include "base/clock.h"
#include "base/must.h"
#include "call/refusal.h"

enum { PAGE_BYTES_MAX = 2 << 20 };

void page_put(struct page *p, const char *name, struct text text) {
    must(p->count + 1 < PAGE_VALUES_MAX);
    p->values[p->count++] = (struct page_value){.name = name, .text = text};
}

void page_put_words(struct page *p, const char *name, const char *zh, const char *en) {
    page_put(p, name, text_c(p->v->is_english ? en : zh));
}

void page_put_cookieless(struct page *p) {
    if (p->v->request->cookie.length == 0)
        page_put_words(p, "no_cookies",
                       "您的浏览器没有发来 Cookie。登录需要一个 Cookie（会话）；阻止 Cookie 时，政策、状态、Cookie、反馈和"
                       "文档页面以及使用 token 的接口调用都照常可用。",
                       "Your browser sent no cookie. Logging in needs one cookie (the session). With cookies blocked "
                       "the policy, status, cookies, feedback and documentation pages work all the same, and so do "
                       "API calls by token.");
}

void page_put_items(struct page *p, const char *name, const struct page_value *const *items) {
    must(p->count + 1 < PAGE_VALUES_MAX);
    p->values[p->count++] = (struct page_value){.name = name, .items = items};
}

struct page page_begin(struct visit *v, struct text title) {
    struct page p = {.v = v};
    int64_t day = v->d->now_ms / 86400000;
    page_put(&p, "title", title);
    page_put_words(&p, "language", "zh-CN", "en");
    page_put(&p, "operator", v->site->operator_name);
    page_put(&p, "year", text_format_in(v->d->arena, "%d", date_from_day(day).year));
    page_put_words(&p, "word_policy", "隐私政策", "Privacy policy");
    page_put_words(&p, "word_status", "服务状态", "Status");
    page_put_words(&p, "word_docs", "文档", "Documentation");
    page_put_words(&p, "word_cookies", "Cookie", "Cookies");
    page_put_words(&p, "word_transparency", "透明度", "Transparency");
    page_put_words(&p, "word_feedback", "意见反馈", "Feedback");
    page_put_words(&p, "word_account", "我的账户", "My account");
    page_put_words(&p, "word_skip", "跳到正文", "Skip to the content");
    page_put_words(&p, "other_language", "en", "zh");
    page_put_words(&p, "word_other", "English", "中文");
    if (v->site->health && v->site->health->probes_failed)
        page_put_words(&p, "banner", "隐私政策中有承诺目前未通过检查，详见 /proofs",
                       "A promise of the privacy policy does not pass its check now; see /proofs");
    page_put(&p, "theme", v->theme);
    if (!v->jar.choice.is_made && !v->jar.choice.opts_out && !text_equal_c(v->request->path, "/cookies"))
        page_put_words(&p, "ask_cookies", "本站目前只使用必要的 Cookie。是否也允许记住语言与外观的功能类 Cookie？",
                       "Only necessary cookies are in use. Allow functional ones too, which keep your language and look?");
    page_put_words(&p, "word_all", "全部接受", "Accept all");
    page_put_words(&p, "word_necessary", "仅必要", "Only necessary");
    page_put_words(&p, "word_choose", "查看与选择", "See and choose");
    consent_gate_banner(&p);
    return p;
}

const struct page_value **page_rows_in(struct arena *a, size_t count) {
    return arena_alloc(a, (count + 1) * sizeof(struct page_value *));
}

const struct page_value *page_row_in(struct arena *a, const char *const *names, const struct text *texts,
                                     unsigned count) {
    struct page_value *row = arena_alloc(a, (count + 1) * sizeof *row);
    for (unsigned i = 0; i < count; i++)
        row[i] = (struct page_value){.name = names[i], .text = texts[i]};
    return row;
}

void page_put_fault(struct page *p, struct err e) {
    const char *field = p->v->d->detail.field;
    if (!e.kind)
        return;
    const struct refusal *r = refusal_of(e.kind);
    page_put_words(p, "fault", r->title.zh, r->title.en);
    page_put_words(p, "hint", r->hint.zh, r->hint.en);
    if (field)
        page_put(p, text_say_in(p->v->d->arena, "bad_%s", field), text_c(field));
    if (e.kind == ERR_CODE_WRONG && p->v->d->detail.tries_left >= 0)
        page_put(p, "tries_left",
                 text_format_in(p->v->d->arena, p->v->is_english ? "Tries left: %d." : "还可尝试 %d 次。",
                                (int)p->v->d->detail.tries_left));
}

struct err page_end_as(struct page *p, const char *template_name, struct err e) {
    p->v->answer->is_private = true;
    try(page_end(p, template_name));
    if (e.kind) {
        p->v->answer->status = refusal_of(e.kind)->status;
        p->v->answer->retry_after_s = p->v->d->detail.retry_after_s;
    }
    return ok;
}

struct err page_end(struct page *p, const char *template_name) {
    struct buf out;
    buf_init(&out, p->v->d->arena, PAGE_BYTES_MAX);
    page_render(&out, template_name, p->values);
    if (buf_is_over(&out))
        return err_make(ERR_INTERNAL, "a page is too large");
    p->v->answer->status = 200;
    p->v->answer->content_type = "text/html; charset=utf-8";
    p->v->answer->body = buf_peek(&out);
    return ok;
}
