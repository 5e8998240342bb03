/* base_n.c: see base_n.h. */
#include "codec/base_n.h"

static const char letters32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
static const char letters58[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

static struct text room_in(struct arena *a, size_t length, char **bytes_out) {
    *bytes_out = arena_alloc(a, length + 1);
    return text_of(*bytes_out, length);
}

/* ---- base32 ---- */

struct text base32_encode_in(struct arena *a, struct text bytes) {
    struct buf b;
    uint64_t bits = 0;
    unsigned have = 0;
    buf_init(&b, a, bytes.length * 2 + 16);
    for (size_t i = 0; i < bytes.length; i++) {
        bits = bits << 8 | (unsigned char)bytes.bytes[i];
        for (have += 8; have >= 5; have -= 5)
            buf_char(&b, letters32[bits >> (have - 5) & 31]);
    }
    if (have)
        buf_char(&b, letters32[bits << (5 - have) & 31]);
    while (b.length % 8)
        buf_char(&b, '=');
    return buf_peek(&b);
}

bool base32_decode_in(struct arena *a, struct text t, struct text *out) {
    char *bytes;
    size_t length = 0;
    uint64_t bits = 0;
    unsigned have = 0;
    while (t.length && t.bytes[t.length - 1] == '=')
        t.length--;
    room_in(a, t.length, &bytes);
    for (size_t i = 0; i < t.length; i++) {
        char x = t.bytes[i];
        size_t digit = text_find_char(text_c(letters32), x >= 'a' && x <= 'z' ? (char)(x - 32) : x);
        if (digit == SIZE_MAX)
            return false;
        bits = bits << 5 | digit;
        have += 5;
        if (have >= 8)
            bytes[length++] = (char)(bits >> (have -= 8));
    }
    *out = text_of(bytes, length);
    return have < 5 && (bits & ((1u << have) - 1)) == 0;
}

/* ---- base58: a number written in another base; leading zero bytes are leading ones ---- */

struct text base58_encode_in(struct arena *a, struct text bytes) {
    size_t zeros = 0, size = bytes.length * 138 / 100 + 1, used = 0;
    unsigned char *digits = arena_alloc(a, size);
    while (zeros < bytes.length && bytes.bytes[zeros] == 0)
        zeros++;
    for (size_t i = zeros; i < bytes.length; i++) {
        unsigned carry = (unsigned char)bytes.bytes[i];
        size_t k = 0;
        for (; carry || k < used; k++) {
            carry += 256u * digits[k];
            digits[k] = (unsigned char)(carry % 58);
            carry /= 58;
        }
        used = k;
    }
    char *out;
    struct text found = room_in(a, zeros + used, &out);
    for (size_t i = 0; i < zeros; i++)
        out[i] = letters58[0];
    for (size_t i = 0; i < used; i++)
        out[zeros + i] = letters58[digits[used - 1 - i]];
    return found;
}

bool base58_decode_in(struct arena *a, struct text t, struct text *out) {
    size_t ones = 0, used = 0;
    unsigned char *bytes = arena_alloc(a, t.length + 1);
    while (ones < t.length && t.bytes[ones] == letters58[0])
        ones++;
    for (size_t i = ones; i < t.length; i++) {
        size_t digit = text_find_char(text_c(letters58), t.bytes[i]);
        if (digit == SIZE_MAX)
            return false;
        unsigned carry = (unsigned)digit;
        size_t k = 0;
        for (; carry || k < used; k++) {
            carry += 58u * bytes[k];
            bytes[k] = (unsigned char)carry;
            carry >>= 8;
        }
        used = k;
    }
    char *room;
    *out = room_in(a, ones + used, &room);
    for (size_t i = 0; i < used; i++)
        room[ones + i] = (char)bytes[used - 1 - i];
    return true;
}

/* ---- Ascii85: four bytes as five characters, four zeros as z ---- */

struct text ascii85_encode_in(struct arena *a, struct text bytes) {
    struct buf b;
    buf_init(&b, a, bytes.length * 5 / 4 + 16);
    for (size_t i = 0; i < bytes.length; i += 4) {
        size_t have = bytes.length - i < 4 ? bytes.length - i : 4;
        uint32_t word = 0;
        char five[5];
        for (size_t k = 0; k < 4; k++)
            word = word << 8 | (k < have ? (unsigned char)bytes.bytes[i + k] : 0);
        if (word == 0 && have == 4) {
            buf_char(&b, 'z');
            continue;
        }
        for (int k = 4; k >= 0; k--, word /= 85)
            five[k] = (char)('!' + word % 85);
        buf_add(&b, five, have + 1);
    }
    return buf_peek(&b);
}

static bool put_group(struct buf *b, const unsigned char *five, size_t have) {
    uint64_t word = 0;
    for (size_t k = 0; k < 5; k++)
        word = word * 85 + (k < have ? five[k] : 84);
    for (size_t k = 0; k + 1 < have; k++)
        buf_char(b, (char)(word >> (24 - 8 * k)));
    return word <= UINT32_MAX && have != 1;
}

bool ascii85_decode_in(struct arena *a, struct text t, struct text *out) {
    unsigned char five[5];
    size_t have = 0;
    struct buf b;
    buf_init(&b, a, t.length * 4 + 8);
    for (size_t i = 0; i < t.length; i++) {
        char x = t.bytes[i];
        if (x == 'z' && have == 0) {
            buf_add(&b, "\0\0\0\0", 4);
            continue;
        }
        if (x < '!' || x > 'u')
            return false;
        five[have++] = (unsigned char)(x - '!');
        if (have == 5 && !put_group(&b, five, 5))
            return false;
        have %= 5;
    }
    bool fits = have == 0 || put_group(&b, five, have);
    *out = buf_peek(&b);
    return fits;
}

/* ---- HTML ---- */

static const struct { const char *name; int32_t rune; } entities[] = {
    {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", 0xA0}, {"copy", 0xA9}, {"reg", 0xAE},
    {"yen", 0xA5}, {"middot", 0xB7}, {"times", 0xD7}, {"ndash", 0x2013}, {"mdash", 0x2014}, {"lsquo", 0x2018}, {"rsquo", 0x2019},
    {"ldquo", 0x201C}, {"rdquo", 0x201D}, {"bull", 0x2022}, {"hellip", 0x2026}, {"euro", 0x20AC}, {"trade", 0x2122},
    {"laquo", 0xAB}, {"raquo", 0xBB}, {"deg", 0xB0}, {"para", 0xB6}, {"sect", 0xA7},
};

struct text html_escape_in(struct arena *a, struct text t) {
    struct buf b;
    buf_init(&b, a, t.length * 6 + 1);
    for (size_t i = 0; i < t.length; i++) {
        char x = t.bytes[i];
        if (x == '\'')
            buf_c(&b, "&#39;");
        else if (x == '&' || x == '<' || x == '>' || x == '"')
            buf_c(&b, x == '&' ? "&amp;" : x == '<' ? "&lt;" : x == '>' ? "&gt;" : "&quot;");
        else
            buf_char(&b, x);
    }
    return buf_peek(&b);
}

static bool number_of(struct text digits, unsigned base, int32_t *out) {
    uint32_t value = 0;
    for (size_t i = 0; i < digits.length; i++) {
        size_t digit = text_find_char(TEXT("0123456789abcdefABCDEF"), digits.bytes[i]);
        digit = digit != SIZE_MAX && digit > 15 ? digit - 6 : digit;
        if (digit >= base || value > 0x10FFFF)
            return false;
        value = value * base + (uint32_t)digit;
    }
    *out = (int32_t)value;
    return digits.length && value && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
}

static bool entity_of(struct text name, int32_t *out) {
    if (text_starts(name, TEXT("#x")) || text_starts(name, TEXT("#X")))
        return number_of(text_from(name, 2), 16, out);
    if (text_starts(name, TEXT("#")))
        return number_of(text_from(name, 1), 10, out);
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (text_equal_c(name, entities[i].name)) {
            *out = entities[i].rune;
            return true;
        }
    return false;
}

struct text html_unescape_in(struct arena *a, struct text t) {
    struct buf b;
    char room[4];
    int32_t rune;
    buf_init(&b, a, t.length + 8);
    for (size_t i = 0; i < t.length; i++) {
        size_t end = t.bytes[i] == '&' ? text_find_char(text_part(t, i, 12), ';') : SIZE_MAX;
        if (end != SIZE_MAX && entity_of(text_part(t, i + 1, end - 1), &rune)) {
            buf_text(&b, text_rune_print(room, rune));
            i += end;
        } else {
            buf_char(&b, t.bytes[i]);
        }
    }
    return buf_peek(&b);
}

/* ---- \u ---- */

struct text unicode_escape_in(struct arena *a, struct text t) {
    struct buf b;
    buf_init(&b, a, t.length * 6 + 1);
    while (t.length) {
        int32_t rune = text_rune(&t);
        if (rune < 0)
            break;
        if (rune < 0x80)
            buf_char(&b, (char)rune);
        else if (rune < 0x10000)
            buf_format(&b, "\\u%04x", (unsigned)rune);
        else
            buf_format(&b, "\\u%04x\\u%04x", 0xD800 + (unsigned)((rune - 0x10000) >> 10), 0xDC00 + (unsigned)(rune & 0x3FF));
    }
    return buf_peek(&b);
}

/* The four digits behind \u, surrogates too. */
static bool unit_of(struct text t, uint32_t *out) {
    *out = 0;
    if (t.length < 6 || t.bytes[0] != '\\' || (t.bytes[1] != 'u' && t.bytes[1] != 'U'))
        return false;
    for (size_t i = 2; i < 6; i++) {
        size_t digit = text_find_char(TEXT("0123456789abcdefABCDEF"), t.bytes[i]);
        if (digit == SIZE_MAX)
            return false;
        *out = *out * 16 + (uint32_t)(digit > 15 ? digit - 6 : digit);
    }
    return true;
}

bool unicode_unescape_in(struct arena *a, struct text t, struct text *out) {
    struct buf b;
    char room[4];
    uint32_t unit, low;
    buf_init(&b, a, t.length + 8);
    while (t.length) {
        if (t.bytes[0] != '\\' || t.length < 2 || (t.bytes[1] != 'u' && t.bytes[1] != 'U')) {
            buf_char(&b, t.bytes[0]);
            t = text_from(t, 1);
            continue;
        }
        if (!unit_of(t, &unit))
            return false;
        t = text_from(t, 6);
        if (unit >= 0xD800 && unit < 0xDC00) {
            if (!unit_of(t, &low) || low < 0xDC00 || low > 0xDFFF)
                return false;
            unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
            t = text_from(t, 6);
        } else if (unit >= 0xDC00 && unit < 0xE000) {
            return false;
        }
        buf_text(&b, text_rune_print(room, (int32_t)unit));
    }
    *out = buf_peek(&b);
    return true;
}
