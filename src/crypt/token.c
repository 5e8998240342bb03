/* token.c: see token.h. */
#include "crypt/token.h"
#include "base/must.h"
#include "codec/base62.h"
#include "codec/crc32.h"

#include <sodium.h>
#include <string.h>

static const char prefix[] = "alk_live_";
enum { PREFIX = 9, ID = 10, SECRET = 43, CRC = 6 };
_Static_assert(PREFIX + ID + SECRET + CRC == TOKEN_LENGTH, "the parts make the whole");

/* Base62 digits drawn without bias. */
static void random_digits(struct random *r, char *out, size_t count) {
    for (size_t i = 0; i < count; i++)
        out[i] = base62_digit(random_below(r, 62));
}

void token_make(struct random *r, char token_out[static TOKEN_LENGTH + 1], uint64_t *id_out) {
    uint64_t id = 0;
    memcpy(token_out, prefix, PREFIX);
    while (id == 0) { /* 0 marks an empty place in the published table */
        random_digits(r, token_out + PREFIX, ID);
        base62_parse(text_of(token_out + PREFIX, ID), &id);
    }
    random_digits(r, token_out + PREFIX + ID, SECRET);
    base62_print(token_out + TOKEN_LENGTH - CRC, CRC, crc32_of(text_of(token_out, TOKEN_LENGTH - CRC)));
    token_out[TOKEN_LENGTH] = 0;
    *id_out = id;
}

bool token_parse_shape(struct text token, uint64_t *id_out) {
    uint64_t id;
    if (token.length != TOKEN_LENGTH || memcmp(token.bytes, prefix, PREFIX) != 0 ||
        !base62_parse(text_part(token, PREFIX, ID), &id) || id == 0)
        return false;
    *id_out = id;
    return true;
}

bool token_parse(struct text token, uint64_t *id_out) {
    char crc[CRC];
    if (token.length != TOKEN_LENGTH)
        return false;
    base62_print(crc, CRC, crc32_of(text_part(token, 0, TOKEN_LENGTH - CRC)));
    return memcmp(crc, token.bytes + TOKEN_LENGTH - CRC, CRC) == 0 && token_parse_shape(token, id_out);
}

void token_digest_prepare(void) {
    must(sodium_init() >= 0);
}

void token_digest(const struct token_key *key, struct text token,
                  unsigned char out[static TOKEN_DIGEST_BYTES]) {
    crypto_generichash(out, TOKEN_DIGEST_BYTES, (const unsigned char *)token.bytes, token.length, key->bytes,
                       sizeof key->bytes);
}

bool token_digest_equal(const unsigned char *a, const unsigned char *b) {
    _Static_assert(TOKEN_DIGEST_BYTES == crypto_verify_32_BYTES, "it compares so many bytes");
    return crypto_verify_32(a, b) == 0; /* also in constant time; sodium_memcmp takes 278 instructions */
}

struct text token_id_print_in(struct arena *a, uint64_t id) {
    char room[ID];
    base62_print(room, ID, id);
    return text_copy_in(a, text_of(room, ID));
}

bool token_id_parse(struct text t, uint64_t *out) {
    return t.length == ID && base62_parse(t, out) && *out != 0;
}
