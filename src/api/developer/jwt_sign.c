/* jwt_sign.c: a JSON Web Token made. */
#include "api/json_ask.h"
#include "call/ask.h"
#include "call/reply.h"
#include "codec/base64.h"
#include "codec/digest.h"

enum { ASKED_PAYLOAD, ASKED_SECRET, ASKED_ALGORITHM, ASKED_LASTS };

static void put_base64url(struct buf *b, struct arena *a, struct text bytes) {
    struct text coded = base64_encode_in(a, bytes);
    for (size_t i = 0; i < coded.length && coded.bytes[i] != '='; i++)
        buf_char(b, coded.bytes[i] == '+' ? '-' : coded.bytes[i] == '/' ? '_' : coded.bytes[i]);
}

static struct err answer(struct call *c, json_t *payload) {
    static const char *const digests[] = {"sha256", "sha384", "sha512"};
    struct text algorithm = ask_text(c, ASKED_ALGORITHM);
    struct digest d;
    struct buf b;
    const char *digest = digests[algorithm.bytes[2] == '2' ? 0 : algorithm.bytes[2] == '3' ? 1 : 2];
    if (ask_has(c, ASKED_LASTS)) {
        json_object_set_new(payload, "iat", json_integer(c->now_ms / 1000));
        json_object_set_new(payload, "exp", json_integer(c->now_ms / 1000 + ask_int(c, ASKED_LASTS)));
    }
    buf_init(&b, c->arena, 1 << 20);
    put_base64url(&b, c->arena, text_format_in(c->arena, "{\"alg\":\"%.*s\",\"typ\":\"JWT\"}", TEXT_ARG(algorithm)));
    buf_char(&b, '.');
    put_base64url(&b, c->arena, json_value_text_in(c->arena, payload));
    if (!digest_hmac(text_c(digest), ask_text(c, ASKED_SECRET), buf_peek(&b), &d))
        return err_make(ERR_INTERNAL, "OpenSSL refused the digest");
    buf_char(&b, '.');
    put_base64url(&b, c->arena, text_of((const char *)d.bytes, d.length));
    reply_object(c, NULL);
    reply_text(c, "jwt", buf_peek(&b));
    reply_json(c, "payload", payload);
    reply_end_object(c);
    return ok;
}

static struct err jwt_sign(struct call *c) {
    json_t *payload;
    try(json_ask(c, ASKED_PAYLOAD, &payload));
    struct err e = json_is_object(payload) ? answer(c, payload)
                                           : call_invalid(c, ASKED_PAYLOAD, "payload 必须是 JSON 对象", "payload must be a JSON object");
    json_decref(payload);
    return e;
}

const struct endpoint endpoint_jwt_sign = {
    .path = "/api/jwt/sign",
    .subject = "developer",
    .title = {"JWT 签发", "Make a JWT"},
    .says = {"用 HS256、HS384 或 HS512 签发 JSON Web Token；lasts 会加上签发与到期时间。用于开发调试：正式环境的密钥不要发给任何第三方。",
             "Makes a JSON Web Token signed by HS256, HS384 or HS512; lasts adds when it is issued and expires. For development: don't "
             "send a key in real use to anybody."},
    .run = RUN_IN_WORKER(jwt_sign),
    .asks = ASKS({"payload", ASK_TEXT, REQUIRED, {"载荷，JSON 对象", "Payload, a JSON object"}, 2, 10000, .aliases = "claims|json"},
                 {"secret", ASK_TEXT, REQUIRED, {"密钥", "The key"}, 1, 1000, .aliases = "key"},
                 {"algorithm", ASK_CHOICE, OPTIONAL, {"算法", "Algorithm"}, .choices = "HS256|HS384|HS512", .fallback = "HS256", .aliases = "alg"},
                 {"lasts", ASK_INT, OPTIONAL, {"有效秒数，加上 iat 和 exp", "Seconds it is good for; adds iat and exp"}, 1, 315360000, .aliases = "expires_in"}),
    .gives = GIVES({"jwt", GIVE_TEXT, {"令牌", "The token"}}, {"payload", GIVE_OBJECT, {"载荷", "Its payload"}}),
    .shows = SHOWS({"payload={\"sub\":\"1234567890\",\"name\":\"John Doe\",\"iat\":1516239022}&secret=your-256-bit-secret",
                    "{\"jwt\":\"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6"
                    "IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c\""
                    ",\"payload\":{\"sub\":\"1234567890\",\"name\":\"John Doe\",\"iat\":1516239022}}", SHOW_EXACT},
                   {"payload={\"sub\":\"me\"}&secret=key&algorithm=HS512&lasts=3600",
                    "{\"jwt\":\"eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJtZSIsImlhdCI6MTcxNzIxNDQw"
                    "MCwiZXhwIjoxNzE3MjE4MDAwfQ.gA0PJAE7MJnP9Zpc3c_y6dJMYiUggX3ngnrpKSoHEQzTziFrMTe8cZbAg"
                    "WgHRP8eoK3OtQvPqZiFpry8Ho_WzQ\",\"payload\":{\"sub\":\"me\",\"iat\":1717214400,\"exp"
                    "\":1717218000}}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .stands_on = "RFC 7519, RFC 7515; OpenSSL 3.0 (Apache-2.0)",
};
