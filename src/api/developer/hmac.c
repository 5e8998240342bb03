/* hmac.c: a keyed digest of a text, and whether one that was sent is right. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/base64.h"
#include "codec/digest.h"

enum { ASKED_TEXT, ASKED_SECRET, ASKED_TYPE, ASKED_KEY_FORM, ASKED_SIGNATURE };

static bool same(const unsigned char *a, struct text b, size_t length) {
    unsigned char differ = b.length != length;
    for (size_t i = 0; i < length && i < b.length; i++) /* whatever fits, in the same time */
        differ |= (unsigned char)(a[i] ^ (unsigned char)b.bytes[i]);
    return !differ;
}

static bool read_key(struct call *c, struct text *out) {
    *out = ask_text(c, ASKED_SECRET);
    if (ask_is(c, ASKED_KEY_FORM, "hex"))
        return hex_decode_in(c->arena, *out, out);
    return !ask_is(c, ASKED_KEY_FORM, "base64") || base64_decode_in(c->arena, *out, out);
}

static struct err hmac(struct call *c) {
    struct text key, sent;
    struct digest d;
    if (!read_key(c, &key))
        return call_invalid(c, ASKED_SECRET, "secret 不符合 key_form 指定的写法", "secret is not of the form that key_form names");
    if (!digest_hmac(ask_text(c, ASKED_TYPE), key, ask_text(c, ASKED_TEXT), &d))
        return err_make(ERR_INTERNAL, "OpenSSL refused the digest");
    struct text raw = text_of((const char *)d.bytes, d.length), asked = ask_text(c, ASKED_SIGNATURE);
    reply_object(c, NULL);
    reply_text(c, "type", ask_text(c, ASKED_TYPE));
    reply_text(c, "hex", hex_encode_in(c->arena, raw));
    reply_text(c, "base64", base64_encode_in(c->arena, raw));
    if (!ask_has(c, ASKED_SIGNATURE))
        reply_null(c, "is_valid");
    else
        reply_bool(c, "is_valid", (hex_decode_in(c->arena, asked, &sent) && same(d.bytes, sent, d.length)) ||
                                  (base64_decode_in(c->arena, asked, &sent) && same(d.bytes, sent,
                                          d.length)));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_hmac = {
    .path = "/api/hmac",
    .subject = "developer",
    .title = {"HMAC 签名与验签", "HMAC: sign and verify"},
    .says = {"用密钥对文本做 HMAC 签名；传 signature 时同时验证（十六进制或 base64）。常用于核对回调签名。",
             "Signs a text with a key (HMAC); with signature, hexadecimal or base64, it is verified too. For checking the "
             "signatures of callbacks."},
    .run = hmac,
    .asks = ASKS({"text", ASK_TEXT, REQUIRED, {"文本", "The text"}, 1, 20000, .aliases = "content"},
                 {"secret", ASK_TEXT, REQUIRED, {"密钥", "The key"}, 1, 1000, .aliases = "key"},
                 {"type", ASK_CHOICE, OPTIONAL, {"摘要算法", "Digest"},
                  .choices = "sha256|md5|sha1|sha224|sha384|sha512|sha3_256|sha3_512|sm3", .fallback = "sha256",
                  .aliases = "algorithm|algo"},
                 {"key_form", ASK_CHOICE, OPTIONAL, {"密钥的写法", "How the key is written"}, .choices = "text|hex|base64",
                  .fallback = "text"},
                 {"signature", ASK_TEXT, OPTIONAL, {"要验证的签名", "A signature to verify"}, 1, 200, .aliases = "sign"}),
    .gives = GIVES({"type", GIVE_TEXT, {"摘要算法", "Digest"}}, {"hex", GIVE_TEXT, {"签名，十六进制", "The signature, hexadecimal"}},
                   {"base64", GIVE_TEXT, {"签名，base64", "The signature, base64"}},
                   {"is_valid", GIVE_BOOL, {"传来的签名是否正确；没传为 null", "Is the signature right; null if none was sent"}}),
    .shows = SHOWS({"text=what+do+ya+want+for+nothing%3F&secret=Jefe",
                    "{\"type\":\"sha256\",\"hex\":\"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec5"
                    "8b964ec3843\",\"base64\":\"W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=\",\"is_valid"
                    "\":null}", SHOW_EXACT},
                   {"text=abc&secret=6b6579&key_form=hex&type=sha1&signature=4fd0b215276ef12f2b3e4c8ecac2811498b656fc",
                    "{\"type\":\"sha1\",\"hex\":\"4fd0b215276ef12f2b3e4c8ecac2811498b656fc\",\"base64\":\""
                    "T9CyFSdu8S8rPkyOysKBFJi2Vvw=\",\"is_valid\":true}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .stands_on = "RFC 2104; OpenSSL 3.0 (Apache-2.0)",
};
