/* random_test.c: what repeats, what must not, and the bounds. */
#include "test.h"

#include "base/random.h"

TEST(a_seed_repeats_itself) {
    /* First outputs of splitmix64 for seed 1234567, from its authors' reference. */
    static const uint64_t wanted[] = {6457827717110365317u, 3203168211198807973u, 9817491932198370423u};
    struct random r = random_seeded(1234567);
    for (size_t i = 0; i < COUNT(wanted); i++)
        want(random_u64(&r) == wanted[i]);
}

TEST(bytes_of_any_length) {
    for (size_t length = 0; length <= 40; length++) {
        unsigned char bytes[41], again[41];
        struct random r = random_seeded(9), s = random_seeded(9);
        memset(bytes, 0xAA, sizeof bytes);
        random_bytes(&r, bytes, length);
        random_bytes(&s, again, length);
        assert_memory_equal(bytes, again, length);
        want_int(bytes[length], 0xAA);
    }
}

TEST(the_kernel_does_not_repeat_itself) {
    struct random r = random_system();
    uint64_t a = random_u64(&r), b = random_u64(&r);
    want(a != b);
    unsigned char zeros[64] = {0}, bytes[64] = {0};
    random_bytes(&r, bytes, sizeof bytes);
    assert_memory_not_equal(bytes, zeros, sizeof bytes);
}

TEST(below_is_even_and_bounded) {
    struct random r = random_seeded(7);
    unsigned counts[6] = {0};
    for (int i = 0; i < 60000; i++)
        counts[random_below(&r, 6)]++;
    for (int i = 0; i < 6; i++)
        want(counts[i] > 9600 && counts[i] < 10400); /* 4.4 standard deviations */
    for (int i = 0; i < 100; i++)
        want_int(random_below(&r, 1), 0);
    want(random_below(&r, UINT32_MAX) < UINT32_MAX);
}

TESTS(RUN(a_seed_repeats_itself), RUN(bytes_of_any_length), RUN(the_kernel_does_not_repeat_itself),
      RUN(below_is_even_and_bounded))
