/* base62.c: see base62.h. */
#include "codec/base62.h"

static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

static int value_of(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'Z')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'z' ? c - 'a' + 36 : -1;
}

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
        if (value_of(t.bytes[i]) < 0)
            return false;
    return true;
}

bool base62_parse(struct text t, uint64_t *out) {
    uint64_t value = 0;
    if (t.length == 0 || t.length > 10 || !base62_is(t))
        return false;
    for (size_t i = 0; i < t.length; i++)
        value = value * 62 + (uint64_t)value_of(t.bytes[i]);
    *out = value;
    return true;
}
