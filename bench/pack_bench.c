/* pack_bench.c: one look-up of a random key among 500,000: a pack with a hash, a pack without, LMDB, SQLite.
 *
 *     pack_bench HASHED.pack SORTED.pack FOLDER
 *
 * All hold the same entries and stand in the page cache; the figures are CPU time of one thread. LMDB is
 * asked twice: inside one long read transaction (the best it can do, and it pins old pages while it
 * lasts) and with a transaction renewed for each look-up (how a server uses it).
 */
#include "base/random.h"
#include "data/pack.h"

#include <lmdb.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LOOKUPS = 1000000 };

struct bench {
    struct pack *hashed, *sorted;
    MDB_env *lmdb;
    MDB_dbi table;
    MDB_txn *reader;
    sqlite3_stmt *select;
    struct text *keys; /* LOOKUPS of them, in random order */
};

static uint64_t cpu_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void need(bool good, const char *what) {
    if (good)
        return;
    fprintf(stderr, "pack_bench: %s failed\n", what);
    exit(1);
}

static size_t find_hashed(struct bench *b, struct text key) {
    struct text value = TEXT("");
    return pack_find(b->hashed, key, &value) ? value.length : 0;
}

static size_t find_sorted(struct bench *b, struct text key) {
    struct text value = TEXT("");
    return pack_find(b->sorted, key, &value) ? value.length : 0;
}

static size_t find_lmdb(struct bench *b, struct text key) {
    MDB_val wanted = {key.length, (void *)key.bytes}, value;
    return mdb_get(b->reader, b->table, &wanted, &value) == 0 ? value.mv_size : 0;
}

static size_t find_lmdb_renewed(struct bench *b, struct text key) {
    mdb_txn_reset(b->reader);
    need(mdb_txn_renew(b->reader) == 0, "mdb_txn_renew");
    return find_lmdb(b, key);
}

static size_t find_sqlite(struct bench *b, struct text key) {
    sqlite3_bind_text(b->select, 1, key.bytes, (int)key.length, SQLITE_STATIC);
    size_t length = 0;
    if (sqlite3_step(b->select) == SQLITE_ROW)
        length = (size_t)sqlite3_column_bytes(b->select, 0);
    sqlite3_reset(b->select);
    return length;
}

static void fill_lmdb(struct bench *b, const char *folder) {
    char path[4096];
    MDB_txn *txn;
    snprintf(path, sizeof path, "%s/bench.mdb", folder);
    unlink(path);
    need(mdb_env_create(&b->lmdb) == 0 && mdb_env_set_mapsize(b->lmdb, 1u << 30) == 0 &&
             mdb_env_open(b->lmdb, path, MDB_NOSUBDIR | MDB_NOSYNC, 0644) == 0,
         "mdb_env_open");
    need(mdb_txn_begin(b->lmdb, NULL, 0, &txn) == 0 && mdb_dbi_open(txn, NULL, 0, &b->table) == 0,
         "mdb_dbi_open");
    struct text key, value;
    for (uint32_t i = 0; pack_at(b->sorted, i, &key, &value); i++) {
        MDB_val k = {key.length, (void *)key.bytes}, v = {value.length, (void *)value.bytes};
        need(mdb_put(txn, b->table, &k, &v, MDB_APPEND) == 0, "mdb_put");
    }
    need(mdb_txn_commit(txn) == 0, "mdb_txn_commit");
    need(mdb_txn_begin(b->lmdb, NULL, MDB_RDONLY, &b->reader) == 0, "mdb_txn_begin");
}

static void fill_sqlite(struct bench *b, const char *folder) {
    char path[4096];
    sqlite3 *db;
    sqlite3_stmt *insert;
    struct text key, value;
    snprintf(path, sizeof path, "%s/bench.sqlite", folder);
    unlink(path);
    need(sqlite3_open(path, &db) == SQLITE_OK, "sqlite3_open");
    sqlite3_exec(db, "create table t (k text primary key, v text) without rowid; begin", NULL, NULL, NULL);
    sqlite3_prepare_v2(db, "insert into t values (?, ?)", -1, &insert, NULL);
    for (uint32_t i = 0; pack_at(b->sorted, i, &key, &value); i++) {
        sqlite3_bind_text(insert, 1, key.bytes, (int)key.length, SQLITE_STATIC);
        sqlite3_bind_text(insert, 2, value.bytes, (int)value.length, SQLITE_STATIC);
        need(sqlite3_step(insert) == SQLITE_DONE, "insert");
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    sqlite3_exec(db, "commit; pragma mmap_size = 268435456", NULL, NULL, NULL);
    need(sqlite3_prepare_v2(db, "select v from t where k = ?", -1, &b->select, NULL) == SQLITE_OK, "select");
}

static void measure(struct bench *b, const char *name, size_t (*find)(struct bench *, struct text)) {
    double best = 1e9;
    size_t bytes = 0;
    for (int round = 0; round < 3; round++) {
        uint64_t start = cpu_ns();
        for (size_t i = 0; i < LOOKUPS; i++)
            bytes += find(b, b->keys[i]);
        double each = (double)(cpu_ns() - start) / LOOKUPS;
        best = each < best ? each : best;
    }
    printf("%-34s %7.0f ns a look-up (%zu bytes a value)\n", name, best, bytes / 3 / LOOKUPS);
}

static void measure_check(const struct pack *p) {
    uint64_t start = cpu_ns();
    need(pack_check_all(p), "pack_check_all");
    printf("%-34s %7.1f ms once, all blocks\n", "checksums of the hashed pack", (double)(cpu_ns() - start) / 1e6);
}

int main(int argc, char **argv) {
    struct bench b = {0};
    struct arena a;
    struct random r = random_seeded(1);
    struct text value;
    if (argc != 4) {
        fputs("usage: pack_bench HASHED.pack SORTED.pack FOLDER\n", stderr);
        return 64;
    }
    arena_init(&a, 64 << 20);
    need(!pack_open(&a, argv[1], &b.hashed).kind && !pack_open(&a, argv[2], &b.sorted).kind, "pack_open");
    fill_lmdb(&b, argv[3]);
    fill_sqlite(&b, argv[3]);
    b.keys = arena_alloc(&a, LOOKUPS * sizeof *b.keys);
    for (size_t i = 0; i < LOOKUPS; i++)
        need(pack_at(b.sorted, random_below(&r, pack_count(b.sorted)), &b.keys[i], &value), "pack_at");
    measure_check(b.hashed);
    measure(&b, "pack with a hash", find_hashed);
    measure(&b, "pack without, binary search", find_sorted);
    measure(&b, "LMDB, one long transaction", find_lmdb);
    measure(&b, "LMDB, renewed each time", find_lmdb_renewed);
    measure(&b, "SQLite, prepared, memory-mapped", find_sqlite);
    pack_close(b.hashed);
    pack_close(b.sorted);
    arena_done(&a);
    return 0;
}
