/* random.c: getrandom(2), or splitmix64 (Steele, Lea, Flood 2014) for what must repeat. */
#include "base/random.h"
#include "base/must.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

struct random random_system(void) {
    return (struct random){0, 0};
}

struct random random_seeded(uint64_t seed) {
    return (struct random){seed, 1};
}

static uint64_t splitmix(uint64_t *state) {
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static void kernel_bytes(unsigned char *out, size_t length) {
    while (length) {
        ssize_t got = getrandom(out, length, 0);
        must(got > 0 || errno == EINTR);
        if (got > 0) {
            out += got;
            length -= (size_t)got;
        }
    }
}

void random_bytes(struct random *r, void *out, size_t length) {
    if (!r->is_seeded) {
        kernel_bytes(out, length);
        return;
    }
    unsigned char *at = out;
    while (length) {
        uint64_t word = splitmix(&r->state);
        size_t n = length < sizeof word ? length : sizeof word;
        memcpy(at, &word, n);
        at += n;
        length -= n;
    }
}

uint64_t random_u64(struct random *r) {
    uint64_t word;
    random_bytes(r, &word, sizeof word);
    return word;
}

uint32_t random_below(struct random *r, uint32_t bound) {
    must(bound > 0);
    uint64_t unfair = (UINT64_MAX / bound) * bound;
    uint64_t word;
    do
        word = random_u64(r);
    while (word >= unfair);
    return (uint32_t)(word % bound);
}
