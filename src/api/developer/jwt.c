/* jwt.c: a JSON Web Token read, and verified where a key is sent. */
#include "api/json_ask.h"
#include "call/ask.h"
#include "call/reply.h"
#include "codec/base64.h"
#include "codec/digest.h"

enum { ASKED_TOKEN, ASKED_SECRET };

static struct err refuse(struct call *c) {
    return call_invalid(c, ASKED_TOKEN, "jwt 应为 base64url 的三段，用点隔开：头.载荷.签名", "a JWT is three pieces of base64url parted by dots: header.payload.signature");
}

static bool read_part(struct call *c, struct text piece, json_t **out) {
    struct text bytes;
    return base64_decode_in(c->arena, piece, &bytes) && text_is_utf8(bytes) && !json_parse(c->arena,
            bytes, out).kind &&
           json_is_object(*out);
}

/* HS256 → sha256; NULL for signatures with a public key. */
static const char *digest_name(struct text algorithm) {
    return text_equal_c(algorithm, "HS256")   ? "sha256"
           : text_equal_c(algorithm, "HS384") ? "sha384"
           : text_equal_c(algorithm, "HS512") ? "sha512"
                                              : NULL;
}

static bool is_signed(struct call *c, const char *digest, struct text signed_part, struct text signature) {
    struct digest d;
    struct text sent;
    unsigned char differ = 0;
    if (!digest || !base64_decode_in(c->arena, signature, &sent) ||
        !digest_hmac(text_c(digest), ask_text(c, ASKED_SECRET), signed_part, &d) || sent.length != d.length)
        return false;
    for (size_t i = 0; i < d.length; i++)
        differ |= (unsigned char)(d.bytes[i] ^ (unsigned char)sent.bytes[i]);
    return differ == 0;
}

static void reply_time(struct call *c, const char *name, const json_t *payload, const char *claim) {
    const json_t *value = json_object_get(payload, claim);
    double seconds = json_number_value(value);
    if (json_is_number(value) && seconds >= 0 && seconds < 1e11)
        reply_text(c, name, clock_print_utc_in(c->arena, (int64_t)seconds * 1000));
    else
        reply_null(c, name);
}

static void answer(struct call *c, const json_t *header, const json_t *payload, struct text token) {
    struct text signature = token, signed_part, algorithm = json_member_text(header, "alg");
    const json_t *expires = json_object_get(payload, "exp");
    size_t last = token.length;
    while (token.bytes[last - 1] != '.')
        last--;
    signature = text_from(token, last);
    signed_part = text_part(token, 0, last - 1);
    reply_object(c, NULL);
    reply_json(c, "header", header);
    reply_json(c, "payload", payload);
    reply_text(c, "algorithm", algorithm);
    reply_time(c, "issued_at", payload, "iat");
    reply_time(c, "not_before", payload, "nbf");
    reply_time(c, "expires_at", payload, "exp");
    if (json_is_number(expires))
        reply_bool(c, "is_expired", (double)c->now_ms / 1000 >= json_number_value(expires));
    else
        reply_null(c, "is_expired");
    if (ask_has(c, ASKED_SECRET) && digest_name(algorithm))
        reply_bool(c, "is_valid", is_signed(c, digest_name(algorithm), signed_part, signature));
    else
        reply_null(c, "is_valid");
    reply_end_object(c);
}

static struct err jwt(struct call *c) {
    struct text token = text_trim(ask_text(c, ASKED_TOKEN)), rest, header_part, payload_part, signature;
    json_t *header = NULL, *payload = NULL;
    if (text_starts(token, TEXT("Bearer ")))
        token = text_trim(text_from(token, 7));
    rest = token;
    bool has_three = text_cut(&rest, '.', &header_part) && text_cut(&rest, '.', &payload_part) &&
            rest.bytes != NULL;
    signature = rest;
    bool is_read = has_three && text_find_char(signature, '.') == SIZE_MAX && read_part(c, header_part,
            &header) &&
                   read_part(c, payload_part, &payload);
    if (is_read)
        answer(c, header, payload, token);
    json_decref(header);
    json_decref(payload);
    return is_read ? ok : refuse(c);
}

const struct endpoint endpoint_jwt = {
    .path = "/api/jwt",
    .subject = "developer",
    .title = {"JWT 解析与验签", "Read and verify a JWT"},
    .says = {"解析 JSON Web Token 的头和载荷、签发与到期时间；传 secret 时验证 HS256、HS384、HS512 签名。"
             "用于开发调试：正式环境的密钥不要发给任何第三方。",
             "Header and payload of a JSON Web Token, when it was issued and expires; with secret, signatures by HS256, HS384 and HS512 "
             "are verified. For development: don't send a key in real use to anybody."},
    .run = RUN_IN_WORKER(jwt),
    .asks = ASKS({"jwt", ASK_TEXT, REQUIRED, {"JWT", "The token"}, 5, 20000, .aliases = "text|content"},
                 {"secret", ASK_TEXT, OPTIONAL, {"HS 算法的密钥", "The key of an HS algorithm"}, 1, 1000, .aliases = "key"}),
    .gives = GIVES({"header", GIVE_OBJECT, {"头", "Header"}}, {"payload", GIVE_OBJECT, {"载荷", "Payload"}},
                   {"algorithm", GIVE_TEXT, {"签名算法", "Algorithm"}}, {"issued_at", GIVE_TEXT, {"签发时间，UTC", "Issued at, UTC"}},
                   {"not_before", GIVE_TEXT, {"生效时间，UTC", "Good from, UTC"}}, {"expires_at", GIVE_TEXT, {"到期时间，UTC", "Expires at, UTC"}},
                   {"is_expired", GIVE_BOOL, {"是否过期；没有 exp 为 null", "Has it expired; null without exp"}},
                   {"is_valid", GIVE_BOOL, {"签名是否正确；没传密钥或算法不是 HS 为 null", "Is the signature right; null without key or for other algorithms"}}),
    .shows = SHOWS({"jwt=eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ."
                    "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c&secret=your-256-bit-secret",
                    "{\"header\":{\"alg\":\"HS256\",\"typ\":\"JWT\"},\"payload\":{\"sub\":\"1234567890\","
                    "\"name\":\"John Doe\",\"iat\":1516239022},\"algorithm\":\"HS256\",\"issued_at\":\"20"
                    "18-01-18T01:30:22Z\",\"not_before\":null,\"expires_at\":null,\"is_expired\":null,\"i"
                    "s_valid\":true}", SHOW_EXACT},
                   {"jwt=eyJhbGciOiJSUzI1NiJ9.eyJleHAiOjE3MTcyMDAwMDB9.AA",
                    "{\"header\":{\"alg\":\"RS256\"},\"payload\":{\"exp\":1717200000},\"algorithm\":\"RS2"
                    "56\",\"issued_at\":null,\"not_before\":null,\"expires_at\":\"2024-06-01T00:00:00Z\","
                    "\"is_expired\":true,\"is_valid\":null}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .stands_on = "RFC 7519, RFC 7515; OpenSSL 3.0 (Apache-2.0)",
};
