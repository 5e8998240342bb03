/* digest.c: see digest.h. */
#include "codec/digest.h"
#include "base/must.h"
#include "codec/base64.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

typedef const EVP_MD *digest_function(void);

static const EVP_MD *method_of(struct text name) {
    static const struct {
        const char *name;
        digest_function *method;
    } methods[] = {
        {"md5", EVP_md5},       {"sha1", EVP_sha1},     {"sha224", EVP_sha224},
        {"sha256", EVP_sha256}, {"sha384", EVP_sha384}, {"sha512", EVP_sha512},
        {"sm3", EVP_sm3},       {"sha512_224", EVP_sha512_224}, {"sha512_256", EVP_sha512_256},
        {"sha3_224", EVP_sha3_224}, {"sha3_256", EVP_sha3_256}, {"sha3_384", EVP_sha3_384},
        {"sha3_512", EVP_sha3_512}, {"blake2b", EVP_blake2b512}, {"blake2s", EVP_blake2s256},
        {"ripemd160", EVP_ripemd160},
    };
    for (size_t i = 0; i < COUNT(methods); i++)
        if (text_equal_c(name, methods[i].name))
            return methods[i].method();
    return NULL;
}

bool digest_of(struct text name, struct text message, struct digest *out) {
    const EVP_MD *method = method_of(name);
    unsigned length = 0;
    /* Fails where the system's OpenSSL was told to refuse an old digest (a FIPS policy). */
    if (!method || !EVP_Digest(message.bytes, message.length, out->bytes, &length, method, NULL))
        return false;
    out->length = length;
    return true;
}

bool digest_hmac(struct text name, struct text key, struct text message, struct digest *out) {
    const EVP_MD *method = method_of(name);
    unsigned length = 0;
    must(key.length <= INT32_MAX);
    /* A NULL key means "the last one" to OpenSSL, so an empty key needs an address. */
    if (!method || !HMAC(method, key.length ? key.bytes : "", (int)key.length,
                         (const unsigned char *)message.bytes, message.length, out->bytes, &length))
        return false;
    out->length = length;
    return true;
}

struct text digest_hex_in(struct arena *a, const struct digest *d) {
    return hex_encode_in(a, text_of((const char *)d->bytes, d->length));
}
