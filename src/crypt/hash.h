/* hash.h: BLAKE2b-256, keyed and told apart by purpose.
 *
 * Contract   hash_keyed hashes a purpose and parts, each with its length before it, so two different
 *            lists never give the same bytes. digest_equal takes the same time whatever differs.
 */
#pragma once
#include "base/text.h"

enum { DIGEST_BYTES = 32, SECRET_BYTES = 32 };

struct digest {
    unsigned char bytes[DIGEST_BYTES];
};

struct secret {
    unsigned char bytes[SECRET_BYTES];
};

#define PARTS(...)                                                                                 \
    (const struct text[]){__VA_ARGS__},                                                            \
        sizeof((const struct text[]){__VA_ARGS__}) / sizeof(struct text)

struct digest hash_of(struct text t);
/* SHA-256 of the parts one behind the other, so that anybody's sha256sum gives the same. */
struct digest hash_sha256(const struct text *parts, size_t count);
struct digest hash_keyed(const struct secret *key, const char *purpose, const struct text *parts,
                         size_t count);
bool digest_equal(const struct digest *a, const struct digest *b);
struct text digest_text(const struct digest *d); /* its bytes, borrowed */

/* 64 small hex digits. */
struct text digest_print_in(struct arena *a, const struct digest *d);

/* base64url without padding. */
struct text base64url_in(struct arena *a, struct text t);
