/* markdown.c: Markdown to safe HTML, plain text or its tree. In the worker lane: a hostile text of
 * this length costs up to 35 ms (codec/markdown.h). */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/markdown.h"

enum { ASKED_TEXT, ASKED_FORMAT };

static const char deep_zh[] = "嵌套太深：最多 64 层；请减少嵌套的引用、列表或强调";
static const char deep_en[] = "it nests too deep: at most 64 levels; nest fewer quotes, lists or "
                              "emphases";

static struct err print(struct call *c, enum markdown_form form, struct text *out) {
    if (!markdown_print_in(c->arena, ask_text(c, ASKED_TEXT), form, out))
        return call_invalid(c, ASKED_TEXT, deep_zh, deep_en);
    return ok;
}

/* HTML goes out as text/plain: shown under our own name it would be a page that a stranger wrote.
 * */
static struct err answer_with_body(struct call *c) {
    bool is_xml = ask_is(c, ASKED_FORMAT, "xml"), is_html = ask_is(c, ASKED_FORMAT, "html");
    enum markdown_form form = is_xml ? MARKDOWN_XML : is_html ? MARKDOWN_HTML : MARKDOWN_TEXT;
    struct text body;
    try(print(c, form, &body));
    reply_body(c, is_xml ? "application/xml; charset=utf-8" : "text/plain; charset=utf-8", body);
    return ok;
}

static struct err markdown(struct call *c) {
    struct text html, plain;
    if (!ask_is(c, ASKED_FORMAT, "json"))
        return answer_with_body(c);
    try(print(c, MARKDOWN_HTML, &html));
    try(print(c, MARKDOWN_TEXT, &plain));
    reply_object(c, NULL);
    reply_text(c, "html", html);
    reply_text(c, "text", plain);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_markdown = {
    .path = "/api/markdown",
    .subject = "text",
    .title = {"Markdown 转 HTML", "Markdown to HTML"},
    .says = {"把 GitHub 风格的 Markdown（表格、删除线、任务列表、自动链接）转成 HTML 和纯文本。安全模式：原样的 HTML 标签和 "
             "javascript: 之类的链接会被去掉，结果可直接放进网页。format=html、text、xml 直接返回内容本身，xml 是语法树。",
             "Turns GitHub-flavoured Markdown (tables, strikethrough, task lists, autolinks) into "
             "HTML and plain text. "
             "In safe mode: raw HTML and links such as javascript: are left out, so the result "
             "can go into a page. "
             "format=html, text or xml gives the content alone; xml is the syntax tree."},
    .run = RUN_IN_WORKER(markdown),
    .asks = ASKS({"text", ASK_TEXT, REQUIRED, {"Markdown 文本", "The Markdown"}, 1, 20000,
                  .aliases = "content|markdown|md"},
                 {"format", ASK_CHOICE, OPTIONAL, {"回复形式", "Form of the answer"},
                  .choices = "json|html|text=txt|xml", .fallback = "json"}),
    .gives = GIVES({"html", GIVE_TEXT, {"安全的 HTML", "Safe HTML"}},
                   {"text", GIVE_TEXT, {"纯文本：标题、强调、链接的标记已去掉，列表和删除线的保留",
                    "Plain text: without the marks of headings, emphasis and links; those of "
                    "lists stay"}}),
    .shows = SHOWS({"text=%23+Hi%0A%0A**a**+%7E%7Eb%7E%7E",
                    "{\"html\":\"<h1>Hi</h1>\\n<p><strong>a</strong> "
                    "<del>b</del></p>\\n\",\"text\":\"Hi\\n\\na ~b~\\n\"}", SHOW_EXACT},
                   {"text=-+%5Bx%5D+%E5%AE%8C%E6%88%90",
                    "{\"html\":\"<ul>\\n<li><input type=\\\"checkbox\\\" checked=\\\"\\\" "
                    "disabled=\\\"\\\" /> 完成</li>\\n</ul>\\n\","
                    "\"text\":\"- [x] 完成\\n\"}", SHOW_EXACT},
                   {"text=%3Cb%3Ex%3C%2Fb%3E+%5Ba%5D%28javascript%3Aalert%281%29%29",
                    "{\"html\":\"<p><!-- raw HTML omitted -->x<!-- raw HTML omitted --> <a "
                    "href=\\\"\\\">a</a></p>\\n\",\"text\":\"x a\\n\"}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .stands_on = "cmark-gfm 0.29 (BSD-2-Clause); CommonMark 0.29, GitHub Flavored Markdown",
};
