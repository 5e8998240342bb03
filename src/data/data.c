/* data.c: the shelf of packs. */
#include "data/data.h"
#include "base/clock.h"
#include "base/must.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct data {
    struct pack *packs[DATA_COUNT];
    char faults[DATA_COUNT][256];
};

static const struct {
    const char *file, *what;
    unsigned stale_days;
} sets[DATA_COUNT] = {
#define DATA(name, file, stale_days, what) [DATA_##name] = {file, what, stale_days},
#include "data/sets.def"
#undef DATA
};

struct data *data_open(const char *folder) {
    struct data *d = calloc(1, sizeof *d);
    must(d != NULL);
    for (unsigned i = 0; i < DATA_COUNT; i++) {
        struct arena a;
        arena_init(&a, 1 << 20);
        const char *path = text_say_in(&a, "%s/%s.pack", folder, sets[i].file);
        struct err e = pack_open(&a, path, &d->packs[i]);
        if (e.kind)
            snprintf(d->faults[i], sizeof d->faults[i], "%s", e.say);
        arena_done(&a);
    }
    return d;
}

void data_close(struct data *d) {
    for (unsigned i = 0; d && i < DATA_COUNT; i++)
        pack_close(d->packs[i]);
    free(d);
}

const struct pack *data_pack(const struct data *d, enum data_set set) {
    must(d && d->packs[set]);
    return d->packs[set];
}

bool data_is_available(const struct data *d, uint64_t needs) {
    for (unsigned i = 0; needs && i < DATA_COUNT; i++)
        if ((needs & 1ull << i) && (!d || !d->packs[i] || pack_is_damaged(d->packs[i])))
            return false;
    return true;
}

const char *data_fault(const struct data *d, enum data_set set) {
    if (!d->packs[set])
        return d->faults[set];
    return pack_is_damaged(d->packs[set]) ? "the data set is damaged: a block does not have its checksum"
                                          : NULL;
}

const char *data_file(enum data_set set) { return sets[set].file; }
const char *data_what(enum data_set set) { return sets[set].what; }

bool data_is_stale(const struct data *d, enum data_set set, int64_t now_ms) {
    struct date as_of;
    if (!sets[set].stale_days || !d->packs[set] ||
        !date_parse(pack_meta(d->packs[set], "as_of"), &as_of))
        return false;
    return clock_china_day(now_ms) - date_to_day(as_of) > (int64_t)sets[set].stale_days;
}
