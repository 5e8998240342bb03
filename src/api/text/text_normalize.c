/* text_normalize.c: one form for texts that look the same. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/unicode_text.h"

enum { ASKED_TEXT, ASKED_FORM, ASKED_TRIM };

static struct text changed_in(struct arena *a, struct text t, struct text form) {
    static const struct { const char *name; enum unicode_form form; } forms[] = {
        {"nfc", UNICODE_NFC}, {"nfd", UNICODE_NFD}, {"nfkc", UNICODE_NFKC}, {"nfkd", UNICODE_NFKD}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (text_equal_c(form, forms[i].name))
            return unicode_normalize_in(a, t, forms[i].form);
    return unicode_transform_in(a, t, text_equal_c(form, "half") ? "Fullwidth-Halfwidth" : "Halfwidth-Fullwidth");
}

/* Runs of blanks become one; lines stay. */
static struct text squeezed_in(struct arena *a, struct text t) {
    struct buf b;
    bool was_blank = true;
    buf_init(&b, a, t.length + 1);
    for (size_t i = 0; i < t.length; i++) {
        bool blank = t.bytes[i] == ' ' || t.bytes[i] == '\t';
        if (!blank || !was_blank)
            buf_char(&b, t.bytes[i] == '\t' ? ' ' : t.bytes[i]);
        was_blank = blank;
    }
    return text_trim(buf_peek(&b));
}

static struct err text_normalize(struct call *c) {
    struct text t = ask_text(c, ASKED_TEXT), out = changed_in(c->arena, t, ask_text(c, ASKED_FORM));
    if (ask_bool(c, ASKED_TRIM))
        out = squeezed_in(c->arena, out);
    reply_object(c, NULL);
    reply_text(c, "text", out);
    reply_bool(c, "is_changed", !text_equal(t, out));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_text_normalize = {
    .path = "/api/text/normalize",
    .subject = "text",
    .title = {"文本规范化", "Normalize a text"},
    .says = {"把看起来相同的文本变成同一种写法：Unicode 规范化（NFC、NFD、NFKC、NFKD），全角转半角（half），半角转全角（full）；"
             "trim=1 再合并连续空格。",
             "Gives texts that look the same one form: Unicode normal forms (NFC, NFD, NFKC, NFKD), full-width to half-width "
             "(half) or back (full); trim=1 also joins runs of blanks."},
    .run = RUN_IN_WORKER(text_normalize),
    .asks = ASKS({"text", ASK_TEXT, REQUIRED, {"文本", "The text"}, 1, 20000, .aliases = "content"},
                 {"form", ASK_CHOICE, OPTIONAL, {"形式", "Form"}, .choices = "nfc=NFC|nfd=NFD|nfkc=NFKC|nfkd=NFKD|half|full",
                  .fallback = "nfkc"},
                 {"trim", ASK_BOOL, OPTIONAL, {"合并空格", "Join blanks"}, .fallback = "0"}),
    .gives = GIVES({"text", GIVE_TEXT, {"结果", "The result"}}, {"is_changed", GIVE_BOOL, {"是否有变化", "Has it changed"}}),
    .shows = SHOWS({"text=ＡＢＣ１２３，①㎏", "{\"text\":\"ABC123,1kg\",\"is_changed\":true}", SHOW_EXACT}, {"text=Hello, 世界&form=full", "{\"text\":\"Ｈｅｌｌｏ，　世界\",\"is_changed\":true}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "UAX #15, CLDR transforms; ICU 72 (Unicode-3.0)",
};
