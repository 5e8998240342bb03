/* digest.h: named message digests and their HMACs, by OpenSSL.
 *
 * Contract   a name that is none of ours gives false and leaves `out` alone. The names are md5 sha1
 *            sha224 sha256 sha384 sha512 sha512_224 sha512_256 (RFC 1321, FIPS 180-4), sha3_224 sha3_256
 *            sha3_384 sha3_512 (FIPS 202), blake2b blake2s (RFC 7693), ripemd160 and sm3 (GB/T 32905-2016);
 *            HMAC is RFC 2104.
 * Threads    any; OpenSSL keeps what it fetched by itself.
 * Not here   which of them are still safe for what: md5 and sha1 are for old protocols only.
 */
#pragma once
#include "base/text.h"

enum { DIGEST_BYTES_MAX = 64 };

struct digest {
    unsigned char bytes[DIGEST_BYTES_MAX];
    size_t length;
};

[[nodiscard]] bool digest_of(struct text name, struct text message, struct digest *out);
[[nodiscard]] bool digest_hmac(struct text name, struct text key, struct text message,
                               struct digest *out);

struct text digest_hex_in(struct arena *a, const struct digest *d);
