/* zh_convert.c: between simplified, traditional, Taiwan, Hong Kong and Japanese forms. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/chinese.h"

enum { ASKED_TEXT, ASKED_TYPE };

static struct err zh_convert(struct call *c) {
    struct text converted;
    struct err e = chinese_convert_in(c->arena, ask_text(c, ASKED_TYPE), ask_text(c, ASKED_TEXT),
                                      &converted);
    if (e.kind == ERR_SOURCE_UNAVAILABLE)
        return call_failed(c, e.kind, "服务器缺少 OpenCC 词典；请运营者安装 libopencc-data", e.say);
    try(e);
    reply_object(c, NULL);
    reply_text(c, "type", ask_text(c, ASKED_TYPE));
    reply_text(c, "text", ask_text(c, ASKED_TEXT));
    reply_text(c, "result", converted);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_zh_convert = {
    .path = "/api/zh/convert",
    .subject = "language",
    .title = {"简繁转换", "Convert Chinese scripts"},
    .says = {"在简体、繁体（OpenCC 标准）、台湾正体、香港繁体和日文新字体之间转换，按词而不是按字。type 由来源、2、目标组成："
             "s 简体，t 繁体，tw 台湾，hk 香港，jp 日文；末尾的 p 表示连地区用词也换，如鼠标与滑鼠。",
             "Converts between simplified, traditional (OpenCC's standard), Taiwan, Hong Kong and "
             "Japanese forms, by "
             "words and not by characters. type is source, 2, target: s simplified, t "
             "traditional, tw Taiwan, hk Hong "
             "Kong, jp Japanese; a p at the end changes regional words, too."},
    .run = zh_convert,
    .asks = ASKS({"text", ASK_TEXT, REQUIRED, {"要转换的文本", "The text"}, 1, 2000,
                  .aliases = "content|word"},
                 {"type", ASK_CHOICE, OPTIONAL, {"从什么到什么", "From what to what"},
                  .choices = "s2t|t2s|s2tw|tw2s|s2hk|hk2s|s2twp|tw2sp|t2tw|tw2t|t2hk|hk2t|t2jp|jp2t",
                  .aliases = "config", .fallback = "s2t"}),
    .gives = GIVES({"type", GIVE_TEXT, {"从什么到什么", "From what to what"}},
                   {"text", GIVE_TEXT, {"传入的文本", "The text that was sent"}},
                   {"result", GIVE_TEXT, {"转换后的文本", "The converted text"}}),
    .shows = SHOWS({"text=%E7%90%86%E5%8F%91%E4%B8%8E%E5%8F%91%E5%B1%95",
                    "{\"type\":\"s2t\",\"text\":\"理发与发展\",\"result\":\"理髮與發展\"}", SHOW_EXACT},
                   {"text=%E9%BC%A0%E6%A0%87%E5%92%8C%E8%BD%AF%E4%BB%B6&type=s2twp",
                    "{\"type\":\"s2twp\",\"text\":\"鼠标和软件\",\"result\":\"滑鼠和軟體\"}", SHOW_EXACT},
                   {"text=%E6%BB%91%E9%BC%A0%E5%92%8C%E8%BB%9F%E9%AB%94&type=tw2sp",
                    "{\"type\":\"tw2sp\",\"text\":\"滑鼠和軟體\",\"result\":\"鼠标和软件\"}", SHOW_EXACT},
                   {"text=%E8%A3%8F%E9%9D%A2&type=t2hk",
                    "{\"type\":\"t2hk\",\"text\":\"裏面\",\"result\":\"裏面\"}", SHOW_EXACT},
                   {"text=%E6%AA%A2%E9%A9%97&type=t2jp",
                    "{\"type\":\"t2jp\",\"text\":\"檢驗\",\"result\":\"検験\"}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .stands_on = "OpenCC 1.1.6 (Apache-2.0)",
};
