/* window_test.c: there and back over extremes and chance; what another time leaves of a window. */
#include "test.h"

#include "base/random.h"
#include "gate/window.h"

static bool is_same(const struct window *a, const struct window *b) {
    return a->day_used == b->day_used && a->month_used == b->month_used && a->day == b->day &&
           a->month == b->month && a->owner == b->owner && a->change == b->change;
}

static void want_back(struct window given) {
    struct window taken = window_unpack(window_pack(&given));
    want(is_same(&given, &taken));
}

TEST(extremes_come_back) {
    for (unsigned bits = 0; bits < 1u << 6; bits++)
        want_back((struct window){
            .day_used = bits & 1 ? WINDOW_DAY_MAX : 0,
            .month_used = bits & 2 ? WINDOW_MONTH_MAX : 0,
            .day = bits & 4 ? UINT16_MAX : 0,
            .month = bits & 8 ? 0xFFF : 0,
            .owner = bits & 16 ? 31 : 0,
            .change = bits & 32 ? WINDOW_CHANGE_MAX : 0,
        });
}

TEST(every_bit_has_a_place_of_its_own) {
    for (unsigned i = 0; i < 128; i++) {
        window_word word = (window_word)1 << i;
        struct window w = window_unpack(word);
        want(window_pack(&w) == word);
    }
}

TEST(chance_comes_back) {
    struct random chance = random_seeded(11);
    for (unsigned i = 0; i < 200000; i++)
        want_back((struct window){
            .day_used = random_u64(&chance) & WINDOW_DAY_MAX,
            .month_used = random_u64(&chance) & WINDOW_MONTH_MAX,
            .day = (uint16_t)random_u64(&chance),
            .month = random_u64(&chance) & 0xFFF,
            .owner = random_u64(&chance) & 31,
            .change = random_u64(&chance) & WINDOW_CHANGE_MAX,
        });
}

TEST(another_time) {
    static const struct {
        uint16_t day, month;
        uint64_t day_used, month_used;
        uint16_t day_after, month_after;
    } rows[] = {
        {100, 3, 7, 70, 100, 3}, /* the same */
        {101, 3, 0, 70, 101, 3}, /* the next day */
        {102, 4, 0, 0, 102, 4},  /* the next month */
        {99, 3, 7, 70, 100, 3},  /* a clock that lags over midnight: nothing is forgotten */
        {99, 2, 7, 70, 100, 3},  /* and over the end of a month */
        {98, 3, 0, 70, 98, 3},   /* set back by days */
        {98, 2, 0, 0, 98, 2},
        {99, 1, 0, 0, 99, 1},    /* set back by a year or so */
        {465, 15, 0, 0, 465, 15},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct window w = {.day_used = 7, .month_used = 70, .day = 100, .month = 3, .owner = 9, .change = 99};
        w = window_at(w, rows[i].day, rows[i].month);
        want_int(w.day_used, rows[i].day_used);
        want_int(w.month_used, rows[i].month_used);
        want_int(w.day, rows[i].day_after);
        want_int(w.month, rows[i].month_after);
        want_int(w.owner, 9);
        want_int(w.change, 99);
    }
}

TESTS(RUN(extremes_come_back), RUN(every_bit_has_a_place_of_its_own), RUN(chance_comes_back),
      RUN(another_time))
