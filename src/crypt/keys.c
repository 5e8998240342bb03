/* keys.c: see keys.h. The numbers and contexts below are part of the stored format: never change one. */
#include "crypt/keys.h"
#include "base/must.h"

#include <sodium.h>

bool crypt_ready(void) {
    return sodium_init() >= 0;
}

static void derive(const struct secret *master, uint64_t number, const char context[static 9],
                   unsigned char out[static SECRET_BYTES]) {
    must(crypto_kdf_derive_from_key(out, SECRET_BYTES, number, context, master->bytes) == 0);
}

void keys_derive(const struct secret *master, struct keys *out) {
    _Static_assert((int)SECRET_BYTES == crypto_kdf_KEYBYTES &&
                       (int)TOKEN_KEY_BYTES == (int)SECRET_BYTES,
                   "one size");
    _Static_assert(crypto_kdf_CONTEXTBYTES == 8, "contexts have 8 letters");
    derive(master, 1, "apitoken", out->token.bytes);
    derive(master, 2, "blindidx", out->index.bytes);
    derive(master, 3, "sentcode", out->code.bytes);
    derive(master, 4, "sessions", out->session.bytes);
    derive(master, 5, "crossite", out->cross_site.bytes);
    derive(master, 6, "pwpepper", out->pepper.bytes);
    derive(master, 7, "wrapkeys", out->wrap.bytes);
    derive(master, 8, "auditlog", out->log.bytes);
    derive(master, 9, "legalhld", out->hold.bytes);
    derive(master, 10, "theoffic", out->office.bytes);
    derive(master, 11, "backupsx", out->backup.bytes);
    derive(master, 12, "probelog", out->probe.bytes);
}

void secret_wipe(void *secret, size_t length) {
    sodium_memzero(secret, length);
}
