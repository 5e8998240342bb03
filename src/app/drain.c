/* drain.c: see drain.h. The sums of all slots are sorted and added up by key, so that each record is touched
 * once a second however many workers counted it. */
#include "app/drain.h"
#include "base/clock.h"
#include "base/must.h"
#include "domain/usage.h"
#include "gate/ledger.h"
#include "gate/zone.h"

#include <stdlib.h>
#include <string.h>

enum { SUMS_FIRST = 1024 };
#define ARENA_BYTES (256u << 20)

struct drain {
    const struct home *home;
    struct store *store;
    struct ledger *ledger;
    struct zone *zone;
    struct zone_day today;
    struct random chance;
    struct arena arena;
    struct usage_sum *sums; /* malloc'd, kept between rounds */
    size_t count, room;
};

static struct err open_all(struct arena *a, struct drain *d) {
    try(zone_open(a, d->home->config.zone, &d->zone));
    try(home_store(a, &d->store));
    return ledger_open(a, HOME_LEDGER, &d->ledger);
}

struct err drain_open(struct arena *a, const struct home *h, struct drain **out) {
    struct drain *d = calloc(1, sizeof *d);
    must(d != NULL);
    d->home = h;
    d->chance = random_system();
    arena_init(&d->arena, ARENA_BYTES);
    struct err e = open_all(a, d);
    if (e.kind) {
        drain_close(d);
        return e;
    }
    *out = d;
    return ok;
}

void drain_close(struct drain *d) {
    if (!d)
        return;
    ledger_close(d->ledger);
    store_close(d->store);
    zone_close(d->zone);
    arena_done(&d->arena);
    free(d->sums);
    free(d);
}

static int64_t day_of(struct drain *d, uint32_t minute) {
    int64_t at_ms = (int64_t)minute * 60000;
    if (at_ms < d->today.from_ms || at_ms >= d->today.until_ms)
        d->today = zone_day_of(d->zone, at_ms);
    return d->today.day;
}

static void collect(void *with, const struct ledger_sum *sum) {
    struct drain *d = with;
    if (d->count == d->room) {
        d->room = d->room ? d->room * 2 : SUMS_FIRST;
        d->sums = realloc(d->sums, d->room * sizeof *d->sums);
        must(d->sums != NULL);
    }
    d->sums[d->count++] = (struct usage_sum){.row = sum->row, .api = sum->api, .minute = sum->minute,
                                             .status = sum->status, .calls = sum->calls, .units = sum->units};
}

static int order(const struct usage_sum *a, const struct usage_sum *b) {
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    if (a->api != b->api)
        return a->api < b->api ? -1 : 1;
    if (a->minute != b->minute)
        return a->minute < b->minute ? -1 : 1;
    return (int)a->status - (int)b->status;
}

static int order_of(const void *a, const void *b) { return order(a, b); }

static void add_up(struct drain *d) {
    size_t kept = 0;
    qsort(d->sums, d->count, sizeof *d->sums, order_of);
    for (size_t i = 0; i < d->count; i++) {
        if (kept && order(&d->sums[kept - 1], &d->sums[i]) == 0) {
            d->sums[kept - 1].calls += d->sums[i].calls;
            d->sums[kept - 1].units += d->sums[i].units;
        } else {
            d->sums[kept] = d->sums[i];
            d->sums[kept].day = day_of(d, d->sums[i].minute);
            kept++;
        }
    }
    d->count = kept;
}

struct err drain_step(struct drain *d, struct drain_news *news_out) {
    struct drain_news news = {.mended = ledger_mend(d->ledger)};
    bool was_new;
    arena_reset(&d->arena);
    d->count = 0;
    news.epoch = ledger_seal(d->ledger);
    ledger_each(d->ledger, collect, d);
    if (d->count) {
        add_up(d);
        for (size_t i = 0; i < d->count; i++)
            news.calls += d->sums[i].calls;
        struct domain domain = home_domain(d->home, &d->arena, d->store, &d->chance, clock_now_ms());
        try(usage_store(&domain, news.epoch, d->sums, d->count, &was_new));
    }
    ledger_clear(d->ledger);
    *news_out = news;
    return ok;
}
