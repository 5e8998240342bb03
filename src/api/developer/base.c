/* base.c: a text written in another alphabet, and back. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/base64.h"
#include "codec/base_n.h"
#include "codec/form.h"

enum { ASKED_TEXT, ASKED_TYPE, ASKED_ACTION };

typedef struct text encode_function(struct arena *a, struct text t);
typedef bool decode_function(struct arena *a, struct text t, struct text *out);

static struct text url_encode_in(struct arena *a, struct text t) {
    struct buf b;
    buf_init(&b, a, t.length * 3 + 1);
    form_encode(&b, t);
    return buf_peek(&b);
}

static bool url_decode_in(struct arena *a, struct text t, struct text *out) { return form_decode_in(a, t,
        out).kind == ERR_NONE; }

static struct text base64url_encode_in(struct arena *a, struct text t) {
    struct text out = text_copy_in(a, base64_encode_in(a, t));
    char *bytes = (char *)out.bytes;
    while (out.length && bytes[out.length - 1] == '=')
        out.length--;
    for (size_t i = 0; i < out.length; i++)
        bytes[i] = bytes[i] == '+' ? '-' : bytes[i] == '/' ? '_' : bytes[i];
    return out;
}

static bool html_decode_in(struct arena *a, struct text t, struct text *out) {
    *out = html_unescape_in(a, t);
    return true;
}

static struct text binary_encode_in(struct arena *a, struct text t) {
    struct buf b;
    buf_init(&b, a, t.length * 9 + 1);
    for (size_t i = 0; i < t.length; i++) {
        if (i)
            buf_char(&b, ' ');
        for (int bit = 7; bit >= 0; bit--)
            buf_char(&b, t.bytes[i] >> bit & 1 ? '1' : '0');
    }
    return buf_peek(&b);
}

static bool binary_decode_in(struct arena *a, struct text t, struct text *out) {
    struct buf b;
    unsigned bits = 0, have = 0;
    buf_init(&b, a, t.length + 1);
    for (size_t i = 0; i < t.length; i++) {
        if (t.bytes[i] == ' ' || t.bytes[i] == '\n')
            continue;
        if (t.bytes[i] != '0' && t.bytes[i] != '1')
            return false;
        bits = bits << 1 | (unsigned)(t.bytes[i] - '0');
        if (++have % 8 == 0)
            buf_char(&b, (char)bits);
    }
    *out = buf_peek(&b);
    return have % 8 == 0;
}

static struct text rot13_in(struct arena *a, struct text t) {
    struct text out = text_copy_in(a, t);
    for (size_t i = 0; i < out.length; i++) {
        char x = out.bytes[i], first = x >= 'a' && x <= 'z' ? 'a' : 'A';
        if ((x >= 'a' && x <= 'z') || (x >= 'A' && x <= 'Z'))
            ((char *)out.bytes)[i] = (char)(first + (x - first + 13) % 26);
    }
    return out;
}

static bool rot13_decode_in(struct arena *a, struct text t, struct text *out) {
    *out = rot13_in(a, t);
    return true;
}

static const struct kind {
    const char *name;
    encode_function *encode;
    decode_function *decode;
    size_t most; /* bytes */
} kinds[] = {
    {"base64", base64_encode_in, base64_decode_in, 40000}, {"base64url", base64url_encode_in, base64_decode_in, 40000},
    {"base16", hex_encode_in, hex_decode_in, 40000}, {"base32", base32_encode_in, base32_decode_in, 40000},
    {"base58", base58_encode_in, base58_decode_in, 500}, {"base85", ascii85_encode_in, ascii85_decode_in, 40000},
    {"url", url_encode_in, url_decode_in, 40000}, {"html", html_escape_in, html_decode_in, 40000},
    {"unicode", unicode_escape_in, unicode_unescape_in, 40000}, {"binary", binary_encode_in, binary_decode_in, 40000},
    {"rot13", rot13_in, rot13_decode_in, 40000},
};

static struct err base(struct call *c) {
    const struct kind *kind = kinds;
    struct text t = ask_text(c, ASKED_TEXT), out;
    bool decode = ask_is(c, ASKED_ACTION, "decode");
    while (!ask_is(c, ASKED_TYPE, kind->name)) /* the choices are these */
        kind++;
    if (t.length > kind->most)
        return call_invalid(c, ASKED_TEXT, "文本太长：base58 最多 500 字节，其它 40000 字节",
                            "the text is too long: at most 500 bytes for base58 and 40000 for the others");
    if (!decode)
        out = kind->encode(c->arena, t);
    else if (!kind->decode(c->arena, text_trim(t), &out))
        return call_invalid(c, ASKED_TEXT, "text 不是这种编码，请核对 type", "text is not written in this encoding; check type");
    if (decode && (!text_is_utf8(out) || text_has_nul(out)))
        return call_invalid(c, ASKED_TEXT, "解码得到的不是文本（UTF-8），无法放进 JSON",
                            "what it decodes to is no text (UTF-8) and does not fit into JSON");
    reply_object(c, NULL);
    reply_text(c, "type", ask_text(c, ASKED_TYPE));
    reply_text(c, "action", ask_text(c, ASKED_ACTION));
    reply_text(c, "result", out);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_base = {
    .path = "/api/base",
    .subject = "developer",
    .title = {"编码转换", "Encode and decode"},
    .says = {"文本与 Base64、Base64URL、Base32、Base16、Base58、Base85（Ascii85）、URL 转义、HTML 实体、\\u 转义、二进制、ROT13 互转。",
             "A text to and from Base64, Base64URL, Base32, Base16, Base58, Base85 (Ascii85), URL escapes, HTML entities, \\u "
             "escapes, binary and ROT13."},
    .run = RUN_IN_WORKER(base),
    .asks = ASKS({"text", ASK_TEXT, REQUIRED, {"文本", "The text"}, 1, 10000, .aliases = "content"},
                 {"type", ASK_CHOICE, OPTIONAL, {"编码", "Encoding"},
                  .choices = "base64|base64url|base16=hex|base32|base58|base85=ascii85|url|html|unicode|binary|rot13",
                  .fallback = "base64"},
                 {"action", ASK_CHOICE, OPTIONAL, {"编码或解码", "Encode or decode"}, .choices = "encode|decode", .fallback = "encode",
                  .aliases = "mode"}),
    .gives = GIVES({"type", GIVE_TEXT, {"编码", "Encoding"}}, {"action", GIVE_TEXT, {"编码或解码", "Encode or decode"}},
                   {"result", GIVE_TEXT, {"结果", "The result"}}),
    .shows = SHOWS({"text=Hello World!&type=base58", "{\"type\":\"base58\",\"action\":\"encode\",\"result\":\"2NEpo7TZRRrLZSi2U\"}", SHOW_EXACT}, {"text=\\u4f60\\u597d&type=unicode&action=decode", "{\"type\":\"unicode\",\"action\":\"decode\",\"result\":\"你好\"}", SHOW_EXACT},
                   {"text=<b>&type=html", "{\"type\":\"html\",\"action\":\"encode\",\"result\":\"&lt;b&gt;\"}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "RFC 4648, RFC 3986, WHATWG HTML; our own computation",
};
