/* seal.c: see seal.h. */
#include "crypt/seal.h"
#include "base/must.h"

#include <sodium.h>
#include <string.h>

enum {
    VERSION = 1,
    ALGORITHM_XCHACHA20_POLY1305 = 1,
    EPOCH_BYTES = 4,
    NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    HEAD = 2 + EPOCH_BYTES + NONCE,
    LENGTH_BYTES = 2,
};
_Static_assert(SECRET_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "a secret is a key");

static size_t padded(size_t length) {
    static const size_t buckets[] = {32, 64, 256};
    for (size_t i = 0; i < COUNT(buckets); i++)
        if (length <= buckets[i])
            return buckets[i];
    return (length + 255) / 256 * 256;
}

/* The place as bytes: names end in NUL, numbers have eight bytes. */
static struct text place_in(struct arena *a, const struct seal_place *place) {
    struct text names = text_format_in(a, "%s%c%s%c", place->table, 0, place->column, 0);
    char *room = arena_alloc(a, names.length + 17);
    memcpy(room, names.bytes, names.length);
    memcpy(room + names.length, &place->row, 8);
    memcpy(room + names.length + 8, &place->subject, 8);
    room[names.length + 16] = VERSION;
    return text_of(room, names.length + 17);
}

struct text seal_in(struct arena *a, struct random *chance, const struct secret *key,
                    const struct seal_place *place, struct text plain) {
    must(plain.length <= SEAL_PLAIN_MAX);
    size_t room_bytes = padded(plain.length + LENGTH_BYTES);
    unsigned char *room = arena_alloc(a, room_bytes),
                  *out = arena_alloc(a, HEAD + room_bytes + TAG);
    struct text where = place_in(a, place);
    unsigned long long sealed_bytes;
    room[0] = (unsigned char)(plain.length >> 8);
    room[1] = (unsigned char)plain.length;
    if (plain.length)
        memcpy(room + LENGTH_BYTES, plain.bytes, plain.length);
    out[0] = VERSION;
    out[1] = ALGORITHM_XCHACHA20_POLY1305;
    random_bytes(chance, out + 2 + EPOCH_BYTES, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out + HEAD, &sealed_bytes, room, room_bytes,
                                               (const unsigned char *)where.bytes, where.length,
                                               NULL, out + 2 + EPOCH_BYTES, key->bytes);
    sodium_memzero(room, room_bytes);
    return text_of((const char *)out, HEAD + (size_t)sealed_bytes);
}

struct err seal_open_in(struct arena *a, const struct secret *key, const struct seal_place *place,
                        struct text sealed, struct text *plain_out) {
    const struct err changed =
        err_make(ERR_INTEGRITY_FAILED, "a sealed record was changed, or belongs elsewhere");
    const unsigned char *b = (const unsigned char *)sealed.bytes;
    if (sealed.length < HEAD + TAG + LENGTH_BYTES || b[0] != VERSION ||
        b[1] != ALGORITHM_XCHACHA20_POLY1305)
        return changed;
    unsigned char *room = arena_alloc(a, sealed.length);
    struct text where = place_in(a, place);
    unsigned long long bytes;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            room, &bytes, NULL, b + HEAD, sealed.length - HEAD, (const unsigned char *)where.bytes,
            where.length, b + 2 + EPOCH_BYTES, key->bytes) != 0)
        return changed;
    size_t length = (size_t)room[0] << 8 | room[1];
    if (length + LENGTH_BYTES > bytes)
        return changed;
    *plain_out = text_of((const char *)room + LENGTH_BYTES, length);
    return ok;
}
