/* probes_office.c: what is checked of the operator's own office: holds and disclosures. */
#include "app/probes_inside.h"
#include "domain/disclosure.h"
#include "domain/report.h"

enum { GRACE_MS = 10 * 60000 }; /* the jobs run every ten seconds */

static struct err count_of(const struct probes_room *room, enum store_sql query, int64_t *out) {
    struct statement *count = statement_for(room->d->store, query);
    bool row;
    if (query != SQL_PROBE_DISCLOSURES)
        statement_bind_i64(count, 1, room->d->now_ms - GRACE_MS);
    try(statement_step(count, &row));
    *out = row ? column_i64(count, 0) : 0;
    statement_done(count);
    return ok;
}

struct err probe_holds_terms(const struct probes_room *room, struct finding *f) {
    int64_t bad;
    try(count_of(room, SQL_PROBE_BAD_HOLDS, &bad));
    if (bad)
        finding_bad(f, text_format_in(room->d->arena, "%lld holds are past their end or lack an approval",
                                      (long long)bad));
    return ok;
}

static void add_line(void *with, const struct report_line *l) { *(int64_t *)with += l->count; }

struct err probe_disclosure_recount(const struct probes_room *room, struct finding *f) {
    struct arena *a = room->d->arena;
    int64_t told = 0, rows, bad;
    unsigned overdue;
    try(report_disclosures(room->d, add_line, &told));
    try(count_of(room, SQL_PROBE_DISCLOSURES, &rows));
    try(count_of(room, SQL_PROBE_BAD_DISCLOSURES, &bad));
    try(disclosure_overdue(room->d, &overdue));
    if (told != rows)
        finding_bad(f, text_format_in(a, "the report counts %lld requests, the register has %lld", (long long)told,
                                      (long long)rows));
    if (bad)
        finding_bad(f, text_format_in(a, "%lld releases lack a second person, or their notice", (long long)bad));
    if (overdue)
        finding_bad(f, text_format_in(a, "%u emergencies were not reviewed within 24 hours", overdue));
    if (f->is_good)
        f->detail = text_format_in(a, "%lld requests", (long long)rows);
    return ok;
}
