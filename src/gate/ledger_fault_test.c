/* ledger_fault_test.c: the kill law of the ledger, at every point at which a death could part two stores.
 *
 * The ledger is compiled in with its fault points. A "death" is a longjmp out of the n-th point and the
 * closing of the handle: memory then holds what a killed process leaves, a beginning of its stores, and its
 * lock is gone. For n = 1, 2, 3 .. until a whole life passes, for every such death of the mender after it,
 * with another process calling and the drain working in between, or not:
 *
 *     used of every row = what was drained + sums that wait,  and
 *     answers that were done <= what is charged <= answers that were begun.
 */
#include "test.h"

#define ALAPI_TEST_FAULTS
#include "gate/ledger.c"

enum { ROWS = 4, DAY = 20000, MONTH = 657, NOW_MINUTE = 28800000 };

enum mode {
    BYSTANDER = 1, /* another process calls at every point */
    DRAIN = 2,     /* the drain takes a step at every point … */
    SLOWLY = 4,    /* … or at every third */
    ONLY_NAMES = 8, /* the other one gives back what it takes: all that is left of it is its name */
    WRAP = 16,     /* the numbers of changes begin anew just now */
};

static char folder[] = "/tmp/alapi_ledger_XXXXXX", path[64];
static struct arena arena;
static const struct ledger_limits limits = {0, 4000000000u, 0};
static const struct ledger_time now = {NOW_MINUTE * 60000ll, DAY, MONTH, NOW_MINUTE + 600};

static struct {
    jmp_buf death;
    unsigned left;   /* points until it; 0 = none */
    bool is_inside;  /* the others are at work: no points for them */
    bool was_noted;
    unsigned mode, points;
    struct ledger *bystander, *drain;
    unsigned drain_step;
    uint64_t stored; /* number of the epoch, in one transaction with: */
    uint64_t drained[ROWS];
    uint64_t begun, done, others; /* answers */
} world;

static struct ledger *opened(bool joined) {
    struct ledger *l;
    want_ok(ledger_open(&arena, path, &l));
    if (joined)
        want_ok(ledger_join(&arena, l));
    return l;
}

static void sum_up(void *with, const struct ledger_sum *sum) {
    uint64_t *rows = with;
    must(sum->row < ROWS);
    rows[sum->row] += sum->units;
}

/* ---- the others ---- */

static void bystander_calls(void) {
    for (uint32_t row = 1; row < ROWS; row++) {
        struct ledger_charge charge;
        must(ledger_take(world.bystander, row, 7, 1, &limits, &now, &charge) == LEDGER_TAKEN);
        if (world.mode & ONLY_NAMES) {
            ledger_give_back(world.bystander, &charge);
        } else {
            ledger_answer(world.bystander, &charge);
            world.others++;
        }
        ledger_count(world.bystander, &charge, 200);
    }
}

static bool seal_would_wait(void) {
    uint64_t open = world.drain->header->epoch, closed = open - 1;
    if (closed == world.drain->header->cleared)
        closed = open;
    for (unsigned i = 0; i < LIMIT_LEDGER_SLOTS; i++)
        if (world.drain->slots[i].active == closed)
            return true;
    return false;
}

/* Seal; read and store; clear: a step at a time. */
static void drain_steps_once(void) {
    static uint64_t closed;
    if (world.drain_step == 0) {
        if (seal_would_wait())
            return;
        closed = ledger_seal(world.drain);
    } else if (world.drain_step == 1 && world.stored != closed) {
        ledger_each(world.drain, sum_up, world.drained);
        world.stored = closed;
    } else if (world.drain_step == 2) {
        ledger_clear(world.drain);
    }
    world.drain_step = (world.drain_step + 1) % 3;
}

static void fault_point(const char *where) {
    bool is_noted = strcmp(where, "noted") == 0;
    if (world.is_inside)
        return;
    world.is_inside = true;
    world.points++;
    if (world.mode & BYSTANDER && !(is_noted && world.was_noted)) /* a swap may fail, but not for ever */
        bystander_calls();
    world.was_noted = is_noted && !world.was_noted;
    if (world.mode & DRAIN && (!(world.mode & SLOWLY) || world.points % 3 == 0))
        drain_steps_once();
    world.is_inside = false;
    if (world.left && --world.left == 0)
        longjmp(world.death, 1);
}

/* ---- the victim ---- */

static struct ledger_charge taken(struct ledger *l, uint32_t row, uint32_t units) {
    struct ledger_charge charge;
    must(ledger_take(l, row, 1, units, &limits, &now, &charge) == LEDGER_TAKEN);
    return charge;
}

static void answer(struct ledger *l, const struct ledger_charge *charge, uint32_t units) {
    world.begun += units;
    ledger_answer(l, charge);
    world.done += units;
}

/* Every kind of call, some under way at once, two left when it ends. */
static void live(struct ledger *l) {
    struct ledger_charge left = taken(l, 1, 1), first = taken(l, 1, 3), failing = taken(l, 2, 2);
    answer(l, &first, 3);
    ledger_count(l, &first, 200);
    ledger_give_back(l, &failing);
    ledger_count(l, &failing, 422);
    struct ledger_charge late = taken(l, 2, 5), gone = taken(l, 3, 1);
    ledger_count_free(l, 3, 1, 404, now.now_ms);
    answer(l, &late, 5);
    ledger_give_back(l, &gone);
    answer(l, &left, 1);
    ledger_count(l, &gone, 500);
    struct ledger_charge under_way = taken(l, 1, 2);
    (void)under_way;
}

/* True where it died. */
static bool dies_at(unsigned point, struct ledger *l, void (*what)(struct ledger *)) {
    volatile bool died = true;
    world.left = point;
    if (setjmp(world.death) == 0) {
        what(l);
        died = false;
    }
    world.left = 0;
    ledger_close(l);
    return died;
}

static void mend(struct ledger *l) { ledger_mend(l); }

static void others_act(void) {
    world.is_inside = true;
    if (world.mode & (BYSTANDER | ONLY_NAMES))
        bystander_calls();
    if (world.mode & DRAIN)
        drain_steps_once();
    world.is_inside = false;
}

static void want_whole(unsigned n, unsigned m) {
    uint64_t sums[ROWS] = {0}, all = 0;
    world.is_inside = true;
    ledger_each_reserved(world.drain, sum_up, sums);
    for (unsigned row = 1; row < ROWS; row++)
        if (sums[row])
            fail_msg("mode %u, deaths at %u and %u: row %u has %lu reserved", world.mode, n, m, row, sums[row]);
    while (world.drain_step)
        drain_steps_once();
    for (unsigned i = 0; i < 6; i++) /* two epochs: all is drained */
        drain_steps_once();
    for (unsigned row = 1; row < ROWS; row++) {
        struct ledger_view view = ledger_look(world.drain, row, &limits, &now);
        if (view.day_used != world.drained[row] || view.month_used != view.day_used)
            fail_msg("mode %u, deaths at %u and %u: row %u has %lu used and %lu counted", world.mode, n, m, row,
                     view.day_used, world.drained[row]);
        all += view.day_used;
    }
    if (all < world.done + world.others || all > world.begun + world.others)
        fail_msg("mode %u, deaths at %u and %u: %lu charged, %lu to %lu answered", world.mode, n, m,
                 all - world.others, world.done, world.begun);
    world.is_inside = false;
    world.begun = world.done = all - world.others; /* what was in doubt is known now */
}

/* The same numbers in every round, so what the last round left of them is covered and forgotten. */
static void numbers_wrap(struct slot *slot) {
    others_act();
    memset((void *)world.drain->header->overwritten, 0, sizeof world.drain->header->overwritten);
    slot->change = WINDOW_CHANGE_MAX - 3;
}

/* One life, ended at point n; one mending, ended at point m. True where the mender died. */
static bool round_dies(unsigned n, unsigned m, bool *victim_died_out) {
    arena_reset(&arena);
    world.points = 0;
    struct ledger *victim = opened(true);
    if (world.mode & WRAP)
        numbers_wrap(victim->mine);
    *victim_died_out = dies_at(n, victim, live);
    others_act();
    bool died = dies_at(m, opened(false), mend);
    if (died) {
        others_act();
        struct ledger *joined = opened(true); /* the second mender is a process that joins */
        ledger_mend(joined);
        ledger_close(joined);
    }
    world.is_inside = true;
    ledger_mend(world.drain);
    world.is_inside = false;
    want_whole(n, m);
    return died;
}

static void every_death(unsigned mode) {
    bool victim_died = true;
    unsigned rounds = 0, n, deepest = 0;
    world.mode = mode;
    for (n = 1; victim_died; n++) {
        unsigned m = 1;
        while (round_dies(n, m, &victim_died))
            m++;
        rounds += m;
        deepest = m > deepest ? m : deepest;
    }
    print_message("mode %2u: %u points of a life, up to %u of a mending, %u rounds\n", mode, n - 2, deepest - 1,
                  rounds);
    want(n > 50 && deepest > 10);
}

TEST(alone) { every_death(0); }
TEST(numbers_of_changes_begin_anew) { every_death(WRAP | ONLY_NAMES); }
TEST(another_process_covers_the_names) { every_death(BYSTANDER | ONLY_NAMES); }
TEST(another_process_covers_the_names_after_the_death) { every_death(ONLY_NAMES); }
TEST(another_process_calls) { every_death(BYSTANDER); }
TEST(the_drain_works) { every_death(DRAIN); }
TEST(the_drain_works_slowly) { every_death(DRAIN | SLOWLY | BYSTANDER); }

/* ---- the drain's own death ---- */

static void drain_whole(struct ledger *l) {
    uint64_t sums[ROWS] = {0}, closed = ledger_seal(l);
    fault_point("before the reading");
    if (world.stored != closed) {
        ledger_each(l, sum_up, sums);
        fault_point("read, not stored");
        for (unsigned row = 1; row < ROWS; row++)
            world.drained[row] += sums[row];
        world.stored = closed;
    }
    fault_point("stored, not cleared");
    ledger_clear(l);
}

TEST(a_drain_may_die_anywhere) {
    world.mode = BYSTANDER;
    unsigned n = 1, again = 1;
    for (bool died = true; died; n++) {
        died = dies_at(n, opened(false), drain_whole);
        for (again = 1; dies_at(again, opened(false), drain_whole); again++)
            want_whole(n, again);
        want_whole(n, again);
    }
    want(n > 5 && again > 5);
}

static int begin(void **unused) {
    (void)unused;
    arena_init(&arena, LIMIT_ARENA_BYTES);
    must(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/ledger.map", folder);
    world.is_inside = true;
    world.bystander = opened(true);
    world.drain = opened(false);
    world.is_inside = false;
    return 0;
}

static int end(void **unused) {
    (void)unused;
    ledger_close(world.bystander);
    ledger_close(world.drain);
    arena_done(&arena);
    return unlink(path) != 0 || rmdir(folder) != 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RUN(alone), RUN(numbers_of_changes_begin_anew), RUN(another_process_covers_the_names),
        RUN(another_process_covers_the_names_after_the_death), RUN(another_process_calls), RUN(the_drain_works),
        RUN(the_drain_works_slowly), RUN(a_drain_may_die_anywhere)};
    return cmocka_run_group_tests(tests, begin, end);
}
