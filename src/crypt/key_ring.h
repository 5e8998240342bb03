/* key_ring.h: the service's keys, as everybody but the key process has them: by what they do.
 *
 * The master key and what would open everything (the wrapping keys, the blind index, the pepper,
 * the log's signing key, hold, office, backup) stay in the key process (keyd/vault.h). A ring asks
 * it, in parcels of key_parcel.h; how a parcel gets there is `ask`'s: over a socket in the
 * programs, straight into the desk (keyd/desk.h) in unit tests. The keys that are lent are
 * those with which a thief who has the records learns nothing that he could not ask for
 * (docs/decisions/2026-11-24-key-process.md).
 *
 * Contract   ERR_KEY_SERVICE_UNAVAILABLE: nobody answered in time, or too much was asked for this
 * purpose; nothing happened. ERR_CONFIG with the mend: a key's file is at fault.
 * ERR_INTEGRITY_FAILED: of this value only. Secrets that come back live in the arena and are wiped
 * with it. Threads    as `ask`.
 */
#pragma once
#include "base/err.h"
#include "crypt/checkpoint.h"
#include "crypt/key_parcel.h"
#include "crypt/keys.h"
#include "crypt/seal.h"

struct key_ring {
    struct token_key token; /* digests of API tokens */
    struct secret code, session, cross_site;
    struct secret probe; /* the prober signs with it what it saw, also while the key process is down */
    unsigned char log_public[NOTE_KEY_BYTES]; /* of the key that signs the audit log */
    /* *answer_out: the answer's bytes, in secret memory of the arena. */
    struct err (*ask)(void *with, struct arena *a, struct text request, struct text *answer_out);
    void (*forget)(void *with, uint64_t subject); /* NULL: nothing is remembered */
    void *with;
};

/* Fetches the lent keys; `ask` and `with` are set. */
[[nodiscard]] struct err key_ring_greet(struct key_ring *ring, struct arena *a);

[[nodiscard]] struct err key_hash(const struct key_ring *ring, struct arena *a, enum key_id key,
                                  const char *label, const struct text *parts, size_t count,
                                  struct digest *out);

/* Whose hand seals or opens, and what for. */
struct key_use {
    enum key_id key;
    enum key_purpose purpose;
};
/* tidy: parameters: of seal.h's, the key is a name */
[[nodiscard]] struct err key_seal_in(const struct key_ring *ring, struct arena *a,
                                     struct key_use use, const struct seal_place *place,
                                     struct text plain, struct text *sealed_out);
[[nodiscard]] struct err key_open_in(const struct key_ring *ring, struct arena *a,
                                     struct key_use use, const struct seal_place *place,
                                     struct text sealed, struct text *plain_out);

/* One person's key. */
[[nodiscard]] struct err key_wrap_in(const struct key_ring *ring, struct arena *a,
                                     const struct key_item *of, const struct secret *key,
                                     struct text *wrapped_out);
[[nodiscard]] struct err key_unwrap_in(const struct key_ring *ring, struct arena *a,
                                       enum key_purpose purpose, const struct key_item *item,
                                       const struct secret **key_out);
void key_forget(const struct key_ring *ring, uint64_t subject);

/* Many persons' keys under the epoch in force, KEY_REWRAP_MAX at most; none leaves the key process.
 */
enum { KEY_REWRAP_MAX = 500 };
[[nodiscard]] struct err key_rewrap_in(const struct key_ring *ring, struct arena *a, int64_t epoch,
                                       const struct key_item *items, unsigned count,
                                       const struct text **wrapped_out);

/* KEY_EPOCH_MAKE, _CHECK, _SHRED */
[[nodiscard]] struct err key_epoch(const struct key_ring *ring, struct arena *a, enum key_verb verb,
                                   int64_t number);

[[nodiscard]] struct err key_sign_in(const struct key_ring *ring, struct arena *a,
                                     const struct checkpoint *c, struct text *note_out);
struct note_key key_log_public(const struct key_ring *ring, struct text name);

/* The key of one file of a backup, which opens no other. */
[[nodiscard]] struct err key_of_file_in(const struct key_ring *ring, struct arena *a,
                                        struct text name, const struct secret **key_out);

[[nodiscard]] struct err key_status_in(const struct key_ring *ring, struct arena *a,
                                       struct text *out);
