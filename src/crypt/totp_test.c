/* totp_test.c: the vectors of RFC 6238 appendix B and RFC 4648 section 10, and the window. */
#include "crypt/totp.h"
#include "test.h"

static const char rfc_seed[] = "12345678901234567890";

TEST(rfc_6238_vectors) {
    static const struct {
        uint64_t second;
        uint32_t code; /* eight digits */
    } rows[] = {{59, 94287082},          {1111111109, 7081804},   {1111111111, 14050471},
                {1234567890, 89005924}, {2000000000, 69279037}, {20000000000, 65353130}};
    for (size_t i = 0; i < COUNT(rows); i++)
        want_int(totp_value(text_c(rfc_seed), rows[i].second / 30) % 100000000, rows[i].code);
}

TEST(one_step_before_and_after_fits_and_no_other) {
    struct arena a;
    int64_t now_ms = 1111111111000;
    uint64_t now = (uint64_t)(now_ms / TOTP_STEP_MS), step;
    arena_init(&a, 1 << 20);
    for (int64_t off = -4; off <= 4; off++) {
        struct text code = totp_code_in(&a, text_c(rfc_seed), now + (uint64_t)off);
        bool fits = totp_fits(text_c(rfc_seed), now_ms, code, &step);
        want_int(fits, off >= -1 && off <= 1);
        if (fits)
            want_int(step, now + (uint64_t)off);
    }
    arena_done(&a);
}

TEST(what_is_no_code_does_not_fit) {
    static const char *const rows[] = {"", "1", "05047", "0050471", "05047x", "９５０４７1", "-50471"};
    uint64_t step = 77;
    for (size_t i = 0; i < COUNT(rows); i++)
        want(!totp_fits(text_c(rfc_seed), 1111111111000, text_c(rows[i]), &step));
    want(totp_fits(text_c(rfc_seed), 1111111111000, TEXT("050471"), &step));
    want(!totp_fits(text_c(rfc_seed), 0, TEXT("050471"), &step));
}

TEST(base32_as_in_rfc_4648) {
    static const struct {
        const char *plain, *letters;
    } rows[] = {{"", ""},          {"f", "MY"},       {"fo", "MZXQ"},         {"foo", "MZXW6"},
                {"foob", "MZXW6YQ"}, {"fooba", "MZXW6YTB"}, {"foobar", "MZXW6YTBOI"}};
    struct arena a;
    struct text back;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        want_text(base32_in(&a, text_c(rows[i].plain)), rows[i].letters);
        want(base32_read_in(&a, text_c(rows[i].letters), &back));
        want_text(back, rows[i].plain);
        want(base32_read_in(&a, text_lower_in(&a, text_c(rows[i].letters)), &back));
        want_text(back, rows[i].plain);
    }
    want(base32_read_in(&a, TEXT("mzxw-6ytb oi"), &back));
    want_text(back, "foobar");
    want(!base32_read_in(&a, TEXT("MZX1"), &back));
    arena_done(&a);
}

TEST(the_uri_escapes_names) {
    struct arena a;
    arena_init(&a, 1 << 20);
    want_text(totp_uri_in(&a, TEXT("My API"), TEXT("张 三&x"), text_c(rfc_seed)),
              "otpauth://totp/My%20API:%E5%BC%A0%20%E4%B8%89%26x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
              "&issuer=My%20API&algorithm=SHA1&digits=6&period=30");
    arena_done(&a);
}

TESTS(RUN(rfc_6238_vectors), RUN(one_step_before_and_after_fits_and_no_other),
      RUN(what_is_no_code_does_not_fit), RUN(base32_as_in_rfc_4648), RUN(the_uri_escapes_names))
