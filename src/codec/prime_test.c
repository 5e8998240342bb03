/* prime_test.c: against a sieve, against products, and at the edges of 64 bits. */
#include "test.h"

#include "base/random.h"
#include "codec/prime.h"

enum { SIEVED = 200000 };

TEST(agrees_with_a_sieve) {
    static bool composite[SIEVED];
    for (uint64_t i = 2; i < SIEVED; i++) {
        if (!composite[i])
            for (uint64_t k = i * i; k < SIEVED; k += i)
                composite[k] = true;
        want_int(prime_is(i), !composite[i]);
    }
    want(!prime_is(0) && !prime_is(1));
}

static void want_factors(uint64_t n) {
    struct prime_factor f[PRIME_FACTORS_MOST];
    uint64_t product = 1;
    unsigned count = prime_factors(n, f);
    for (unsigned i = 0; i < count; i++) {
        want(prime_is(f[i].prime));
        want(i == 0 || f[i - 1].prime < f[i].prime);
        for (unsigned k = 0; k < f[i].power; k++)
            product *= f[i].prime;
    }
    want(product == n);
}

TEST(factors_multiply_up_to_the_number) {
    struct random chance = random_seeded(3);
    for (uint64_t n = 1; n < 3000; n++)
        want_factors(n);
    for (int i = 0; i < 200; i++)
        want_factors(random_u64(&chance) | 1);
    want_factors(UINT64_MAX);
    want_factors(4294967291ull * 4294967279ull); /* two primes of 32 bits: rho's hardest */
    want_factors(4294967291ull * 4294967291ull);
    want_factors(614889782588491410ull);     /* the product of the first 15 primes */
    want(prime_is(18446744073709551557ull)); /* the largest prime of 64 bits */
    want(!prime_is(3215031751ull));          /* strong pseudoprime to 2, 3, 5 and 7 */
    want(!prime_is(3825123056546413051ull)); /* and to all bases up to 23 */
}

TESTS(RUN(agrees_with_a_sieve), RUN(factors_multiply_up_to_the_number))
