/* keeper.c: see keeper.h. */
#include "app/keeper.h"
#include "app/backup.h"
#include "app/restore.h"
#include "base/clock.h"
#include "base/file.h"
#include "domain/aggregate.h"
#include "domain/clock_watch.h"
#include "domain/epoch.h"
#include "domain/retention.h"

#include <time.h>

enum { REAP_BATCHES = 4, DRILL_DAYS = 7 };
static const int64_t day_ms = 86400000, hour_ms = 3600000;

struct clock_reading keeper_clock_in(struct arena *a) {
    struct timespec t;
    struct text boot;
    clock_gettime(CLOCK_BOOTTIME, &t);
    struct err e = file_read_pseudo_in(a, "/proc/sys/kernel/random/boot_id", 64, &boot);
    return (struct clock_reading){(int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000,
                                  e.kind ? TEXT("unknown") : text_trim(boot)};
}

/* ---- each minute ---- */

static struct err watch_clock(struct keeper *k, const struct config *c, struct domain *d) {
    const struct clock_reading now = keeper_clock_in(d->arena);
    (void)k;
    (void)c;
    return clock_watch(d, &now);
}

static struct err end_periods(struct keeper *k, const struct config *c, struct domain *d) {
    (void)k;
    (void)c;
    return retention_reap(d, REAP_BATCHES, NULL);
}

static struct err renew_keys(struct keeper *k, const struct config *c, struct domain *d) {
    (void)k;
    (void)c;
    return epoch_rotate(d, false, EPOCH_ALL, NULL);
}

static struct err back_up(struct keeper *k, const struct config *c, struct domain *d) {
    struct backup made;
    int64_t newest_ms;
    (void)k;
    if (!c->backup_dir[0])
        return ok;
    try(backup_ship_journal(d, c->backup_dir));
    try(backup_newest(d, c->backup_dir, &newest_ms));
    if (newest_ms && d->now_ms - newest_ms < (int64_t)c->backup_hours * hour_ms)
        return ok;
    return backup_make(d, c->backup_dir, (unsigned)c->backup_keep, &made);
}

static struct err last_drill(struct domain *d, int64_t *out) {
    struct statement *last = statement_for(d->store, SQL_DRILL_LAST);
    bool row;
    try(statement_step(last, &row));
    *out = row ? column_i64(last, 0) : 0;
    statement_done(last);
    return ok;
}

static struct err rehearse(struct keeper *k, const struct config *c, struct domain *d) {
    struct drill_report report;
    int64_t last_ms;
    (void)k;
    if (!c->backup_dir[0])
        return ok;
    try(last_drill(d, &last_ms));
    return last_ms && d->now_ms - last_ms < DRILL_DAYS * day_ms
               ? ok
               : restore_drill(d, c->backup_dir, &report);
}

/* ---- each hour ---- */

static struct err look_for_unused(struct keeper *k, const struct config *c, struct domain *d) {
    (void)c;
    return dormancy_step(d, &k->dormant_after);
}

static struct err make_figures(struct keeper *k, const struct config *c, struct domain *d) {
    (void)k;
    (void)c;
    return aggregate_make(d);
}

/* ---- all ---- */

enum when { EACH_MINUTE, EACH_HOUR };

static const struct {
    enum when when;
    struct err (*run)(struct keeper *k, const struct config *config, struct domain *d);
} jobs[] = {
    {EACH_MINUTE, watch_clock},   {EACH_MINUTE, end_periods},    {EACH_MINUTE, renew_keys},    {EACH_MINUTE, back_up},
    {EACH_MINUTE, rehearse},       {EACH_HOUR, look_for_unused}, {EACH_HOUR, make_figures},
};

struct err keeper_round(struct keeper *k, const struct config *config, struct domain *d) {
    int64_t minute = d->now_ms / 60000, hour = d->now_ms / hour_ms;
    bool due[] = {
        [EACH_MINUTE] = minute != k->minute, [EACH_HOUR] = hour != k->hour};
    struct err first = ok;
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) {
        struct err e = due[jobs[i].when] ? jobs[i].run(k, config, d) : ok;
        if (e.kind && !first.kind)
            first = err_make(e.kind, text_say_in(d->arena, "%s", e.say ? e.say : err_name(e.kind)));
    }
    k->minute = minute;
    k->hour = hour;
    return first;
}
