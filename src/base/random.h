/* random.h: chance comes in as an argument, so a test can repeat it.
 *
 * Contract   random_system draws from the kernel and never fails short; random_seeded repeats itself
 *            for one seed and is for tests and for examples only.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>

struct random {
    uint64_t state;
    int is_seeded;
};

struct random random_system(void);
struct random random_seeded(uint64_t seed);

void random_bytes(struct random *r, void *out, size_t length);
uint64_t random_u64(struct random *r);
uint32_t random_below(struct random *r, uint32_t bound); /* uniform in [0, bound), bound > 0 */
