/* retention.c: see retention.h. */
#include "domain/retention.h"
#include "domain/clock_watch.h"
#include "domain/network_log.h"

static struct err reap_batch(struct domain *d, const struct store_retention *r,
                             uint64_t *gone_out) {
    struct statement *reap = statement_for(d->store, r->reap);
    int64_t before_ms = d->now_ms - (r->is_end ? 0 : r->period_ms);
    statement_bind_i64(reap, 1, before_ms / r->unit_ms);
    statement_bind_i64(reap, 2, RETENTION_BATCH);
    return statement_run(reap, gone_out);
}

static struct err reap_table(struct domain *d, const struct store_retention *r, unsigned batches,
                             uint64_t *gone) {
    for (uint64_t went = RETENTION_BATCH; batches > 0 && went == RETENTION_BATCH; batches--) {
        try(reap_batch(d, r, &went));
        *gone += went;
    }
    return ok;
}

struct err retention_reap(struct domain *d, unsigned batches, uint64_t *gone_out) {
    uint64_t gone = 0;
    unsigned shortened = 0;
    try(clock_trusted(d));
    for (const struct store_retention *r = store_retentions; r->table; r++)
        if (!r->is_own)
            try(reap_table(d, r, batches, &gone));
    try(network_log_shorten(d, RETENTION_BATCH, &shortened));
    if (gone_out)
        *gone_out = gone;
    return gone || shortened ? store_settle(d->store) : ok;
}

/* Rows whose time is before this one, in the table's own unit. */
static struct err count_before(struct domain *d, const struct store_retention *r, int64_t time,
                               uint64_t *out) {
    struct statement *count = statement_for(d->store, r->overdue);
    bool row;
    statement_bind_i64(count, 1, time);
    try(statement_step(count, &row));
    *out = row ? (uint64_t)column_i64(count, 0) : 0;
    statement_done(count);
    return ok;
}

static struct err count_overdue(struct domain *d, const struct store_retention *r, int64_t grace_ms,
                                uint64_t *out) {
    return count_before(d, r, (d->now_ms - grace_ms - (r->is_end ? 0 : r->period_ms)) / r->unit_ms, out);
}

struct err retention_overdue(struct domain *d, int64_t grace_ms, uint64_t *out) {
    *out = 0;
    for (const struct store_retention *r = store_retentions; r->table; r++) {
        uint64_t overdue;
        try(count_overdue(d, r, grace_ms, &overdue));
        *out += overdue;
    }
    return ok;
}

struct err retention_each(struct domain *d, struct err (*visit)(void *with, const struct retention_line *l),
                          void *with) {
    for (const struct store_retention *r = store_retentions; r->table; r++) {
        struct retention_line line = {.table = r->table};
        try(count_before(d, r, INT64_MAX / 2, &line.rows));
        try(count_overdue(d, r, 0, &line.overdue));
        try(visit(with, &line));
    }
    return ok;
}
