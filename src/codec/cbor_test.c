/* cbor_test.c: examples of RFC 8949 appendix A, and what must be refused. */
#include "codec/cbor.h"
#include "codec/base64.h"
#include "test.h"

static struct text hex(struct arena *a, const char *digits) {
    struct text out;
    want(hex_decode_in(a, text_c(digits), &out));
    return out;
}

TEST(numbers) {
    static const struct {
        const char *hex;
        int64_t value;
    } rows[] = {{"00", 0},         {"17", 23},         {"1818", 24},  {"1903e8", 1000},   {"1a000f4240", 1000000},
                {"20", -1},        {"26", -7},         {"3863", -100}, {"390100", -257},
                {"1b7fffffffffffffff", INT64_MAX},     {"3b7fffffffffffffff", INT64_MIN}};
    struct arena a;
    struct cbor_item item;
    int64_t value;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct text rest = hex(&a, rows[i].hex);
        want(cbor_next(&rest, &item) && rest.length == 0 && cbor_to_i64(&item, &value));
        want_int(value, rows[i].value);
    }
    struct text big = hex(&a, "1bffffffffffffffff");
    want(cbor_next(&big, &item) && !cbor_to_i64(&item, &value));
    arena_done(&a);
}

TEST(whole_items_end_where_they_end) {
    static const char *const rows[] = {"80", "83010203", "a201020304", "826161a161626163", "c074323031332d30332d32315432303a30343a30305a",
                                       "f4", "f6", "fb3ff199999999999a", "4401020304", "6449455446", "8281818181818101f5"};
    struct arena a;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct text given = hex(&a, text_say_in(&a, "%sff", rows[i])), rest = given, whole;
        want(cbor_whole(&rest, &whole));
        want_int(rest.length, 1);
        want_int(whole.length, given.length - 1);
    }
    arena_done(&a);
}

TEST(what_is_cut_deep_open_or_huge_is_refused) {
    static const char *const rows[] = {"", "18", "1903", "42ff", "61ff", "8201", "a101", "9f0102ff", "5f41ff", "1c", "ff",
                                       "9bffffffffffffffff", "bbffffffffffffffff00", "5bffffffffffffffff00", "c0",
                                       "818181818181818101", "bb80000000000000000000"};
    struct arena a;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct text rest = hex(&a, rows[i]), whole;
        want(!cbor_whole(&rest, &whole));
    }
    arena_done(&a);
}

TESTS(RUN(numbers), RUN(whole_items_end_where_they_end), RUN(what_is_cut_deep_open_or_huge_is_refused))
