/* probes.c: see probes.h. */
#include "app/canary.h"
#include "app/probes_inside.h"
#include "base/must.h"
#include "domain/audit_verify.h"
#include "domain/ticket_clocks.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

static const int64_t minute_ms = 60000, day_ms = 86400000;

/* ---- registers ---- */

/* Lists are small: a hundred columns or two. */
static bool register_has(struct text table, struct text column) {
    for (const struct store_column *c = store_columns; c->table; c++)
        if (text_equal_c(table, c->table) && text_equal_c(column, c->column))
            return true;
    return false;
}

static struct err check_register_columns(const struct probes_room *room, struct finding *f) {
    struct arena *a = room->d->arena;
    struct statement *list = statement_for(room->d->store, SQL_PROBE_COLUMNS);
    size_t found = 0, listed = 0;
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            break;
        struct text table = column_text_in(list, a, 0), column = column_text_in(list, a, 1);
        found++;
        if (!register_has(table, column))
            finding_bad(f, text_format_in(a, "%.*s.%.*s is not in the register", TEXT_ARG(table),
                                          TEXT_ARG(column)));
    }
    while (store_columns[listed].table)
        listed++;
    if (found != listed)
        finding_bad(f, text_format_in(a, "the register lists %zu columns, the records have %zu",
                                      listed, found));
    if (f->is_good)
        f->detail = text_format_in(a, "%zu columns", found);
    return ok;
}

static struct err check_sealed_fields(const struct probes_room *room, struct finding *f) {
    struct arena *a = room->d->arena;
    unsigned columns = 0;
    for (const struct store_sealed *c = store_sealed_columns; c->table; c++, columns++) {
        struct statement *count = statement_for(room->d->store, c->query);
        bool row;
        try(statement_step(count, &row));
        int64_t open = column_i64(count, 0);
        statement_done(count);
        if (open)
            finding_bad(f, text_format_in(a, "%s.%s: %lld values are not sealed", c->table,
                                          c->column, (long long)open));
    }
    if (f->is_good)
        f->detail = text_format_in(a, "%u columns", columns);
    return ok;
}

/* ---- the log ---- */

static struct err check_audit_verify(const struct probes_room *room, struct finding *f) {
    struct audit_verdict v;
    try(audit_verify(room->d, TEXT(""), &v));
    if (v.fault != AUDIT_WHOLE)
        finding_bad(f, text_c(v.say));
    else
        f->detail =
            text_format_in(room->d->arena, "%llu entries, %llu checkpoints",
                           (unsigned long long)v.entries, (unsigned long long)v.checkpoints);
    return ok;
}

/* ---- time ---- */

struct term {
    enum store_sql query;
    int64_t keep_ms; /* 0: the row says itself when it ends */
    const char *what;
};

/* How many rows are older than they may be; the jobs get an hour. */
static struct err check_term(const struct probes_room *room, const struct term *t,
                             struct finding *f) {
    struct domain *d = room->d;
    struct statement *count = statement_for(d->store, t->query);
    bool row;
    statement_bind_i64(count, 1, d->now_ms - t->keep_ms - 60 * minute_ms);
    try(statement_step(count, &row));
    int64_t overdue = column_i64(count, 0);
    statement_done(count);
    if (overdue)
        finding_bad(f, text_format_in(d->arena, "%lld %s are kept past their time",
                                      (long long)overdue, t->what));
    return ok;
}

static struct err check_outbox(const struct probes_room *room, struct finding *f) {
    struct domain *d = room->d;
    DIR *folder = opendir(d->outbox);
    if (!folder)
        return err_make(ERR_IO, "the outbox cannot be read");
    for (struct dirent *entry; (entry = readdir(folder));) {
        struct text rest = text_c(entry->d_name), time;
        int64_t ms;
        if (text_cut(&rest, '-', &time) && text_to_i64(time, &ms) &&
            ms < d->now_ms - day_ms - 60 * minute_ms)
            finding_bad(f, TEXT("a message in the outbox is kept past its time"));
    }
    closedir(folder);
    return ok;
}

static struct err check_retention_overdue(const struct probes_room *room, struct finding *f) {
    static const struct term terms[] = {
        {SQL_PROBE_OLD_SESSIONS, 0, "sessions"},
        {SQL_PROBE_OLD_FLOWS, 0, "codes"},
        {SQL_PROBE_OLD_THROTTLES, 60 * 60000, "counts of attempts"},
        {SQL_PROBE_OLD_TRAFFIC, 90 * INT64_C(86400000), "minutes of traffic"},
        {SQL_PROBE_OLD_TICKETS, 0, "requests"},
        {SQL_PROBE_OLD_ERASURES, 15 * INT64_C(86400000), "erasures"},
    };
    for (size_t i = 0; i < COUNT(terms); i++)
        try(check_term(room, &terms[i], f));
    return check_outbox(room, f);
}

/* ---- the policy ---- */

/* Every text that somebody agreed to is still there, and still the same. */
static struct err check_policy_archive(const struct probes_room *room, struct finding *f) {
    struct arena *a = room->d->arena;
    struct statement *list = statement_for(room->d->store, SQL_PROBE_AGREED_TEXTS);
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            break;
        struct text name = column_text_in(list, a, 0), hash = column_text_in(list, a, 1);
        const struct policy_version *version = policy_find(room->policy, name);
        if (!version || !text_equal(digest_print_in(a, &version->digest), hash))
            finding_bad(f, text_format_in(a, "version %.*s is not there as it was agreed to",
                                          TEXT_ARG(name)));
    }
    if (f->is_good)
        f->detail = text_format_in(a, "%u versions", room->policy->count);
    return ok;
}

static struct err check_policy_consent(const struct probes_room *room, struct finding *f) {
    struct statement *count = statement_for(room->d->store, SQL_PROBE_UNAGREED);
    bool row;
    try(statement_step(count, &row));
    int64_t without = column_i64(count, 0);
    statement_done(count);
    if (without)
        finding_bad(
            f, text_format_in(room->d->arena, "%lld accounts have no consent", (long long)without));
    return ok;
}

/* A child's account has its guardian's consent beside it. */
static struct err check_minors_limits(const struct probes_room *room, struct finding *f) {
    struct statement *count = statement_for(room->d->store, SQL_PROBE_UNGUARDED);
    bool row;
    try(statement_step(count, &row));
    int64_t without = column_i64(count, 0);
    statement_done(count);
    if (without)
        finding_bad(f, text_format_in(room->d->arena,
                                      "%lld accounts of children have no guardian's consent",
                                      (long long)without));
    return ok;
}

/* A check that is not made any more is not good: its last result is stale. What has never run is told by
 * `alapi audit promises`; a service that has just been made has a day for that. */
static struct err check_promises_fresh(const struct probes_room *room, struct finding *f) {
    for (unsigned i = 0; i < PROBE_COUNT; i++) {
        struct outcome outcome;
        if (i == PROBE_promises_fresh)
            continue;
        try(outcome_of(room->d, (enum probe_id)i, &outcome));
        if (outcome.state == OUTCOME_STALE)
            finding_bad(f, text_format_in(room->d->arena, "%s was not checked in time",
                                          probe_lines[i].name));
    }
    return ok;
}

static struct err check_controller_named(const struct probes_room *room, struct finding *f) {
    struct text name = text_c(room->home->config.operator_name),
                mail = text_c(room->home->config.operator_contact);
    if (text_trim(name).length == 0 || text_find(name, TEXT("未配置")) != SIZE_MAX)
        finding_bad(f, TEXT("operator_name is not set in alapi.conf"));
    if (text_find_char(mail, '@') == SIZE_MAX || text_ends(mail, TEXT("localhost.localdomain")))
        finding_bad(f, TEXT("operator_contact is not set in alapi.conf"));
    return ok;
}

static struct err check_feedback_clocks(const struct probes_room *room, struct finding *f) {
    struct ticket_figures figures;
    try(ticket_figures(room->d, &figures));
    if (figures.overdue)
        finding_bad(f, text_format_in(room->d->arena, "%lld requests are past their time",
                                      (long long)figures.overdue));
    if (f->is_good)
        f->detail = text_format_in(room->d->arena, "%lld open", (long long)figures.open);
    return ok;
}

/* ---- all of them ---- */

static probe_check *const checks[PROBE_COUNT] = {
    [PROBE_register_columns] = check_register_columns,
    [PROBE_cookies_register] = probe_cookies_register,
    [PROBE_policy_reach] = probe_policy_reach,
    [PROBE_field_unknown] = probe_field_unknown,
    [PROBE_doors_closed] = probe_doors_closed,
    [PROBE_limits_hold] = probe_limits_hold,
    [PROBE_promises_fresh] = check_promises_fresh,
    [PROBE_minors_limits] = check_minors_limits,
    [PROBE_audit_verify] = check_audit_verify,
    [PROBE_retention_overdue] = check_retention_overdue,
    [PROBE_policy_archive] = check_policy_archive,
    [PROBE_policy_consent] = check_policy_consent,
    [PROBE_sealed_fields] = check_sealed_fields,
    [PROBE_holds_terms] = probe_holds_terms,
    [PROBE_keys_epoch] = probe_keys_epoch,
    [PROBE_backups_age] = probe_backups_age,
    [PROBE_egress_list] = probe_egress_list,
    [PROBE_disclosure_recount] = probe_disclosure_recount,
    [PROBE_feedback_clocks] = check_feedback_clocks,
    [PROBE_controller_named] = check_controller_named,
};

bool probes_has(enum probe_id id) {
    return checks[id] || canary_has(id);
}

static struct err run_one(const struct probes_room *room, enum probe_id id) {
    struct finding f = {true, TEXT("")};
    struct err e = checks[id](room, &f);
    if (e.kind)
        f = (struct finding){false, text_format_in(room->d->arena, "the check failed: %s", e.say)};
    return probe_put(room->d, id, f.is_good, f.detail);
}

struct err probes_run(const struct probes_room *room, bool all) {
    struct err first = ok;
    for (unsigned i = 0; i < PROBE_COUNT; i++) {
        bool is_due = true;
        if (!checks[i])
            continue;
        if (!all)
            try(probe_is_due(room->d, (enum probe_id)i, &is_due));
        struct err e = is_due ? run_one(room, (enum probe_id)i) : ok;
        if (e.kind && !first.kind)
            first =
                err_make(e.kind, text_say_in(room->d->arena, "%s: %s", probe_lines[i].name, e.say));
    }
    return first;
}
