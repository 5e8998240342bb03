/* text_test.c: rows for each function of text.h. */
#include "test.h"

#include <math.h>

static struct arena arena;

TEST(trim) {
    static const struct {
        const char *given, *wanted;
    } rows[] = {{"", ""},           {"  ", ""},      {" a ", "a"},          {"a\t\r\n", "a"},
                {"\u3000a\u3000", "a"}, {"a b", "a b"}, {" \u3000 a", "a"}, {"\u3001", "\u3001"},
                {"\u3000", ""},     {"\v\fa", "a"},  {"\u00a0a", "\u00a0a"}};
    for (size_t i = 0; i < COUNT(rows); i++)
        want_text(text_trim(text_c(rows[i].given)), rows[i].wanted);
    want_text(text_trim(text_of(NULL, 0)), "");
}

TEST(cut) {
    static const struct {
        const char *given, *pieces;
    } rows[] = {{"a,b,c", "a|b|c|"}, {"", "|"}, {",", "||"}, {"a", "a|"}, {"a,", "a||"}, {",,a", "||a|"}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        char pieces[32] = "";
        struct text rest = text_c(rows[i].given), piece;
        while (text_cut(&rest, ',', &piece)) {
            strncat(pieces, piece.length ? piece.bytes : "", piece.length);
            strncat(pieces, "|", 2);
        }
        assert_string_equal(pieces, rows[i].pieces);
    }
    struct text nothing = text_of(NULL, 0), piece;
    want(!text_cut(&nothing, ',', &piece));
}

TEST(compare) {
    static const struct {
        const char *a, *b;
        int order;
    } rows[] = {{"", "", 0}, {"a", "", 1}, {"a", "b", -1}, {"a", "aa", -1}, {"\xFF", "a", 1}, {"b", "aa", 1}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        int order = text_compare(text_c(rows[i].a), text_c(rows[i].b));
        int back = text_compare(text_c(rows[i].b), text_c(rows[i].a));
        want_int((order > 0) - (order < 0), rows[i].order);
        want_int((back > 0) - (back < 0), -rows[i].order);
    }
    want(text_equal(text_of(NULL, 0), TEXT("")));
    want(text_equal_nocase(TEXT("aZ\u00e9"), TEXT("Az\u00e9")));
    want(!text_equal_nocase(TEXT("\u00e9"), TEXT("\u00c9")));
    want(!text_equal_nocase(TEXT("a"), TEXT("ab")));
    want(!text_equal_nocase(TEXT("@["), TEXT("`{"))); /* beside the letters */
}

TEST(find_and_parts) {
    want_int(text_find(TEXT("abcabc"), TEXT("ca")), 2);
    want_int(text_find(TEXT("abc"), TEXT("")), 0);
    want(text_find(TEXT("abc"), TEXT("abcd")) == SIZE_MAX);
    want(text_find(text_of(NULL, 0), TEXT("a")) == SIZE_MAX);
    want(text_find_char(text_of(NULL, 0), 'a') == SIZE_MAX);
    want_int(text_find_char(text_of("a\0b", 3), 'b'), 2);
    want(text_starts(TEXT("abc"), TEXT("ab")) && !text_starts(TEXT("a"), TEXT("ab")));
    want(text_ends(TEXT("abc"), TEXT("bc")) && !text_ends(TEXT("c"), TEXT("bc")));
    want(text_starts(TEXT(""), TEXT("")) && text_ends(TEXT(""), TEXT("")));
    want_text(text_from(TEXT("abc"), 1), "bc");
    want_text(text_from(TEXT("abc"), 3), "");
    want_text(text_from(TEXT("abc"), SIZE_MAX), "");
    want_text(text_part(TEXT("abc"), 1, 1), "b");
    want_text(text_part(TEXT("abc"), 1, SIZE_MAX), "bc");
    want_text(text_part(TEXT("abc"), 9, 1), "");
    want(text_has_nul(text_of("a\0b", 3)) && !text_has_nul(TEXT("ab")) && !text_has_nul(TEXT("")));
}

TEST(whole_numbers) {
    static const struct {
        const char *given;
        bool is_u64, is_i64;
        int64_t value;
    } rows[] = {
        {"0", true, true, 0},          {"007", true, true, 7},
        {"-1", false, true, -1},       {"9223372036854775807", true, true, INT64_MAX},
        {"", false, false, 0},         {"-", false, false, 0},
        {"--1", false, false, 0},      {"+1", false, false, 0},
        {" 1", false, false, 0},       {"1 ", false, false, 0},
        {"0x1", false, false, 0},      {"1e3", false, false, 0},
        {"\xEF\xBC\x91", false, false, 0}, {"18446744073709551616", false, false, 0},
        {"99999999999999999999999", false, false, 0},
        {"-9223372036854775808", false, true, INT64_MIN}, {"-9223372036854775809", false, false, 0},
        {"9223372036854775808", true, false, 0}, {"18446744073709551615", true, false, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        uint64_t u = 0;
        int64_t s = 0;
        want_int(text_to_u64(text_c(rows[i].given), &u), rows[i].is_u64);
        want_int(text_to_i64(text_c(rows[i].given), &s), rows[i].is_i64);
        if (rows[i].is_i64)
            want(s == rows[i].value);
    }
    uint64_t most;
    want(text_to_u64(TEXT("18446744073709551615"), &most) && most == UINT64_MAX);
}

TEST(numbers) {
    static const struct {
        const char *given;
        double value; /* NAN: refused */
    } rows[] = {{"0", 0},       {"-1.5", -1.5},  {"1e3", 1000},  {".5", .5},     {"1.", 1},
                {"+2", 2},      {"1E-2", .01},   {"", NAN},      {"nan", NAN},   {"inf", NAN},
                {"0x10", NAN},  {"1e999", NAN},  {"1,5", NAN},   {"1 ", NAN},    {" 1", NAN},
                {"1.5.2", NAN}, {"--1", NAN},    {"e", NAN},     {".", NAN},     {"-", NAN}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        double value = 0;
        bool is_good = text_to_number(text_c(rows[i].given), &value);
        want_int(is_good, !isnan(rows[i].value));
        if (is_good)
            want(value == rows[i].value);
    }
    double value;
    char long_number[65];
    memset(long_number, '1', sizeof long_number);
    want(text_to_number(text_of(long_number, 63), &value));
    want(!text_to_number(text_of(long_number, 64), &value));
    want(!text_to_number(text_of("1\0", 2), &value));
}

TEST(copies) {
    arena_init(&arena, 1 << 20);
    want_text(text_copy_in(&arena, TEXT("abc")), "abc");
    want_text(text_copy_in(&arena, text_of(NULL, 0)), "");
    assert_string_equal(text_c_in(&arena, TEXT("abc")), "abc");
    want_text(text_lower_in(&arena, TEXT("aBZ[\u00c9")), "abz[\u00c9");
    want_text(text_format_in(&arena, "%d-%.*s", 5, TEXT_ARG(TEXT("x"))), "5-x");
    assert_string_equal(text_say_in(&arena, "%.*s.", TEXT_ARG(text_of(NULL, 0))), ".");
    arena_done(&arena);
}

TEST(every_rune_is_printed_and_read_back) {
    for (int32_t rune = 0; rune <= 0x10FFFF; rune++) {
        char room[4];
        if (rune >= 0xD800 && rune <= 0xDFFF)
            continue;
        struct text printed = text_rune_print(room, rune), rest = printed;
        if (text_rune(&rest) != rune || rest.length != 0)
            fail_msg("U+%04X does not come back", (unsigned)rune);
        want_int(text_runes(printed), 1);
    }
}

TEST(what_is_no_utf8) {
    static const char *const bad[] = {
        "\x80", "\xC0\x80", "\xC1\xBF", "\xC2", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xED\xA0\x80",
        "\xED\xBF\xBF", "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80",
        "\xFF", "a\xE4\xBD", "\xE4\x41\x41", "\xFE\xFF", "\xF0\x9F\x98"};
    for (size_t i = 0; i < COUNT(bad); i++)
        want(!text_is_utf8(text_c(bad[i])));
    want(text_is_utf8(TEXT("")) && text_is_utf8(TEXT("a\u00e9\u4f60\U0001F600")));
    want_int(text_runes(TEXT("a\u00e9\u4f60\U0001F600")), 4);
    struct text end = TEXT("");
    want_int(text_rune(&end), -1);
}

TEST(controls) {
    for (int c = 0; c < 256; c++) {
        char byte = (char)c;
        bool is_control = (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
        want_int(text_has_control(text_of(&byte, 1)), is_control);
    }
}

TESTS(RUN(trim), RUN(cut), RUN(compare), RUN(find_and_parts), RUN(whole_numbers), RUN(numbers), RUN(copies),
      RUN(every_rune_is_printed_and_read_back), RUN(what_is_no_utf8), RUN(controls))
