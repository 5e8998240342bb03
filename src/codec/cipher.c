/* cipher.c: see cipher.h. */
#include "codec/cipher.h"
#include "base/must.h"
#include "codec/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <string.h>

/* One pass over `bytes` either way; the tag is written (sealing) or read (opening). */
static bool run(bool is_sealing, struct text secret, const unsigned char *nonce, struct text bytes,
                unsigned char *out, unsigned char *tag) {
    struct digest key;
    int length = 0;
    must(digest_of(TEXT("sha256"), secret, &key) && bytes.length <= INT32_MAX);
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    must(context != NULL);
    bool good =
        EVP_CipherInit_ex(context, EVP_aes_256_gcm(), NULL, key.bytes, nonce, is_sealing) == 1 &&
        (bytes.length == 0 ||
         EVP_CipherUpdate(context, out, &length, (const unsigned char *)bytes.bytes,
                          (int)bytes.length) == 1) &&
        (is_sealing ||
         EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, CIPHER_TAG_BYTES, tag) == 1) &&
        EVP_CipherFinal_ex(context, out + length, &length) == 1 &&
        (!is_sealing ||
         EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, CIPHER_TAG_BYTES, tag) == 1);
    EVP_CIPHER_CTX_free(context);
    OPENSSL_cleanse(&key, sizeof key);
    return good;
}

struct text cipher_seal_in(struct arena *a, struct text secret,
                           const unsigned char nonce[static CIPHER_NONCE_BYTES],
                           struct text plain) {
    size_t length = CIPHER_NONCE_BYTES + plain.length + CIPHER_TAG_BYTES;
    unsigned char *room = arena_alloc(a, length);
    memcpy(room, nonce, CIPHER_NONCE_BYTES);
    must(run(true, secret, nonce, plain, room + CIPHER_NONCE_BYTES,
             room + CIPHER_NONCE_BYTES + plain.length));
    return text_of((const char *)room, length);
}

bool cipher_open_in(struct arena *a, struct text secret, struct text sealed,
                    struct text *plain_out) {
    if (sealed.length < CIPHER_NONCE_BYTES + CIPHER_TAG_BYTES)
        return false;
    size_t length = sealed.length - CIPHER_NONCE_BYTES - CIPHER_TAG_BYTES;
    unsigned char *room = arena_alloc(a, length + 1);
    unsigned char tag[CIPHER_TAG_BYTES];
    memcpy(tag, sealed.bytes + CIPHER_NONCE_BYTES + length, sizeof tag);
    if (!run(false, secret, (const unsigned char *)sealed.bytes,
             text_of(sealed.bytes + CIPHER_NONCE_BYTES, length), room, tag))
        return false;
    *plain_out = text_of((const char *)room, length);
    return true;
}
