/* keys.h: every service key, derived from one master key by its use.
 *
 * Contract   a key is good for one use only; none tells anything about another (BLAKE2b, crypto_kdf).
 *            The master key is read by the key process and wiped there; the whole set lives in it alone
 *            (keyd/vault.h), everybody else has a key_ring.h. crypt_ready comes first in a program.
 */
#pragma once
#include "crypt/hash.h"
#include "crypt/token.h"

struct keys {
    struct token_key token;   /* digests of API tokens; the data plane has this one only */
    struct secret index;      /* blind indexes of addresses and names */
    struct secret code;       /* codes of mails and messages, and their flows */
    struct secret session;    /* digests of session cookies */
    struct secret cross_site; /* CSRF tokens */
    struct secret pepper;     /* seals password hashes */
    struct secret wrap;       /* seals the keys of persons */
    struct secret log;        /* seed of the key that signs the audit log's checkpoints */
    struct secret hold;       /* seals what a legal hold keeps: no other way opens it */
    struct secret office;     /* seals what belongs to no account: requests of strangers, documents */
    struct secret backup;     /* seals backups */
    struct secret probe;      /* seed of the key that signs what the prober saw */
};

[[nodiscard]] bool crypt_ready(void); /* false where libsodium cannot start */
void keys_derive(const struct secret *master, struct keys *out);
void secret_wipe(void *secret, size_t length);
