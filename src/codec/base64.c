/* base64.c: see base64.h. */
#include "codec/base64.h"

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static int value_of(char c) {
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '+' || c == '-')
        return 62;
    return c == '/' || c == '_' ? 63 : -1;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

bool base64_decode_in(struct arena *a, struct text t, struct text *out) {
    char *room = arena_alloc(a, t.length / 4 * 3 + 3);
    size_t length = 0, digits = 0, padding = 0;
    uint32_t group = 0;
    for (size_t i = 0; i < t.length; i++) {
        if (is_blank(t.bytes[i]))
            continue;
        if (t.bytes[i] == '=') {
            padding++;
            continue;
        }
        int value = value_of(t.bytes[i]);
        if (value < 0 || padding)
            return false;
        group = group << 6 | (uint32_t)value;
        if (++digits % 4 == 0) {
            room[length++] = (char)(group >> 16);
            room[length++] = (char)(group >> 8);
            room[length++] = (char)group;
        }
    }
    size_t left = digits % 4;
    if (left == 1 || padding > 2 || (padding && (left + padding) % 4 != 0))
        return false;
    if (left >= 2)
        room[length++] = (char)(left == 2 ? group >> 4 : group >> 10);
    if (left == 3)
        room[length++] = (char)(group >> 2);
    *out = text_of(room, length);
    return true;
}

struct text base64_encode_in(struct arena *a, struct text t) {
    char *room = arena_alloc(a, (t.length + 2) / 3 * 4 + 1);
    size_t length = 0;
    for (size_t i = 0; i < t.length; i += 3) {
        size_t n = t.length - i < 3 ? t.length - i : 3;
        uint32_t group = 0;
        for (size_t k = 0; k < 3; k++)
            group = group << 8 | (k < n ? (unsigned char)t.bytes[i + k] : 0);
        for (size_t k = 0; k < 4; k++)
            room[length++] = k <= n ? letters[group >> (18 - 6 * k) & 63] : '=';
    }
    return text_of(room, length);
}

struct text hex_encode_in(struct arena *a, struct text t) {
    static const char hex[] = "0123456789abcdef";
    char *room = arena_alloc(a, t.length * 2 + 1);
    for (size_t i = 0; i < t.length; i++) {
        room[2 * i] = hex[(unsigned char)t.bytes[i] >> 4];
        room[2 * i + 1] = hex[t.bytes[i] & 15];
    }
    return text_of(room, t.length * 2);
}

static int nibble_of(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool hex_decode_in(struct arena *a, struct text t, struct text *out) {
    if (t.length % 2)
        return false;
    char *room = arena_alloc(a, t.length / 2 + 1);
    for (size_t i = 0; i < t.length; i += 2) {
        int high = nibble_of(t.bytes[i]), low = nibble_of(t.bytes[i + 1]);
        if (high < 0 || low < 0)
            return false;
        room[i / 2] = (char)(high << 4 | low);
    }
    *out = text_of(room, t.length / 2);
    return true;
}
