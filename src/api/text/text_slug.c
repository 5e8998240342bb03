/* text_slug.c: any text as a piece of an address. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/unicode_text.h"

enum { ASKED_TEXT, ASKED_SEPARATOR, ASKED_MAX };

static struct text slug_in(struct arena *a, struct text latin, char separator, size_t most) {
    struct buf b;
    buf_init(&b, a, latin.length + 1);
    for (size_t i = 0; i < latin.length; i++) {
        char x = latin.bytes[i];
        bool is_letter = (x >= 'a' && x <= 'z') || (x >= '0' && x <= '9');
        if (is_letter)
            buf_char(&b, x);
        else if (x != '\'' && b.length && b.bytes[b.length - 1] != separator)
            buf_char(&b, separator);
    }
    struct text out = text_part(buf_peek(&b), 0, most);
    while (out.length && out.bytes[out.length - 1] == separator)
        out.length--;
    return out;
}

static struct err text_slug(struct call *c) {
    struct text latin = unicode_transform_in(c->arena, ask_text(c, ASKED_TEXT), "Any-Latin; Latin-ASCII; Lower");
    struct text slug = slug_in(c->arena, latin, ask_is(c, ASKED_SEPARATOR, "_") ? '_' : '-', (size_t)ask_int(c, ASKED_MAX));
    if (slug.length == 0)
        return call_invalid(c, ASKED_TEXT, "text 里没有字母、数字或可转写的文字", "text holds no letter, digit or script that can be written in Latin");
    reply_object(c, NULL);
    reply_text(c, "slug", slug);
    reply_text(c, "latin", latin);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_text_slug = {
    .path = "/api/text/slug",
    .subject = "text",
    .title = {"URL Slug 生成", "Slug of a text"},
    .says = {"把任意文字的标题转写成小写拉丁字母、数字和连字符，适合放进网址；中文按拼音（不分多音字，要准确请用 /api/pinyin）。",
             "Writes a title of any script in small Latin letters, digits and hyphens, fit for an address. Chinese becomes pinyin "
             "without choosing between readings; /api/pinyin does."},
    .run = RUN_IN_WORKER(text_slug),
    .asks = ASKS({"text", ASK_TEXT, REQUIRED, {"标题", "The title"}, 1, 500, .aliases = "content|title"},
                 {"separator", ASK_CHOICE, OPTIONAL, {"分隔符", "Separator"}, .choices = "-|_", .fallback = "-"},
                 {"max", ASK_INT, OPTIONAL, {"最多几个字符", "Length at most"}, 1, 500, .fallback = "100"}),
    .gives = GIVES({"slug", GIVE_TEXT, {"结果", "The slug"}}, {"latin", GIVE_TEXT, {"转写成拉丁字母的全文", "The whole in Latin letters"}}),
    .shows = SHOWS({"text=你好，世界 2024", "{\"slug\":\"ni-hao-shi-jie-2024\",\"latin\":\"ni hao, shi jie 2024\"}", SHOW_EXACT}, {"text=Crème Brûlée %26 Straße", "{\"slug\":\"creme-brulee-strasse\",\"latin\":\"creme brulee & strasse\"}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "CLDR transforms; ICU 72 (Unicode-3.0)",
};
