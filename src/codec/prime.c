/* prime.c: see prime.h. */
#include "codec/prime.h"

#include <stddef.h>

enum { SMALL_MOST = 1000, BATCH = 128 };

static uint64_t mul(uint64_t a, uint64_t b, uint64_t n) {
    return (uint64_t)((unsigned __int128)a * b % n);
}

static uint64_t power(uint64_t base, uint64_t exponent, uint64_t n) {
    uint64_t result = 1;
    for (base %= n; exponent; exponent >>= 1, base = mul(base, base, n))
        if (exponent & 1)
            result = mul(result, base, n);
    return result;
}

/* Does `base` show that n = d 2^s + 1 is composite? */
static bool is_witness(uint64_t base, uint64_t n, uint64_t d, unsigned s) {
    uint64_t x = power(base, d, n);
    if (x == 1 || x == n - 1)
        return false;
    for (unsigned i = 1; i < s; i++) {
        x = mul(x, x, n);
        if (x == n - 1)
            return false;
    }
    return true;
}

bool prime_is(uint64_t n) {
    static const uint64_t bases[] = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37};
    if (n < 2)
        return false;
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++)
        if (n % bases[i] == 0)
            return n == bases[i];
    unsigned s = (unsigned)__builtin_ctzll(n - 1);
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++)
        if (is_witness(bases[i], n, (n - 1) >> s, s))
            return false;
    return true;
}

static uint64_t common(uint64_t a, uint64_t b) {
    while (b) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static uint64_t step(uint64_t x, uint64_t c, uint64_t n) {
    return (uint64_t)(((unsigned __int128)x * x + c) % n);
}

static uint64_t distance(uint64_t a, uint64_t b) {
    return a > b ? a - b : b - a;
}

/* One walk of rho: a divisor, or n itself where the walk was in vain. The distances are multiplied
 * up, so that one greatest common divisor stands for BATCH steps. */
static uint64_t walk(uint64_t n, uint64_t c) {
    uint64_t y = 2, x = 2, before = 2, product = 1, found = 1;
    for (uint64_t length = 1; found == 1; length *= 2) {
        x = y;
        for (uint64_t i = 0; i < length; i++)
            y = step(y, c, n);
        for (uint64_t done = 0; done < length && found == 1; done += BATCH) {
            before = y;
            for (uint64_t i = 0; i < BATCH && i < length - done; i++) {
                y = step(y, c, n);
                product = mul(product, distance(x, y), n);
            }
            found = common(product, n);
        }
    }
    if (found != n)
        return found;
    do { /* the batch went past the divisor: once more, step by step */
        before = step(before, c, n);
        found = common(distance(x, before), n);
    } while (found == 1);
    return found;
}

static void put(uint64_t prime, struct prime_factor *out, unsigned *count) {
    unsigned at = 0;
    while (at < *count && out[at].prime < prime)
        at++;
    if (at < *count && out[at].prime == prime) {
        out[at].power++;
        return;
    }
    for (unsigned i = (*count)++; i > at; i--)
        out[i] = out[i - 1];
    out[at] = (struct prime_factor){prime, 1};
}

/* n has no small divisors, so the depth is at most 6. */
static void split(uint64_t n, struct prime_factor *out, unsigned *count) {
    uint64_t divisor = n;
    if (n == 1)
        return;
    if (prime_is(n)) {
        put(n, out, count);
        return;
    }
    for (uint64_t c = 1; divisor == n; c++)
        divisor = walk(n, c);
    split(divisor, out, count);
    split(n / divisor, out, count);
}

unsigned prime_factors(uint64_t n, struct prime_factor out[static PRIME_FACTORS_MOST]) {
    unsigned count = 0;
    if (n < 2)
        return 0;
    for (uint64_t d = 2; d < SMALL_MOST && d * d <= n; d++)
        for (; n % d == 0; n /= d)
            put(d, out, &count);
    split(n, out, &count);
    return count;
}
