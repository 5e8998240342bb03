/* catalogue.c: the file of the published catalogue.
 *
 *     header 4 KiB | plans 1,024 x 64 bytes | slots, a power of two x 64 bytes | rules, appended
 *
 * A slot is one cache line, found by open addressing: hash of the id, then the next. A slot's id changes
 * from 0 to its token's and then at most to REMOVED, so a reader's probe ends at the first 0. Every other
 * field is guarded by the slot's sequence number: odd while the writer is inside. Rules are written
 * behind the last ones and never changed, so a reader needs no guard for them.
 *
 * Cost: one cache miss for a token that nobody asked for lately, no system call, no lock.
 */
#include "gate/catalogue.h"
#include "base/file.h"
#include "base/must.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define REMOVED UINT64_MAX

enum {
    MAGIC = 0x32434C41, /* "ALC2" */
    HEADER_BYTES = 4096,
    RULES_BYTES = 1 << 20,
    RULES_BYTES_A_TOKEN = 64, /* few have any */
    SLOTS_LEAST = 1 << 10,
    READ_TRIES = 1 << 14, /* a writer is inside a record for some ten nanoseconds */
    BOOT_ID_BYTES = 36,
};

struct header {
    uint32_t magic, capacity;
    uint64_t file_bytes, rules_at, rules_bytes;
    _Atomic uint64_t rules_used, feed;
    _Atomic uint32_t used, live; /* slots that are not empty; tokens */
    _Atomic uint32_t superseded; /* a newer file stands in this one's place */
    _Atomic uint32_t writing;    /* the writer is inside a record */
    _Atomic uint32_t demand_now, demand_next, demand_next_s; /* struct catalogue_demand */
    char boot_id[BOOT_ID_BYTES];
};
_Static_assert(sizeof(struct header) <= HEADER_BYTES, "the header has a page");

struct plan_slot {
    _Atomic uint32_t sequence;
    uint32_t is_set;
    struct plan_record plan;
    char padding[16];
};
_Static_assert(sizeof(struct plan_slot) == 64, "one cache line");

struct token_slot {
    _Atomic uint32_t sequence;
    uint32_t row;
    _Atomic uint64_t id;
    unsigned char digest[TOKEN_DIGEST_BYTES];
    uint32_t account, expires_s;
    uint16_t plan, flags;
    uint32_t rules; /* in units of 8 bytes from the start of the rules; 0 = none */
};
_Static_assert(sizeof(struct token_slot) == 64, "one cache line");

struct token_rules_view {
    uint32_t network_count, api_count;
    struct {
        unsigned char base[16];
        uint32_t bits;
    } networks[];
    /* then api_count x u32 */
};

struct catalogue {
    char path[512];
    unsigned char *bytes;
    size_t size;
    struct header *header;
    struct plan_slot *plans;
    struct token_slot *slots;
    bool is_writer;
};

uint32_t catalogue_api_id(struct text path) {
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < path.length; i++)
        hash = (hash ^ (unsigned char)path.bytes[i]) * 16777619u;
    return hash ? hash : 1;
}

/* ids are random already; the multiplication spreads small ones of tests (Knuth, 6.4) */
static uint32_t home_of(const struct catalogue *c, uint64_t id) {
    return (uint32_t)(id * 0x9E3779B97F4A7C15u >> 32) & (c->header->capacity - 1);
}

/* ---- the file ---- */

static void boot_id_read(char out[static BOOT_ID_BYTES]) {
    char room[BOOT_ID_BYTES + 1] = {0};
    int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        if (read(fd, room, BOOT_ID_BYTES) != BOOT_ID_BYTES)
            room[0] = 0;
        close(fd);
    }
    memcpy(out, room, BOOT_ID_BYTES);
}

static struct err map(struct arena *a, int fd, size_t size, const char *path, bool is_writer,
                      struct catalogue **out) {
    int rights = is_writer ? PROT_READ | PROT_WRITE : PROT_READ;
    void *bytes = mmap(NULL, size, rights, MAP_SHARED, fd, 0);
    if (bytes == MAP_FAILED)
        return file_fault(a, "cannot map the catalogue", path);
    struct catalogue *c = calloc(1, sizeof *c);
    must(c != NULL && strlen(path) < sizeof c->path);
    snprintf(c->path, sizeof c->path, "%s", path);
    c->bytes = bytes;
    c->size = size;
    c->header = bytes;
    c->plans = (struct plan_slot *)(c->bytes + HEADER_BYTES);
    c->slots = (struct token_slot *)(c->plans + LIMIT_PLANS);
    c->is_writer = is_writer;
    *out = c;
    return ok;
}

static size_t rules_start(uint32_t capacity) {
    return HEADER_BYTES + sizeof(struct plan_slot) * LIMIT_PLANS +
           sizeof(struct token_slot) * (size_t)capacity;
}

static bool layout_is_good(const struct header *h, size_t size) {
    return h->magic == MAGIC && h->file_bytes == size && h->capacity >= SLOTS_LEAST &&
           (h->capacity & (h->capacity - 1)) == 0 && h->rules_at == rules_start(h->capacity) &&
           h->rules_at <= size && h->rules_bytes == size - h->rules_at;
}

static struct err open_as(struct arena *a, const char *path, bool is_writer, struct catalogue **out) {
    struct stat info;
    struct catalogue *c = NULL;
    int fd = open(path, (is_writer ? O_RDWR : O_RDONLY) | O_CLOEXEC);
    if (fd < 0)
        return file_fault(a, "cannot open the catalogue", path);
    struct err e = fstat(fd, &info) == 0 && info.st_size >= HEADER_BYTES
                       ? map(a, fd, (size_t)info.st_size, path, is_writer, &c)
                       : err_make(ERR_IO, text_say_in(a, "the catalogue %s is too short", path));
    close(fd);
    try(e);
    if (!layout_is_good(c->header, c->size)) {
        catalogue_close(c);
        return err_make(ERR_IO, text_say_in(a, "the catalogue %s is damaged; remove it and start again, it is "
                                               "made anew from the records", path));
    }
    *out = c;
    return ok;
}

struct err catalogue_open(struct arena *a, const char *path, struct catalogue **out) {
    return open_as(a, path, false, out);
}

struct err catalogue_open_writer(struct arena *a, const char *path, struct catalogue **out) {
    return open_as(a, path, true, out);
}

void catalogue_close(struct catalogue *c) {
    if (!c)
        return;
    munmap(c->bytes, c->size);
    free(c);
}

/* The new file stands where the old one stood: follow it. Where that fails the old one still serves. */
static void follow(struct catalogue *c) {
    struct arena a;
    struct catalogue *fresh;
    arena_init(&a, 1 << 20);
    if (!catalogue_open(&a, c->path, &fresh).kind) {
        munmap(c->bytes, c->size);
        *c = *fresh;
        free(fresh);
    }
    arena_done(&a);
}

/* ---- reading ---- */

/* Copies a record of whole words that starts with its sequence number; false where the writer stays
 * inside. */
static bool read_whole(const _Atomic uint32_t *sequence, const void *record, void *out, size_t bytes) {
    for (int i = 0; i < READ_TRIES; i++) {
        uint32_t before = atomic_load_explicit(sequence, memory_order_acquire);
        if (before & 1)
            continue;
        const uint64_t *from = record;
        uint64_t *to = out;
        for (size_t k = 0; k < bytes / 8; k++)
            to[k] = __atomic_load_n(&from[k], __ATOMIC_RELAXED);
        atomic_thread_fence(memory_order_acquire);
        if (atomic_load_explicit(sequence, memory_order_relaxed) == before)
            return true;
    }
    return false;
}

static const struct token_rules_view *rules_at(const struct catalogue *c, uint32_t place) {
    uint64_t start = (uint64_t)place * 8, used = atomic_load(&c->header->rules_used);
    if (place == 0 || start + sizeof(struct token_rules_view) > used || used > c->header->rules_bytes)
        return NULL;
    const struct token_rules_view *view = (const void *)(c->bytes + c->header->rules_at + start);
    uint64_t bytes = sizeof *view + view->network_count * sizeof view->networks[0] + 4ull * view->api_count;
    must(bytes <= used - start);
    return view;
}

enum catalogue_answer catalogue_find(struct catalogue *c, uint64_t token_id, struct token_record *out,
                                     const struct token_rules_view **rules_out) {
    if (atomic_load_explicit(&c->header->superseded, memory_order_relaxed))
        follow(c);
    uint32_t mask = c->header->capacity - 1, place = home_of(c, token_id);
    for (uint32_t tries = 0; tries <= mask; tries++, place = (place + 1) & mask) {
        const struct token_slot *slot = &c->slots[place];
        uint64_t id = atomic_load_explicit(&slot->id, memory_order_acquire);
        if (id == 0)
            return CATALOGUE_NONE;
        if (id != token_id)
            continue;
        union {
            struct token_slot slot;
            uint64_t words[8];
        } copy;
        if (!read_whole(&slot->sequence, slot, copy.words, sizeof copy))
            return CATALOGUE_BUSY;
        if (copy.slot.id != token_id)
            return CATALOGUE_NONE;
        *out = (struct token_record){.id = token_id, .row = copy.slot.row, .account = copy.slot.account,
                                     .expires_s = copy.slot.expires_s, .plan = copy.slot.plan,
                                     .flags = copy.slot.flags};
        memcpy(out->digest, copy.slot.digest, sizeof out->digest);
        *rules_out = rules_at(c, copy.slot.rules);
        return CATALOGUE_FOUND;
    }
    return CATALOGUE_NONE;
}

bool rules_allow_ip(const struct token_rules_view *rules, const struct ip *ip) {
    if (!rules || rules->network_count == 0)
        return true;
    for (uint32_t i = 0; i < rules->network_count; i++) {
        struct ip_network network = {.bits = rules->networks[i].bits};
        memcpy(network.base.bytes, rules->networks[i].base, 16);
        if (ip_network_has(&network, ip))
            return true;
    }
    return false;
}

bool rules_allow_api(const struct token_rules_view *rules, uint32_t api_id) {
    if (!rules || rules->api_count == 0)
        return true;
    const unsigned char *apis = (const unsigned char *)&rules->networks[rules->network_count];
    for (uint32_t i = 0; i < rules->api_count; i++) {
        uint32_t api;
        memcpy(&api, apis + 4 * i, 4);
        if (api == api_id)
            return true;
    }
    return false;
}

bool catalogue_plan(struct catalogue *c, uint16_t plan, struct plan_record *out) {
    union {
        struct plan_slot slot;
        uint64_t words[8];
    } copy;
    if (plan >= LIMIT_PLANS ||
        !read_whole(&c->plans[plan].sequence, &c->plans[plan], copy.words, sizeof copy) ||
        !copy.slot.is_set)
        return false;
    *out = copy.slot.plan;
    return true;
}

/* The time is written before the version that it belongs to, and read after it. */
struct catalogue_demand catalogue_demand(const struct catalogue *c) {
    struct catalogue_demand d;
    d.now = atomic_load_explicit(&c->header->demand_now, memory_order_relaxed);
    d.next = atomic_load_explicit(&c->header->demand_next, memory_order_acquire);
    d.next_s = atomic_load_explicit(&c->header->demand_next_s, memory_order_relaxed);
    return d;
}

/* ---- writing ---- */

void catalogue_set_demand(struct catalogue *c, const struct catalogue_demand *demand) {
    must(c->is_writer);
    if (demand->next)
        atomic_store(&c->header->demand_next_s, demand->next_s);
    atomic_store(&c->header->demand_now, demand->now);
    atomic_store(&c->header->demand_next, demand->next);
}

struct err catalogue_create(struct arena *a, const char *path, uint32_t tokens, struct catalogue **out) {
    uint32_t capacity = SLOTS_LEAST;
    must(tokens <= LIMIT_TOKENS);
    while ((uint64_t)capacity * 7 / 10 <= tokens)
        capacity *= 2;
    size_t rules_bytes = RULES_BYTES + (size_t)tokens * RULES_BYTES_A_TOKEN,
           size = rules_start(capacity) + rules_bytes;
    const char *beside = text_say_in(a, "%s.new", path);
    unlink(beside);
    int fd = open(beside, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return file_fault(a, "cannot make", beside);
    struct catalogue *c = NULL;
    int full = posix_fallocate(fd, 0, (off_t)size);
    errno = full;
    struct err e = full ? file_fault(a, "no room for the catalogue", beside) : map(a, fd, size, path, true, &c);
    close(fd);
    if (e.kind) {
        unlink(beside);
        return e;
    }
    *c->header = (struct header){.magic = MAGIC,
                                 .capacity = capacity,
                                 .file_bytes = size,
                                 .rules_at = rules_start(capacity),
                                 .rules_bytes = rules_bytes,
                                 .rules_used = 8};
    boot_id_read(c->header->boot_id);
    *out = c;
    return ok;
}

/* The mark comes before the new file: a reader that follows too early opens the old file again and asks
 * again at its next call, but one that was never told would keep to tokens that have been revoked since. */
struct err catalogue_publish(struct arena *a, struct catalogue *fresh, struct catalogue *old) {
    const char *beside = text_say_in(a, "%s.new", fresh->path);
    struct catalogue *in_force = NULL;
    if (catalogue_open_writer(a, fresh->path, &in_force).kind == ERR_NONE)
        atomic_store(&in_force->header->superseded, 1);
    struct err e = rename(beside, fresh->path) == 0 ? ok : file_fault(a, "cannot publish the catalogue", fresh->path);
    if (in_force && e.kind)
        atomic_store(&in_force->header->superseded, 0);
    catalogue_close(in_force);
    if (!e.kind)
        catalogue_close(old);
    return e;
}

bool catalogue_is_sound(const struct catalogue *c) {
    char boot_id[BOOT_ID_BYTES];
    boot_id_read(boot_id);
    return !atomic_load(&c->header->writing) && !atomic_load(&c->header->superseded) &&
           memcmp(boot_id, c->header->boot_id, BOOT_ID_BYTES) == 0;
}

/* Around every change of a record: readers wait or read again, and a death in between leaves `writing`. */
static void write_begin(struct catalogue *c, _Atomic uint32_t *sequence) {
    must(c->is_writer);
    atomic_store(&c->header->writing, 1);
    atomic_store_explicit(sequence, atomic_load(sequence) | 1, memory_order_relaxed);
    atomic_thread_fence(memory_order_release);
}

static void write_end(struct catalogue *c, _Atomic uint32_t *sequence) {
    atomic_store_explicit(sequence, atomic_load(sequence) + 1, memory_order_release);
    atomic_store(&c->header->writing, 0);
}

static struct err put_rules(struct catalogue *c, const struct token_rules *rules, uint32_t *place_out) {
    *place_out = 0;
    if (!rules || rules->network_count + rules->api_count == 0)
        return ok;
    must(rules->network_count <= LIMIT_TOKEN_RULES && rules->api_count <= LIMIT_TOKEN_RULES);
    struct token_rules_view *view;
    uint64_t used = atomic_load(&c->header->rules_used);
    uint64_t bytes = sizeof *view + rules->network_count * sizeof view->networks[0] + 4ull * rules->api_count;
    bytes = (bytes + 7) & ~7ull;
    if (bytes > c->header->rules_bytes - used)
        return err_make(ERR_LIMIT_REACHED, "the catalogue's room for rules is full");
    view = (void *)(c->bytes + c->header->rules_at + used);
    view->network_count = rules->network_count;
    view->api_count = rules->api_count;
    for (unsigned i = 0; i < rules->network_count; i++) {
        memcpy(view->networks[i].base, rules->networks[i].base.bytes, 16);
        view->networks[i].bits = rules->networks[i].bits;
    }
    memcpy(&view->networks[rules->network_count], rules->apis, 4 * rules->api_count);
    atomic_store_explicit(&c->header->rules_used, used + bytes, memory_order_release);
    *place_out = (uint32_t)(used / 8);
    return ok;
}

/* The token's slot, or the empty one where it would go. */
static struct token_slot *slot_for(struct catalogue *c, uint64_t id) {
    uint32_t mask = c->header->capacity - 1, place = home_of(c, id);
    for (uint32_t tries = 0; tries <= mask; tries++, place = (place + 1) & mask)
        if (c->slots[place].id == id || c->slots[place].id == 0)
            return &c->slots[place];
    return NULL;
}

struct err catalogue_put_token(struct catalogue *c, const struct token_record *token,
                               const struct token_rules *rules) {
    must(token->id != 0 && token->id != REMOVED && token->row > 0 && token->row < LIMIT_TOKENS);
    struct token_slot *slot = slot_for(c, token->id);
    uint32_t place;
    bool is_new = slot && slot->id == 0;
    if (!slot || (is_new && (uint64_t)c->header->used * 10 >= (uint64_t)c->header->capacity * 7))
        return err_make(ERR_LIMIT_REACHED, "the catalogue's table of tokens is full");
    try(put_rules(c, rules, &place));
    write_begin(c, &slot->sequence);
    slot->row = token->row;
    slot->account = token->account;
    slot->expires_s = token->expires_s;
    slot->plan = token->plan;
    slot->flags = token->flags;
    slot->rules = place;
    memcpy(slot->digest, token->digest, sizeof slot->digest);
    atomic_store_explicit(&slot->id, token->id, memory_order_release);
    if (is_new) {
        c->header->used++;
        c->header->live++;
    }
    write_end(c, &slot->sequence);
    return ok;
}

void catalogue_remove_token(struct catalogue *c, uint64_t token_id) {
    struct token_slot *slot = slot_for(c, token_id);
    if (!slot || slot->id != token_id)
        return;
    write_begin(c, &slot->sequence);
    slot->row = slot->account = slot->expires_s = slot->rules = 0;
    slot->plan = slot->flags = 0;
    memset(slot->digest, 0, sizeof slot->digest);
    atomic_store_explicit(&slot->id, REMOVED, memory_order_release);
    c->header->live--;
    write_end(c, &slot->sequence);
}

void catalogue_put_plan(struct catalogue *c, uint16_t plan, const struct plan_record *record) {
    must(plan < LIMIT_PLANS);
    struct plan_slot *slot = &c->plans[plan];
    write_begin(c, &slot->sequence);
    slot->plan = *record;
    slot->is_set = 1;
    write_end(c, &slot->sequence);
}

uint32_t catalogue_token_count(const struct catalogue *c) { return atomic_load(&c->header->live); }
uint64_t catalogue_feed(const struct catalogue *c) { return atomic_load(&c->header->feed); }
void catalogue_set_feed(struct catalogue *c, uint64_t number) { atomic_store(&c->header->feed, number); }
