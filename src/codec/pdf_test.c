/* pdf_test.c: what passes for a PDF, and what only looks like one. */
#include "codec/pdf.h"
#include "codec/sha256.h"
#include "test.h"

TEST(row_T4__only_a_plain_pdf_is_a_document) {
    static const struct {
        const char *bytes;
        size_t length;
        bool is_plain;
    } rows[] = {
#define ROW(literal, wanted) {literal, sizeof(literal) - 1, wanted}
        ROW("%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n", true),
        ROW("%PDF-2.0\n%%EOF", true),
        ROW("", false),
        ROW("%PDF", false),
        ROW("%PDF-9.9\n%%EOF\n", false),
        ROW("%PDF-1.7\n", false),
        ROW("hello", false),
        ROW("PK\x03\x04 zip %%EOF", false),
        ROW(" %PDF-1.7\n%%EOF\n", false),
        ROW("%PDF-1.7\nPK\x03\x04 inside\n%%EOF\n", false),
        ROW("%PDF-1.7\nPK\x05\x06 end\n%%EOF\n", false),
        ROW("%PDF-1.7\n%%EOF\ntrailing program", false),
        ROW("%PDF-1.7\n<HtMl><script>1</script>\n%%EOF\n", false),
        ROW("%PDF-1.7\nX5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*\n%%EOF\n",
            false),
#undef ROW
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (pdf_is_plain(text_of(rows[i].bytes, rows[i].length)) != rows[i].is_plain)
            fail_msg("row %zu", i);
}

TEST(a_known_digest) {
    struct arena a;
    arena_init(&a, 1 << 20);
    want_text(sha256_hex_in(&a, TEXT("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    arena_done(&a);
}

TESTS(RUN(row_T4__only_a_plain_pdf_is_a_document), RUN(a_known_digest))
