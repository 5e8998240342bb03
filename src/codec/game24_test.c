/* game24_test.c: hands with fractions in between, and hands without an answer. */
#include "test.h"

#include "codec/game24.h"

TEST(known_hands) {
    static const struct {
        int numbers[GAME24_NUMBERS];
        int target;
        bool has;
    } rows[] = {
        {{3, 3, 8, 8}, 24, true},
        {{1, 5, 5, 5}, 24, true},
        {{4, 4, 10, 10}, 24, true},
        {{1, 1, 1, 1}, 24, false},
        {{1, 3, 4, 6}, 24, true},
        {{13, 13, 13, 13}, 24, false},
        {{1000, 1000, 1000, 1000}, 0, true},
        {{6, 6, 6, 6}, 24, true},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena a;
        struct text found;
        arena_init(&a, 4 << 20);
        assert_int_equal(game24_solve(&a, rows[i].numbers, rows[i].target, &found), rows[i].has);
        arena_done(&a);
    }
}

/* Of the 1820 hands of a pack of cards 1362 have an answer. */
TEST(all_hands) {
    unsigned solved = 0, hands = 0;
    struct arena a;
    struct text found;
    arena_init(&a, 4 << 20);
    for (int p = 1; p <= 13; p++)
        for (int q = p; q <= 13; q++)
            for (int r = q; r <= 13; r++)
                for (int s = r; s <= 13; s++, hands++) {
                    solved += game24_solve(&a, (int[]){p, q, r, s}, 24, &found);
                    arena_reset(&a);
                }
    assert_int_equal(hands, 1820);
    assert_int_equal(solved, 1362);
    arena_done(&a);
}

TESTS(RUN(known_hands), RUN(all_hands))
