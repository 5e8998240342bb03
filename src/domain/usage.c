/* usage.c: see usage.h. */
#include "domain/usage.h"
#include "base/limits.h"
#include "domain/exposure.h"
#include "domain/token.h"

enum { UNCOUNTED_MAX = 16 }; /* the prober's, and the canary's of a run or two */

struct storing {
    uint64_t epoch;
    const struct usage_sum *sums;
    size_t count;
    bool was_new;
    int64_t uncounted[UNCOUNTED_MAX];
    unsigned uncounted_count;
};

static struct err add_traffic(struct domain *d, const struct usage_sum *sum) {
    struct statement *add = statement_for(d->store, SQL_TRAFFIC_ADD);
    statement_bind_i64(add, 1, sum->minute);
    statement_bind_i64(add, 2, sum->api);
    statement_bind_i64(add, 3, sum->status);
    statement_bind_i64(add, 4, (int64_t)sum->calls);
    statement_bind_i64(add, 5, (int64_t)sum->units);
    return statement_run(add, NULL);
}

static struct err add_usage(struct domain *d, const struct usage_sum *sum, int64_t account,
                            uint64_t token) {
    struct statement *hour = statement_for(d->store, SQL_USAGE_HOUR_ADD);
    statement_bind_i64(hour, 1, account);
    statement_bind_i64(hour, 2, (int64_t)token);
    statement_bind_i64(hour, 3, sum->api);
    statement_bind_i64(hour, 4, sum->minute / 60);
    statement_bind_i64(hour, 5, sum->status / 100);
    statement_bind_i64(hour, 6, (int64_t)sum->calls);
    statement_bind_i64(hour, 7, (int64_t)sum->units);
    try(statement_run(hour, NULL));
    struct statement *day = statement_for(d->store, SQL_USAGE_DAY_ADD);
    statement_bind_i64(day, 1, account);
    statement_bind_i64(day, 2, (int64_t)token);
    statement_bind_i64(day, 3, sum->day);
    statement_bind_i64(day, 4, (int64_t)sum->calls);
    statement_bind_i64(day, 5, (int64_t)sum->units);
    return statement_run(day, NULL);
}

struct err usage_epoch(struct domain *d, uint64_t *out) {
    struct statement *get = statement_for(d->store, SQL_COUNTER_GET);
    bool row;
    statement_bind_text(get, 1, TEXT("ledger_epoch"));
    try(statement_step(get, &row));
    *out = row ? (uint64_t)column_i64(get, 0) : 0;
    statement_done(get);
    return ok;
}

struct err uncounted_add(struct domain *d, int64_t account) {
    struct statement *add = statement_for(d->store, SQL_UNCOUNTED_ADD);
    statement_bind_i64(add, 1, account);
    return statement_run(add, NULL);
}

static struct err list_uncounted(struct domain *d, struct storing *s) {
    struct statement *list = statement_for(d->store, SQL_UNCOUNTED_LIST);
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        if (s->uncounted_count < UNCOUNTED_MAX)
            s->uncounted[s->uncounted_count++] = column_i64(list, 0);
    }
}

static bool is_counted(const struct storing *s, int64_t account) {
    for (unsigned i = 0; i < s->uncounted_count; i++)
        if (s->uncounted[i] == account)
            return false;
    return true;
}

static struct err store_rows(struct domain *d, void *with) {
    struct storing *s = with;
    uint64_t stored;
    int64_t account;
    uint64_t token;
    try(usage_epoch(d, &stored));
    s->was_new = stored != s->epoch;
    if (!s->was_new)
        return ok;
    try(list_uncounted(d, s));
    for (size_t i = 0; i < s->count; i++) {
        try(token_by_row(d, s->sums[i].row, &account, &token));
        if (!account || is_counted(s, account))
            try(add_traffic(d, &s->sums[i]));
        if (account)
            try(add_usage(d, &s->sums[i], account, token));
        if (account && s->sums[i].status == LIMIT_STATUS_EXPOSED)
            try(exposure_note(d, account, token));
    }
    struct statement *set = statement_for(d->store, SQL_COUNTER_SET);
    statement_bind_text(set, 1, TEXT("ledger_epoch"));
    statement_bind_i64(set, 2, (int64_t)s->epoch);
    return statement_run(set, NULL);
}

struct err usage_store(struct domain *d, uint64_t epoch, const struct usage_sum *sums, size_t count,
                       bool *was_new_out) {
    struct storing s = {.epoch = epoch, .sums = sums, .count = count};
    try(domain_in_transaction(d, store_rows, &s));
    *was_new_out = s.was_new;
    return ok;
}

struct err usage_ask(struct domain *d, const struct usage_question *q,
                     void (*visit)(void *with, const struct usage_line *line), void *with) {
    static const enum store_sql queries[] = {SQL_USAGE_BY_HOUR, SQL_USAGE_BY_DAY, SQL_USAGE_BY_API,
                                             SQL_USAGE_BY_TOKEN};
    struct statement *ask = statement_for(d->store, queries[q->by]);
    statement_bind_i64(ask, 1, q->account);
    statement_bind_i64(ask, 2, q->from_hour);
    statement_bind_i64(ask, 3, q->to_hour);
    if (q->by == USAGE_BY_DAY)
        statement_bind_i64(ask, 4, q->zone_hours);
    for (bool row;;) {
        try(statement_step(ask, &row));
        if (!row)
            return ok;
        struct usage_line line = {column_i64(ask, 0), (uint64_t)column_i64(ask, 1),
                                  (uint64_t)column_i64(ask, 2), (uint64_t)column_i64(ask, 3)};
        visit(with, &line);
    }
}

struct err usage_everything(struct domain *d, int64_t account,
                            void (*visit)(void *with, const struct usage_hour *h), void *with) {
    struct statement *list = statement_for(d->store, SQL_USAGE_EVERYTHING);
    statement_bind_i64(list, 1, account);
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        struct usage_hour h = {(uint64_t)column_i64(list, 0), (uint32_t)column_i64(list, 1),
                               column_i64(list, 2),           column_i64(list, 3),
                               (uint64_t)column_i64(list, 4), (uint64_t)column_i64(list, 5)};
        visit(with, &h);
    }
}

struct err usage_of_token(struct domain *d, int64_t account, uint64_t token,
                          const int64_t days[static 3], uint64_t *day_out, uint64_t *month_out) {
    struct statement *ask = statement_for(d->store, SQL_USAGE_TOKEN_DAYS);
    bool row;
    statement_bind_i64(ask, 1, account);
    statement_bind_i64(ask, 2, (int64_t)token);
    for (unsigned i = 0; i < 3; i++)
        statement_bind_i64(ask, 3 + i, days[i]);
    try(statement_step(ask, &row));
    *day_out = row ? (uint64_t)column_i64(ask, 0) : 0;
    *month_out = row ? (uint64_t)column_i64(ask, 1) : 0;
    statement_done(ask);
    return ok;
}

struct err traffic_since(struct domain *d, int64_t minute,
                         void (*visit)(void *with, const struct traffic_line *line), void *with) {
    struct statement *ask = statement_for(d->store, SQL_TRAFFIC_SINCE);
    statement_bind_i64(ask, 1, minute);
    for (bool row;;) {
        try(statement_step(ask, &row));
        if (!row)
            return ok;
        struct traffic_line line = {(uint32_t)column_i64(ask, 0), (uint64_t)column_i64(ask, 1),
                                    (uint64_t)column_i64(ask, 2), (uint64_t)column_i64(ask, 3)};
        visit(with, &line);
    }
}

struct err traffic_reap(struct domain *d, int64_t before_minute) {
    struct statement *reap = statement_for(d->store, SQL_TRAFFIC_REAP);
    statement_bind_i64(reap, 1, before_minute);
    return statement_run(reap, NULL);
}
