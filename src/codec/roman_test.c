/* roman_test.c: every number there and back. */
#include "test.h"

#include "base/arena.h"
#include "codec/roman.h"

TEST(every_number_reads_back) {
    struct arena a;
    arena_init(&a, 1 << 20);
    for (unsigned n = 1; n <= ROMAN_MOST; n++) {
        unsigned back = 0;
        want(roman_parse(roman_print_in(&a, n), &back));
        want_int(back, n);
    }
    want_text(roman_print_in(&a, 1994), "MCMXCIV");
    want_text(roman_print_in(&a, 3888), "MMMDCCCLXXXVIII"); /* the longest */
    arena_done(&a);
}

TEST(other_spellings_are_refused) {
    static const char *const wrong[] = {"",  "IIII", "IC", "VX",   "MMMM", "IIX",
                                        "A", "X I",  "VV", "MCMC", "IVI"};
    unsigned out;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        want(!roman_parse(text_c(wrong[i]), &out));
    want(roman_parse(text_c("mcmxciv"), &out));
    want_int(out, 1994);
}

TESTS(RUN(every_number_reads_back), RUN(other_spellings_are_refused))
