/* audit_log.h: the audit log as a whole: its tree of hashes, what is signed of it, its proofs.
 *
 * Entries are audit_entry's rows; the hashes of the tree's complete nodes (crypt/merkle.h) are
 * audit_node's, in the order in which they became complete. When entry m comes, its leaf is written and
 * then each node that it completes, upwards; so all nodes up to entry m's leaf are
 *     place of a leaf (m) = 2 m - bits set in m
 *     place of node (level, i) = place of leaf (the last entry below it) + level
 *
 *     state/log/checkpoints   every checkpoint as it was signed, an empty line behind each; append only,
 *                             meant to be carried off to another machine
 *
 * Contract   an entry costs one row and two hashes on the average; a proof O(log n) reads. A checkpoint is
 *            signed only where the tree goes on from the last one. What is pruned loses its bytes and keeps
 *            its hash: proofs and checkpoints hold as before, and the pruning is an entry of its own that
 *            names the numbers.
 * Threads    one a domain; writers are put in order by the store's write lock, checkpoints by the file's.
 */
#pragma once
#include "crypt/checkpoint.h"
#include "crypt/log_entry.h"
#include "crypt/merkle.h"
#include "domain/domain.h"

enum {
    AUDIT_CHECKPOINT_MS = 60000,
    AUDIT_CHECKPOINT_ENTRIES = 1000,
    AUDIT_KEEP_DAYS = 183,       /* six months and a day */
    AUDIT_KEEP_LONG_DAYS = 1097, /* consents and assessments: three years and a day */
    AUDIT_PRUNE_AT_ONCE = 1000,
};

/* ---- the tree ---- */

uint64_t audit_place(unsigned level, uint64_t number);
[[nodiscard]] struct err audit_size(struct domain *d, uint64_t *out); /* entries that ever were */
struct merkle_nodes audit_nodes(struct domain *d);

/* An entry as it stands in the records; *found_out false where its bytes are gone or never were. */
[[nodiscard]] struct err audit_entry_at(struct domain *d, uint64_t seq, struct log_entry *out,
                                        bool *found_out);
struct log_entry audit_entry_of(struct arena *a, struct statement *row);

/* ---- checkpoints ---- */

struct note_key audit_key(struct domain *d);

struct audit_signed {
    uint64_t size;
    int64_t time_ms;
    struct text note;
};

/* ERR_NOT_FOUND where nothing was signed yet. */
[[nodiscard]] struct err audit_last_signed(struct domain *d, struct audit_signed *out);
/* Signs the log as it is now, if it has grown. ERR_INTEGRITY_FAILED where it is not the one that was
 * signed before. */
[[nodiscard]] struct err audit_sign(struct domain *d);
/* The same every minute or thousand entries, whichever comes first: for a job that asks often. */
[[nodiscard]] struct err audit_sign_when_due(struct domain *d);

/* Calls `visit` with each note of the file, oldest first; ERR_NOT_FOUND where there is no file. */
[[nodiscard]] struct err
audit_file_each(struct domain *d, struct err (*visit)(void *with, struct text note), void *with);

/* ---- what is given away ---- */

/* ERR_FIELD_INVALID where a number is not of the log. */
[[nodiscard]] struct err audit_prove_inclusion(struct domain *d, uint64_t index, uint64_t size,
                                               struct merkle_proof *out);
[[nodiscard]] struct err audit_prove_consistency(struct domain *d, uint64_t old_size, uint64_t size,
                                                 struct merkle_proof *out);

struct audit_receipt {
    struct log_entry entry;
    struct text bytes; /* of the entry, that the leaf is of */
    struct audit_signed checkpoint;
    struct merkle_proof proof;
};

/* Signs first, where no checkpoint speaks for it yet. ERR_NOT_FOUND. */
[[nodiscard]] struct err audit_receipt(struct domain *d, struct text name,
                                       struct audit_receipt *out);
/* The same for an entry by its number. */
[[nodiscard]] struct err audit_receipt_at(struct domain *d, uint64_t seq,
                                          struct audit_receipt *out);

/* ---- pruning ---- */

/* Takes the bytes of at most AUDIT_PRUNE_AT_ONCE entries that are past their time and signed for;
 * *pruned_out 0: there are no more. */
[[nodiscard]] struct err audit_prune(struct domain *d, uint64_t *pruned_out);
/* The numbers that a pruning names: "3-17,20,25-26". False at the end; must be text of ours. */
bool audit_range_next(struct text *rest, uint64_t *first_out, uint64_t *last_out);
