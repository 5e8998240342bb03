/* cipher.h: a text sealed with a secret, so that only its holder can read it: AES-256-GCM (NIST SP
 * 800-38D) by OpenSSL.
 *
 * Layout     sealed = 12 bytes of nonce, the ciphertext, 16 bytes of tag; the key is
 *            SHA-256(secret). Anyone can repeat that in a few lines of any language.
 * Contract   the nonce comes from the caller and must never come twice with one secret: take it
 *            from random.h. The secret is not stretched, so it must be hard to guess by itself.
 * Threads    any.
 */
#pragma once
#include "base/text.h"

enum { CIPHER_NONCE_BYTES = 12, CIPHER_TAG_BYTES = 16 };

struct text cipher_seal_in(struct arena *a, struct text secret,
                           const unsigned char nonce[static CIPHER_NONCE_BYTES], struct text plain);

/* False where the secret is another one, or a byte was changed. */
[[nodiscard]] bool cipher_open_in(struct arena *a, struct text secret, struct text sealed,
                                  struct text *plain_out);
