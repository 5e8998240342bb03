/* merkle.h: a log as a tree of hashes: one hash speaks for every entry, and short proofs tell that
 * an entry is in it and that a longer log is the same log gone on.
 *
 *     leaf = SHA-256 (0x00 ‖ entry)   node = SHA-256 (0x01 ‖ left ‖ right)   no entry: SHA-256 ()
 *
 * A node of level k and number i that is complete speaks for the entries i * 2^k to
 * (i + 1) * 2^k - 1. Complete nodes never change, so they are what is kept (one leaf makes two of
 * them on the average); the right border is made of at most 63 of them.
 *
 * Contract   a proof has at most MERKLE_PROOF_MAX hashes and needs O(log n) nodes. What the checks
 *            are given may come from anywhere: sizes and lengths that do not fit are false, never a
 *            fault.
 * Threads    any.
 * Source     RFC 6962, 2.1 (the hashes, PATH and PROOF); RFC 9162, 2.1.3.2 and 2.1.4.2 (checks).
 */
#pragma once
#include "base/err.h"
#include "crypt/hash.h"

enum { MERKLE_LEVELS = 64, MERKLE_PROOF_MAX = 64 };

struct digest sha256_of(struct text t);
struct digest merkle_leaf(struct text entry);
struct digest merkle_node(const struct digest *left, const struct digest *right);

/* The right border of a tree that grows; all zero: an empty one. peaks[k] is there where bit k of
 * size is set. */
struct merkle {
    uint64_t size;
    struct digest peaks[MERKLE_LEVELS];
};

/* Adds a leaf. made_out[k] is the node of level k and number (size before >> k) that became
 * complete by it, k from 0 (the leaf itself) up; returns how many there are. */
unsigned merkle_add(struct merkle *tree, const struct digest *leaf,
                    struct digest made_out[static MERKLE_LEVELS]);
struct digest merkle_root(const struct merkle *tree);

/* Where complete nodes are kept. */
struct merkle_nodes {
    struct err (*read)(void *with, unsigned level, uint64_t number, struct digest *out);
    void *with;
};

struct merkle_proof {
    unsigned count;
    struct digest hashes[MERKLE_PROOF_MAX];
};

[[nodiscard]] struct err merkle_load(const struct merkle_nodes *nodes, uint64_t size,
                                     struct merkle *out);

/* index < size; 0 < old_size <= size; both trees are in the nodes. */
[[nodiscard]] struct err merkle_inclusion(const struct merkle_nodes *nodes, uint64_t index,
                                          uint64_t size, struct merkle_proof *out);
[[nodiscard]] struct err merkle_consistency(const struct merkle_nodes *nodes, uint64_t old_size,
                                            uint64_t size, struct merkle_proof *out);

/* Is this leaf at `index` of the tree of that size and root? */
bool merkle_inclusion_holds(const struct digest *leaf, uint64_t index, uint64_t size,
                            const struct merkle_proof *proof, const struct digest *root);

/* A tree that a root speaks for. */
struct merkle_tip {
    uint64_t size;
    struct digest root;
};

/* Is the later tree the earlier one gone on? */
bool merkle_consistency_holds(const struct merkle_tip *old, const struct merkle_tip *later,
                              const struct merkle_proof *proof);
