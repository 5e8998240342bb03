/* numeral_cn.c: see numeral_cn.h. */
#include "codec/numeral_cn.h"

enum { WHOLE_MAX = 16, FRACTION_MAX = 8, GROUP = 4 };

struct parts {
    bool is_negative;
    struct text whole, fraction;
};

static const char *const digits[][10] = {
    {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"},
    {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"},
};
static const char *const places[][GROUP] = {{"", "十", "百", "千"}, {"", "拾", "佰", "仟"}};
static const char *const groups[] = {"", "万", "亿", "万亿"};

static bool all_digits(struct text t) {
    for (size_t i = 0; i < t.length; i++)
        if (t.bytes[i] < '0' || t.bytes[i] > '9')
            return false;
    return true;
}

static bool split(struct text number, struct parts *out) {
    struct text rest = number;
    out->is_negative = rest.length && rest.bytes[0] == '-';
    rest = text_from(rest, out->is_negative);
    size_t point = text_find_char(rest, '.');
    out->whole = point == SIZE_MAX ? rest : text_part(rest, 0, point);
    out->fraction = point == SIZE_MAX ? TEXT("") : text_from(rest, point + 1);
    while (out->whole.length > 1 && out->whole.bytes[0] == '0')
        out->whole = text_from(out->whole, 1);
    return out->whole.length && out->whole.length <= WHOLE_MAX &&
           out->fraction.length <= FRACTION_MAX && (point == SIZE_MAX || out->fraction.length) &&
           all_digits(out->whole) && all_digits(out->fraction);
}

/* 10 to 19 begin with 十 in plain style; a zero is said once, before the next digit. */
static void print_whole(struct buf *b, struct text whole, unsigned style) {
    bool owes_zero = false, group_has = false, is_first = true;
    if (text_equal_c(whole, "0")) {
        buf_c(b, digits[style][0]);
        return;
    }
    for (size_t i = 0; i < whole.length; i++) {
        size_t left = whole.length - 1 - i, place = left % GROUP;
        int digit = whole.bytes[i] - '0';
        if (digit == 0) {
            owes_zero = true;
        } else {
            if (owes_zero && !is_first)
                buf_c(b, digits[style][0]);
            if (!(style == 0 && is_first && digit == 1 && place == 1))
                buf_c(b, digits[style][digit]);
            buf_c(b, places[style][place]);
            owes_zero = is_first = false;
            group_has = true;
        }
        if (place == 0) {
            if (group_has)
                buf_c(b, left / GROUP == 3 ? "万" : groups[left / GROUP]);
            else if (left / GROUP == 2 && whole.length > 12)
                buf_c(b, groups[2]); /* 一万亿: the group of 亿 is empty */
            group_has = false;
        }
    }
}

static int digit_at(struct text t, size_t i) {
    return i < t.length ? t.bytes[i] - '0' : 0;
}

static void print_money(struct buf *b, struct parts p) {
    int jiao = digit_at(p.fraction, 0), fen = digit_at(p.fraction, 1);
    bool has_yuan = !text_equal_c(p.whole, "0");
    if (has_yuan || (!jiao && !fen)) {
        print_whole(b, p.whole, 1);
        buf_c(b, "元");
    }
    if (jiao) {
        buf_c(b, digits[1][jiao]);
        buf_c(b, "角");
    }
    if (fen) {
        if (!jiao && has_yuan)
            buf_c(b, "零");
        buf_c(b, digits[1][fen]);
        buf_c(b, "分");
    } else {
        buf_c(b, "整");
    }
}

bool numeral_cn_print(struct buf *b, struct text number, enum numeral_style style) {
    struct parts p;
    if (!split(number, &p) || (style == NUMERAL_MONEY && p.fraction.length > 2))
        return false;
    if (p.is_negative)
        buf_c(b, "负");
    if (style == NUMERAL_MONEY) {
        print_money(b, p);
        return true;
    }
    print_whole(b, p.whole, style);
    if (p.fraction.length)
        buf_c(b, "点");
    for (size_t i = 0; i < p.fraction.length; i++)
        buf_c(b, digits[style][p.fraction.bytes[i] - '0']);
    return true;
}

/* The digit that a rune means, or -1. */
static int digit_of(int32_t rune) {
    static const struct {
        int32_t rune;
        int digit;
    } rows[] = {
        {U'零', 0}, {U'〇', 0}, {U'一', 1}, {U'壹', 1}, {U'二', 2}, {U'两', 2}, {U'贰', 2},
        {U'三', 3}, {U'叁', 3}, {U'四', 4}, {U'肆', 4}, {U'五', 5}, {U'伍', 5}, {U'六', 6},
        {U'陆', 6}, {U'七', 7}, {U'柒', 7}, {U'八', 8}, {U'捌', 8}, {U'九', 9}, {U'玖', 9},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].rune == rune)
            return rows[i].digit;
    return -1;
}

static uint64_t unit_of(int32_t rune) {
    switch (rune) {
    case U'十':
    case U'拾':
        return 10;
    case U'百':
    case U'佰':
        return 100;
    case U'千':
    case U'仟':
        return 1000;
    case U'万':
        return 10000;
    case U'亿':
        return 100000000;
    default:
        return 0;
    }
}

/* section: below 万; total: what a 万 or 亿 has closed. A unit without a digit before it counts
 * one: 十五. */
static bool parse_whole(struct text *rest, uint64_t *out) {
    uint64_t total = 0, section = 0, digit = 0, last = UINT64_MAX;
    bool has_digit = false, is_any = false;
    while (rest->length) {
        struct text before = *rest;
        int32_t rune = text_rune(rest);
        uint64_t unit = unit_of(rune);
        int value = digit_of(rune);
        if (rune == U'点') {
            *rest = before;
            break;
        }
        if (value < 0 && unit == 0)
            return false;
        is_any = true;
        if (value >= 0) {
            if (has_digit && digit != 0)
                return false;
            digit = (uint64_t)value;
            has_digit = true;
        } else if (unit < 10000) {
            if (unit >= last || (has_digit && digit == 0 && section == 0 && total == 0))
                return false;
            section += (has_digit && digit ? digit : 1) * unit;
            digit = 0;
            has_digit = false;
            last = unit;
        } else {
            total = (unit > 10000 ? (total + section + digit) * unit
                                  : total + (section + digit) * unit);
            section = digit = 0;
            has_digit = false;
            last = UINT64_MAX;
        }
        if (total > 9999999999999999u)
            return false;
    }
    *out = total + section + digit;
    return is_any;
}

bool numeral_cn_parse_in(struct arena *a, struct text words, struct text *number_out) {
    struct text rest = words;
    struct buf b;
    uint64_t whole;
    bool is_negative = text_starts(rest, TEXT("负"));
    if (is_negative)
        rest = text_from(rest, sizeof "负" - 1);
    buf_init(&b, a, 64);
    if (!parse_whole(&rest, &whole))
        return false;
    if (is_negative)
        buf_char(&b, '-');
    buf_u64(&b, whole);
    if (rest.length) {
        text_rune(&rest);
        if (rest.length == 0)
            return false;
        buf_char(&b, '.');
    }
    while (rest.length) {
        int digit = digit_of(text_rune(&rest));
        if (digit < 0)
            return false;
        buf_char(&b, (char)('0' + digit));
    }
    *number_out = buf_peek(&b);
    return !buf_is_over(&b);
}
