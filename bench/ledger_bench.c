/* ledger_bench.c: what the counting of a call costs: take, answer, count; nanoseconds a call, one process.
 * Random rows of 1, 1,000 and of 1,000,000; the drain's work is not in it. */
#include "base/must.h"
#include "base/random.h"
#include "gate/ledger.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { CALLS = 2000000, KEYS = 100000 };

static double now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void sealed(struct ledger *l) {
    ledger_seal(l);
    ledger_clear(l);
}

static double calls_ns(struct ledger *l, int64_t *now_ms, uint32_t rows, bool fails) {
    static const struct ledger_limits limits = {1000000, LIMIT_QUOTA, LIMIT_QUOTA};
    struct random chance = random_seeded(1);
    struct ledger_time now = {*now_ms, 20833, 684, 0};
    double spent = 0;
    for (uint32_t done = 0; done < CALLS; done += KEYS) {
        double start = now_ns();
        for (uint32_t i = 0; i < KEYS; i++) {
            struct ledger_charge charge;
            now.now_ms += i % 100 == 0;
            must(ledger_take(l, 1 + random_below(&chance, rows), 1, 1, &limits, &now, &charge) ==
                 LEDGER_TAKEN);
            if (fails)
                ledger_give_back(l, &charge);
            else
                ledger_answer(l, &charge);
            ledger_count(l, &charge, 200);
        }
        spent += now_ns() - start;
        sealed(l);
    }
    *now_ms = now.now_ms;
    return spent / CALLS;
}

int main(void) {
    static const uint32_t rows[] = {1, 1000, 1000000};
    char folder[] = P_tmpdir "/alapi_bench_XXXXXX", path[64];
    int64_t now_ms = 1800000000000;
    struct arena a;
    struct ledger *l;
    must(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/ledger.map", folder);
    arena_init(&a, 1 << 20);
    must(!ledger_open(&a, path, &l).kind && !ledger_join(&a, l).kind &&
         !ledger_reserve_row(&a, l, 1000000).kind);
    for (size_t i = 0; i < COUNT(rows); i++) {
        calls_ns(l, &now_ms, rows[i], false); /* warm */
        double answered = calls_ns(l, &now_ms, rows[i], false), failed = calls_ns(l, &now_ms, rows[i], true);
        printf("%8u rows: %3.0f ns a call that is answered, %3.0f ns a call that is given back\n", rows[i], answered,
               failed);
    }
    ledger_close(l);
    unlink(path);
    rmdir(folder);
    arena_done(&a);
    return 0;
}
