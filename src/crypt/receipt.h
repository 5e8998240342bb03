/* receipt.h: what a person takes away: an entry of the log, and the proof that the log has it.
 *
 *     {"receipt":"<the random name>", "key":"<public key of the log>", "index":41,
 *      "entry":"<base64 of the bytes of log_entry.h>", "inclusion":["<base64 of a hash>", …],
 *      "checkpoint":"<the signed note of checkpoint.h>"}
 *
 * Whoever keeps it is a witness: the operator cannot change or drop the entry any more without
 * contradicting what he signed. Other members say the same for eyes and count for nothing.
 *
 * Contract   receipt_check is ok only where the key signed the checkpoint, the checkpoint's tree has
 *            exactly this entry at this place, and the entry names this receipt (the first word of
 *            its object). Which key is the service's own is the holder's to know: the one that a
 *            receipt brings along is not believed. A fault is ERR_IO with a sentence. Parsers take
 *            RECEIPT_BYTES_MAX at most.
 * Threads    any.
 */
#pragma once
#include "crypt/checkpoint.h"
#include "crypt/log_entry.h"
#include "crypt/merkle.h"

enum { RECEIPT_BYTES_MAX = 256 << 10 };

struct receipt {
    struct text name, key; /* key: as note_key_print_in prints it */
    uint64_t index;
    struct text entry, checkpoint;
    struct merkle_proof proof;
};

[[nodiscard]] struct err receipt_parse(struct arena *a, struct text json, struct receipt *out);
[[nodiscard]] struct err receipt_check(struct arena *a, const struct note_key *key,
                                       const struct receipt *r, struct log_entry *entry_out,
                                       struct checkpoint *checkpoint_out);

/* The proof's hashes as texts, for a JSON writer: count of them, each base64. */
struct text receipt_hash_in(struct arena *a, const struct digest *hash);
/* ["…", …], or an object that has such a list as "proof". */
[[nodiscard]] struct err receipt_proof_parse(struct arena *a, struct text json,
                                             struct merkle_proof *out);
