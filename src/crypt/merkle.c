/* merkle.c: see merkle.h. Names in brackets are the RFCs'. */
#include "crypt/merkle.h"
#include "base/must.h"

#include <sodium.h>
#include <string.h>

_Static_assert((int)DIGEST_BYTES == (int)crypto_hash_sha256_BYTES, "a digest is a SHA-256");

struct digest sha256_of(struct text t) {
    struct digest d;
    crypto_hash_sha256(d.bytes, (const unsigned char *)t.bytes, t.length);
    return d;
}

struct digest merkle_leaf(struct text entry) {
    static const unsigned char mark = 0;
    crypto_hash_sha256_state state;
    struct digest d;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, &mark, 1);
    if (entry.length)
        crypto_hash_sha256_update(&state, (const unsigned char *)entry.bytes, entry.length);
    crypto_hash_sha256_final(&state, d.bytes);
    return d;
}

struct digest merkle_node(const struct digest *left, const struct digest *right) {
    unsigned char both[1 + 2 * DIGEST_BYTES] = {1};
    struct digest d;
    memcpy(both + 1, left->bytes, DIGEST_BYTES);
    memcpy(both + 1 + DIGEST_BYTES, right->bytes, DIGEST_BYTES);
    crypto_hash_sha256(d.bytes, both, sizeof both);
    return d;
}

/* ---- growing ---- */

unsigned merkle_add(struct merkle *tree, const struct digest *leaf,
                    struct digest made_out[static MERKLE_LEVELS]) {
    unsigned level = 0;
    must(tree->size < INT64_MAX);
    made_out[0] = *leaf;
    for (; tree->size >> level & 1; level++)
        made_out[level + 1] = merkle_node(&tree->peaks[level], &made_out[level]);
    tree->peaks[level] = made_out[level];
    tree->size++;
    return level + 1;
}

struct digest merkle_root(const struct merkle *tree) {
    struct digest root = sha256_of(TEXT(""));
    bool has = false;
    for (unsigned level = 0; level < MERKLE_LEVELS; level++) {
        if (!(tree->size >> level & 1))
            continue;
        root = has ? merkle_node(&tree->peaks[level], &root) : tree->peaks[level];
        has = true;
    }
    return root;
}

struct err merkle_load(const struct merkle_nodes *nodes, uint64_t size, struct merkle *out) {
    *out = (struct merkle){.size = size};
    for (unsigned level = 0; level < MERKLE_LEVELS; level++)
        if (size >> level & 1)
            try(nodes->read(nodes->with, level, (size >> level) - 1, &out->peaks[level]));
    return ok;
}

/* ---- making proofs ---- */

/* Some entries that have a node of their own in the tree or stand at its right border. */
struct span {
    uint64_t first, count;
};

static unsigned level_of(uint64_t power) {
    return (unsigned)__builtin_ctzll(power);
}

/* The largest power of two that is smaller than n; n > 1. [k] */
static uint64_t split_of(uint64_t n) {
    return UINT64_C(1) << (63 - __builtin_clzll(n - 1));
}

/* [MTH] */
static struct err span_hash(const struct merkle_nodes *nodes, struct span s, struct digest *out) {
    struct digest left, right;
    must(s.count > 0);
    if ((s.count & (s.count - 1)) == 0)
        return nodes->read(nodes->with, level_of(s.count), s.first >> level_of(s.count), out);
    uint64_t k = split_of(s.count);
    try(span_hash(nodes, (struct span){s.first, k}, &left));
    try(span_hash(nodes, (struct span){s.first + k, s.count - k}, &right));
    *out = merkle_node(&left, &right);
    return ok;
}

static struct err proof_add(const struct merkle_nodes *nodes, struct span s,
                            struct merkle_proof *out) {
    must(out->count < MERKLE_PROOF_MAX);
    try(span_hash(nodes, s, &out->hashes[out->count]));
    out->count++;
    return ok;
}

/* Downwards we note the halves that are not gone into; the proof names them from the leaf up. */
struct way {
    struct span halves[MERKLE_LEVELS];
    unsigned count;
};

static struct err way_back(const struct merkle_nodes *nodes, struct way *way,
                           struct merkle_proof *out) {
    while (way->count > 0)
        try(proof_add(nodes, way->halves[--way->count], out));
    return ok;
}

/* [PATH] */
struct err merkle_inclusion(const struct merkle_nodes *nodes, uint64_t index, uint64_t size,
                            struct merkle_proof *out) {
    struct way way = {.count = 0};
    struct span s = {0, size};
    must(index < size);
    out->count = 0;
    while (s.count > 1) {
        uint64_t k = split_of(s.count);
        struct span left = {s.first, k}, right = {s.first + k, s.count - k};
        bool is_left = index < right.first;
        way.halves[way.count++] = is_left ? right : left;
        s = is_left ? left : right;
    }
    return way_back(nodes, &way, out);
}

/* [PROOF, SUBPROOF] */
struct err merkle_consistency(const struct merkle_nodes *nodes, uint64_t old_size, uint64_t size,
                              struct merkle_proof *out) {
    struct way way = {.count = 0};
    struct span s = {0, size};
    bool is_known = true; /* is s the whole old tree? Then whoever checks has its root [b] */
    must(old_size > 0 && old_size <= size);
    out->count = 0;
    while (s.first + s.count != old_size) {
        uint64_t k = split_of(s.count);
        struct span left = {s.first, k}, right = {s.first + k, s.count - k};
        bool is_left = old_size <= right.first;
        way.halves[way.count++] = is_left ? right : left;
        is_known = is_known && is_left;
        s = is_left ? left : right;
    }
    if (!is_known)
        try(proof_add(nodes, s, out));
    return way_back(nodes, &way, out);
}

/* ---- checking them ---- */

bool merkle_inclusion_holds(const struct digest *leaf, uint64_t index, uint64_t size,
                            const struct merkle_proof *proof, const struct digest *root) {
    struct digest r = *leaf;
    if (index >= size || proof->count > MERKLE_PROOF_MAX)
        return false;
    uint64_t fn = index, sn = size - 1;
    for (unsigned i = 0; i < proof->count; i++) {
        const struct digest *p = &proof->hashes[i];
        if (sn == 0)
            return false;
        if ((fn & 1) == 0 && fn != sn) {
            r = merkle_node(&r, p);
        } else {
            r = merkle_node(p, &r);
            for (; (fn & 1) == 0 && fn != 0; fn >>= 1)
                sn >>= 1;
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && digest_equal(&r, root);
}

/* The proof's hashes with the first one in its place: it is left out where the old tree is one
 * whole node. */
static bool climb(const struct digest *first, uint64_t fn, uint64_t sn, const struct digest *hashes,
                  unsigned count, const struct merkle_tip tips[static 2]) {
    struct digest fr = *first, sr = *first;
    for (; fn & 1; fn >>= 1)
        sn >>= 1;
    for (unsigned i = 0; i < count; i++) {
        if (sn == 0)
            return false;
        if ((fn & 1) || fn == sn) {
            fr = merkle_node(&hashes[i], &fr);
            sr = merkle_node(&hashes[i], &sr);
            for (; (fn & 1) == 0 && fn != 0; fn >>= 1)
                sn >>= 1;
        } else {
            sr = merkle_node(&sr, &hashes[i]);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && digest_equal(&fr, &tips[0].root) && digest_equal(&sr, &tips[1].root);
}

bool merkle_consistency_holds(const struct merkle_tip *old, const struct merkle_tip *later,
                              const struct merkle_proof *proof) {
    const struct merkle_tip tips[2] = {*old, *later};
    if (old->size == 0 || old->size > later->size || proof->count > MERKLE_PROOF_MAX)
        return false;
    if (old->size == later->size)
        return proof->count == 0 && digest_equal(&old->root, &later->root);
    if (proof->count == 0)
        return false;
    if ((old->size & (old->size - 1)) == 0)
        return climb(&old->root, old->size - 1, later->size - 1, proof->hashes, proof->count, tips);
    return climb(&proof->hashes[0], old->size - 1, later->size - 1, proof->hashes + 1,
                 proof->count - 1, tips);
}
