/* keyd_bench.c: what asking the key process costs: each question twenty thousand times, one after
 * the other, beside the same work without a process between. */
#include "base/clock.h"
#include "domain/domain.h"
#include "key_side.h"

#include <stdlib.h>

enum { TIMES = 20000, KEPT = 500 };

struct bench {
    struct arena arena;
    const struct key_ring *ring;
    struct key_item *items;
    struct text sealed;
};

static struct err ask_desk(void *with, struct arena *a, struct text request,
                           struct text *answer_out) {
    *answer_out = key_desk_answer(with, a, request, 1);
    return ok;
}

static void index_one(struct bench *b, unsigned i) {
    struct digest d;
    const struct text value = text_of((const char *)&i, sizeof i);
    must(!key_hash(b->ring, &b->arena, KEY_INDEX, "email", &value, 1, &d).kind);
}

static void unwrap_one(struct bench *b, unsigned i) {
    const struct secret *key;
    must(!key_unwrap_in(b->ring, &b->arena, KEY_FOR_JOB, &b->items[i], &key).kind);
}

static void unwrap_kept(struct bench *b, unsigned i) {
    unwrap_one(b, i % KEPT);
}

static void open_pepper(struct bench *b, unsigned i) {
    const struct seal_place place = {"account", "password", 0, 1};
    struct text plain;
    (void)i;
    must(!key_open_in(b->ring, &b->arena, (struct key_use){KEY_PEPPER, KEY_FOR_REQUEST}, &place,
                      b->sealed, &plain)
              .kind);
}

static void rewrap_many(struct bench *b, unsigned i) {
    const struct text *wrapped;
    if (i % KEY_REWRAP_MAX == 0)
        must(!key_rewrap_in(b->ring, &b->arena, 1, b->items + i, KEY_REWRAP_MAX, &wrapped).kind);
}

static double measure(struct bench *b, void (*one)(struct bench *b, unsigned i)) {
    uint64_t begin = clock_monotonic_ns();
    for (unsigned i = 0; i < TIMES; i++) {
        one(b, i);
        arena_reset(&b->arena);
    }
    return (double)(clock_monotonic_ns() - begin) / 1000 / TIMES;
}

static void make_items(struct bench *b, struct arena *a) {
    const struct seal_place place = {"account", "password", 0, 1};
    struct secret key = {{1}};
    b->items = arena_alloc(a, TIMES * sizeof *b->items);
    must(!key_epoch(b->ring, a, KEY_EPOCH_MAKE, 1).kind);
    for (unsigned i = 0; i < TIMES; i++) {
        b->items[i] = (struct key_item){i + 1, 1, {NULL, 0}};
        must(!key_wrap_in(b->ring, a, &b->items[i], &key, &b->items[i].wrapped).kind);
    }
    must(!key_seal_in(b->ring, a, (struct key_use){KEY_PEPPER, KEY_FOR_REQUEST}, &place,
                      TEXT("$argon2id$"), &b->sealed)
              .kind);
}

int main(void) {
    static const struct {
        const char *name;
        void (*one)(struct bench *b, unsigned i);
    } rows[] = {{"blind index", index_one},
                {"unwrap a person's key, first time", unwrap_one},
                {"the same within a minute (kept)", unwrap_kept},
                {"open a password's hash", open_pepper},
                {"wrap anew, 500 at a time, each", rewrap_many}};
    char folder[] = P_tmpdir "/alapi-keyd-XXXXXX";
    struct secret master = {{7}};
    struct random chance = random_system();
    struct arena a;
    struct key_side side;
    must(crypt_ready() && mkdtemp(folder) != NULL);
    arena_init(&a, 256 << 20);
    key_side_open(&side, &a, folder);
    struct key_desk desk = {.vault = {.folder = folder}, .chance = &chance};
    keys_derive(&master, &desk.vault.keys);
    struct key_ring direct = {.ask = ask_desk, .with = &desk};
    struct bench b = {.ring = &side.ring};
    arena_init(&b.arena, 16 << 20);
    make_items(&b, &a);
    for (size_t i = 0; i < COUNT(rows); i++) {
        b.ring = &side.ring;
        double asked = measure(&b, rows[i].one);
        b.ring = &direct;
        printf("%-36s %6.1f us asked, %5.1f us without a process between\n", rows[i].name, asked,
               measure(&b, rows[i].one));
    }
    must(!key_epoch(&side.ring, &a, KEY_EPOCH_SHRED, 1).kind);
    key_side_close(&side);
    arena_done(&b.arena);
    arena_done(&a);
    rmdir(folder);
    return 0;
}
