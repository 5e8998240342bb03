/* radix.c: see radix.h. The number is held in words of 32 bits, least first. */
#include "codec/radix.h"
#include "base/arena.h"

struct big {
    uint32_t *words;
    size_t count;
};

static int digit_of(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'Z' ? c - 'A' + 10 : 99;
}

static struct text without_prefix(struct text t, unsigned base) {
    const char *prefix = base == 16 ? "0x" : base == 8 ? "0o" : base == 2 ? "0b" : "";
    size_t length = text_c(prefix).length;
    bool has =
        length && t.length > length && text_equal_nocase(text_part(t, 0, length), text_c(prefix));
    return has ? text_from(t, length) : t;
}

static void times_plus(struct big *n, uint32_t factor, uint32_t plus) {
    uint64_t carry = plus;
    for (size_t i = 0; i < n->count; i++) {
        carry += (uint64_t)n->words[i] * factor;
        n->words[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry)
        n->words[n->count++] = (uint32_t)carry;
}

static uint32_t divide(struct big *n, uint32_t by) {
    uint64_t rest = 0;
    for (size_t i = n->count; i > 0; i--) {
        rest = rest << 32 | n->words[i - 1];
        n->words[i - 1] = (uint32_t)(rest / by);
        rest %= by;
    }
    while (n->count && n->words[n->count - 1] == 0)
        n->count--;
    return (uint32_t)rest;
}

bool radix_convert_in(struct arena *a, struct text digits, unsigned from, unsigned to,
                      struct text *out) {
    struct text t = without_prefix(digits, from);
    struct big n = {arena_alloc(a, (t.length * 6 / 32 + 2) * sizeof *n.words), 0};
    for (size_t i = 0; i < t.length; i++) {
        if (digit_of(t.bytes[i]) >= (int)from)
            return false;
        times_plus(&n, from, (uint32_t)digit_of(t.bytes[i]));
    }
    if (t.length == 0)
        return false;
    size_t room = n.count * 32 + 1, at = room;
    char *printed = arena_alloc(a, room);
    do
        printed[--at] = "0123456789abcdefghijklmnopqrstuvwxyz"[divide(&n, to)];
    while (n.count);
    *out = text_of(printed + at, room - at);
    return true;
}
