/* data.c: the shelf of packs. */
#include "data/data.h"
#include "base/clock.h"
#include "base/must.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct data {
    struct pack *packs[DATA_COUNT];
    struct data_source sources[DATA_COUNT];
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

static struct data_source source_of(const struct pack *p, unsigned stale_days) {
    struct date as_of;
    struct data_source s = {pack_meta(p, "source"), pack_meta(p, "as_of"), INT64_MAX};
    if (stale_days && date_parse(s.as_of, &as_of))
        s.stale_from_day = date_to_day(as_of) + (int64_t)stale_days + 1;
    return s;
}

struct data *data_open(const char *folder) {
    struct data *d = calloc(1, sizeof *d);
    must(d != NULL);
    for (unsigned i = 1; i < DATA_COUNT; i++) {
        struct arena a;
        arena_init(&a, 1 << 20);
        const char *path = text_say_in(&a, "%s/%s.pack", folder, sets[i].file);
        struct err e = pack_open(&a, path, &d->packs[i]);
        if (e.kind)
            snprintf(d->faults[i], sizeof d->faults[i], "%s", e.say);
        else
            d->sources[i] = source_of(d->packs[i], sets[i].stale_days);
        arena_done(&a);
    }
    return d;
}

void data_close(struct data *d) {
    for (unsigned i = 1; d && i < DATA_COUNT; i++)
        pack_close(d->packs[i]);
    free(d);
}

const struct pack *data_pack(const struct data *d, enum data_set set) {
    must(d && d->packs[set]);
    return d->packs[set];
}

bool data_is_available(const struct data *d, const uint8_t *needs) {
    for (; *needs; needs++)
        if (!d || !d->packs[*needs] || pack_is_damaged(d->packs[*needs]))
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
    return d->packs[set] && clock_china_day(now_ms) >= d->sources[set].stale_from_day;
}

struct data_source data_source(const struct data *d, enum data_set set) { return d->sources[set]; }
