/* ticket_clocks.c: see ticket_clocks.h. A round carries the time of its next mark, so the watch reads only
 * those that have something to tell. */
#include "domain/ticket_clocks.h"
#include "base/must.h"
#include "domain/audit.h"
#include "domain/ticket_mail.h"

static const int64_t day_ms = 86400000;
static const unsigned marks[] = {50, 80, 95, 100};

/* When so many percent are over. */
static int64_t mark_ms(int64_t from, int64_t until, unsigned percent) {
    return from + (until - from) / 100 * percent + (until - from) % 100 * percent / 100;
}

static int64_t mark_reached(int64_t from, int64_t until, int64_t now) {
    int64_t reached = 0;
    for (size_t i = 0; i < COUNT(marks); i++)
        if (now >= mark_ms(from, until, marks[i]))
            reached = marks[i];
    return reached;
}

/* The first mark behind the one that was told of; INT64_MAX: no more. */
static int64_t mark_next(int64_t from, int64_t until, int64_t told) {
    for (size_t i = 0; i < COUNT(marks); i++)
        if (marks[i] > told)
            return mark_ms(from, until, marks[i]);
    return INT64_MAX;
}

struct marking {
    int64_t ticket, round, opened_ms, inner_ms, due_ms, marked_inner, marked_due;
    int64_t inner, due; /* reached now */
    bool found;
};

static struct err next_marking(struct domain *d, struct marking *m) {
    struct statement *next = statement_for(d->store, SQL_TICKET_MARK_DUE);
    statement_bind_i64(next, 1, d->now_ms);
    try(statement_step(next, &m->found));
    if (m->found)
        *m = (struct marking){.ticket = column_i64(next, 0),
                              .round = column_i64(next, 1),
                              .opened_ms = column_i64(next, 2),
                              .inner_ms = column_i64(next, 3),
                              .due_ms = column_i64(next, 4),
                              .marked_inner = column_i64(next, 5),
                              .marked_due = column_i64(next, 6),
                              .found = true};
    statement_done(next);
    return ok;
}

static struct err note_mark(struct domain *d, const struct marking *m, const char *action) {
    const struct audit_event event = {.actor_kind = AUDIT_SYSTEM,
                                      .action = action,
                                      .object = ticket_public_in(d->arena, m->ticket),
                                      .purpose = "request"};
    return audit_note(d, &event);
}

static int64_t later(int64_t a, int64_t b) {
    return a > b ? a : b;
}

static struct err mark_rows(struct domain *d, void *with) {
    struct marking *m = with;
    m->inner = later(m->marked_inner, mark_reached(m->opened_ms, m->inner_ms, d->now_ms));
    m->due = later(m->marked_due, mark_reached(m->opened_ms, m->due_ms, d->now_ms));
    int64_t next_inner = mark_next(m->opened_ms, m->inner_ms, m->inner);
    int64_t next_due = mark_next(m->opened_ms, m->due_ms, m->due);
    struct statement *put = statement_for(d->store, SQL_TICKET_MARK_PUT);
    statement_bind_i64(put, 1, m->ticket);
    statement_bind_i64(put, 2, m->round);
    statement_bind_i64(put, 3, m->inner);
    statement_bind_i64(put, 4, m->due);
    statement_bind_i64(put, 5, next_inner < next_due ? next_inner : next_due);
    try(statement_run(put, NULL));
    if (m->inner > m->marked_inner)
        try(note_mark(d, m, text_say_in(d->arena, "ticket.inner_%lld", (long long)m->inner)));
    if (m->due > m->marked_due)
        try(note_mark(d, m, text_say_in(d->arena, "ticket.due_%lld", (long long)m->due)));
    return ok;
}

struct err ticket_watch(struct domain *d) {
    for (;;) {
        struct marking m = {.found = false};
        try(next_marking(d, &m));
        if (!m.found)
            return ok;
        try(domain_in_transaction(d, mark_rows, &m));
        if (m.inner > m.marked_inner)
            try(ticket_mail_mark_staff(d, m.ticket, "15 workdays / 15 个工作日", m.inner, m.inner_ms));
        if (m.due > m.marked_due)
            try(ticket_mail_mark_staff(d, m.ticket, "30 days / 30 日", m.due, m.due_ms));
    }
}

/* ---- figures ---- */

static const int64_t bounds[] = {1, 3, 7, 15, 30};

struct err ticket_figures(struct domain *d, struct ticket_figures *out) {
    struct ticket_figures f = {0};
    bool row;
    struct statement *open = statement_for(d->store, SQL_TICKET_COUNT_OPEN);
    statement_bind_i64(open, 1, d->now_ms);
    try(statement_step(open, &row));
    must(row);
    f.open = column_i64(open, 0);
    f.overdue = column_i64(open, 1);
    f.overdue_inner = column_i64(open, 2);
    statement_done(open);
    struct statement *closed = statement_for(d->store, SQL_TICKET_COUNT_CLOSED);
    statement_bind_i64(closed, 1, d->now_ms - TICKET_FIGURE_DAYS * day_ms);
    for (;;) {
        try(statement_step(closed, &row));
        if (!row)
            break;
        int64_t days = column_i64(closed, 0), count = column_i64(closed, 1);
        f.answered += count;
        f.late += column_i64(closed, 2);
        f.late_inner += column_i64(closed, 3);
        for (size_t i = 0; i < COUNT(bounds); i++)
            f.within[i] += days < bounds[i] ? count : 0;
    }
    *out = f;
    return ok;
}

/* ---- the end ---- */

static struct err reap_rows(struct domain *d, void *with) {
    static const enum store_sql queries[] = {SQL_TICKET_REAP_SIGNS, SQL_TICKET_REAP_MESSAGES,
                                             SQL_TICKET_REAP_ROUNDS, SQL_TICKET_REAP};
    for (size_t i = 0; i < COUNT(queries); i++) {
        struct statement *s = statement_for(d->store, queries[i]);
        statement_bind_i64(s, 1, *(const int64_t *)with);
        try(statement_run(s, NULL));
    }
    return ok;
}

struct err ticket_reap(struct domain *d) {
    for (bool row;;) {
        struct statement *next = statement_for(d->store, SQL_TICKET_REAP_NEXT);
        statement_bind_i64(next, 1, d->now_ms);
        try(statement_step(next, &row));
        if (!row)
            return ok;
        int64_t number = column_i64(next, 0);
        statement_done(next);
        try(domain_in_transaction(d, reap_rows, &number));
    }
}
