/* hash.c: see hash.h. */
#include "crypt/hash.h"
#include "base/must.h"
#include "codec/base64.h"

#include <sodium.h>
#include <string.h>

static void add_part(crypto_generichash_state *state, struct text part) {
    uint64_t length = part.length;
    crypto_generichash_update(state, (const unsigned char *)&length, sizeof length);
    if (part.length)
        crypto_generichash_update(state, (const unsigned char *)part.bytes, part.length);
}

struct digest hash_of(struct text t) {
    struct digest d;
    crypto_generichash(d.bytes, sizeof d.bytes, (const unsigned char *)t.bytes, t.length, NULL, 0);
    return d;
}

struct digest hash_sha256(const struct text *parts, size_t count) {
    crypto_hash_sha256_state state;
    struct digest d;
    crypto_hash_sha256_init(&state);
    for (size_t i = 0; i < count; i++)
        if (parts[i].length)
            crypto_hash_sha256_update(&state, (const unsigned char *)parts[i].bytes, parts[i].length);
    crypto_hash_sha256_final(&state, d.bytes);
    return d;
}

struct digest hash_keyed(const struct secret *key, const char *purpose, const struct text *parts,
                         size_t count) {
    crypto_generichash_state state;
    struct digest d;
    must(crypto_generichash_init(&state, key->bytes, sizeof key->bytes, sizeof d.bytes) == 0);
    add_part(&state, text_c(purpose));
    for (size_t i = 0; i < count; i++)
        add_part(&state, parts[i]);
    crypto_generichash_final(&state, d.bytes, sizeof d.bytes);
    sodium_memzero(&state, sizeof state);
    return d;
}

bool digest_equal(const struct digest *a, const struct digest *b) {
    return sodium_memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

struct text digest_text(const struct digest *d) {
    return text_of((const char *)d->bytes, sizeof d->bytes);
}

struct text digest_print_in(struct arena *a, const struct digest *d) {
    return hex_encode_in(a, digest_text(d));
}

struct text base64url_in(struct arena *a, struct text t) {
    struct text padded = base64_encode_in(a, t);
    char *copy = text_c_in(a, padded);
    size_t length = 0;
    for (; length < padded.length && copy[length] != '='; length++) {
        if (copy[length] == '+')
            copy[length] = '-';
        else if (copy[length] == '/')
            copy[length] = '_';
    }
    return text_of(copy, length);
}
