/* text.c: slices of bytes. */
#include "base/text.h"
#include "base/must.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool text_equal_nocase(struct text a, struct text b) {
    if (a.length != b.length)
        return false;
    for (size_t i = 0; i < a.length; i++)
        if (lower(a.bytes[i]) != lower(b.bytes[i]))
            return false;
    return true;
}

int text_compare(struct text a, struct text b) {
    size_t n = a.length < b.length ? a.length : b.length;
    int order = n ? memcmp(a.bytes, b.bytes, n) : 0;
    if (order)
        return order;
    return a.length < b.length ? -1 : a.length > b.length;
}

bool text_starts(struct text t, struct text prefix) {
    return t.length >= prefix.length && text_equal(text_part(t, 0, prefix.length), prefix);
}

bool text_ends(struct text t, struct text suffix) {
    return t.length >= suffix.length && text_equal(text_from(t, t.length - suffix.length), suffix);
}

bool text_has_nul(struct text t) {
    return t.length && memchr(t.bytes, 0, t.length);
}

size_t text_find(struct text t, struct text needle) {
    if (needle.length == 0)
        return 0;
    if (t.length < needle.length)
        return SIZE_MAX;
    const char *at = memmem(t.bytes, t.length, needle.bytes, needle.length);
    return at ? (size_t)(at - t.bytes) : SIZE_MAX;
}

size_t text_find_char(struct text t, char c) {
    const char *at = t.length ? memchr(t.bytes, c, t.length) : NULL;
    return at ? (size_t)(at - t.bytes) : SIZE_MAX;
}

static bool is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static size_t blank_at_start(struct text t) {
    if (t.length && is_blank(t.bytes[0]))
        return 1;
    return text_starts(t, TEXT("\u3000")) ? 3 : 0;
}

static size_t blank_at_end(struct text t) {
    if (t.length && is_blank(t.bytes[t.length - 1]))
        return 1;
    return text_ends(t, TEXT("\u3000")) ? 3 : 0;
}

struct text text_trim(struct text t) {
    for (size_t n; (n = blank_at_start(t)) > 0;)
        t = text_from(t, n);
    for (size_t n; (n = blank_at_end(t)) > 0;)
        t.length -= n;
    return t;
}

bool text_cut(struct text *rest, char c, struct text *piece_out) {
    if (rest->bytes == NULL)
        return false;
    size_t at = text_find_char(*rest, c);
    if (at == SIZE_MAX) {
        *piece_out = *rest;
        *rest = (struct text){NULL, 0};
        return true;
    }
    *piece_out = text_part(*rest, 0, at);
    *rest = (struct text){rest->bytes + at + 1, rest->length - at - 1};
    return true;
}

bool text_to_u64(struct text t, uint64_t *out) {
    uint64_t value = 0;
    if (t.length == 0)
        return false;
    for (size_t i = 0; i < t.length; i++) {
        if (t.bytes[i] < '0' || t.bytes[i] > '9')
            return false;
        if (__builtin_mul_overflow(value, 10u, &value) ||
            __builtin_add_overflow(value, (uint64_t)(t.bytes[i] - '0'), &value))
            return false;
    }
    *out = value;
    return true;
}

bool text_to_i64(struct text t, int64_t *out) {
    bool negative = t.length && t.bytes[0] == '-';
    uint64_t value;
    if (!text_to_u64(text_from(t, negative), &value) || value > (uint64_t)INT64_MAX + negative)
        return false;
    *out = (int64_t)(negative ? 0 - value : value);
    return true;
}

bool text_to_number(struct text t, double *out) {
    char room[64];
    if (t.length == 0 || t.length >= sizeof room)
        return false;
    for (size_t i = 0; i < t.length; i++)
        if (!strchr("0123456789+-.eE", t.bytes[i]) || t.bytes[i] == 0)
            return false;
    memcpy(room, t.bytes, t.length);
    room[t.length] = 0;
    char *end;
    double value = strtod(room, &end);
    if (*end || !isfinite(value))
        return false;
    *out = value;
    return true;
}

struct text text_copy_in(struct arena *a, struct text t) {
    return (struct text){text_c_in(a, t), t.length};
}

char *text_c_in(struct arena *a, struct text t) {
    char *copy = arena_alloc(a, t.length + 1);
    if (t.length)
        memcpy(copy, t.bytes, t.length);
    return copy;
}

struct text text_lower_in(struct arena *a, struct text t) {
    char *copy = text_c_in(a, t);
    for (size_t i = 0; i < t.length; i++)
        copy[i] = lower(copy[i]);
    return (struct text){copy, t.length};
}

static struct text format_in(struct arena *a, const char *format, va_list values) {
    va_list again;
    va_copy(again, values);
    int length = vsnprintf(NULL, 0, format, values);
    must(length >= 0);
    char *room = arena_alloc(a, (size_t)length + 1);
    vsnprintf(room, (size_t)length + 1, format, again);
    va_end(again);
    return (struct text){room, (size_t)length};
}

struct text text_format_in(struct arena *a, const char *format, ...) {
    va_list values;
    va_start(values, format);
    struct text t = format_in(a, format, values);
    va_end(values);
    return t;
}

const char *text_say_in(struct arena *a, const char *format, ...) {
    va_list values;
    va_start(values, format);
    struct text t = format_in(a, format, values);
    va_end(values);
    return t.bytes;
}

/* How many bytes a sequence that begins with `lead` has; 0 where none may begin so (RFC 3629). */
static size_t sequence_bytes(unsigned char lead) {
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

int32_t text_rune(struct text *rest) {
    static const unsigned char lead_mask[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    static const int32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (rest->length == 0)
        return -1;
    const unsigned char *b = (const unsigned char *)rest->bytes;
    size_t n = sequence_bytes(b[0]);
    if (n == 0 || n > rest->length)
        return -1;
    int32_t rune = b[0] & lead_mask[n];
    for (size_t i = 1; i < n; i++) {
        if ((b[i] & 0xC0) != 0x80)
            return -1;
        rune = rune << 6 | (b[i] & 0x3F);
    }
    if (rune < least[n] || rune > 0x10FFFF || (rune >= 0xD800 && rune <= 0xDFFF))
        return -1;
    *rest = (struct text){rest->bytes + n, rest->length - n};
    return rune;
}

bool text_is_utf8(struct text t) {
    while (t.length) {
        uint64_t eight = UINT64_MAX;
        if (t.length >= sizeof eight)
            memcpy(&eight, t.bytes, sizeof eight);
        if ((eight & 0x8080808080808080u) == 0)
            t = text_from(t, sizeof eight);
        else if ((unsigned char)t.bytes[0] < 0x80)
            t = text_from(t, 1);
        else if (text_rune(&t) < 0)
            return false;
    }
    return true;
}

size_t text_runes(struct text t) {
    size_t runes = 0;
    for (size_t i = 0; i < t.length; i++)
        runes += ((unsigned char)t.bytes[i] & 0xC0) != 0x80;
    return runes;
}

struct text text_rune_print(char room[static 4], int32_t rune) {
    if (rune < 0x80) {
        room[0] = (char)rune;
        return (struct text){room, 1};
    }
    if (rune < 0x800) {
        room[0] = (char)(0xC0 | rune >> 6);
        room[1] = (char)(0x80 | (rune & 0x3F));
        return (struct text){room, 2};
    }
    if (rune < 0x10000) {
        room[0] = (char)(0xE0 | rune >> 12);
        room[1] = (char)(0x80 | (rune >> 6 & 0x3F));
        room[2] = (char)(0x80 | (rune & 0x3F));
        return (struct text){room, 3};
    }
    room[0] = (char)(0xF0 | rune >> 18);
    room[1] = (char)(0x80 | (rune >> 12 & 0x3F));
    room[2] = (char)(0x80 | (rune >> 6 & 0x3F));
    room[3] = (char)(0x80 | (rune & 0x3F));
    return (struct text){room, 4};
}

bool text_has_control(struct text t) {
    for (size_t i = 0; i < t.length; i++) {
        unsigned char c = (unsigned char)t.bytes[i];
        if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F)
            return true;
    }
    return false;
}
