/* totp.c: one-time codes by the clock, made and verified. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/base_n.h"
#include "codec/form.h"
#include "codec/otp.h"

enum { ASKED_SECRET, ASKED_CODE, ASKED_DIGITS, ASKED_PERIOD, ASKED_DIGEST, ASKED_TIME, ASKED_LABEL };
enum { NEW_BYTES = 20, WINDOW = 1 };

static struct err secret_of(struct call *c, struct text *out) {
    char bytes[NEW_BYTES];
    struct text given = ask_text(c, ASKED_SECRET);
    struct buf b;
    if (!ask_has(c, ASKED_SECRET)) {
        random_bytes(c->random, bytes, sizeof bytes);
        *out = text_copy_in(c->arena, text_of(bytes, sizeof bytes));
        return ok;
    }
    buf_init(&b, c->arena, given.length + 1);
    for (size_t i = 0; i < given.length; i++)
        if (given.bytes[i] != ' ' && given.bytes[i] != '-')
            buf_char(&b, given.bytes[i]);
    if (!base32_decode_in(c->arena, buf_peek(&b), out) || out->length < 8)
        return call_invalid(c, ASKED_SECRET, "secret 是 base32：A-Z 和 2-7，至少 13 个字符", "secret is base32: A-Z and 2-7, 13 characters at least");
    return ok;
}

/* Which of the steps around now has the code; they differ where clocks do. */
static bool find_step(struct call *c, struct text secret, uint64_t step, int *offset_out) {
    char code[9];
    for (int offset = -WINDOW; offset <= WINDOW; offset++) {
        if (step == 0 && offset < 0)
            continue;
        if (otp_code(ask_text(c, ASKED_DIGEST), secret, step + (uint64_t)(int64_t)offset,
                     (unsigned)ask_int(c, ASKED_DIGITS), code) &&
            text_equal_c(ask_text(c, ASKED_CODE), code)) {
            *offset_out = offset;
            return true;
        }
    }
    return false;
}

static struct text address_in(struct call *c, struct text secret32) {
    struct buf b;
    buf_init(&b, c->arena, 4096);
    buf_c(&b, "otpauth://totp/");
    form_encode(&b, ask_text(c, ASKED_LABEL));
    buf_format(&b, "?secret=%.*s&algorithm=", TEXT_ARG(secret32));
    for (struct text rest = ask_text(c, ASKED_DIGEST); rest.length; rest = text_from(rest, 1))
        buf_char(&b, rest.bytes[0] >= 'a' ? (char)(rest.bytes[0] - 32) : rest.bytes[0]);
    buf_format(&b, "&digits=%d&period=%d", (int)ask_int(c, ASKED_DIGITS), (int)ask_int(c, ASKED_PERIOD));
    return buf_peek(&b);
}

static struct err totp(struct call *c) {
    struct text secret, secret32;
    char code[9];
    int offset = 0;
    try(secret_of(c, &secret));
    int64_t now_s = ask_has(c, ASKED_TIME) ? ask_int(c, ASKED_TIME) : c->now_ms / 1000,
            period = ask_int(c, ASKED_PERIOD);
    uint64_t step = (uint64_t)(now_s / period);
    if (!otp_code(ask_text(c, ASKED_DIGEST), secret, step, (unsigned)ask_int(c, ASKED_DIGITS), code))
        return err_make(ERR_INTERNAL, "OpenSSL refused the digest");
    secret32 = base32_encode_in(c->arena, secret);
    secret32 = text_part(secret32, 0, text_find_char(secret32, '='));
    reply_object(c, NULL);
    reply_c(c, "code", code);
    reply_int(c, "left_seconds", period - now_s % period);
    reply_text(c, "secret", secret32);
    reply_text(c, "uri", address_in(c, secret32));
    if (ask_has(c, ASKED_CODE) && find_step(c, secret, step, &offset)) {
        reply_bool(c, "is_valid", true);
        reply_int(c, "offset", offset);
    } else {
        if (ask_has(c, ASKED_CODE))
            reply_bool(c, "is_valid", false);
        else
            reply_null(c, "is_valid");
        reply_null(c, "offset");
    }
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_totp = {
    .path = "/api/totp",
    .subject = "developer",
    .title = {"动态口令 TOTP", "One-time codes (TOTP)"},
    .says = {"生成或验证基于时间的一次性口令，与各种身份验证器一致。不传 secret 时新建一个密钥；uri 可做成二维码供验证器扫描。"
             "用于开发调试：正式账户的密钥不要发给任何第三方。",
             "Makes and verifies one-time codes by the clock, as authenticator programs do. Without secret a new one is made; uri can "
             "be shown as a QR code. For development: don't send the secret of a real account to anybody."},
    .run = totp,
    .asks = ASKS({"secret", ASK_TEXT, OPTIONAL, {"base32 密钥，不传则新建", "The secret in base32; without it a new one is made"}, 13, 200, .aliases = "key"},
                 {"code", ASK_TEXT, OPTIONAL, {"要验证的口令；前后各允许一步", "A code to verify; one step early or late is allowed"}, 6, 8},
                 {"digits", ASK_INT, OPTIONAL, {"位数", "Digits"}, 6, 8, .fallback = "6"},
                 {"period", ASK_INT, OPTIONAL, {"步长，秒", "Seconds a step"}, 10, 300, .fallback = "30"},
                 {"digest", ASK_CHOICE, OPTIONAL, {"摘要算法", "Digest"}, .choices = "sha1|sha256|sha512", .fallback = "sha1", .aliases = "algorithm"},
                 {"time", ASK_INT, OPTIONAL, {"Unix 时间（秒），默认现在", "Unix time in seconds; now by default"}, 0, 99999999999},
                 {"label", ASK_TEXT, OPTIONAL, {"uri 中的名称", "Name in the uri"}, 1, 100, .fallback = "alapi"}),
    .gives = GIVES({"code", GIVE_TEXT, {"口令", "The code"}}, {"left_seconds", GIVE_INT, {"还有几秒有效", "Seconds that it stays good"}},
                   {"secret", GIVE_TEXT, {"密钥，base32", "The secret, base32"}}, {"uri", GIVE_TEXT, {"otpauth 地址", "otpauth address"}},
                   {"is_valid", GIVE_BOOL, {"传来的口令是否正确；没传为 null", "Is the code right; null if none was sent"}},
                   {"offset", GIVE_INT, {"对方的钟差几步", "By how many steps the clocks differ"}}),
    .shows = SHOWS({"secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&time=59&digits=8",
                    "{\"code\":\"94287082\",\"left_seconds\":1,\"secret\":\"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQ"
                    "OJQ\",\"uri\":\"otpauth://totp/alapi?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&algorit"
                    "hm=SHA1&digits=8&period=30\",\"is_valid\":null,\"offset\":null}", SHOW_EXACT},
                   {"secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&time=89&code=287082",
                    "{\"code\":\"359152\",\"left_seconds\":1,\"secret\":\"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ"
                    "Q\",\"uri\":\"otpauth://totp/alapi?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&algorithm"
                    "=SHA1&digits=6&period=30\",\"is_valid\":true,\"offset\":-1}", SHOW_EXACT}, {"",
                    "{\"code\":\"244918\",\"left_seconds\":30,\"secret\":\"YFOAFCPMFUFJCZ7MRZS2DDPLXZPFKM"
                    "X3\",\"uri\":\"otpauth://totp/alapi?secret=YFOAFCPMFUFJCZ7MRZS2DDPLXZPFKMX3&algorith"
                    "m=SHA1&digits=6&period=30\",\"is_valid\":null,\"offset\":null}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .stands_on = "RFC 6238, RFC 4226, RFC 4648; OpenSSL 3.0 (Apache-2.0)",
};
