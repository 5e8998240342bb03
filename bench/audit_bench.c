/* audit_bench.c: what an entry of the audit log costs (microseconds, in a transaction of its own and a
 * thousand in one), what a proof costs, and how long a million entries take to verify. */
#include "base/must.h"
#include "domain/audit.h"
#include "domain/audit_log.h"
#include "domain/audit_verify.h"
#include "keyd/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { ENTRIES = 1000000, ALONE = 2000, AT_ONCE = 1000, PROOFS = 20000 };

static double now_us(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static struct err note(struct domain *d) {
    d->now_ms++;
    return audit_note(d,
                      &(struct audit_event){
                          .actor_kind = AUDIT_OPERATOR,
                          .actor = 7,
                          .action = "consent.give",
                          .object = TEXT("Abcdefghijklmnopqrstuv version 2 text 0123456789abcdef"),
                          .purpose = "bench"});
}

static struct err note_many(struct domain *d, void *with) {
    for (unsigned i = 0; i < *(unsigned *)with; i++)
        try(note(d));
    return ok;
}

static void fill(struct domain *d, struct arena *a) {
    unsigned one = 1, many = AT_ONCE;
    double start = now_us();
    for (unsigned i = 0; i < ALONE; i++, arena_reset(a))
        must(!domain_in_transaction(d, note_many, &one).kind);
    printf("an entry, a transaction each      %8.1f us\n", (now_us() - start) / ALONE);
    start = now_us();
    for (unsigned i = ALONE; i < ENTRIES; i += AT_ONCE, arena_reset(a)) {
        must(!domain_in_transaction(d, note_many, &many).kind);
        must(!audit_sign(d).kind);
    }
    printf("an entry, a thousand and a checkpoint in one  %.1f us\n",
           (now_us() - start) / (ENTRIES - ALONE));
}

static void prove(struct domain *d, struct arena *a) {
    struct random chance = random_seeded(1);
    struct merkle_proof proof;
    double start = now_us();
    for (unsigned i = 0; i < PROOFS; i++, arena_reset(a))
        must(!audit_prove_inclusion(d, random_below(&chance, ENTRIES), ENTRIES, &proof).kind);
    printf("a proof of inclusion              %8.1f us\n", (now_us() - start) / PROOFS);
}

static void verify(struct domain *d) {
    struct audit_verdict v;
    double start = now_us();
    must(!audit_verify(d, TEXT(""), &v).kind);
    must(v.fault == AUDIT_WHOLE && v.entries == ENTRIES);
    printf("verifying %llu entries and %llu checkpoints  %.2f s\n", (unsigned long long)v.entries,
           (unsigned long long)v.checkpoints, (now_us() - start) / 1e6);
}

/* The key process's desk without its process: what a round trip costs is keyd_bench's to say. */
static struct err ask_desk(void *with, struct arena *a, struct text request, struct text *answer_out) {
    *answer_out = key_desk_answer(with, a, request, 1);
    return ok;
}

int main(void) {
    char folder[] = P_tmpdir "/alapi_bench_XXXXXX", main_path[64], keys_path[64], log_path[64];
    struct arena a;
    struct key_desk keyd = {0};
    struct key_ring keys = {.ask = ask_desk, .with = &keyd};
    struct secret master = {{7}};
    struct random chance = random_system();
    must(crypt_ready() && mkdtemp(folder) != NULL);
    snprintf(main_path, sizeof main_path, "%s/main.db", folder);
    snprintf(keys_path, sizeof keys_path, "%s/keys.db", folder);
    snprintf(log_path, sizeof log_path, "%s/checkpoints", folder);
    arena_init(&a, 64 << 20);
    keys_derive(&master, &keyd.vault.keys);
    keyd.chance = &chance;
    must(!key_ring_greet(&keys, &a).kind);
    struct domain d = {.arena = &a,
                       .keys = &keys,
                       .chance = &chance,
                       .log_file = log_path,
                       .log_name = TEXT("bench.example/log"),
                       .now_ms = 1800000000000};
    must(!store_open(&a, &(struct store_options){main_path, keys_path, 0}, &d.store).kind);
    fill(&d, &a);
    prove(&d, &a);
    verify(&d);
    store_close(d.store);
    static const char *const files[] = {"main.db", "keys.db", "checkpoints", "main.db-wal",
                                        "main.db-shm"};
    for (size_t i = 0; i < COUNT(files); i++) {
        char path[96];
        snprintf(path, sizeof path, "%s/%s", folder, files[i]);
        unlink(path);
    }
    rmdir(folder);
    arena_done(&a);
    return 0;
}
