/* html_text.c: the words of an HTML page. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/html.h"

enum { ASKED_HTML, ASKED_LINKS };

static struct err html_text(struct call *c) {
    struct html_words w;
    if (!html_words_in(c->arena, ask_text(c, ASKED_HTML), ask_bool(c, ASKED_LINKS), &w))
        return call_invalid(c, ASKED_HTML, "嵌套过深：最多约 300 层", "it nests too deeply: about 300 levels at most");
    reply_object(c, NULL);
    reply_text(c, "title", w.title);
    reply_text(c, "text", w.text);
    reply_int(c, "chars", (int64_t)text_runes(w.text));
    reply_int(c, "links", (int64_t)w.links);
    reply_int(c, "images", (int64_t)w.images);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_html_text = {
    .path = "/api/html/text",
    .subject = "text",
    .title = {"HTML 转文本", "HTML to text"},
    .says = {"按浏览器的规则解析 HTML，去掉标签、脚本、样式，段落与列表分行，可在文字后附链接地址。",
             "Reads HTML as browsers do and leaves its words: no tags, scripts or styles; paragraphs and lists become lines; addresses of "
             "links behind their words if wanted."},
    .run = RUN_IN_WORKER(html_text),
    .asks = ASKS({"html", ASK_TEXT, REQUIRED, {"HTML", "The HTML"}, 1, 100000, .aliases = "text|content"},
                 {"links", ASK_BOOL, OPTIONAL, {"附上链接地址", "Put addresses behind links"}, .fallback = "0"}),
    .gives = GIVES({"title", GIVE_TEXT, {"标题", "The title"}}, {"text", GIVE_TEXT, {"文本", "The words"}},
                   {"chars", GIVE_INT, {"字符数", "Characters"}}, {"links", GIVE_INT, {"链接数", "Links"}},
                   {"images", GIVE_INT, {"图片数", "Pictures"}}),
    .shows = SHOWS({"html=<title>T</title><h1>你好</h1><p>A <b>bold</b> <a href=\"https://example.com\">link</a><ul><li>一<li>二</ul><script>x()</script>&links=1",
                    "{\"title\":\"T\",\"text\":\"你好\\n\\nA bold link (https://example.com)\\n\\n- 一\\n- 二\""
                    ",\"chars\":46,\"links\":1,\"images\":0}", SHOW_EXACT},
                   {"html=a%26nbsp;%26lt;b%26gt;<br>c", "{\"title\":\"\",\"text\":\"a <b>\\nc\",\"chars\":7,\"links\":0,\"images\":0}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "HTML Living Standard; gumbo 0.10 (Apache-2.0)",
};
