/* numeral_cn_test.c: numbers with zeros in every place, amounts, and the way back. */
#include "test.h"

#include "codec/numeral_cn.h"

static struct arena a;

static const char *printed(const char *number, enum numeral_style style) {
    struct buf b;
    buf_init(&b, &a, 1 << 12);
    return numeral_cn_print(&b, text_c(number), style) ? text_c_in(&a, buf_peek(&b)) : "refused";
}

TEST(plain_numbers) {
    static const char *const rows[][2] = {
        {"0", "零"},
        {"5", "五"},
        {"10", "十"},
        {"15", "十五"},
        {"20", "二十"},
        {"101", "一百零一"},
        {"110", "一百一十"},
        {"1010", "一千零一十"},
        {"10005", "一万零五"},
        {"100000", "十万"},
        {"1000001", "一百万零一"},
        {"100010000", "一亿零一万"},
        {"1000000000000", "一万亿"},
        {"1000100000000", "一万零一亿"},
        {"-3.14", "负三点一四"},
        {"0.05", "零点零五"},
        {"20260001", "二千零二十六万零一"},
        {"007", "七"},
        {"9999999999999999", "九千九百九十九万九千九百九十九亿九千九百九十九万九千九百九十九"},
        {"1e5", "refused"},
        {"", "refused"},
        {".5", "refused"},
        {"5.", "refused"},
        {"12345678901234567", "refused"},
        {"--1", "refused"},
    };
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT(rows); i++)
        want_text(text_c(printed(rows[i][0], NUMERAL_PLAIN)), rows[i][1]);
    arena_done(&a);
}

TEST(amounts) {
    static const char *const rows[][2] = {
        {"1680.32", "壹仟陆佰捌拾元叁角贰分"},
        {"107000.53", "壹拾万零柒仟元伍角叁分"},
        {"16409.02", "壹万陆仟肆佰零玖元零贰分"},
        {"325.04", "叁佰贰拾伍元零肆分"},
        {"6007.14", "陆仟零柒元壹角肆分"},
        {"0.5", "伍角整"},
        {"0", "零元整"},
        {"100", "壹佰元整"},
        {"0.01", "壹分"},
        {"1.234", "refused"},
    };
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT(rows); i++)
        want_text(text_c(printed(rows[i][0], NUMERAL_MONEY)), rows[i][1]);
    arena_done(&a);
}

TEST(what_is_printed_is_read_back) {
    struct text back;
    arena_init(&a, 32 << 20);
    for (uint64_t i = 0, n = 0; i < 20000;
         i++, n = n < 12000 ? n + 1 : (n * 7 + i) % 9999999999999999u) {
        const char *number = text_say_in(&a, "%llu", (unsigned long long)n);
        assert_true(numeral_cn_parse_in(&a, text_c(printed(number, NUMERAL_PLAIN)), &back));
        want_text(back, number);
    }
    static const char *const wrong[] = {"",     "负",   "点", "一点",         "百千",
                                        "一二", "十十", "好", "九九九亿亿亿", "一点十"};
    for (size_t i = 0; i < COUNT(wrong); i++)
        assert_false(numeral_cn_parse_in(&a, text_c(wrong[i]), &back));
    arena_done(&a);
}

TESTS(RUN(plain_numbers), RUN(amounts), RUN(what_is_printed_is_read_back))
