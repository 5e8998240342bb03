/* catalogue_bench.c: looking up a random token in the published catalogue and, with the same records, in
 * LMDB (a read transaction renewed and reset around each get, as a call would): nanoseconds a look-up. */
#include "base/must.h"
#include "gate/catalogue.h"

#include <lmdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LOOKUPS = 1000000, TIMES = 5, BATCH = 20000 };

struct bench {
    struct arena arena;
    char folder[32];
    uint64_t *ids;
    uint32_t count;
    struct catalogue *catalogue;
    MDB_env *env;
    MDB_dbi dbi;
};

static double now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static const char *path_of(struct bench *b, const char *name) {
    return text_say_in(&b->arena, "%s/%s", b->folder, name);
}

static void fill(struct bench *b) {
    struct random chance = random_seeded(1);
    MDB_txn *txn = NULL;
    must(catalogue_create(&b->arena, path_of(b, "catalogue.map"), b->count, &b->catalogue).kind == ERR_NONE);
    for (uint32_t i = 0; i < b->count; i++) {
        char token[TOKEN_LENGTH + 1];
        struct token_record record = {.row = i + 1, .account = i + 1, .plan = 1};
        token_make(&chance, token, &record.id);
        random_bytes(&chance, record.digest, sizeof record.digest);
        b->ids[i] = record.id;
        must(catalogue_put_token(b->catalogue, &record, NULL).kind == ERR_NONE);
        if (i % BATCH == 0) {
            must(!txn || mdb_txn_commit(txn) == 0);
            must(mdb_txn_begin(b->env, NULL, 0, &txn) == 0);
        }
        MDB_val name = {sizeof record.id, &record.id}, value = {sizeof record, &record};
        must(mdb_put(txn, b->dbi, &name, &value, 0) == 0);
    }
    must(mdb_txn_commit(txn) == 0);
    must(catalogue_publish(&b->arena, b->catalogue, NULL).kind == ERR_NONE);
}

static void lmdb_open(struct bench *b) {
    MDB_txn *txn;
    must(mdb_env_create(&b->env) == 0 && mdb_env_set_mapsize(b->env, 1u << 30) == 0);
    must(mdb_env_open(b->env, path_of(b, "tokens.mdb"), MDB_NOSUBDIR | MDB_NOSYNC | MDB_NOTLS, 0600) == 0);
    must(mdb_txn_begin(b->env, NULL, 0, &txn) == 0);
    must(mdb_dbi_open(txn, NULL, MDB_INTEGERKEY | MDB_CREATE, &b->dbi) == 0 && mdb_txn_commit(txn) == 0);
}

static double catalogue_ns(struct bench *b) {
    struct random chance = random_seeded(2);
    struct token_record record;
    const struct token_rules_view *rules;
    double start = now_ns();
    for (uint32_t i = 0; i < LOOKUPS; i++) {
        uint64_t id = b->ids[random_below(&chance, b->count)];
        must(catalogue_find(b->catalogue, id, &record, &rules) == CATALOGUE_FOUND && record.id == id);
    }
    return (now_ns() - start) / LOOKUPS;
}

static double lmdb_ns(struct bench *b) {
    struct random chance = random_seeded(2);
    MDB_txn *txn;
    must(mdb_txn_begin(b->env, NULL, MDB_RDONLY, &txn) == 0);
    mdb_txn_reset(txn);
    double start = now_ns();
    for (uint32_t i = 0; i < LOOKUPS; i++) {
        uint64_t id = b->ids[random_below(&chance, b->count)];
        MDB_val name = {sizeof id, &id}, value;
        struct token_record record;
        must(mdb_txn_renew(txn) == 0 && mdb_get(txn, b->dbi, &name, &value) == 0);
        memcpy(&record, value.mv_data, sizeof record);
        mdb_txn_reset(txn);
        must(record.id == id);
    }
    double ns = (now_ns() - start) / LOOKUPS;
    mdb_txn_abort(txn);
    return ns;
}

/* What the loop itself costs: chance, and reading the list of ids. */
static double loop_ns(struct bench *b) {
    struct random chance = random_seeded(2);
    uint64_t all = 0;
    double start = now_ns();
    for (uint32_t i = 0; i < LOOKUPS; i++)
        all += b->ids[random_below(&chance, b->count)];
    must(all != 0);
    return (now_ns() - start) / LOOKUPS;
}

/* The best of some: others work on this machine too. */
static double best_ns(struct bench *b, double (*measure_ns)(struct bench *)) {
    double best = measure_ns(b);
    for (unsigned i = 1; i < TIMES; i++) {
        double again = measure_ns(b);
        best = again < best ? again : best;
    }
    return best;
}

static void measure(uint32_t count) {
    struct bench b = {.folder = P_tmpdir "/alapi_bench_XXXXXX", .count = count};
    arena_init(&b.arena, 1 << 20);
    b.ids = calloc(count, sizeof *b.ids);
    must(b.ids && mkdtemp(b.folder));
    lmdb_open(&b);
    fill(&b);
    double loop = best_ns(&b, loop_ns);
    double flat = best_ns(&b, catalogue_ns) - loop, tree = best_ns(&b, lmdb_ns) - loop;
    printf("%8u tokens: catalogue %4.0f ns, LMDB %4.0f ns a look-up (the loop's own %.0f ns taken off)\n", count, flat,
           tree, loop);
    catalogue_close(b.catalogue);
    mdb_env_close(b.env);
    unlink(path_of(&b, "catalogue.map"));
    unlink(path_of(&b, "tokens.mdb"));
    unlink(path_of(&b, "tokens.mdb-lock"));
    rmdir(b.folder);
    free(b.ids);
    arena_done(&b.arena);
}

int main(void) {
    measure(1000);
    measure(1000000);
    return 0;
}
