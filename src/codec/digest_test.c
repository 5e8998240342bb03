/* digest_test.c: published vectors. */
#include "test.h"

#include "codec/digest.h"

#define LETTERS_56 "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"
#define ABCD_16    "abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd"

/* RFC 1321 A.5; the examples of FIPS 180-4; GB/T 32905-2016 appendix A. */
TEST(digests_are_the_published_ones) {
    static const struct {
        const char *name, *message, *wanted;
    } rows[] = {
        {"md5", "", "d41d8cd98f00b204e9800998ecf8427e"},
        {"md5", "a", "0cc175b9c0f1b6a831c399e269772661"},
        {"md5", "message digest", "f96b697d7cb7938d525a2f31aaf161d0"},
        {"md5", "abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"},
        {"sha1", "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"},
        {"sha1", LETTERS_56, "84983e441c3bd26ebaae4aa1f95129e5e54670f1"},
        {"sha224", "abc", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"},
        {"sha256", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"sha256", LETTERS_56, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {"sha384", "abc",
         "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
         "8086072ba1e7cc2358baeca134c825a7"},
        {"sha512", "abc",
         "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
         "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"},
        {"sm3", "abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"},
        {"sm3", ABCD_16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"},
    };
    struct arena a;
    struct digest d;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        want(digest_of(text_c(rows[i].name), text_c(rows[i].message), &d));
        want_text(digest_hex_in(&a, &d), rows[i].wanted);
    }
    arena_done(&a);
}

/* RFC 2202 (2, md5 and sha1) and RFC 4231 (2, 6): a short key, and one longer than a block. */
TEST(hmacs_are_the_published_ones) {
    char long_key[131];
    memset(long_key, 0xaa, sizeof long_key);
    const struct {
        const char *name;
        struct text key;
        const char *message, *wanted;
    } rows[] = {
        {"md5", TEXT("Jefe"), "what do ya want for nothing?", "750c783e6ab0b503eaa86e310a5db738"},
        {"sha1", TEXT("Jefe"), "what do ya want for nothing?",
         "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"},
        {"sha256", TEXT("Jefe"), "what do ya want for nothing?",
         "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        {"sha256", text_of(long_key, sizeof long_key),
         "Test Using Larger Than Block-Size Key - Hash Key First",
         "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
        {"sha512", TEXT("Jefe"), "what do ya want for nothing?",
         "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
         "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"},
    };
    struct arena a;
    struct digest d;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        want(digest_hmac(text_c(rows[i].name), rows[i].key, text_c(rows[i].message), &d));
        want_text(digest_hex_in(&a, &d), rows[i].wanted);
    }
    arena_done(&a);
}

TEST(an_unknown_name_is_refused_and_an_empty_key_is_a_key) {
    struct arena a;
    struct digest d;
    arena_init(&a, 1 << 20);
    want(!digest_of(TEXT("sha3"), TEXT("abc"), &d));
    want(!digest_hmac(TEXT(""), TEXT("k"), TEXT("abc"), &d));
    want(digest_hmac(TEXT("md5"), TEXT(""), TEXT(""), &d));
    want_text(digest_hex_in(&a, &d), "74e6f7298a9c2d168935f58c001bad88");
    arena_done(&a);
}

TESTS(RUN(digests_are_the_published_ones), RUN(hmacs_are_the_published_ones),
      RUN(an_unknown_name_is_refused_and_an_empty_key_is_a_key))
