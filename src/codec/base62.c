/* base62.c: see base62.h. */
#include "codec/base62.h"

static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/* The value + 1; 0 = no digit. */
static const unsigned char places[256] = {
    ['0'] = 1,  2,  3,  4,  5,  6,  7,  8,  9,  10,
    ['A'] = 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36,
    ['a'] = 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62,
};

char base62_digit(unsigned value) {
    return digits[value % 62];
}

void base62_print(char *out, size_t width, uint64_t value) {
    while (width-- > 0) {
        out[width] = digits[value % 62];
        value /= 62;
    }
}

bool base62_is(struct text t) {
    for (size_t i = 0; i < t.length; i++)
        if (!places[(unsigned char)t.bytes[i]])
            return false;
    return true;
}

bool base62_parse(struct text t, uint64_t *out) {
    uint64_t value = 0;
    if (t.length == 0 || t.length > 10)
        return false;
    for (size_t i = 0; i < t.length; i++) {
        unsigned place = places[(unsigned char)t.bytes[i]];
        if (place == 0)
            return false;
        value = value * 62 + place - 1;
    }
    *out = value;
    return true;
}
