/* totp.c: see totp.h. */
#include "crypt/totp.h"
#include "base/must.h"
#include "codec/digest.h"
#include "codec/form.h"

#include <sodium.h>

static const char letters[33] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

uint32_t totp_value(struct text seed, uint64_t step) {
    struct digest mac;
    char counter[8];
    for (unsigned i = 0; i < sizeof counter; i++)
        counter[i] = (char)(step >> (56 - 8 * i));
    must(digest_hmac(TEXT("sha1"), seed, text_of(counter, sizeof counter), &mac));
    must(mac.length == 20);
    unsigned at = mac.bytes[19] & 15; /* RFC 4226, 5.3: dynamic truncation */
    return (uint32_t)(mac.bytes[at] & 0x7F) << 24 | (uint32_t)mac.bytes[at + 1] << 16 |
           (uint32_t)mac.bytes[at + 2] << 8 | mac.bytes[at + 3];
}

struct text totp_code_in(struct arena *a, struct text seed, uint64_t step) {
    return text_format_in(a, "%06u", totp_value(seed, step) % TOTP_CODES);
}

static void print_digits(uint32_t code, char out[static TOTP_DIGITS]) {
    for (unsigned i = TOTP_DIGITS; i > 0; i--, code /= 10)
        out[i - 1] = (char)('0' + code % 10);
}

bool totp_fits(struct text seed, int64_t now_ms, struct text given, uint64_t *step_out) {
    char wanted[TOTP_DIGITS];
    uint64_t now = (uint64_t)(now_ms / TOTP_STEP_MS), found = 0;
    bool fits = false;
    if (given.length != TOTP_DIGITS || now_ms < TOTP_STEP_MS)
        return false;
    for (uint64_t step = now - 1; step <= now + 1; step++) {
        print_digits(totp_value(seed, step) % TOTP_CODES, wanted);
        bool same = sodium_memcmp(wanted, given.bytes, sizeof wanted) == 0;
        found = same ? step : found;
        fits |= same;
    }
    sodium_memzero(wanted, sizeof wanted);
    if (fits)
        *step_out = found;
    return fits;
}

struct text base32_in(struct arena *a, struct text bytes) {
    size_t length = (bytes.length * 8 + 4) / 5, at = 0;
    char *room = arena_alloc(a, length + 1);
    uint32_t bits = 0;
    unsigned count = 0;
    for (size_t i = 0; i < bytes.length; i++) {
        bits = bits << 8 | (unsigned char)bytes.bytes[i];
        for (count += 8; count >= 5; count -= 5)
            room[at++] = letters[bits >> (count - 5) & 31];
    }
    if (count)
        room[at++] = letters[bits << (5 - count) & 31];
    must(at == length);
    return text_of(room, length);
}

static int letter_value(char c) {
    if (c >= 'a' && c <= 'z')
        return c - 'a';
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    return c >= '2' && c <= '7' ? c - '2' + 26 : -1;
}

bool base32_read_in(struct arena *a, struct text given, struct text *out) {
    char *room = arena_alloc(a, given.length * 5 / 8 + 1);
    uint32_t bits = 0;
    unsigned count = 0;
    size_t length = 0;
    for (size_t i = 0; i < given.length; i++) {
        if (given.bytes[i] == ' ' || given.bytes[i] == '-')
            continue;
        int value = letter_value(given.bytes[i]);
        if (value < 0)
            return false;
        bits = (bits << 5 | (uint32_t)value) & 0xFFF;
        count += 5;
        if (count >= 8) {
            count -= 8;
            room[length++] = (char)(bits >> count);
        }
    }
    *out = text_of(room, length);
    return true;
}

struct text totp_uri_in(struct arena *a, struct text issuer, struct text name, struct text seed) {
    struct buf b;
    buf_init(&b, a, 4096);
    buf_c(&b, "otpauth://totp/");
    form_encode(&b, issuer);
    buf_char(&b, ':');
    form_encode(&b, name);
    buf_c(&b, "?secret=");
    buf_text(&b, base32_in(a, seed));
    buf_c(&b, "&issuer=");
    form_encode(&b, issuer);
    buf_c(&b, "&algorithm=SHA1&digits=6&period=30");
    must(!buf_is_over(&b));
    return buf_peek(&b);
}
