/* ledger_test.c: the ledger from outside: quotas and rates at n and n + 1, many processes at one row, and
 * processes killed at random. Every point between two stores: ledger_fault_test.c. */
#include "test.h"

#include "base/random.h"
#include "gate/ledger.h"

#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    ROWS = 5,
    CHILDREN = 4,
    PARALLEL_ROUNDS = 25,
    PARALLEL_QUOTA = 500,
    KILL_SECONDS = 6,
    KILLS_A_ROUND = 20
};

#define NOW_MS 1800000000000ll

static char folder[] = "/tmp/alapi_ledger_XXXXXX", path[64];
static struct arena arena;
static struct ledger *ledger; /* joined */
static uint32_t row;          /* a fresh one for each test */
static const struct ledger_limits none = {0};

static struct ledger_time at(int64_t now_ms, uint16_t day, uint16_t month) {
    return (struct ledger_time){now_ms, day, month, (uint32_t)(now_ms / 60000 + 60)};
}

static enum ledger_answer take(const struct ledger_limits *limits, struct ledger_time time, uint32_t units,
                               struct ledger_charge *out) {
    return ledger_take(ledger, row, 1, units, limits, &time, out);
}

/* A call from its charge to its end. */
static enum ledger_answer call(const struct ledger_limits *limits, struct ledger_time time, uint32_t units) {
    struct ledger_charge charge;
    enum ledger_answer answer = take(limits, time, units, &charge);
    if (answer == LEDGER_TAKEN) {
        ledger_answer(ledger, &charge);
        ledger_count(ledger, &charge, 200);
    }
    return answer;
}

static struct ledger_view look(const struct ledger_limits *limits, struct ledger_time time) {
    return ledger_look(ledger, row, limits, &time);
}

TEST(a_quota_is_passed_by_nobody) {
    static const struct ledger_limits day = {0, 10, 0}, month = {0, 0, 12};
    struct ledger_charge charge;
    row++;
    for (unsigned i = 1; i <= 10; i++) {
        want_int(take(&day, at(NOW_MS, 100, 3), 1, &charge), LEDGER_TAKEN);
        want_int(charge.day_used, i);
        ledger_answer(ledger, &charge);
        ledger_count(ledger, &charge, 200);
    }
    want_int(take(&day, at(NOW_MS, 100, 3), 1, &charge), LEDGER_DAY);
    want_int(charge.day_used, 10);
    want_int(call(&day, at(NOW_MS, 100, 3), 0), LEDGER_TAKEN); /* what is free goes on */
    want_int(call(&day, at(NOW_MS, 101, 3), 11), LEDGER_DAY);  /* the next day: all or nothing */
    want_int(call(&month, at(NOW_MS, 101, 3), 2), LEDGER_TAKEN);
    want_int(call(&month, at(NOW_MS, 102, 3), 1), LEDGER_MONTH);
    want_int(call(&month, at(NOW_MS, 102, 4), 12), LEDGER_TAKEN);
    want_int(call(&month, at(NOW_MS, 102, 4), 1), LEDGER_MONTH);
}

TEST(the_largest_quota) {
    static const struct ledger_limits most = {0, LIMIT_QUOTA, LIMIT_QUOTA};
    row++;
    want_int(call(&most, at(NOW_MS, 100, 3), LIMIT_QUOTA), LEDGER_TAKEN);
    want_int(call(&most, at(NOW_MS, 100, 3), 1), LEDGER_MONTH);
    want_int(call(&most, at(NOW_MS, 100, 3), UINT32_MAX), LEDGER_MONTH);
    want_int(call(&none, at(NOW_MS, 101, 3), UINT32_MAX), LEDGER_TAKEN);
    want_int(call(&none, at(NOW_MS, 101, 3), 1), LEDGER_DAY); /* where the word ends */
    want(look(&none, at(NOW_MS, 101, 3)).month_used == LIMIT_QUOTA + (uint64_t)UINT32_MAX);
}

TEST(fault_19_midnight_with_two_clocks) {
    static const struct ledger_limits day = {0, 2, 0};
    row++;
    want_int(call(&day, at(NOW_MS, 100, 3), 2), LEDGER_TAKEN);
    want_int(call(&day, at(NOW_MS + 1, 101, 4), 1), LEDGER_TAKEN);
    want_int(call(&day, at(NOW_MS, 100, 3), 1), LEDGER_TAKEN); /* charged to the new day … */
    want_int(call(&day, at(NOW_MS, 100, 3), 1), LEDGER_DAY);   /* … and not to the old one again */
    want_int(look(&day, at(NOW_MS, 101, 4)).day_used, 2);
    want_int(look(&day, at(NOW_MS, 101, 4)).month_used, 2);
}

TEST(what_fails_is_given_back) {
    static const struct ledger_limits day = {0, 5, 5};
    struct ledger_charge first, second;
    row++;
    want_int(take(&day, at(NOW_MS, 100, 3), 3, &first), LEDGER_TAKEN);
    want_int(take(&day, at(NOW_MS, 100, 3), 3, &second), LEDGER_MONTH);
    ledger_give_back(ledger, &first);
    want_int(look(&day, at(NOW_MS, 100, 3)).day_used, 0);
    ledger_count(ledger, &first, 500);
    want_int(take(&day, at(NOW_MS, 100, 3), 5, &first), LEDGER_TAKEN);
    want_int(call(&day, at(NOW_MS, 101, 4), 2), LEDGER_TAKEN);
    ledger_give_back(ledger, &first); /* its windows have passed: nothing comes back into the new ones */
    want_int(look(&day, at(NOW_MS, 101, 4)).day_used, 2);
    want_int(look(&day, at(NOW_MS, 101, 4)).month_used, 2);
    ledger_count(ledger, &first, 500);
}

TEST(a_rate_is_a_burst_of_one_second) {
    static const uint32_t rates[] = {1, 2, 3, 7, 10, 999, 1000};
    for (size_t i = 0; i < COUNT(rates); i++) {
        struct ledger_limits limits = {.rate_per_s = rates[i]};
        struct ledger_charge charge;
        row++;
        for (unsigned k = 0; k < rates[i]; k++)
            want_int(call(&limits, at(NOW_MS, 100, 3), 1), LEDGER_TAKEN);
        want_int(take(&limits, at(NOW_MS, 100, 3), 1, &charge), LEDGER_RATE);
        want_int(charge.rate_left, 0);
        want(charge.rate_wait_ms >= 1000 / rates[i] && charge.rate_wait_ms <= 1000 / rates[i] + 2);
        want_int(charge.day_used, rates[i]);
        int64_t later = NOW_MS + (int64_t)charge.rate_wait_ms;
        want_int(call(&limits, at(later, 100, 3), 1), LEDGER_TAKEN);
        want_int(call(&limits, at(later + 1002, 100, 3), 1), LEDGER_TAKEN);
        want(look(&limits, at(later + 3000, 100, 3)).rate_left == rates[i]);
    }
}

TEST(extreme_rates_divide_by_nothing) {
    static const uint32_t rates[] = {1000000, 1000000000, 1000000001, UINT32_MAX};
    for (size_t i = 0; i < COUNT(rates); i++) {
        struct ledger_limits limits = {.rate_per_s = rates[i]};
        struct ledger_charge charge;
        row++;
        want_int(take(&limits, at(NOW_MS, 100, 3), 1, &charge), LEDGER_TAKEN);
        want_int(charge.rate_left, rates[i] - 1);
        ledger_give_back(ledger, &charge);
        ledger_count(ledger, &charge, 200);
        want(look(&limits, at(NOW_MS, 100, 3)).rate_left <= rates[i]);
    }
}

TEST(a_call_that_fails_at_once_takes_no_turn) {
    static const struct ledger_limits limits = {.rate_per_s = 2};
    struct ledger_charge failing;
    row++;
    for (int i = 0; i < 10; i++) {
        want_int(take(&limits, at(NOW_MS, 100, 3), 1, &failing), LEDGER_TAKEN);
        ledger_give_turn(ledger, &failing, NOW_MS);
        ledger_give_back(ledger, &failing);
        ledger_count(ledger, &failing, 422);
    }
    want_int(call(&limits, at(NOW_MS, 100, 3), 1), LEDGER_TAKEN);
    want_int(call(&limits, at(NOW_MS, 100, 3), 1), LEDGER_TAKEN);
    want_int(call(&limits, at(NOW_MS, 100, 3), 1), LEDGER_RATE);
}

/* Two calls let through at once would pass the rate, whatever became of one long before. */
TEST(a_failing_call_keeps_its_turn) {
    static const struct ledger_limits limits = {.rate_per_s = 1};
    struct ledger_charge slow;
    row++;
    want_int(take(&limits, at(NOW_MS, 100, 3), 1, &slow), LEDGER_TAKEN);
    want_int(call(&limits, at(NOW_MS + 1000, 100, 3), 1), LEDGER_TAKEN);
    ledger_give_turn(ledger, &slow, NOW_MS + 1000);
    ledger_give_back(ledger, &slow);
    ledger_count(ledger, &slow, 504);
    want_int(call(&limits, at(NOW_MS + 1001, 100, 3), 1), LEDGER_RATE);
}

TEST(a_refusal_by_quota_takes_no_turn) {
    static const struct ledger_limits limits = {1, 1, 0};
    row++;
    want_int(call(&limits, at(NOW_MS, 100, 3), 1), LEDGER_TAKEN);
    want_int(call(&limits, at(NOW_MS + 1000, 100, 3), 1), LEDGER_DAY);
    want_int(call(&limits, at(NOW_MS + 1000, 100, 3), 1), LEDGER_DAY);
    want_int(call(&limits, at(NOW_MS + 1000, 101, 3), 1), LEDGER_TAKEN);
}

TEST(fault_19_a_clock_set_back_does_not_lock_out) {
    static const struct ledger_limits limits = {2, 0, 0};
    static const int64_t year_ms = 365ll * 86400 * 1000;
    row++;
    want_int(call(&limits, at(NOW_MS, 465, 15), 1), LEDGER_TAKEN);
    want_int(call(&limits, at(NOW_MS, 465, 15), 1), LEDGER_TAKEN);
    want_int(call(&limits, at(NOW_MS - year_ms, 100, 3), 1), LEDGER_TAKEN);
    want_int(call(&limits, at(NOW_MS - year_ms, 100, 3), 1), LEDGER_TAKEN);
    want_int(call(&limits, at(NOW_MS - year_ms, 100, 3), 1), LEDGER_RATE);
    want_int(call(&limits, at(NOW_MS - year_ms - 5, 100, 3), 1), LEDGER_RATE); /* a lag is no setting back */
}

TEST(ids_are_ordered_and_unique_also_in_a_new_process) {
    uint64_t last = 0, id;
    for (unsigned i = 0; i < 600000; i++) { /* more than a millisecond has room for; a clock set back */
        id = ledger_id_next(ledger, i < 300000 ? NOW_MS : NOW_MS - 5000);
        if (id <= last || (id >> 18 & 15) != ledger_slot(ledger))
            fail_msg("%lu after %lu", id, last);
        last = id;
    }
    ledger_close(ledger);
    want_ok(ledger_open(&arena, path, &ledger));
    want_ok(ledger_join(&arena, ledger));
    want(ledger_id_next(ledger, NOW_MS - 9000) > last);
}

/* ---- sums ---- */

struct sums {
    uint64_t calls[ROWS * 8], units[ROWS * 8];
    unsigned count;
};

static void sum_up(void *with, const struct ledger_sum *sum) {
    struct sums *s = with;
    must(sum->row < COUNT(s->units));
    s->calls[sum->row] += sum->calls;
    s->units[sum->row] += sum->units;
    s->count++;
}

static void drain(struct sums *into) {
    ledger_seal(ledger);
    if (into)
        ledger_each(ledger, sum_up, into);
    ledger_clear(ledger);
}

TEST(what_is_counted_comes_out_once) {
    struct sums sealed = {0}, open = {0}, empty = {0}, reserved = {0};
    struct ledger_charge charge;
    drain(NULL);
    row++;
    for (unsigned i = 0; i < 9; i++)
        want_int(call(&none, at(NOW_MS, 100, 3), 2), LEDGER_TAKEN);
    ledger_count_free(ledger, row, 1, 429, NOW_MS);
    ledger_each_open(ledger, sum_up, &open);
    want_int(open.units[row], 18);
    uint64_t closed = ledger_seal(ledger);
    want(closed == ledger_seal(ledger)); /* until it is cleared */
    want_int(take(&none, at(NOW_MS, 100, 3), 5, &charge), LEDGER_TAKEN);
    ledger_each_reserved(ledger, sum_up, &reserved);
    want_int(reserved.units[row], 5);
    want_int(reserved.count, 1);
    ledger_answer(ledger, &charge);
    ledger_count(ledger, &charge, 200);
    ledger_each(ledger, sum_up, &sealed);
    want_int(sealed.calls[row], 10);
    want_int(sealed.units[row], 18);
    want_int(sealed.count, 2);
    ledger_clear(ledger);
    want(ledger_seal(ledger) == closed + 1);
    ledger_each_open(ledger, sum_up, &empty);
    want_int(empty.count, 0);
    ledger_each(ledger, sum_up, &empty);
    want_int(empty.units[row], 5);
    ledger_clear(ledger);
}

TEST(the_tables_full_is_told_before_the_charge) {
    struct ledger_charge charge;
    enum ledger_answer answer = LEDGER_TAKEN;
    uint32_t taken = 0;
    drain(NULL);
    row++;
    for (; taken <= LIMIT_LEDGER_KEYS && answer == LEDGER_TAKEN; taken += answer == LEDGER_TAKEN) {
        struct ledger_time now = at(NOW_MS, 100, 3);
        answer = ledger_take(ledger, row, taken + 1, 1, &none, &now, &charge);
        if (answer == LEDGER_TAKEN) {
            ledger_answer(ledger, &charge);
            ledger_count(ledger, &charge, 200);
        }
    }
    want_int(answer, LEDGER_FULL);
    want_int(taken, LIMIT_LEDGER_KEYS - LIMIT_INFLIGHT);
    want_int(look(&none, at(NOW_MS, 100, 3)).day_used, taken);
    drain(NULL);
    want_int(call(&none, at(NOW_MS, 100, 3), 1), LEDGER_TAKEN);
    drain(NULL);
}

TEST(calls_under_way_have_a_limit) {
    static struct ledger_charge charges[LIMIT_INFLIGHT + 1];
    row++;
    for (unsigned i = 0; i < LIMIT_INFLIGHT; i++)
        want_int(take(&none, at(NOW_MS, 100, 3), 1, &charges[i]), LEDGER_TAKEN);
    want_int(take(&none, at(NOW_MS, 100, 3), 1, &charges[LIMIT_INFLIGHT]), LEDGER_FULL);
    for (unsigned i = 0; i < LIMIT_INFLIGHT; i++) {
        ledger_give_back(ledger, &charges[i]);
        ledger_count(ledger, &charges[i], 499);
    }
    want_int(look(&none, at(NOW_MS, 100, 3)).day_used, 0);
}

TEST(the_queue_has_a_limit) {
    for (unsigned i = 0; i < LIMIT_WORKER_QUEUE; i++)
        want(ledger_queue_enter(ledger));
    want(!ledger_queue_enter(ledger));
    ledger_queue_leave(ledger);
    want(ledger_queue_enter(ledger));
    for (unsigned i = 0; i < LIMIT_WORKER_QUEUE; i++)
        ledger_queue_leave(ledger);
}

TEST(another_file_is_no_ledger) {
    char other[80];
    struct ledger *l;
    snprintf(other, sizeof other, "%s/other", folder);
    FILE *file = fopen(other, "w");
    want(file && fputs("no ledger", file) > 0 && fclose(file) == 0);
    struct err e = ledger_open(&arena, other, &l);
    want_err(e, ERR_CONFIG);
    want(strstr(e.say, other) != NULL);
    unlink(other);
}

/* ---- many processes ---- */

/* What children tell; it outlives them. */
struct told {
    _Atomic uint64_t begun[ROWS], done[ROWS];
};

static struct ledger *joined_again(void) {
    struct arena a;
    struct ledger *l;
    arena_init(&a, 1 << 20);
    if (ledger_open(&a, path, &l).kind || ledger_join(&a, l).kind)
        _exit(3);
    return l;
}

static void child_takes_all(struct told *told, const struct ledger_limits *limits, struct ledger_time time) {
    struct ledger *l = joined_again();
    struct ledger_charge charge;
    for (unsigned i = 0; ledger_take(l, row, 1, 1, limits, &time, &charge) == LEDGER_TAKEN; i++) {
        if (i % 7 == 0) { /* gives one back and takes it again */
            ledger_give_back(l, &charge);
        } else {
            ledger_answer(l, &charge);
            told->done[0]++;
        }
        ledger_count(l, &charge, 200);
    }
    _exit(0);
}

static struct told *told_new(void) {
    struct told *told = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    must(told != MAP_FAILED);
    return told;
}

TEST(fault_19_many_processes_pass_no_quota) {
    static const struct ledger_limits limits = {0, PARALLEL_QUOTA, 0};
    struct told *told = told_new();
    row++;
    for (uint16_t day = 1; day <= PARALLEL_ROUNDS; day++) {
        atomic_store(&told->done[0], 0);
        for (unsigned i = 0; i < CHILDREN; i++)
            if (fork() == 0)
                child_takes_all(told, &limits, at(NOW_MS, day, 3));
        for (unsigned i = 0; i < CHILDREN; i++) {
            int status;
            want(wait(&status) > 0 && status == 0);
        }
        want_int(look(&limits, at(NOW_MS, day, 3)).day_used, told->done[0]);
        /* a child may have seen the quota full by a unit that another then gave back */
        while (call(&limits, at(NOW_MS, day, 3), 1) == LEDGER_TAKEN)
            told->done[0]++;
        want_int(told->done[0], PARALLEL_QUOTA);
        ledger_mend(ledger);
        drain(NULL);
    }
    munmap(told, sizeof *told);
}

static void child_lives(struct told *told, uint32_t first_row, uint64_t seed) {
    struct ledger *l = joined_again();
    struct random chance = random_seeded(seed);
    struct ledger_charge charges[8];
    uint32_t rows[8];
    struct ledger_time now = at(NOW_MS, 100, 3);
    for (;;) {
        unsigned count = 1 + random_below(&chance, 8);
        for (unsigned i = 0; i < count; i++) {
            rows[i] = random_below(&chance, ROWS);
            must(ledger_take(l, first_row + rows[i], 1, 1, &none, &now, &charges[i]) == LEDGER_TAKEN);
        }
        for (unsigned i = 0; i < count; i++) {
            if (random_below(&chance, 3) == 0) {
                ledger_give_back(l, &charges[i]);
            } else {
                told->begun[rows[i]]++;
                ledger_answer(l, &charges[i]);
                told->done[rows[i]]++;
            }
            ledger_count(l, &charges[i], 200);
        }
    }
}

static pid_t child_start(struct told *told, uint32_t first_row, uint64_t seed) {
    pid_t pid = fork();
    must(pid >= 0);
    if (pid == 0)
        child_lives(told, first_row, seed);
    return pid;
}

static void child_kill(pid_t pid) {
    int status;
    must(kill(pid, SIGKILL) == 0 && waitpid(pid, &status, 0) == pid);
    must(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL); /* it did not end by itself */
}

static void want_no_reserved(void *with, const struct ledger_sum *sum) {
    (void)with;
    fail_msg("row %u has %lu reserved", sum->row, sum->units);
}

/* Nobody lives: every unit is in its place, and every answer is charged. */
static void want_whole(const struct told *told, uint32_t first_row, struct sums *drained) {
    ledger_mend(ledger);
    ledger_each_reserved(ledger, want_no_reserved, NULL);
    drain(drained);
    drain(drained);
    for (unsigned i = 0; i < ROWS; i++) {
        struct ledger_time now = at(NOW_MS, 100, 3);
        uint64_t used = ledger_look(ledger, first_row + i, &none, &now).day_used;
        if (used != drained->units[first_row + i] || used < told->done[i] || used > told->begun[i])
            fail_msg("row %u: %lu used, %lu counted, %lu to %lu answered", i, used, drained->units[first_row + i],
                     told->done[i], told->begun[i]);
    }
}

static void busy_wait(unsigned loops) {
    for (volatile unsigned i = 0; i < loops; i++) {
    }
    sched_yield();
}

TEST(killed_at_random_nothing_is_lost_or_doubled) {
    struct told *told = told_new();
    struct random chance = random_seeded(5);
    static struct sums drained;
    uint32_t first_row = row + 1;
    unsigned kills = 0;
    row += ROWS;
    must(row < COUNT(drained.units));
    drain(NULL);
    for (time_t until = time(NULL) + KILL_SECONDS; time(NULL) < until;) {
        pid_t children[CHILDREN];
        for (unsigned i = 0; i < CHILDREN; i++)
            children[i] = child_start(told, first_row, random_u64(&chance));
        for (unsigned k = 0; k < KILLS_A_ROUND; k++, kills++) {
            unsigned i = random_below(&chance, CHILDREN);
            busy_wait(random_below(&chance, 2000000));
            child_kill(children[i]);
            if (random_below(&chance, 2)) /* else the next child that joins does it */
                ledger_mend(ledger);
            children[i] = child_start(told, first_row, random_u64(&chance));
            drain(&drained);
        }
        for (unsigned i = 0; i < CHILDREN; i++)
            child_kill(children[i]);
        want_whole(told, first_row, &drained);
    }
    uint64_t answers = 0;
    for (unsigned i = 0; i < ROWS; i++)
        answers += told->done[i];
    print_message("%u kills, %lu answers\n", kills, answers);
    want(kills > 20);
    want(answers > 1000);
    munmap(told, sizeof *told);
}

static int begin(void **unused) {
    (void)unused;
    arena_init(&arena, LIMIT_ARENA_BYTES);
    must(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/ledger.map", folder);
    return ledger_open(&arena, path, &ledger).kind || ledger_join(&arena, ledger).kind;
}

static int end(void **unused) {
    (void)unused;
    ledger_close(ledger);
    arena_done(&arena);
    return unlink(path) != 0 || rmdir(folder) != 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RUN(a_quota_is_passed_by_nobody), RUN(the_largest_quota), RUN(fault_19_midnight_with_two_clocks),
        RUN(what_fails_is_given_back), RUN(a_rate_is_a_burst_of_one_second), RUN(extreme_rates_divide_by_nothing),
        RUN(a_call_that_fails_at_once_takes_no_turn), RUN(a_failing_call_keeps_its_turn), RUN(a_refusal_by_quota_takes_no_turn),
        RUN(fault_19_a_clock_set_back_does_not_lock_out), RUN(ids_are_ordered_and_unique_also_in_a_new_process),
        RUN(what_is_counted_comes_out_once), RUN(the_tables_full_is_told_before_the_charge),
        RUN(calls_under_way_have_a_limit), RUN(the_queue_has_a_limit), RUN(another_file_is_no_ledger),
        RUN(fault_19_many_processes_pass_no_quota), RUN(killed_at_random_nothing_is_lost_or_doubled)};
    return cmocka_run_group_tests(tests, begin, end);
}
