/* radix_test.c: known values, and the way there and back in every pair of bases. */
#include "test.h"

#include "base/arena.h"
#include "codec/radix.h"

static struct text convert(struct arena *a, const char *digits, unsigned from, unsigned to) {
    struct text out = TEXT("refused");
    return radix_convert_in(a, text_c(digits), from, to, &out) ? out : TEXT("refused");
}

TEST(known_values) {
    struct arena a;
    arena_init(&a, 1 << 20);
    want_text(convert(&a, "0", 10, 2), "0");
    want_text(convert(&a, "000", 2, 36), "0");
    want_text(convert(&a, "0XfF", 16, 10), "255");
    want_text(convert(&a, "0b101", 2, 10), "5");
    want_text(convert(&a, "zz", 36, 10), "1295");
    want_text(convert(&a, "18446744073709551616", 10, 16), "10000000000000000");
    want_text(convert(&a, "340282366920938463463374607431768211455", 10, 16),
              "ffffffffffffffffffffffffffffffff");
    want_text(convert(&a, "2", 2, 10), "refused");
    want_text(convert(&a, "", 10, 2), "refused");
    want_text(convert(&a, "1 2", 10, 2), "refused");
    want_text(convert(&a, "0x", 16, 10), "refused");
    arena_done(&a);
}

TEST(there_and_back_in_every_pair) {
    static const char digits[] = "123456789012345678901234567890123456789";
    struct arena a;
    arena_init(&a, 8 << 20);
    for (unsigned from = 10; from <= 36; from++)
        for (unsigned to = 2; to <= 36; to++)
            want_text(convert(&a, text_c_in(&a, convert(&a, digits, from, to)), to, from), digits);
    arena_done(&a);
}

TESTS(RUN(known_values), RUN(there_and_back_in_every_pair))
