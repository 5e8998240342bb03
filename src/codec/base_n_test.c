/* base_n_test.c: published vectors, and what is written is read back. */
#include "test.h"

#include "codec/base_n.h"

typedef struct text encode_function(struct arena *a, struct text bytes);
typedef bool decode_function(struct arena *a, struct text t, struct text *out);

TEST(published_vectors) {
    static const struct { encode_function *encode; decode_function *decode; const char *plain, *coded; } rows[] = {
        {base32_encode_in, base32_decode_in, "", ""}, /* RFC 4648, 10 */
        {base32_encode_in, base32_decode_in, "f", "MY======"}, {base32_encode_in, base32_decode_in, "fo", "MZXQ===="},
        {base32_encode_in, base32_decode_in, "foo", "MZXW6==="}, {base32_encode_in, base32_decode_in, "foob", "MZXW6YQ="},
        {base32_encode_in, base32_decode_in, "fooba", "MZXW6YTB"},
        {base32_encode_in, base32_decode_in, "foobar", "MZXW6YTBOI======"},
        {base58_encode_in, base58_decode_in, "Hello World!", "2NEpo7TZRRrLZSi2U"}, /* draft-msporny-base58, 5 */
        {base58_encode_in, base58_decode_in, "The quick brown fox jumps over the lazy dog.",
         "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z"},
        {ascii85_encode_in, ascii85_decode_in, "Man ", "9jqo^"}, {ascii85_encode_in, ascii85_decode_in, "sure.", "F*2M7/c"},
    };
    struct arena a;
    struct text back;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        want_text(rows[i].encode(&a, text_c(rows[i].plain)), rows[i].coded);
        want(rows[i].decode(&a, text_c(rows[i].coded), &back));
        want_text(back, rows[i].plain);
    }
    arena_done(&a);
}

TEST(every_byte_comes_back) {
    char bytes[256];
    struct arena a;
    struct text back;
    arena_init(&a, 1 << 22);
    for (int i = 0; i < 256; i++)
        bytes[i] = (char)(i / 3);
    for (size_t length = 0; length <= 256; length++) {
        struct text t = text_of(bytes, length);
        want(base32_decode_in(&a, base32_encode_in(&a, t), &back) && text_equal(back, t));
        want(base58_decode_in(&a, base58_encode_in(&a, t), &back) && text_equal(back, t));
        want(ascii85_decode_in(&a, ascii85_encode_in(&a, t), &back) && text_equal(back, t));
    }
    arena_done(&a);
}

TEST(texts_of_web_pages_and_scripts) {
    struct arena a;
    struct text back;
    arena_init(&a, 1 << 20);
    want_text(html_escape_in(&a, TEXT("<a href=\"x\">'&'</a>")), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
    want_text(html_unescape_in(&a, TEXT("&lt;&#20320;&#x597D;&nope;&amp;lt;&")), "<你好&nope;&lt;&");
    want_text(unicode_escape_in(&a, TEXT("a你😀")), "a\\u4f60\\ud83d\\ude00");
    want(unicode_unescape_in(&a, TEXT("a\\u4F60\\ud83d\\ude00\\n"), &back));
    want_text(back, "a你😀\\n");
    static const char *const bad[] = {"\\u12", "\\ud83d", "\\ude00", "\\ud83d\\u0041", "\\uzzzz"};
    for (size_t i = 0; i < COUNT(bad); i++)
        want(!unicode_unescape_in(&a, text_c(bad[i]), &back));
    want(!base32_decode_in(&a, TEXT("M1"), &back) && !base58_decode_in(&a, TEXT("0"), &back));
    want(!ascii85_decode_in(&a, TEXT("uuuuu"), &back) && !ascii85_decode_in(&a, TEXT("!"), &back));
    arena_done(&a);
}

TESTS(RUN(published_vectors), RUN(every_byte_comes_back), RUN(texts_of_web_pages_and_scripts))
