/* ledger.c: see ledger.h.
 *
 *     header 4 KiB | overwritten 16 x 16 x u64 | rows LIMIT_TOKENS x 32 | 16 slots
 *     slot:  control 4 KiB | calls under way | table of even epochs | table of odd epochs
 *     table: heads 2^17 x u32 | sums LIMIT_LEDGER_KEYS x 32, filled from the front
 *
 * A call under way goes through these states; each arrow is one store, and what a state promises has been
 * written before it:
 *
 *     FREE -> TAKING -> TAKEN ------------> ANSWERING -> COUNTING -> FREE
 *                         `-> GIVING (units 0) --^
 *
 * Found after a death:  TAKING    judged by the name in the windows: taken (then as TAKEN) or not (FREE)
 *                       TAKEN     its answer had not begun to go out: given back
 *                       GIVING    judged likewise: given back already, or now
 *                       ANSWERING counted with status 0 (the end is unknown), the charge stands
 *                       COUNTING  the sum is stored again: it had been computed before, so storing it
 *                                 twice is storing it once
 *
 * At most one call of a slot is in TAKING or GIVING, and only for it does a name matter; slot_mend says in
 * which order that has to be looked at.
 *
 * A charge is made in the windows and later appears in a sum; in between it stands in the list of calls
 * under way. So at any moment: used of a window = its sums stored, sealed and open + its charges under
 * way: what `alapi audit usage` checks.
 *
 * The file is sparse; what may be written is given disk space before (reserve_row, join), so a full disk
 * is an error sentence at that point and never a SIGBUS in a call.
 */
#include "gate/ledger.h"
#include "base/file.h"
#include "base/must.h"
#include "gate/window.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    MAGIC = 0x314C4C41, /* "ALL1" */
    HEADER_BYTES = 4096,
    HEADS = 1 << 17,
    ROWS_A_STEP = 1 << 14, /* of disk space: 512 KiB */
    COARSE_FROM = LIMIT_LEDGER_KEYS / 2,
    ID_SLOT_BITS = 4,
    ID_COUNT_BITS = 18,
    COARSE_MINUTES = 15, /* every zone's midnight lies on a quarter of an hour */
};

/* Clocks of two processes differ by less; a stored time further ahead was written before a setting back. */
#define CLOCK_LAG_NS 10000000000ull

/* Where a test may kill: between any two stores that a death could part. Nothing in a real build. */
#ifdef ALAPI_TEST_FAULTS
static void fault_point(const char *where);
#else
#define fault_point(where) ((void)0)
#endif

_Static_assert(LIMIT_LEDGER_SLOTS <= 1 << ID_SLOT_BITS, "a slot fits its bits");

enum state { FREE, TAKING, TAKEN, ANSWERING, GIVING, COUNTING };

struct header {
    uint32_t magic, slots;
    _Atomic uint64_t epoch;   /* the open one; the first is 1 */
    _Atomic uint64_t cleared; /* every epoch up to this one is stored and empty */
    _Atomic uint32_t rows_on_disk;
    /* [q][p]: the last change of slot q that slot p wrote over, as a change_name */
    _Atomic uint64_t overwritten[LIMIT_LEDGER_SLOTS][LIMIT_LEDGER_SLOTS];
};
_Static_assert(sizeof(struct header) <= HEADER_BYTES, "the header has a page");

struct row {
    window_word windows;
    _Atomic uint64_t rate_ns; /* GCRA: the theoretical arrival time of the next call */
    uint64_t unused;
};
_Static_assert(sizeof(struct row) == 32, "two rows a cache line");

struct entry {
    _Atomic uint32_t state;
    uint32_t row, api, units;
    uint32_t change; /* of TAKING and GIVING */
    uint16_t day, month;
    uint32_t minute;
    uint32_t redo_sum; /* of COUNTING */
    uint32_t redo_calls;
    uint32_t redo_parity;
    uint64_t redo_units;
};
_Static_assert(sizeof(struct entry) <= 64, "one cache line");

struct sum {
    uint32_t row, api, minute;
    uint16_t status, unused;
    uint32_t next, calls;
    uint64_t units;
};
_Static_assert(sizeof(struct sum) == 32, "two sums a cache line");

struct table {
    uint32_t heads[HEADS]; /* place of a sum + 1; 0 = none */
    struct sum sums[LIMIT_LEDGER_KEYS];
};

struct slot {
    _Atomic uint32_t in_use;   /* owned, or left by a dead process */
    _Atomic uint32_t change;   /* number of this slot's last change of a window */
    _Atomic uint32_t queued;   /* calls handed to the workers */
    _Atomic uint64_t active;   /* the epoch that an add is under way in; 0 = none */
    uint64_t last_id;          /* see ledger_id_next */
    _Atomic uint32_t counts[2]; /* sums in each table */
    char padding[4096 - 40];
    union {
        struct entry entry;
        char line[64];
    } calls[LIMIT_INFLIGHT];
    struct table tables[2];
};
_Static_assert(offsetof(struct slot, calls) == 4096, "the control page comes first");

struct ledger {
    int fd;
    unsigned char *bytes;
    size_t size;
    struct header *header;
    struct row *rows;
    struct slot *slots;
    struct slot *mine; /* joined */
    unsigned place;
    uint32_t *free_places, free_count;
};

static size_t rows_start(void) { return HEADER_BYTES; }
static size_t slots_start(void) { return rows_start() + sizeof(struct row) * (size_t)LIMIT_TOKENS; }
static size_t slot_start(unsigned place) { return slots_start() + sizeof(struct slot) * (size_t)place; }

/* ---- the file ---- */

static struct err disk_room(struct arena *a, struct ledger *l, size_t start, size_t bytes) {
    int full = posix_fallocate(l->fd, (off_t)start, (off_t)bytes);
    if (!full)
        return ok;
    return err_make(ERR_STORAGE_UNAVAILABLE,
                    text_say_in(a, "no disk room for the ledger: %s; free some and try again", strerror(full)));
}

static struct err file_prepare(struct arena *a, struct ledger *l, const char *path) {
    struct stat info;
    if (fstat(l->fd, &info) != 0)
        return file_fault(a, "cannot read the ledger", path);
    if (info.st_size == (off_t)l->size)
        return ok;
    if (info.st_size != 0)
        return err_make(ERR_CONFIG, text_say_in(a, "the ledger %s has a size of another version", path));
    if (ftruncate(l->fd, (off_t)l->size) != 0)
        return file_fault(a, "cannot make the ledger", path);
    return disk_room(a, l, 0, HEADER_BYTES + sizeof(struct row) * ROWS_A_STEP);
}

static struct err map(struct arena *a, struct ledger *l, const char *path) {
    try(file_prepare(a, l, path));
    void *bytes = mmap(NULL, l->size, PROT_READ | PROT_WRITE, MAP_SHARED, l->fd, 0);
    if (bytes == MAP_FAILED)
        return file_fault(a, "cannot map the ledger", path);
    l->bytes = bytes;
    l->header = bytes;
    l->rows = (struct row *)(l->bytes + rows_start());
    l->slots = (struct slot *)(l->bytes + slots_start());
    if (l->header->magic == 0) {
        l->header->slots = LIMIT_LEDGER_SLOTS;
        l->header->epoch = 1;
        l->header->rows_on_disk = ROWS_A_STEP;
        l->header->magic = MAGIC;
    }
    if (l->header->magic != MAGIC || l->header->slots != LIMIT_LEDGER_SLOTS)
        return err_make(ERR_CONFIG, text_say_in(a, "%s is not a ledger of this version", path));
    return ok;
}

struct err ledger_open(struct arena *a, const char *path, struct ledger **out) {
    struct ledger *l = calloc(1, sizeof *l);
    must(l != NULL);
    l->size = slot_start(LIMIT_LEDGER_SLOTS);
    l->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    struct err e = l->fd < 0 ? file_fault(a, "cannot open the ledger", path) : map(a, l, path);
    if (e.kind) {
        ledger_close(l);
        return e;
    }
    *out = l;
    return ok;
}

void ledger_close(struct ledger *l) {
    if (!l)
        return;
    if (l->bytes)
        munmap(l->bytes, l->size);
    if (l->fd >= 0)
        close(l->fd); /* and with it the kernel's lock on the slot */
    free(l->free_places);
    free(l);
}

struct err ledger_reserve_row(struct arena *a, struct ledger *l, uint32_t row) {
    must(row < LIMIT_TOKENS);
    uint32_t have = atomic_load(&l->header->rows_on_disk);
    if (row < have)
        return ok;
    uint32_t wanted = (row / ROWS_A_STEP + 1) * ROWS_A_STEP;
    if (wanted > LIMIT_TOKENS)
        wanted = LIMIT_TOKENS;
    try(disk_room(a, l, rows_start() + sizeof(struct row) * (size_t)have,
                  sizeof(struct row) * (size_t)(wanted - have)));
    atomic_store(&l->header->rows_on_disk, wanted);
    return ok;
}

struct err ledger_reserve_slots(struct arena *a, struct ledger *l, unsigned count) {
    must(count <= LIMIT_LEDGER_SLOTS);
    return disk_room(a, l, slots_start(), sizeof(struct slot) * (size_t)count);
}

/* ---- the windows ---- */

/* A 16-byte load in one piece: the swap of a value by itself, which every x86-64 has. */
static window_word windows_read(const struct row *row) {
    return __sync_val_compare_and_swap((window_word *)&row->windows, 0, 0);
}

/* Two loads, maybe torn between them: good enough to compute what a swap will then confirm or refuse. */
static window_word windows_guess(const struct row *row) {
    const uint64_t *half = (const uint64_t *)&row->windows;
    uint64_t low = __atomic_load_n(&half[0], __ATOMIC_RELAXED),
             high = __atomic_load_n(&half[1], __ATOMIC_RELAXED);
    return (window_word)high << 64 | low;
}

/* Numbers of changes come round again after 2^27; together with the row a note can't be taken for another. */
static uint64_t change_name(const struct ledger *l, const struct row *row, uint32_t change) {
    return (uint64_t)(row - l->rows) << 32 | change;
}

/* Puts `to` in the place of `from` under the name of slot `place`, and notes whose name it covers. */
static bool windows_swap(struct ledger *l, struct row *row, window_word from, struct window to,
                         unsigned place, uint32_t change) {
    struct window covered = window_unpack(from);
    to.owner = (uint8_t)(place + 1);
    to.change = change;
    /* Only a slot's last change can be in doubt, so only that is worth noting. */
    if (covered.owner && covered.owner != place + 1 &&
        atomic_load_explicit(&l->slots[covered.owner - 1].change, memory_order_acquire) == covered.change)
        atomic_store(&l->header->overwritten[covered.owner - 1][place], change_name(l, row, covered.change));
    fault_point("noted");
    return __sync_bool_compare_and_swap(&row->windows, from, window_pack(&to));
}

/* Did the change with this name take place? Only for the last change of a dead slot. */
static bool windows_bear(struct ledger *l, const struct row *row, unsigned place, uint32_t change) {
    struct window now = window_unpack(windows_read(row));
    if (now.owner == place + 1 && now.change == change)
        return true;
    for (unsigned p = 0; p < LIMIT_LEDGER_SLOTS; p++)
        if (p != place && atomic_load(&l->header->overwritten[place][p]) == change_name(l, row, change))
            return true;
    return false;
}

static uint32_t change_next(struct slot *slot) {
    uint32_t change = atomic_load_explicit(&slot->change, memory_order_relaxed) + 1;
    if (change > WINDOW_CHANGE_MAX)
        change = 1;
    atomic_store_explicit(&slot->change, change, memory_order_relaxed);
    return change;
}

static bool windows_take(struct ledger *l, struct row *row, struct entry *e,
                         const struct ledger_limits *limits, struct ledger_charge *out,
                         enum ledger_answer *why) {
    const uint16_t day = e->day, month = e->month;
    for (bool is_sure = false;; is_sure = true) {
        window_word from = is_sure ? windows_read(row) : windows_guess(row);
        struct window w = window_at(window_unpack(from), day, month);
        e->day = w.day;
        e->month = w.month;
        out->day_used = w.day_used;
        out->month_used = w.month_used;
        uint64_t day_max = limits->quota_day ? limits->quota_day : WINDOW_DAY_MAX;
        uint64_t month_max = limits->quota_month ? limits->quota_month : WINDOW_MONTH_MAX;
        bool is_over = w.day_used + e->units > day_max || w.month_used + e->units > month_max;
        if (is_over && !is_sure)
            continue;
        if (is_over) {
            *why = w.month_used + e->units > month_max ? LEDGER_MONTH : LEDGER_DAY;
            return false;
        }
        w.day_used += e->units;
        w.month_used += e->units;
        if (windows_swap(l, row, from, w, l->place, e->change)) {
            out->day_used = w.day_used;
            out->month_used = w.month_used;
            return true;
        }
    }
}

/* What was taken goes back to the windows it came from, as far as they have not passed. */
static void windows_give(struct ledger *l, struct row *row, const struct entry *e, unsigned place) {
    for (;;) {
        window_word from = windows_read(row);
        struct window w = window_unpack(from);
        if (w.day == e->day)
            w.day_used -= w.day_used < e->units ? w.day_used : e->units;
        if (w.month == e->month)
            w.month_used -= w.month_used < e->units ? w.month_used : e->units;
        if (windows_swap(l, row, from, w, place, e->change))
            return;
    }
}

/* ---- the rate: GCRA with a burst of one second (ITU-T I.371, virtual scheduling) ---- */

/* Rounded up: never more than the rate, and never 0. */
static uint64_t rate_interval_ns(uint32_t rate_per_s) {
    return (1000000000ull + rate_per_s - 1) / rate_per_s;
}

static uint32_t rate_left(uint64_t arrival_ns, uint64_t now_ns, uint32_t rate_per_s) {
    uint64_t interval = rate_interval_ns(rate_per_s), room = interval * rate_per_s;
    uint64_t ahead = arrival_ns > now_ns ? arrival_ns - now_ns : 0;
    return ahead >= room ? 0 : (uint32_t)((room - ahead) / interval);
}

/* A stored time further ahead than a full burst and a lag can only come from a clock that was set back:
 * then the rate begins anew, or it would refuse until the clock is there again. */
static uint64_t arrival_clamped(uint64_t arrival_ns, uint64_t now_ns, uint64_t room_ns) {
    return arrival_ns < now_ns || arrival_ns > now_ns + room_ns + CLOCK_LAG_NS ? now_ns : arrival_ns;
}

static bool rate_take(struct row *row, uint32_t rate_per_s, uint64_t now_ns, struct ledger_charge *out) {
    uint64_t interval = rate_interval_ns(rate_per_s), room = interval * rate_per_s;
    uint64_t stored = atomic_load_explicit(&row->rate_ns, memory_order_relaxed);
    for (;;) {
        uint64_t arrival = arrival_clamped(stored, now_ns, room);
        if (arrival + interval > now_ns + room) {
            out->rate_left = 0;
            out->rate_wait_ms = (arrival + interval - now_ns - room + 999999) / 1000000;
            return false;
        }
        if (atomic_compare_exchange_weak(&row->rate_ns, &stored, arrival + interval)) {
            out->rate_left = rate_left(arrival + interval, now_ns, rate_per_s);
            out->turn_ends_ns = arrival + interval;
            out->turn_ns = interval;
            return true;
        }
    }
}

/* ---- the counts: single writer, so plain arithmetic; the states make them whole after a death ---- */

static uint32_t key_hash(uint32_t row, uint32_t api, uint32_t minute, uint32_t status) {
    uint64_t h = (uint64_t)row * 0x9E3779B97F4A7C15u ^ (uint64_t)api * 0xC2B2AE3D27D4EB4Fu ^
                 ((uint64_t)minute << 16 | status) * 0x165667B19E3779F9u;
    return (uint32_t)(h >> 40) & (HEADS - 1);
}

/* The place of the key's sum; UINT32_MAX where the table is full. */
static uint32_t sum_place(struct slot *slot, unsigned parity, const struct sum *key) {
    struct table *t = &slot->tables[parity];
    uint32_t hash = key_hash(key->row, key->api, key->minute, key->status);
    for (uint32_t i = t->heads[hash]; i; i = t->sums[i - 1].next) {
        const struct sum *s = &t->sums[i - 1];
        if (s->row == key->row && s->api == key->api && s->minute == key->minute && s->status == key->status)
            return i - 1;
    }
    uint32_t place = atomic_load_explicit(&slot->counts[parity], memory_order_relaxed);
    if (place == LIMIT_LEDGER_KEYS)
        return UINT32_MAX;
    t->sums[place] = *key;
    t->sums[place].next = t->heads[hash];
    t->sums[place].calls = 0;
    t->sums[place].units = 0;
    atomic_store_explicit(&slot->counts[parity], place + 1, memory_order_release);
    fault_point("sum without its head");
    t->heads[hash] = place + 1;
    return place;
}

/* Names the epoch that is being added to, so that the drain waits for the end of the add. */
static uint64_t epoch_enter(struct ledger *l) {
    for (;;) {
        uint64_t epoch = atomic_load(&l->header->epoch);
        fault_point("epoch read");
        atomic_store(&l->mine->active, epoch);
        fault_point("epoch named");
        if (atomic_load(&l->header->epoch) == epoch)
            return epoch;
        atomic_store(&l->mine->active, 0);
    }
}

static void redo(struct slot *slot, const struct entry *e) {
    struct sum *s = &slot->tables[e->redo_parity].sums[e->redo_sum];
    s->calls = e->redo_calls;
    fault_point("half a sum");
    s->units = e->redo_units;
}

/* What stands behind it in the program is stored behind it: a process that is killed leaves a beginning of
 * its stores, in their order, so only the compiler has to be held. */
static void state_set(struct entry *e, enum state state) {
    fault_point("before a state");
    atomic_store_explicit(&e->state, state, memory_order_release);
    atomic_signal_fence(memory_order_seq_cst);
    fault_point("behind a state");
}

/* Adds one call to its sum. `slot` is the caller's own, or a dead one's that it mends. */
static void add(struct slot *slot, struct entry *e, uint64_t epoch, uint16_t status) {
    unsigned parity = epoch & 1;
    struct sum key = {.row = e->row, .api = e->api, .minute = e->minute, .status = status};
    if (atomic_load_explicit(&slot->counts[parity], memory_order_relaxed) >= COARSE_FROM)
        key.minute -= key.minute % COARSE_MINUTES; /* nobody drains: keep quarters of an hour */
    uint32_t place = sum_place(slot, parity, &key);
    if (place != UINT32_MAX) { /* room was made sure of before the charge */
        const struct sum *s = &slot->tables[parity].sums[place];
        e->redo_sum = place;
        e->redo_parity = parity;
        e->redo_calls = s->calls + 1;
        e->redo_units = s->units + e->units;
        state_set(e, COUNTING);
        redo(slot, e);
    }
    state_set(e, FREE);
}

/* ---- a call ---- */

static struct entry *entry_at(struct slot *slot, uint32_t place) { return &slot->calls[place].entry; }

/* Two sums may be needed (of this call and of one that ends meanwhile); the rest is for refusals. */
static bool has_room(const struct ledger *l) {
    unsigned parity = atomic_load_explicit(&l->header->epoch, memory_order_relaxed) & 1;
    return atomic_load_explicit(&l->mine->counts[parity], memory_order_relaxed) + LIMIT_INFLIGHT <
           LIMIT_LEDGER_KEYS;
}

static enum ledger_answer take_entry(struct ledger *l, struct entry *e, const struct ledger_limits *limits,
                                     const struct ledger_time *time, struct ledger_charge *out) {
    struct row *row = &l->rows[e->row];
    uint64_t now_ns = (uint64_t)time->now_ms * 1000000u;
    enum ledger_answer why = LEDGER_TAKEN;
    out->rate_left = limits->rate_per_s;
    out->turn_ns = out->turn_ends_ns = 0;
    if (limits->rate_per_s && !rate_take(row, limits->rate_per_s, now_ns, out)) {
        struct window w = window_at(window_unpack(windows_read(row)), e->day, e->month);
        out->day_used = w.day_used;
        out->month_used = w.month_used;
        return LEDGER_RATE;
    }
    e->change = change_next(l->mine);
    state_set(e, TAKING);
    if (windows_take(l, row, e, limits, out, &why)) {
        fault_point("taken");
        if (e->day != time->day && e->minute < time->next_day_minute)
            e->minute = time->next_day_minute; /* of the day that it is charged to */
        state_set(e, TAKEN);
        return LEDGER_TAKEN;
    }
    if (limits->rate_per_s) /* at the same moment, so it is as if it had not come */
        atomic_fetch_sub(&row->rate_ns, rate_interval_ns(limits->rate_per_s));
    state_set(e, FREE);
    return why;
}

/* tidy: parameters: what is charged (a row, an API, units), under what, and what comes of it */
enum ledger_answer ledger_take(struct ledger *l, uint32_t row, uint32_t api, uint32_t units,
                               const struct ledger_limits *limits, const struct ledger_time *time,
                               struct ledger_charge *out) {
    must(l->mine && row > 0 && row < LIMIT_TOKENS);
    if (l->free_count == 0 || !has_room(l))
        return LEDGER_FULL;
    uint32_t place = l->free_places[l->free_count - 1];
    struct entry *e = entry_at(l->mine, place);
    must(atomic_load_explicit(&e->state, memory_order_relaxed) == FREE);
    e->row = row;
    e->api = api;
    e->units = units;
    e->day = time->day;
    e->month = time->month;
    e->minute = (uint32_t)(time->now_ms / 60000);
    enum ledger_answer answer = take_entry(l, e, limits, time, out);
    if (answer == LEDGER_TAKEN) {
        l->free_count--;
        out->place = place;
    }
    return answer;
}

void ledger_answer(struct ledger *l, const struct ledger_charge *charge) {
    struct entry *e = entry_at(l->mine, charge->place);
    must(e->state == TAKEN);
    state_set(e, ANSWERING);
}

static void give_back(struct ledger *l, struct slot *slot, unsigned place, struct entry *e) {
    struct row *row = &l->rows[e->row];
    e->change = change_next(slot);
    state_set(e, GIVING);
    windows_give(l, row, e, place);
    fault_point("given");
    e->units = 0;
}

void ledger_give_turn(struct ledger *l, const struct ledger_charge *charge, int64_t now_ms) {
    uint64_t now_ns = (uint64_t)now_ms * 1000000u;
    if (charge->turn_ends_ns <= now_ns)
        return;
    uint64_t rest = charge->turn_ends_ns - now_ns;
    uint64_t given = rest < charge->turn_ns ? rest : charge->turn_ns;
    atomic_fetch_sub(&l->rows[entry_at(l->mine, charge->place)->row].rate_ns, given);
}

void ledger_give_back(struct ledger *l, const struct ledger_charge *charge) {
    struct entry *e = entry_at(l->mine, charge->place);
    must(e->state == TAKEN);
    give_back(l, l->mine, l->place, e);
    state_set(e, ANSWERING); /* nothing is charged any more: all that is left is to count it */
}

void ledger_count(struct ledger *l, const struct ledger_charge *charge, uint16_t status) {
    struct entry *e = entry_at(l->mine, charge->place);
    must(e->state == ANSWERING);
    uint64_t epoch = epoch_enter(l);
    add(l->mine, e, epoch, status);
    fault_point("added");
    atomic_store_explicit(&l->mine->active, 0, memory_order_release);
    l->free_places[l->free_count++] = charge->place;
}

void ledger_count_free(struct ledger *l, uint32_t row, uint32_t api, uint16_t status, int64_t now_ms) {
    if (l->free_count == 0 || !has_room(l))
        return; /* the machine is past its limits; the access log still has the line */
    struct entry *e = entry_at(l->mine, l->free_places[l->free_count - 1]);
    e->row = row;
    e->api = api;
    e->units = 0;
    e->minute = (uint32_t)(now_ms / 60000);
    uint64_t epoch = epoch_enter(l);
    add(l->mine, e, epoch, status);
    atomic_store_explicit(&l->mine->active, 0, memory_order_release);
}

bool ledger_queue_enter(struct ledger *l) {
    uint32_t queued = 0;
    atomic_fetch_add(&l->mine->queued, 1);
    for (unsigned i = 0; i < LIMIT_LEDGER_SLOTS; i++)
        queued += atomic_load_explicit(&l->slots[i].queued, memory_order_relaxed);
    if (queued <= LIMIT_WORKER_QUEUE)
        return true;
    ledger_queue_leave(l);
    return false;
}

void ledger_queue_leave(struct ledger *l) {
    must(atomic_fetch_sub(&l->mine->queued, 1) > 0);
}

/* ---- owning a slot, and finishing a dead one ---- */

static bool slot_lock(struct ledger *l, unsigned place) {
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = (off_t)slot_start(place), .l_len = 1};
    return fcntl(l->fd, F_OFD_SETLK, &lock) == 0;
}

static void slot_unlock(struct ledger *l, unsigned place) {
    struct flock lock = {.l_type = F_UNLCK, .l_whence = SEEK_SET, .l_start = (off_t)slot_start(place), .l_len = 1};
    fcntl(l->fd, F_OFD_SETLK, &lock);
}

/* Did the change that a death cut off take place? At most one of a slot is in doubt, its last. */
static void doubt_mend(struct ledger *l, struct slot *slot, unsigned place, struct entry *e) {
    (void)slot;
    struct row *row = &l->rows[e->row];
    bool is_done = windows_bear(l, row, place, e->change);
    if (atomic_load(&e->state) == TAKING) {
        state_set(e, is_done ? TAKEN : FREE);
        return;
    }
    if (!is_done)
        windows_give(l, row, e, place); /* under the same name: a second mender sees it */
    fault_point("given by the mender");
    state_set(e, FREE);
}

static void call_mend(struct ledger *l, struct slot *slot, unsigned place, struct entry *e) {
    enum state state = (enum state)atomic_load(&e->state);
    if (state == TAKEN)
        give_back(l, slot, place, e);
    if (state == ANSWERING && e->units) {
        add(slot, e, epoch_enter(l), 0);
        fault_point("added by the mender");
        atomic_store(&slot->active, 0);
    }
    state_set(e, FREE);
}

static void slot_each(struct ledger *l, unsigned place, uint32_t states,
                      void (*mend)(struct ledger *, struct slot *, unsigned, struct entry *)) {
    struct slot *slot = &l->slots[place];
    for (uint32_t i = 0; i < LIMIT_INFLIGHT; i++)
        if (states >> atomic_load(&entry_at(slot, i)->state) & 1)
            mend(l, slot, place, entry_at(slot, i));
}

static void count_mend(struct ledger *l, struct slot *slot, unsigned place, struct entry *e) {
    (void)l, (void)place;
    redo(slot, e);
    state_set(e, FREE);
}

/* The caller holds the slot's lock. The order matters:
 *   1. an add that had begun is finished while the slot still keeps its epoch open. Where none had begun,
 *      the epoch that the slot names may be closed already (it died before it looked again): forgotten.
 *   2. the change in doubt is judged before the slot makes another one: the others note only a slot's last.
 *   3. the rest. */
static void slot_mend(struct ledger *l, unsigned place) {
    struct slot *slot = &l->slots[place];
    struct slot *before = l->mine;
    l->mine = slot;
    slot_each(l, place, 1u << COUNTING, count_mend);
    fault_point("adds mended");
    atomic_store(&slot->active, 0);
    slot_each(l, place, 1u << TAKING | 1u << GIVING, doubt_mend);
    fault_point("doubt mended");
    slot_each(l, place, 1u << TAKEN | 1u << ANSWERING, call_mend);
    atomic_store(&slot->queued, 0);
    l->mine = before;
}

unsigned ledger_mend(struct ledger *l) {
    unsigned mended = 0;
    for (unsigned i = 0; i < LIMIT_LEDGER_SLOTS; i++) {
        if (!atomic_load(&l->slots[i].in_use) || (l->mine && i == l->place) || !slot_lock(l, i))
            continue;
        slot_mend(l, i);
        atomic_store(&l->slots[i].in_use, 0);
        slot_unlock(l, i);
        mended++;
    }
    return mended;
}

struct err ledger_join(struct arena *a, struct ledger *l) {
    must(!l->mine);
    for (unsigned i = 0; i < LIMIT_LEDGER_SLOTS; i++) {
        if (!slot_lock(l, i))
            continue;
        struct err e = disk_room(a, l, slot_start(i), sizeof(struct slot));
        if (e.kind) {
            slot_unlock(l, i);
            return e;
        }
        if (atomic_load(&l->slots[i].in_use))
            slot_mend(l, i);
        atomic_store(&l->slots[i].in_use, 1);
        l->mine = &l->slots[i];
        l->place = i;
        l->free_places = calloc(LIMIT_INFLIGHT, sizeof *l->free_places);
        must(l->free_places != NULL);
        for (uint32_t k = LIMIT_INFLIGHT; k > 0; k--)
            l->free_places[l->free_count++] = k - 1;
        return ok;
    }
    return err_make(ERR_BUSY, "all slots of the ledger are taken: too many nginx workers, old ones included");
}

unsigned ledger_slot(const struct ledger *l) {
    must(l->mine);
    return l->place;
}

uint64_t ledger_id_next(struct ledger *l, int64_t now_ms) {
    uint64_t slot = (uint64_t)l->place << ID_COUNT_BITS, last = l->mine->last_id;
    uint64_t fresh = (uint64_t)now_ms << (ID_SLOT_BITS + ID_COUNT_BITS) | slot;
    if (fresh <= last) {
        fresh = last + 1;
        if ((fresh & ((1u << ID_COUNT_BITS) - 1)) == 0) /* into the next millisecond, not the next slot */
            fresh = (((last >> (ID_SLOT_BITS + ID_COUNT_BITS)) + 1) << (ID_SLOT_BITS + ID_COUNT_BITS)) | slot;
    }
    l->mine->last_id = fresh;
    return fresh;
}

/* ---- looking ---- */

struct ledger_view ledger_look(const struct ledger *l, uint32_t row, const struct ledger_limits *limits,
                               const struct ledger_time *time) {
    must(row < LIMIT_TOKENS);
    struct ledger_view view = {0};
    if (row == 0 || row >= atomic_load(&l->header->rows_on_disk))
        return view;
    struct window w = window_at(window_unpack(windows_read(&l->rows[row])), time->day, time->month);
    view.day_used = w.day_used;
    view.month_used = w.month_used;
    if (limits->rate_per_s) {
        uint64_t now_ns = (uint64_t)time->now_ms * 1000000u,
                 room = rate_interval_ns(limits->rate_per_s) * limits->rate_per_s;
        uint64_t arrival = arrival_clamped(atomic_load(&l->rows[row].rate_ns), now_ns, room);
        view.rate_left = rate_left(arrival, now_ns, limits->rate_per_s);
        view.rate_full_ms = (arrival - now_ns) / 1000000;
    }
    return view;
}

/* ---- the drain ---- */

uint64_t ledger_seal(struct ledger *l) {
    uint64_t open = atomic_load(&l->header->epoch);
    uint64_t closed = open - 1;
    if (closed == atomic_load(&l->header->cleared)) {
        closed = open;
        atomic_store(&l->header->epoch, open + 1);
        fault_point("sealed");
    }
    for (unsigned i = 0; i < LIMIT_LEDGER_SLOTS; i++) {
        for (unsigned spins = 1; atomic_load(&l->slots[i].active) == closed; spins++) {
            sched_yield();
            if (spins % 1024 == 0)
                ledger_mend(l); /* it may have died in there */
        }
    }
    return closed;
}

uint64_t ledger_closed(const struct ledger *l) { return atomic_load(&l->header->epoch) - 1; }

static void each_of(struct ledger *l, unsigned parity,
                    void (*visit)(void *, const struct ledger_sum *), void *with) {
    for (unsigned i = 0; i < LIMIT_LEDGER_SLOTS; i++) {
        uint32_t count = atomic_load(&l->slots[i].counts[parity]);
        for (uint32_t k = 0; k < count; k++) {
            const struct sum *s = &l->slots[i].tables[parity].sums[k];
            struct ledger_sum sum = {s->row, s->api, s->minute, s->status, s->calls, s->units};
            if (sum.calls)
                visit(with, &sum);
        }
    }
}

void ledger_each(struct ledger *l, void (*visit)(void *with, const struct ledger_sum *sum), void *with) {
    each_of(l, (atomic_load(&l->header->epoch) - 1) & 1, visit, with);
}

void ledger_each_open(struct ledger *l, void (*visit)(void *with, const struct ledger_sum *sum), void *with) {
    each_of(l, atomic_load(&l->header->epoch) & 1, visit, with);
}

void ledger_clear(struct ledger *l) {
    uint64_t closed = atomic_load(&l->header->epoch) - 1;
    unsigned parity = closed & 1;
    for (unsigned i = 0; i < LIMIT_LEDGER_SLOTS; i++) {
        struct slot *slot = &l->slots[i];
        uint32_t count = atomic_load(&slot->counts[parity]);
        for (uint32_t k = 0; k < count; k++) {
            const struct sum *s = &slot->tables[parity].sums[k];
            slot->tables[parity].heads[key_hash(s->row, s->api, s->minute, s->status)] = 0;
        }
        fault_point("heads cleared");
        atomic_store(&slot->counts[parity], 0);
        fault_point("sums cleared");
    }
    atomic_store(&l->header->cleared, closed);
    fault_point("cleared");
}

void ledger_each_reserved(struct ledger *l, void (*visit)(void *with, const struct ledger_sum *sum),
                          void *with) {
    for (unsigned i = 0; i < LIMIT_LEDGER_SLOTS; i++) {
        if (!atomic_load(&l->slots[i].in_use))
            continue;
        for (uint32_t k = 0; k < LIMIT_INFLIGHT; k++) {
            const struct entry *e = entry_at(&l->slots[i], k);
            enum state state = (enum state)atomic_load(&e->state);
            struct ledger_sum sum = {e->row, e->api, e->minute, 0, 1, e->units};
            if ((state == TAKEN || state == ANSWERING) && sum.units)
                visit(with, &sum);
        }
    }
}
