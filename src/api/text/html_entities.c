/* html_entities.c: characters to HTML's references and back. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/base_n.h"
#include "codec/html.h"

enum { ASKED_TEXT, ASKED_MODE };

static struct err html_entities(struct call *c) {
    struct text t = ask_text(c, ASKED_TEXT);
    struct text result = ask_is(c, ASKED_MODE, "decode")  ? html_references_in(c->arena, t)
                         : ask_is(c, ASKED_MODE, "ascii") ? html_escape_ascii_in(c->arena, t)
                                                          : html_escape_in(c->arena, t);
    reply_object(c, NULL);
    reply_text(c, "result", result);
    reply_int(c, "chars", (int64_t)text_runes(result));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_html_entities = {
    .path = "/api/html/entities",
    .subject = "text",
    .title = {"HTML 实体编解码", "HTML character references"},
    .says = {"encode 转义 & < > \" '；ascii 再把非 ASCII 字符写成 &#x…;；decode 还原标准中全部 2231 个命名实体和数字实体。",
             "encode escapes & < > \" '; ascii writes all that is not ASCII as &#x…; too; decode reads the 2231 names of the standard and "
             "numbers."},
    .run = RUN_IN_WORKER(html_entities),
    .asks = ASKS({"text", ASK_TEXT, REQUIRED, {"文本", "The text"}, 1, 20000, .aliases = "html|content"},
                 {"mode", ASK_CHOICE, OPTIONAL, {"方式", "Which way"}, .choices = "encode|ascii|decode", .fallback = "encode", .aliases = "type"}),
    .gives = GIVES({"result", GIVE_TEXT, {"结果", "The result"}}, {"chars", GIVE_INT, {"字符数", "Characters"}}),
    .shows = SHOWS({"text=<a href=\"x\">中 %26 ©</a>", "{\"result\":\"&lt;a href=&quot;x&quot;&gt;中 &amp; ©&lt;/a&gt;\",\"chars\":47}", SHOW_EXACT},
                   {"text=%26lt;b%26gt; %26hellip; %26%23x4e2d;%26copy %26unknown;&mode=decode", "{\"result\":\"<b> … 中© &unknown;\",\"chars\":18}", SHOW_EXACT},
                   {"text=中©&mode=ascii", "{\"result\":\"&#x4E2D;&#xA9;\",\"chars\":14}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "HTML Living Standard, 13.5; gumbo 0.10 (Apache-2.0)",
};
