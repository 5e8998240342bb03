/* sensitive.c: see sensitive.h. A run of digits is read once into plain ASCII; then each kind looks at it. */
#include "codec/sensitive.h"
#include "base/buf.h"
#include "codec/idcard.h"

enum { RUN_MAX = 32, CARD_MIN = 15, CARD_MAX = 19 };
enum { FULL_ZERO = 0xFF10, FULL_NINE = 0xFF19, FULL_X = 0xFF38, FULL_SMALL_X = 0xFF58 };

struct run {
    char digits[RUN_MAX]; /* '0'..'9', and X at the end only */
    unsigned count;       /* of all, also those that did not fit */
    size_t end;
};

/* '0'..'9' or 'X', or 0 for anything else. */
static char digit_of(int32_t rune) {
    if (rune >= '0' && rune <= '9')
        return (char)rune;
    if (rune >= FULL_ZERO && rune <= FULL_NINE)
        return (char)('0' + (rune - FULL_ZERO));
    return rune == 'X' || rune == 'x' || rune == FULL_X || rune == FULL_SMALL_X ? 'X' : 0;
}

static bool is_gap(int32_t rune) { return rune == ' ' || rune == '-' || rune == 0xA0 || rune == 0x2010; }

/* Digits from `start` on, single gaps between them left out. */
static struct run run_from(struct text t, size_t start) {
    struct run run = {.end = start};
    struct text rest = text_from(t, start);
    bool after_gap = false;
    while (rest.length) {
        int32_t rune = text_rune(&rest);
        char digit = rune < 0 ? 0 : digit_of(rune);
        if (is_gap(rune) && !after_gap && run.count) {
            after_gap = true;
            continue;
        }
        if (!digit || (digit == 'X' && run.count != IDCARD_LENGTH - 1))
            break;
        if (run.count < RUN_MAX)
            run.digits[run.count] = digit;
        run.count++;
        after_gap = false;
        run.end = (size_t)((rest.length ? rest.bytes : t.bytes + t.length) - t.bytes);
        if (digit == 'X')
            break;
    }
    return run;
}

static bool fits_luhn(const char *digits, unsigned count) {
    unsigned sum = 0;
    for (unsigned i = 0; i < count; i++) {
        unsigned digit = (unsigned)(digits[count - 1 - i] - '0');
        if (i % 2)
            digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum += digit;
    }
    return sum % 10 == 0;
}

static bool has_issuer(const char *digits, unsigned count) {
    unsigned two = (unsigned)(digits[0] - '0') * 10 + (unsigned)(digits[1] - '0');
    unsigned four = two * 100 + (unsigned)(digits[2] - '0') * 10 + (unsigned)(digits[3] - '0');
    if (count == 15)
        return two == 34 || two == 37;
    return two == 62 || two / 10 == 4 || (two >= 51 && two <= 55) || two == 35 ||
           (four >= 2221 && four <= 2720);
}

static enum sensitive_kind kind_of(const struct run *run) {
    struct idcard card;
    if (run->count == IDCARD_LENGTH &&
        idcard_parse(text_of(run->digits, IDCARD_LENGTH), &card) == IDCARD_GOOD)
        return SENSITIVE_IDCARD;
    if (run->count < CARD_MIN || run->count > CARD_MAX || run->digits[run->count - 1] == 'X')
        return SENSITIVE_NONE;
    bool is_card = has_issuer(run->digits, run->count) && fits_luhn(run->digits, run->count);
    return is_card ? SENSITIVE_BANKCARD : SENSITIVE_NONE;
}

struct sensitive sensitive_find(struct text t, size_t from) {
    struct text rest = text_from(t, from);
    while (rest.length) {
        size_t start = (size_t)(rest.bytes - t.bytes);
        int32_t rune = text_rune(&rest);
        if (rune < 0) { /* not UTF-8 here: a byte further */
            rest = text_from(t, start + 1);
            continue;
        }
        char digit = digit_of(rune);
        if (!digit || digit == 'X')
            continue;
        struct run run = run_from(t, start);
        enum sensitive_kind kind = kind_of(&run);
        if (kind)
            return (struct sensitive){kind, start, run.end - start};
        rest = text_from(t, run.end);
    }
    return (struct sensitive){.kind = SENSITIVE_NONE};
}

struct text sensitive_mask_in(struct arena *a, struct text t) {
    struct buf out;
    size_t at = 0;
    buf_init(&out, a, t.length + 1);
    for (struct sensitive s; (s = sensitive_find(t, at)).kind; at = s.start + s.length) {
        buf_text(&out, text_part(t, at, s.start - at));
        struct text number = text_part(t, s.start, s.length);
        while (number.length)
            buf_char(&out, is_gap(text_rune(&number)) ? ' ' : '*');
    }
    buf_text(&out, text_from(t, at));
    return buf_peek(&out);
}

const char *sensitive_name(enum sensitive_kind kind, bool english) {
    if (kind == SENSITIVE_IDCARD)
        return english ? "an identity card number" : "身份证号码";
    return english ? "a bank card number" : "银行卡号";
}
