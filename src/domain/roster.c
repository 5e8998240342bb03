/* roster.c: see roster.h. */
#include "domain/roster.h"

struct err roster_add(struct domain *d, const struct staff_member *who, int64_t from_ms, int64_t until_ms,
                      struct text *id_out) {
    if (until_ms <= from_ms)
        return domain_refuse(d, ERR_FIELD_INVALID, "until", "a shift ends after it begins");
    struct text id = domain_receipt(d);
    struct statement *add = statement_for(d->store, SQL_ROSTER_ADD);
    statement_bind_text(add, 1, id);
    statement_bind_i64(add, 2, who->account);
    statement_bind_i64(add, 3, from_ms);
    statement_bind_i64(add, 4, until_ms);
    try(statement_run(add, NULL));
    *id_out = id;
    return ok;
}

struct err roster_drop(struct domain *d, struct text id) {
    struct statement *drop = statement_for(d->store, SQL_ROSTER_DROP);
    uint64_t changed;
    statement_bind_text(drop, 1, id);
    try(statement_run(drop, &changed));
    return changed ? ok : err_make(ERR_NOT_FOUND, "there is no such shift");
}

struct err roster_each(struct domain *d, void (*visit)(void *with, const struct shift *s), void *with) {
    struct statement *list = statement_for(d->store, SQL_ROSTER_LIST);
    statement_bind_i64(list, 1, d->now_ms);
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        struct shift s = {.id = column_text_in(list, d->arena, 0),
                          .account = column_i64(list, 1),
                          .subject = (uint64_t)column_i64(list, 2),
                          .from_ms = column_i64(list, 3),
                          .until_ms = column_i64(list, 4)};
        visit(with, &s);
    }
}

/* 0: nothing. */
static struct err time_of(struct domain *d, enum store_sql query, int64_t at_ms, int64_t *out) {
    struct statement *s = statement_for(d->store, query);
    bool row;
    statement_bind_i64(s, 1, at_ms);
    try(statement_step(s, &row));
    *out = row ? column_i64(s, 0) : 0;
    statement_done(s);
    return ok;
}

struct err roster_gap(struct domain *d, int64_t until_ms, int64_t *gap_from_out, int64_t *gap_until_out) {
    int64_t at_ms = d->now_ms, covered_ms;
    *gap_from_out = *gap_until_out = 0;
    for (; at_ms < until_ms; at_ms = covered_ms) {
        try(time_of(d, SQL_ROSTER_COVERS, at_ms, &covered_ms));
        if (covered_ms == 0)
            break;
    }
    if (at_ms >= until_ms)
        return ok;
    *gap_from_out = at_ms;
    try(time_of(d, SQL_ROSTER_NEXT, at_ms, gap_until_out));
    if (*gap_until_out == 0 || *gap_until_out > until_ms)
        *gap_until_out = until_ms;
    return ok;
}
