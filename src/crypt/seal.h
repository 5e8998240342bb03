/* seal.h: a field at rest: XChaCha20-Poly1305, bound to the place that it stands in.
 *
 *     version (1) | algorithm (1) | key epoch (4) | nonce (24) | cipher text and tag
 *
 * Contract   the place (table, column, row, subject) is authenticated, so a value moved to another row or
 *            person does not open. Lengths are hidden: the plain text is padded to 32, 64, 256, then
 *            multiples of 256 bytes. Where anything differs, seal_open_in is ERR_INTEGRITY_FAILED: of this
 *            value only.
 */
#pragma once
#include "base/err.h"
#include "base/random.h"
#include "crypt/hash.h"

enum { SEAL_PLAIN_MAX = 65000 };

struct seal_place {
    const char *table, *column;
    int64_t row;
    uint64_t subject;
};

struct text seal_in(struct arena *a, struct random *chance, const struct secret *key,
                    const struct seal_place *place, struct text plain);
[[nodiscard]] struct err seal_open_in(struct arena *a, const struct secret *key,
                                      const struct seal_place *place, struct text sealed,
                                      struct text *plain_out);
