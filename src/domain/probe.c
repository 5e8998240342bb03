/* probe.c: see probe.h. */
#include "domain/probe.h"
#include "domain/audit.h"

static const int64_t hour_ms = 3600000;
enum { DETAIL_BYTES_MAX = 1000 };

const struct probe probe_lines[PROBE_COUNT] = {
#define PROBE(id, hours, zh, en) {#id, hours, zh, en},
#include "domain/probes.def"
#undef PROBE
};

bool probe_find(struct text name, enum probe_id *out) {
    for (unsigned i = 0; i < PROBE_COUNT; i++) {
        if (text_equal_c(name, probe_lines[i].name)) {
            *out = (enum probe_id)i;
            return true;
        }
    }
    return false;
}

const char *outcome_state_name(enum outcome_state state) {
    static const char *const names[] = {"none", "good", "stale", "failed"};
    return names[state];
}

struct putting {
    enum probe_id id;
    bool is_good;
    struct text detail;
};

static struct err put(struct domain *d, void *with) {
    const struct putting *p = with;
    const char *name = probe_lines[p->id].name;
    uint64_t seq;
    const struct audit_event event = {
        .actor_kind = AUDIT_SYSTEM,
        .action = p->is_good ? "probe.good" : "probe.failed",
        .object = text_format_in(d->arena, "%s %.*s", name, TEXT_ARG(p->detail)),
        .purpose = "proof"};
    try(audit_note_at(d, &event, &seq));
    struct statement *s = statement_for(d->store, SQL_OUTCOME_PUT);
    statement_bind_text(s, 1, text_c(name));
    statement_bind_i64(s, 2, d->now_ms);
    statement_bind_i64(s, 3, p->is_good);
    statement_bind_text(s, 4, p->detail);
    statement_bind_i64(s, 5, (int64_t)seq);
    statement_bind_i64(s, 6, p->is_good ? d->now_ms : 0);
    return statement_run(s, NULL);
}

struct err probe_put(struct domain *d, enum probe_id id, bool is_good, struct text detail) {
    struct putting p = {id, is_good, text_part(detail, 0, DETAIL_BYTES_MAX)};
    return domain_join_transaction(d, put, &p);
}

struct err outcome_of(struct domain *d, enum probe_id id, struct outcome *out) {
    struct statement *s = statement_for(d->store, SQL_OUTCOME_GET);
    bool row;
    *out = (struct outcome){.state = OUTCOME_NONE};
    statement_bind_text(s, 1, text_c(probe_lines[id].name));
    try(statement_step(s, &row));
    if (row) {
        out->time_ms = column_i64(s, 0);
        out->state = column_i64(s, 1) ? OUTCOME_GOOD : OUTCOME_FAILED;
        out->detail = column_text_in(s, d->arena, 2);
        out->seq = (uint64_t)column_i64(s, 3);
        out->good_ms = column_i64(s, 4);
    }
    statement_done(s);
    if (out->state == OUTCOME_GOOD && d->now_ms - out->time_ms > 2 * hour_ms * probe_lines[id].hours)
        out->state = OUTCOME_STALE;
    return ok;
}

struct err probe_is_due(struct domain *d, enum probe_id id, bool *out) {
    struct outcome outcome;
    try(outcome_of(d, id, &outcome));
    int64_t age_ms = d->now_ms - outcome.time_ms;
    *out = age_ms < 0 || age_ms >= hour_ms * probe_lines[id].hours;
    return ok;
}

struct err probes_failed(struct domain *d, unsigned *count_out, enum probe_id *first_out) {
    *count_out = 0;
    *first_out = PROBE_COUNT;
    for (unsigned i = 0; i < PROBE_COUNT; i++) {
        struct outcome outcome;
        try(outcome_of(d, (enum probe_id)i, &outcome));
        if (outcome.state == OUTCOME_FAILED && (*count_out)++ == 0)
            *first_out = (enum probe_id)i;
    }
    return ok;
}

struct err probes_all_good(struct domain *d, const bool only[PROBE_COUNT], bool *good_out,
                           enum probe_id *first_out) {
    *good_out = true;
    *first_out = PROBE_COUNT;
    for (unsigned i = 0; i < PROBE_COUNT && *good_out; i++) {
        struct outcome outcome;
        if (only && !only[i])
            continue;
        try(outcome_of(d, (enum probe_id)i, &outcome));
        *good_out = outcome.state == OUTCOME_GOOD;
        *first_out = *good_out ? PROBE_COUNT : (enum probe_id)i;
    }
    return ok;
}
