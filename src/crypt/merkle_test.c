/* merkle_test.c: known trees, and every tree and proof up to 200 entries against a naive recursion.
 */
#include "codec/base64.h"
#include "crypt/keys.h"
#include "crypt/merkle.h"
#include "test.h"

#include <stdio.h>

enum { SIZES = 200 };

static struct arena arena;
static struct digest leaves[SIZES];

/* Complete nodes as merkle_add hands them out. */
struct shelf {
    struct digest nodes[9][SIZES];
    unsigned reads;
};
static struct shelf shelf;

static struct err shelf_read(void *with, unsigned level, uint64_t number, struct digest *out) {
    struct shelf *s = with;
    s->reads++;
    *out = s->nodes[level][number];
    return ok;
}
static const struct merkle_nodes nodes = {shelf_read, &shelf};

/* RFC 6962, 2.1, word by word. */
static struct digest naive(unsigned first, unsigned count) {
    unsigned k = 1;
    if (count == 0)
        return sha256_of(TEXT(""));
    if (count == 1)
        return leaves[first];
    while (2 * k < count)
        k *= 2;
    struct digest left = naive(first, k), right = naive(first + k, count - k);
    return merkle_node(&left, &right);
}

static void fill(void) {
    struct merkle tree = {0};
    for (unsigned i = 0; i < SIZES; i++) {
        struct digest made[MERKLE_LEVELS];
        leaves[i] = merkle_leaf(text_format_in(&arena, "entry %u", i));
        unsigned count = merkle_add(&tree, &leaves[i], made);
        for (unsigned level = 0; level < count; level++)
            shelf.nodes[level][i >> level] = made[level];
    }
}

static void want_digest(const struct digest *d, const char *hex) {
    want_text(digest_print_in(&arena, d), hex);
}

/* The inputs and roots with which certificate transparency logs test themselves. */
TEST(merkle_known_trees) {
    static const char *const inputs[] = {"",
                                         "00",
                                         "10",
                                         "2021",
                                         "3031",
                                         "40414243",
                                         "5051525354555657",
                                         "606162636465666768696a6b6c6d6e6f"};
    static const char *const roots[] = {
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    struct merkle tree = {0};
    struct digest made[MERKLE_LEVELS], root = merkle_root(&tree);
    want_digest(&root, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (unsigned i = 0; i < COUNT(inputs); i++) {
        struct text entry;
        want(hex_decode_in(&arena, text_c(inputs[i]), &entry));
        struct digest leaf = merkle_leaf(entry);
        merkle_add(&tree, &leaf, made);
        root = merkle_root(&tree);
        want_digest(&root, roots[i]);
    }
}

TEST(merkle_roots_are_those_of_the_recursion) {
    struct merkle tree = {0}, loaded;
    for (unsigned size = 0; size <= SIZES; size++) {
        struct digest made[MERKLE_LEVELS], root = merkle_root(&tree), wanted = naive(0, size);
        want(digest_equal(&root, &wanted));
        want_ok(merkle_load(&nodes, size, &loaded));
        root = merkle_root(&loaded);
        want(digest_equal(&root, &wanted));
        if (size < SIZES)
            merkle_add(&tree, &leaves[size], made);
    }
}

TEST(merkle_every_inclusion_proof_holds) {
    struct merkle_proof proof;
    for (unsigned size = 1; size <= SIZES; size++) {
        struct digest root = naive(0, size);
        for (unsigned i = 0; i < size; i++) {
            want_ok(merkle_inclusion(&nodes, i, size, &proof));
            want(proof.count <= 8);
            want(merkle_inclusion_holds(&leaves[i], i, size, &proof, &root));
        }
    }
}

TEST(merkle_every_consistency_proof_holds) {
    struct merkle_proof proof;
    for (unsigned size = 1; size <= SIZES; size++)
        for (unsigned old = 1; old <= size; old++) {
            struct merkle_tip tips[2] = {{old, naive(0, old)}, {size, naive(0, size)}};
            want_ok(merkle_consistency(&nodes, old, size, &proof));
            want(proof.count <= 9);
            want(merkle_consistency_holds(&tips[0], &tips[1], &proof));
        }
}

/* Another index, size, leaf, root, hash or length: false, each time. */
TEST(merkle_a_wrong_inclusion_proof_never_holds) {
    struct merkle_proof proof;
    for (unsigned size = 1; size <= 40; size++)
        for (unsigned i = 0; i < size; i++) {
            struct digest root = naive(0, size), other = leaves[SIZES - 1];
            want_ok(merkle_inclusion(&nodes, i, size, &proof));
            for (unsigned j = 0; j < size + 2; j++)
                want(j == i || !merkle_inclusion_holds(&leaves[i], j, size, &proof, &root));
            want(!merkle_inclusion_holds(&other, i, size, &proof, &root));
            want(!merkle_inclusion_holds(&leaves[i], i, size, &proof, &other));
            want(!merkle_inclusion_holds(&leaves[i], i, 0, &proof, &root));
            for (unsigned k = 0; k < proof.count; k++) {
                struct merkle_proof bad = proof;
                bad.hashes[k].bytes[k % DIGEST_BYTES] ^= 1;
                want(!merkle_inclusion_holds(&leaves[i], i, size, &bad, &root));
            }
            struct merkle_proof longer = proof, shorter = proof;
            longer.hashes[longer.count++] = other;
            want(!merkle_inclusion_holds(&leaves[i], i, size, &longer, &root));
            if (shorter.count-- > 0)
                want(!merkle_inclusion_holds(&leaves[i], i, size, &shorter, &root));
        }
}

TEST(merkle_a_wrong_consistency_proof_never_holds) {
    struct merkle_proof proof;
    for (unsigned size = 1; size <= 40; size++)
        for (unsigned old = 1; old <= size; old++) {
            struct merkle_tip tips[2] = {{old, naive(0, old)}, {size, naive(0, size)}},
                              bad = tips[0];
            want_ok(merkle_consistency(&nodes, old, size, &proof));
            bad.root.bytes[5] ^= 1;
            want(!merkle_consistency_holds(&bad, &tips[1], &proof));
            bad = tips[1];
            bad.root.bytes[5] ^= 1;
            want(!merkle_consistency_holds(&tips[0], &bad, &proof));
            want(old == size || !merkle_consistency_holds(&tips[1], &tips[0], &proof));
            for (unsigned k = 0; k < proof.count; k++) {
                struct merkle_proof wrong = proof;
                wrong.hashes[k].bytes[k % DIGEST_BYTES] ^= 1;
                want(!merkle_consistency_holds(&tips[0], &tips[1], &wrong));
            }
            struct merkle_proof longer = proof;
            longer.hashes[longer.count++] = leaves[0];
            want(!merkle_consistency_holds(&tips[0], &tips[1], &longer));
        }
}

TEST(merkle_a_proof_reads_few_nodes) {
    struct merkle_proof proof;
    shelf.reads = 0;
    want_ok(merkle_inclusion(&nodes, 0, 199, &proof));
    want(shelf.reads <= 16);
}

int main(void) {
    const struct CMUnitTest tests[] = {RUN(merkle_known_trees),
                                       RUN(merkle_roots_are_those_of_the_recursion),
                                       RUN(merkle_every_inclusion_proof_holds),
                                       RUN(merkle_every_consistency_proof_holds),
                                       RUN(merkle_a_wrong_inclusion_proof_never_holds),
                                       RUN(merkle_a_wrong_consistency_proof_never_holds),
                                       RUN(merkle_a_proof_reads_few_nodes)};
    if (!crypt_ready())
        return 1;
    arena_init(&arena, 64 << 20);
    fill();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_done(&arena);
    return failed;
}
