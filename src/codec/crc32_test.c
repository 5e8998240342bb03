/* crc32_test.c: the check value of the CRC catalogue and a few that zip tools give. */
#include "test.h"

#include "codec/crc32.h"

TEST(known_sums) {
    static const struct {
        const char *given;
        uint32_t sum;
    } rows[] = {{"123456789", 0xCBF43926},
                {"", 0},
                {"a", 0xE8B7BE43},
                {"The quick brown fox jumps over the lazy dog", 0x414FA339}};
    for (size_t i = 0; i < COUNT(rows); i++)
        want(crc32_of(text_c(rows[i].given)) == rows[i].sum);
    want(crc32_of(text_of("\0\0\0\0", 4)) == 0x2144DF1C);
}

TESTS(RUN(known_sums))
