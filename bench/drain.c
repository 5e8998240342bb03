/* drain.c: empties the ledger of a home once a second, as the store's drain does, but stores nothing:
 *
 *     drain HOME       until SIGTERM; then prints "calls N units N refused N"
 *
 * Calls and units are those answered with 200; refused is the number of all others. Without it the counts of
 * a million tokens would fill the ledger's tables, and its totals prove that no call was lost or doubled.
 * The servers must have ended before it does.
 */
#include "base/must.h"
#include "gate/ledger.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>

struct totals {
    uint64_t calls, units, refused;
};

static void add(void *with, const struct ledger_sum *sum) {
    struct totals *t = with;
    if (sum->status == 200) {
        t->calls += sum->calls;
        t->units += sum->units;
    } else {
        t->refused += sum->calls;
    }
}

static void drain_once(struct ledger *l, struct totals *t) {
    ledger_mend(l);
    ledger_seal(l);
    ledger_each(l, add, t);
    ledger_clear(l);
}

static void drain(struct ledger *l) {
    const struct timespec second = {.tv_sec = 1};
    struct totals t = {0};
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    must(sigprocmask(SIG_BLOCK, &stop, NULL) == 0);
    while (sigtimedwait(&stop, NULL, &second) != SIGTERM)
        drain_once(l, &t);
    drain_once(l, &t);
    printf("calls %" PRIu64 " units %" PRIu64 " refused %" PRIu64 "\n", t.calls, t.units, t.refused);
}

int main(int argc, char **argv) {
    struct arena a;
    struct ledger *l;
    if (argc != 2) {
        fprintf(stderr, "usage: drain HOME\n");
        return 64;
    }
    arena_init(&a, 1 << 20);
    struct err e = ledger_open(&a, text_say_in(&a, "%s/state/ledger.map", argv[1]), &l);
    if (e.kind) {
        fprintf(stderr, "drain: %s\n", e.say);
    } else {
        drain(l);
        ledger_close(l);
    }
    arena_done(&a);
    return e.kind ? 1 : 0;
}
