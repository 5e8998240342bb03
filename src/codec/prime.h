/* prime.h: primes and factors of numbers of 64 bits.
 *
 * Contract   exact for every number: no answer is only probable.
 * Source     Miller-Rabin with the first 12 primes as bases decides all n < 3.18e23 (Sorenson and
 * Webster, Math. Comp. 86 (2017) 985); factors by Pollard's rho (BIT 15 (1975) 331) in Brent's form
 * (BIT 20 (1980) 176).
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum { PRIME_FACTORS_MOST = 15 }; /* the product of the first 16 primes needs more than 64 bits */

struct prime_factor {
    uint64_t prime;
    unsigned power;
};

bool prime_is(uint64_t n);

/* Smallest first; the number of different primes: 0 for 0 and 1. */
unsigned prime_factors(uint64_t n, struct prime_factor out[static PRIME_FACTORS_MOST]);
