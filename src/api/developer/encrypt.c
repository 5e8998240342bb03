/* encrypt.c: digests, keyed digests, encodings and sealing of a text.
 *
 * A type is one row of the table `kinds`: which function does it, and whether it needs the secret.
 * What decoding gives must be text again, because the answer is JSON.
 * Cost: 10,000 characters (40,000 bytes at most) are 0.2 ms at worst.
 */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/base64.h"
#include "codec/cipher.h"
#include "codec/crc32.h"
#include "codec/digest.h"
#include "codec/form.h"

#include "base/must.h"

enum { ASKED_CONTENT, ASKED_TYPE, ASKED_SECRET };

typedef struct err kind_function(struct call *c, struct text *out);

static struct err digest(struct call *c, struct text *out) {
    struct digest d;
    if (!digest_of(ask_text(c, ASKED_TYPE), ask_text(c, ASKED_CONTENT), &d))
        return err_make(ERR_INTERNAL, "OpenSSL refused the digest");
    *out = digest_hex_in(c->arena, &d);
    return ok;
}

static struct err hmac(struct call *c, struct text *out) {
    struct digest d;
    struct text name = text_from(ask_text(c, ASKED_TYPE), sizeof "hmac_" - 1);
    if (!digest_hmac(name, ask_text(c, ASKED_SECRET), ask_text(c, ASKED_CONTENT), &d))
        return err_make(ERR_INTERNAL, "OpenSSL refused the digest");
    *out = digest_hex_in(c->arena, &d);
    return ok;
}

static struct err crc32(struct call *c, struct text *out) {
    *out = text_format_in(c->arena, "%08x", (unsigned)crc32_of(ask_text(c, ASKED_CONTENT)));
    return ok;
}

static struct err base64_encode(struct call *c, struct text *out) {
    *out = base64_encode_in(c->arena, ask_text(c, ASKED_CONTENT));
    return ok;
}

static struct err hex_encode(struct call *c, struct text *out) {
    *out = hex_encode_in(c->arena, ask_text(c, ASKED_CONTENT));
    return ok;
}

static struct err url_encode(struct call *c, struct text *out) {
    struct text content = ask_text(c, ASKED_CONTENT);
    struct buf b;
    buf_init(&b, c->arena, content.length * 3 + 1);
    form_encode(&b, content);
    *out = buf_peek(&b);
    return ok;
}

static struct err must_be_text(struct call *c, struct text bytes) {
    if (text_is_utf8(bytes) && !text_has_nul(bytes))
        return ok;
    return call_invalid(c, ASKED_CONTENT, "解码得到的不是 UTF-8 文本，无法放进 JSON；二进制内容请在本地解码",
                        "what it decodes to is not UTF-8 text and does not fit into JSON; decode "
                        "binary "
                        "content on your side");
}

static struct err base64_decode(struct call *c, struct text *out) {
    if (!base64_decode_in(c->arena, ask_text(c, ASKED_CONTENT), out))
        return call_invalid(c, ASKED_CONTENT, "content 不是 base64：只能有 A-Z a-z 0-9 + / - _，末尾用 = 补齐",
                            "content is not base64: it may hold A-Z a-z 0-9 + / - _ and = at its "
                            "end");
    return must_be_text(c, *out);
}

static struct err hex_decode(struct call *c, struct text *out) {
    if (!hex_decode_in(c->arena, text_trim(ask_text(c, ASKED_CONTENT)), out))
        return call_invalid(c, ASKED_CONTENT, "content 不是十六进制：只能有 0-9 a-f，且个数为偶数",
                            "content is not hexadecimal: it may hold 0-9 a-f, an even number of "
                            "them");
    return must_be_text(c, *out);
}

static struct err url_decode(struct call *c, struct text *out) {
    struct err e = form_decode_in(c->arena, ask_text(c, ASKED_CONTENT), out);
    if (e.kind)
        return call_invalid(c, ASKED_CONTENT, "content 里有残缺的转义：% 后面要有两位十六进制数字，如 %E4",
                            "content has a broken escape: two hexadecimal digits follow a %, such "
                            "as %E4");
    return must_be_text(c, *out);
}

static struct err aes_encrypt(struct call *c, struct text *out) {
    unsigned char nonce[CIPHER_NONCE_BYTES];
    random_bytes(c->random, nonce, sizeof nonce);
    *out = base64_encode_in(
        c->arena,
        cipher_seal_in(c->arena, ask_text(c, ASKED_SECRET), nonce, ask_text(c, ASKED_CONTENT)));
    return ok;
}

static struct err aes_decrypt(struct call *c, struct text *out) {
    struct text sealed;
    if (!base64_decode_in(c->arena, ask_text(c, ASKED_CONTENT), &sealed) ||
        !cipher_open_in(c->arena, ask_text(c, ASKED_SECRET), sealed, out))
        return call_invalid(c, ASKED_CONTENT, "解不开：请原样传 aes_encrypt 的结果，并用加密时的 secret",
                            "it does not open: send the result of aes_encrypt unchanged, with the "
                            "secret that "
                            "sealed it");
    return must_be_text(c, *out);
}

static const struct kind {
    const char *name;
    kind_function *run;
    bool needs_secret;
} kinds[] = {
    {"md5", digest, false}, {"sha1", digest, false}, {"sha224", digest, false},
    {"sha256", digest, false}, {"sha384", digest, false}, {"sha512", digest, false},
    {"sm3", digest, false}, {"hmac_md5", hmac, true}, {"hmac_sha1", hmac, true},
    {"hmac_sha224", hmac, true}, {"hmac_sha256", hmac, true}, {"hmac_sha384", hmac, true},
    {"hmac_sha512", hmac, true}, {"hmac_sm3", hmac, true}, {"crc32", crc32, false},
    {"base64_encode", base64_encode, false}, {"base64_decode", base64_decode, false},
    {"url_encode", url_encode, false}, {"url_decode", url_decode, false},
    {"hex_encode", hex_encode, false}, {"hex_decode", hex_decode, false},
    {"aes_encrypt", aes_encrypt, true}, {"aes_decrypt", aes_decrypt, true},
};

static const struct kind *kind_of(struct text name) {
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (text_equal_c(name, kinds[i].name))
            return &kinds[i];
    return NULL;
}

#define CHOICES                                                                                    \
    "md5|sha1|sha224|sha256|sha384|sha512|sm3|"                                                    \
    "hmac_md5=hmac-md5|hmac_sha1=hmac-sha1|hmac_sha224=hmac-sha224|hmac_sha256=hmac-sha256|"       \
    "hmac_sha384=hmac-sha384|hmac_sha512=hmac-sha512|hmac_sm3=hmac-sm3|crc32|"                     \
    "base64_encode=base64|base64_decode|url_encode=url=urlencode|url_decode=urldecode|"            \
    "hex_encode=hex|hex_decode|aes_encrypt=aes|aes_decrypt"

static struct err encrypt(struct call *c) {
    const struct kind *kind = kind_of(ask_text(c, ASKED_TYPE));
    struct text encrypted = TEXT("");
    must(kind != NULL); /* CHOICES has no other */
    if (kind->needs_secret && !ask_has(c, ASKED_SECRET)) {
        c->parameter = TEXT("secret");
        return call_failed(c, ERR_PARAMETER_MISSING, "这种 type 需要密钥：请传 secret",
                           "this type works with a key: send secret");
    }
    try(kind->run(c, &encrypted));
    reply_object(c, NULL);
    reply_text(c, "type", ask_text(c, ASKED_TYPE));
    reply_text(c, "content", ask_text(c, ASKED_CONTENT));
    reply_text(c, "encrypt", encrypted);
    reply_text(c, "secret", ask_text(c, ASKED_SECRET));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_encrypt = {
    .path = "/api/encrypt",
    .subject = "developer",
    .title = {"内容加解密", "Digest, encode and encrypt"},
    .says = {"对文本做摘要（MD5、SHA、国密 SM3）、带密钥的摘要（HMAC）、CRC-32、base64 / URL / 十六进制编码与解码，"
             "以及 AES-256-GCM 加密与解密。AES 的密钥是 secret 的 SHA-256，结果是 base64(12 字节随机数 + 密文 + "
             "16 字节校验)；secret 不做拉伸，请用足够长的随机串。",
             "Digests of a text (MD5, SHA, SM3), keyed digests (HMAC), CRC-32, base64, URL and "
             "hexadecimal "
             "encoding and decoding, and AES-256-GCM. The AES key is the SHA-256 of secret, the "
             "result "
             "base64(12 bytes of nonce, ciphertext, 16 bytes of tag); the secret is not "
             "stretched, so take a long "
             "random one."},
    .run = encrypt,
    .asks = ASKS({"content", ASK_TEXT, REQUIRED, {"要处理的文本", "The text"}, 1, 10000,
                  .aliases = "text"},
                 {"type", ASK_CHOICE, OPTIONAL, {"做什么", "What to do"}, .choices = CHOICES,
                  .fallback = "md5"},
                 {"secret", ASK_TEXT, OPTIONAL,
                  {"密钥：hmac_… 和 aes_… 必传，其它不用", "The key: needed by hmac_… and aes_…, else unused"},
                  1, 256, .aliases = "key"}),
    .gives = GIVES({"type", GIVE_TEXT, {"做了什么", "What was done"}},
                   {"content", GIVE_TEXT, {"传入的文本", "The text that was sent"}},
                   {"encrypt", GIVE_TEXT,
                    {"结果；摘要为小写十六进制", "The result; digests in small hexadecimal"}},
                   {"secret", GIVE_TEXT, {"传入的密钥，没有则为空", "The key that was sent, or empty"}}),
    .shows = SHOWS(
        {"content=abc&type=md5",
         "{\"type\":\"md5\",\"content\":\"abc\",\"encrypt\":\"900150983cd24fb0d6963f7d28e17f72\","
         "\"secret\":\"\"}",
         SHOW_EXACT},
        {"content=abc&type=sm3",
         "{\"type\":\"sm3\",\"content\":\"abc\",\"encrypt\":"
         "\"66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0\",\"secret\":\"\"}",
         SHOW_EXACT},
        {"content=what+do+ya+want+for+nothing%3F&type=hmac_sha256&secret=Jefe",
         "{\"type\":\"hmac_sha256\",\"content\":\"what do ya want for nothing?\",\"encrypt\":"
         "\"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843\","
         "\"secret\":\"Jefe\"}",
         SHOW_EXACT},
        {"content=123456789&type=crc32",
         "{\"type\":\"crc32\",\"content\":\"123456789\",\"encrypt\":\"cbf43926\",\"secret\":\"\"}",
         SHOW_EXACT},
        {"content=%E4%BD%A0%E5%A5%BD&type=base64_encode",
         "{\"type\":\"base64_encode\",\"content\":\"你好\",\"encrypt\":\"5L2g5aW9\",\"secret\":\"\"}",
         SHOW_EXACT},
        {"content=5L2g5aW9&type=base64_decode",
         "{\"type\":\"base64_decode\",\"content\":\"5L2g5aW9\",\"encrypt\":\"你好\",\"secret\":\"\"}",
         SHOW_EXACT},
        {"content=AAECAwQFBgcICQoLwbPI5wZZSPZLYAZb2%2B2BvaCd4W1H&type=aes_decrypt&secret=secret",
         "{\"type\":\"aes_decrypt\",\"content\":\"AAECAwQFBgcICQoLwbPI5wZZSPZLYAZb2+2BvaCd4W1H\","
         "\"encrypt\":\"hello\","
         "\"secret\":\"secret\"}",
         SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .stands_on = "RFC 1321, FIPS 180-4, GB/T 32905-2016, RFC 2104, RFC 4648, NIST SP 800-38D; "
                 "OpenSSL 3.0 "
                 "(Apache-2.0)",
};
