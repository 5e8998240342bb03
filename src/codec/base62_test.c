/* base62_test.c: there and back, and what is no number. */
#include "test.h"

#include "base/random.h"
#include "codec/base62.h"

TEST(numbers_come_back) {
    struct random r = random_seeded(3);
    for (int i = 0; i < 10000; i++) {
        uint64_t value = random_u64(&r) % 839299365868340224u, back; /* 62 to the tenth */
        char room[10];
        base62_print(room, sizeof room, value);
        want(base62_parse(text_of(room, sizeof room), &back) && back == value);
    }
}

TEST(rows_of_digits) {
    static const struct {
        const char *given;
        bool is_good;
        uint64_t value;
    } rows[] = {{"0", true, 0},  {"9", true, 9},   {"A", true, 10},          {"Z", true, 35},
                {"a", true, 36}, {"z", true, 61},  {"10", true, 62},         {"zzzzzzzzzz", true, 839299365868340223u},
                {"", false, 0},  {"-1", false, 0}, {"00000000000", false, 0}, {"a b", false, 0},
                {"\u4f60", false, 0}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        uint64_t value = 0;
        want_int(base62_parse(text_c(rows[i].given), &value), rows[i].is_good);
        want(value == rows[i].value);
    }
}

TEST(only_the_low_digits_are_printed) {
    char room[2];
    base62_print(room, 2, 62 * 62 + 62 + 1);
    assert_memory_equal(room, "11", 2);
    for (unsigned i = 0; i < 62; i++) {
        char digit = base62_digit(i);
        uint64_t value;
        want(base62_parse(text_of(&digit, 1), &value) && value == i);
    }
}

TESTS(RUN(numbers_come_back), RUN(rows_of_digits), RUN(only_the_low_digits_are_printed))
