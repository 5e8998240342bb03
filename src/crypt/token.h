/* token.h: what an API token looks like and what is kept of it.
 *
 *     alk_live_ + id (10 base62 digits, public) + secret (43 base62 digits, 256 bits) + CRC-32 (6 digits)
 *
 * Contract   only the digest is stored: BLAKE2b-256 of the whole token under a key. A fast hash is right
 *            here, since the secret has 256 bits (OWASP ASVS 5.0, 6.5.2).
 */
#pragma once
#include "base/random.h"
#include "base/text.h"

enum { TOKEN_LENGTH = 68, TOKEN_DIGEST_BYTES = 32, TOKEN_KEY_BYTES = 32 };

struct token_key {
    unsigned char bytes[TOKEN_KEY_BYTES];
};

/* A new token, with its NUL. */
void token_make(struct random *r, char token_out[static TOKEN_LENGTH + 1], uint64_t *id_out);

/* False where the shape or the checksum is wrong. */
bool token_parse(struct text token, uint64_t *id_out);

/* The same without a look at the checksum: a token whose digest fits needs none. */
bool token_parse_shape(struct text token, uint64_t *id_out);

/* Lets libsodium choose the code for this CPU (3,372 -> 1,244 instructions a digest with AVX2). Call it once,
 * before the first digest. */
void token_digest_prepare(void);

void token_digest(const struct token_key *key, struct text token,
                  unsigned char out[static TOKEN_DIGEST_BYTES]);
bool token_digest_equal(const unsigned char *a, const unsigned char *b); /* in constant time */

/* The public id as it is shown and named in requests: 10 base62 digits. */
struct text token_id_print_in(struct arena *a, uint64_t id);
bool token_id_parse(struct text t, uint64_t *out);
