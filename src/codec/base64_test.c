/* base64_test.c: the vectors of RFC 4648, both alphabets, and what is refused. */
#include "test.h"

#include "base/random.h"
#include "codec/base64.h"

static struct arena arena;

TEST(vectors) {
    static const struct {
        const char *plain, *base64, *hex;
    } rows[] = {{"", "", ""},
                {"f", "Zg==", "66"},
                {"fo", "Zm8=", "666f"},
                {"foo", "Zm9v", "666f6f"},
                {"foob", "Zm9vYg==", "666f6f62"},
                {"fooba", "Zm9vYmE=", "666f6f6261"},
                {"foobar", "Zm9vYmFy", "666f6f626172"}};
    arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct text back;
        want_text(base64_encode_in(&arena, text_c(rows[i].plain)), rows[i].base64);
        want_text(hex_encode_in(&arena, text_c(rows[i].plain)), rows[i].hex);
        want(base64_decode_in(&arena, text_c(rows[i].base64), &back));
        want_text(back, rows[i].plain);
        want(hex_decode_in(&arena, text_c(rows[i].hex), &back));
        want_text(back, rows[i].plain);
    }
    arena_done(&arena);
}

TEST(any_bytes_come_back) {
    struct random r = random_seeded(4);
    for (size_t length = 0; length < 200; length++) {
        unsigned char bytes[200];
        struct text back, given = text_of((char *)bytes, length);
        arena_init(&arena, 1 << 20);
        random_bytes(&r, bytes, length);
        struct text printed = base64_encode_in(&arena, given);
        want(base64_decode_in(&arena, printed, &back) && text_equal(back, given));
        while (text_ends(printed, TEXT("=")))
            printed.length--;
        want(base64_decode_in(&arena, printed, &back) && text_equal(back, given));
        want(hex_decode_in(&arena, hex_encode_in(&arena, given), &back) && text_equal(back, given));
        arena_done(&arena);
    }
}

TEST(other_spellings) {
    struct text back;
    arena_init(&arena, 1 << 20);
    want(base64_decode_in(&arena, TEXT("-_-_"), &back));
    want_text(hex_encode_in(&arena, back), "fbffbf");
    want(base64_decode_in(&arena, TEXT("+/+/"), &back));
    want_text(hex_encode_in(&arena, back), "fbffbf");
    want(base64_decode_in(&arena, TEXT(" Zm\r\n9v \t"), &back));
    want_text(back, "foo");
    want(hex_decode_in(&arena, TEXT("aBfF"), &back));
    want_text(hex_encode_in(&arena, back), "abff");
    arena_done(&arena);
}

TEST(what_is_refused) {
    static const char *const no_base64[] = {"Z", "Zg=", "Zg===", "=", "====", "Zg==Zg==", "Zm9v=", "Z=g=", "Zm9v!",
                                            "\u4f60", "Zm9vY", "data:,Zg=="};
    static const char *const no_hex[] = {"0", "0g", "0x00", " 00", "000"};
    struct text back;
    arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < COUNT(no_base64); i++)
        if (base64_decode_in(&arena, text_c(no_base64[i]), &back))
            fail_msg("%s is taken", no_base64[i]);
    for (size_t i = 0; i < COUNT(no_hex); i++)
        if (hex_decode_in(&arena, text_c(no_hex[i]), &back))
            fail_msg("%s is taken", no_hex[i]);
    arena_done(&arena);
}

TESTS(RUN(vectors), RUN(any_bytes_come_back), RUN(other_spellings), RUN(what_is_refused))
