/* aggregate.c: see aggregate.h. */
#include "domain/aggregate.h"
#include "base/clock.h"

enum { APIS_MAX = 4096, MONTHS_BACK = 12 };

static int64_t month_of(int64_t now_ms) {
    struct date date = date_from_day(clock_china_day(now_ms));
    return ((int64_t)date.year - 1970) * 12 + date.month - 1;
}

/* The first hour of a month in the service's zone (UTC+8), as the ledger counts hours. */
static int64_t hour_of(int64_t month) {
    struct date first = {(int)(1970 + month / 12), (unsigned)(month % 12) + 1, 1};
    return date_to_day(first) * 24 - 8;
}

struct group {
    int64_t api, persons, calls;
};

static struct err put(struct domain *d, int64_t month, const struct group *g) {
    struct statement *put = statement_for(d->store, SQL_AGGREGATE_PUT);
    statement_bind_i64(put, 1, month);
    statement_bind_i64(put, 2, g->api);
    statement_bind_i64(put, 3, g->persons);
    statement_bind_i64(put, 4, g->calls);
    return statement_run(put, NULL);
}

static struct err groups_of(struct domain *d, int64_t month, struct group *groups,
                            unsigned *count_out) {
    struct statement *list = statement_for(d->store, SQL_AGGREGATE_GROUPS);
    statement_bind_i64(list, 1, hour_of(month));
    statement_bind_i64(list, 2, hour_of(month + 1));
    *count_out = 0;
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        struct group g = {column_i64(list, 0), column_i64(list, 1), column_i64(list, 2)};
        if (g.persons >= AGGREGATE_PERSONS && *count_out < APIS_MAX)
            groups[(*count_out)++] = g;
    }
}

static struct err rest_of(struct domain *d, int64_t month, struct group *out) {
    struct statement *rest = statement_for(d->store, SQL_AGGREGATE_REST);
    bool row;
    statement_bind_i64(rest, 1, hour_of(month));
    statement_bind_i64(rest, 2, hour_of(month + 1));
    statement_bind_i64(rest, 3, AGGREGATE_PERSONS);
    try(statement_step(rest, &row));
    *out = (struct group){0, row ? column_i64(rest, 0) : 0, row ? column_i64(rest, 1) : 0};
    statement_done(rest);
    return ok;
}

static struct err set_made(struct domain *d, int64_t month) {
    struct statement *set = statement_for(d->store, SQL_COUNTER_SET);
    statement_bind_text(set, 1, TEXT("aggregate_month"));
    statement_bind_i64(set, 2, month);
    return statement_run(set, NULL);
}

static struct err make_rows(struct domain *d, void *with) {
    int64_t month = *(const int64_t *)with;
    struct group *groups = arena_alloc(d->arena, APIS_MAX * sizeof *groups), rest;
    unsigned count;
    try(groups_of(d, month, groups, &count));
    for (unsigned i = 0; i < count; i++)
        try(put(d, month, &groups[i]));
    try(rest_of(d, month, &rest));
    if (rest.persons >= AGGREGATE_PERSONS)
        try(put(d, month, &rest));
    return set_made(d, month);
}

static struct err last_made(struct domain *d, int64_t *out) {
    struct statement *get = statement_for(d->store, SQL_COUNTER_GET);
    bool row;
    statement_bind_text(get, 1, TEXT("aggregate_month"));
    try(statement_step(get, &row));
    *out = row ? column_i64(get, 0) : 0;
    statement_done(get);
    return ok;
}

struct err aggregate_make(struct domain *d) {
    int64_t now = month_of(d->now_ms), made;
    try(last_made(d, &made));
    if (made < now - MONTHS_BACK)
        made = now - MONTHS_BACK;
    for (int64_t month = made + 1; month < now; month++)
        try(domain_in_transaction(d, make_rows, &month));
    return ok;
}

struct err aggregate_each(struct domain *d,
                          void (*visit)(void *with, const struct aggregate_line *line),
                          void *with) {
    struct statement *list = statement_for(d->store, SQL_AGGREGATE_LIST);
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        int64_t month = column_i64(list, 0);
        const struct aggregate_line line = {
            (int)(1970 + month / 12), (unsigned)(month % 12) + 1, (uint32_t)column_i64(list, 1),
            (uint64_t)column_i64(list, 2), (uint64_t)column_i64(list, 3)};
        visit(with, &line);
    }
}
