/* html_sanitize.c: HTML that does no harm where it is shown. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/html.h"

enum { ASKED_HTML, ASKED_IMAGES };

static struct err html_sanitize(struct call *c) {
    struct html_safe s;
    if (!html_safe_in(c->arena, ask_text(c, ASKED_HTML), ask_bool(c, ASKED_IMAGES), &s))
        return call_invalid(c, ASKED_HTML, "嵌套过深：最多约 300 层", "it nests too deeply: about 300 levels at most");
    reply_object(c, NULL);
    reply_text(c, "html", s.html);
    reply_bool(c, "is_changed", s.removed_elements + s.removed_attributes > 0);
    reply_int(c, "removed_elements", (int64_t)s.removed_elements);
    reply_int(c, "removed_attributes", (int64_t)s.removed_attributes);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_html_sanitize = {
    .path = "/api/html/sanitize",
    .subject = "text",
    .title = {"HTML 净化", "Harmless HTML"},
    .says = {"按白名单过滤 HTML：只留排版元素，链接只留 http、https、mailto，去掉脚本、样式、事件、表单、框架、SVG。链接都加 rel=nofollow noopener noreferrer。"
             "结果用于正文位置；放进属性或脚本里仍不安全。",
             "Filters HTML by a list of what may stay: elements for text, links to http, https and mailto; no scripts, styles, events, forms, "
             "frames, SVG. Links get rel=nofollow noopener noreferrer. The result is for the body of a page, not for attributes or scripts."},
    .run = RUN_IN_WORKER(html_sanitize),
    .asks = ASKS({"html", ASK_TEXT, REQUIRED, {"HTML", "The HTML"}, 1, 100000, .aliases = "text|content"},
                 {"images", ASK_BOOL, OPTIONAL, {"保留图片", "Keep pictures"}, .fallback = "1"}),
    .gives = GIVES({"html", GIVE_TEXT, {"净化后的 HTML", "The harmless HTML"}}, {"is_changed", GIVE_BOOL, {"是否去掉了东西", "Was anything taken out"}},
                   {"removed_elements", GIVE_INT, {"去掉的元素数", "Elements taken out"}},
                   {"removed_attributes", GIVE_INT, {"去掉的属性数", "Attributes taken out"}}),
    .shows = SHOWS({"html=<p onclick=\"x()\">Hi <a href=\"javascript:alert(1)\">a</a> <a href=\"https://example.com\">b</a><script>alert(1)</script>",
                    "{\"html\":\"<p>Hi <a rel=\\\"nofollow noopener noreferrer\\\">a</a> <a href=\\\"http"
                    "s://example.com\\\" rel=\\\"nofollow noopener noreferrer\\\">b</a></p>\",\"is_change"
                    "d\":true,\"removed_elements\":1,\"removed_attributes\":2}", SHOW_EXACT},
                   {"html=<b>粗<i>斜</b>体",
                    "{\"html\":\"<b>粗<i>斜</i></b><i>体</i>\",\"is_changed\":false,\"removed_elements\":0,\""
                    "removed_attributes\":0}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "HTML Living Standard; gumbo 0.10 (Apache-2.0)",
};
