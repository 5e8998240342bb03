/* ledger.h: what every token has left and what every call has cost, exact to the call, in one
 * memory-mapped file that no process's death can harm.
 *
 * The parts, each with one kind of writer:
 *   rows      one a token: its windows (units used this day and this month) in one 16-byte word that is
 *             changed by compare-and-swap, so both quotas are taken at once or not at all; and its rate.
 *   slots     one a process that answers calls (an nginx worker), written by it alone: the calls it has
 *             under way, and two tables of counts, one for each parity of the epoch.
 *   header    the number of the epoch that is open.
 *
 * Contract   ledger_take charges before the call runs; then exactly one of ledger_answer (it goes out:
 *            the charge stands) or ledger_give_back; then ledger_count, once. So what is answered never
 *            exceeds a limit, whatever is killed and when. Units come back whole; of a turn of the rate, what
 *            of it has not passed yet: more would let two calls through at once later.
 * Crashes    a dead process's slot is finished by whoever finds it (ledger_mend): charges whose answer
 *            had not begun to go out are given back, the others are counted. A slot is owned through a
 *            lock of the kernel's on its byte of the file, which ends with its process: no call waits
 *            for it, it is taken once at start.
 * Draining   the drain closes an epoch, reads its sums, stores them together with the epoch's number,
 *            then clears them. Restarted anywhere, it sees from the stored number what was done.
 * Units      day and month: days and months since 1970-01 in the service's zone. minute: Unix minutes.
 * Threads    one a slot. The drain belongs to one thread of one process.
 */
#pragma once
#include "base/err.h"
#include "base/limits.h"
#include "base/text.h"

struct ledger;

[[nodiscard]] struct err ledger_open(struct arena *a, const char *path,
                                     struct ledger **out); /* made if missing */
void ledger_close(struct ledger *l);

/* Makes sure that the disk has room for the rows up to this one, before its token is published. */
[[nodiscard]] struct err ledger_reserve_row(struct arena *a, struct ledger *l, uint32_t row);

/* The same for the slots of so many processes, before they start. */
[[nodiscard]] struct err ledger_reserve_slots(struct arena *a, struct ledger *l, unsigned count);

/* ---- a process that answers calls ---- */
[[nodiscard]] struct err ledger_join(struct arena *a, struct ledger *l);
unsigned ledger_slot(const struct ledger *l); /* 0 .. LIMIT_LEDGER_SLOTS - 1; once joined */

/* Milliseconds | slot | a count: ordered in time, and unique on this machine, since the last one is kept in
 * the slot: neither a new process nor a clock that is set back makes one again. Below 2^63 until 2039. */
uint64_t ledger_id_next(struct ledger *l, int64_t now_ms);

struct ledger_limits {
    uint32_t rate_per_s, quota_day, quota_month; /* 0 = none */
};

struct ledger_time {
    int64_t now_ms;
    uint16_t day, month; /* of the windows */
    uint32_t next_day_minute; /* when the day ends; a call of a lagging clock may be charged to the
                                 next day */
};

enum ledger_answer { LEDGER_TAKEN, LEDGER_RATE, LEDGER_DAY, LEDGER_MONTH, LEDGER_FULL };

struct ledger_charge {
    uint32_t place; /* in the slot's list of calls under way */
    uint64_t rate_wait_ms;             /* LEDGER_RATE: until the next call may come */
    uint64_t day_used, month_used;     /* after the take (or as found, where it was refused) */
    uint32_t rate_left;
    uint64_t turn_ends_ns, turn_ns;    /* this call's turn of the rate; 0: there is none */
};

/* LEDGER_FULL: more calls under way than LIMIT_INFLIGHT, or the tables wait for a drain. */
enum ledger_answer ledger_take(struct ledger *l, uint32_t row, uint32_t api, uint32_t units,
                               const struct ledger_limits *limits, const struct ledger_time *time,
                               struct ledger_charge *out);
void ledger_answer(struct ledger *l, const struct ledger_charge *charge);
void ledger_give_back(struct ledger *l, const struct ledger_charge *charge);

/* The rest of the turn, of a call that fails; before ledger_give_back. */
void ledger_give_turn(struct ledger *l, const struct ledger_charge *charge, int64_t now_ms);

/* The end of a charged call: adds it to the counts and forgets it. */
void ledger_count(struct ledger *l, const struct ledger_charge *charge, uint16_t status);

/* A call without a charge: refused before the take. row 0 = nobody, api 0 = none. */
void ledger_count_free(struct ledger *l, uint32_t row, uint32_t api, uint16_t status, int64_t now_ms);

/* Calls of this process handed to the workers; false where all processes together reached the limit. */
bool ledger_queue_enter(struct ledger *l);
void ledger_queue_leave(struct ledger *l);

/* ---- looking ---- */
struct ledger_view {
    uint64_t day_used, month_used; /* of the windows named by time; 0 where another was last used */
    uint32_t rate_left;
    uint64_t rate_full_ms;         /* until all of the rate is back */
};
struct ledger_view ledger_look(const struct ledger *l, uint32_t row, const struct ledger_limits *limits,
                               const struct ledger_time *time);

/* ---- the drain ---- */
struct ledger_sum {
    uint32_t row, api, minute;
    uint16_t status;
    uint64_t calls, units;
};

/* Finishes the slots of dead processes; returns how many. */
unsigned ledger_mend(struct ledger *l);

/* Closes the open epoch, unless one is closed and not yet cleared, and returns the closed one's number.
 * Waits only for adds that are under way (microseconds). */
uint64_t ledger_seal(struct ledger *l);

/* Every sum of the closed epoch; the same key may come more than once (one a slot). */
void ledger_each(struct ledger *l, void (*visit)(void *with, const struct ledger_sum *sum), void *with);

/* After the sums and the epoch's number are stored. */
void ledger_clear(struct ledger *l);

/* The number of the epoch that was closed last. */
uint64_t ledger_closed(const struct ledger *l);

/* Every charge that is under way now, with status 0: for the audit. */
void ledger_each_reserved(struct ledger *l, void (*visit)(void *with, const struct ledger_sum *sum),
                          void *with);

/* Sums that are not yet sealed: for the audit, while nothing runs or as an estimate. */
void ledger_each_open(struct ledger *l, void (*visit)(void *with, const struct ledger_sum *sum), void *with);
