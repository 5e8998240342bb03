/* otp_test.c: the published vectors of RFC 4226 and RFC 6238. */
#include "test.h"

#include "codec/otp.h"

TEST(vectors_of_rfc_4226_and_6238) {
    static const char keys[] = "1234567890123456789012345678901234567890123456789012345678901234";
    static const struct { const char *digest; size_t key; uint64_t counter; unsigned digits; const char *code; } rows[] = {
        {"sha1", 20, 0, 6, "755224"}, {"sha1", 20, 1, 6, "287082"}, {"sha1", 20, 9, 6, "520489"},
        {"sha1", 20, 59 / 30, 8, "94287082"}, {"sha256", 32, 59 / 30, 8, "46119246"}, {"sha512", 64, 59 / 30, 8, "90693936"},
        {"sha1", 20, 1111111109 / 30, 8, "07081804"}, {"sha256", 32, 2000000000 / 30, 8, "90698825"},
        {"sha512", 64, 20000000000 / 30, 8, "47863826"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char code[9];
        want(otp_code(text_c(rows[i].digest), text_of(keys, rows[i].key), rows[i].counter,
                      rows[i].digits, code));
        assert_string_equal(code, rows[i].code);
    }
}

TESTS(RUN(vectors_of_rfc_4226_and_6238))
