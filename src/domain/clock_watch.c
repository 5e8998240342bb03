/* clock_watch.c: see clock_watch.h. */
#include "domain/clock_watch.h"
#include "domain/audit.h"

static const int64_t day_ms = 86400000;

struct seen {
    bool is_there;
    int64_t wall_ms, steady_ms, suspect_ms;
    struct text boot;
};

static struct err seen_get(struct domain *d, struct seen *out) {
    struct statement *get = statement_for(d->store, SQL_CLOCK_GET);
    *out = (struct seen){0};
    try(statement_step(get, &out->is_there));
    if (out->is_there)
        *out = (struct seen){true, column_i64(get, 0), column_i64(get, 1), column_i64(get, 3),
                             column_text_in(get, d->arena, 2)};
    statement_done(get);
    return ok;
}

static struct err seen_put(struct domain *d, const struct clock_reading *now, int64_t suspect_ms) {
    struct statement *put = statement_for(d->store, SQL_CLOCK_PUT);
    statement_bind_i64(put, 1, d->now_ms);
    statement_bind_i64(put, 2, now->steady_ms);
    statement_bind_text(put, 3, now->boot);
    statement_bind_i64(put, 4, suspect_ms);
    return statement_run(put, NULL);
}

static bool stepped(const struct seen *seen, int64_t wall_ms, const struct clock_reading *now) {
    int64_t moved_ms = wall_ms - seen->wall_ms;
    if (!seen->is_there)
        return false;
    if (!text_equal(seen->boot, now->boot))
        return moved_ms < -CLOCK_STEP_MS || moved_ms > CLOCK_OFF_DAYS * day_ms;
    int64_t apart_ms = moved_ms - (now->steady_ms - seen->steady_ms);
    return apart_ms < -CLOCK_STEP_MS || apart_ms > CLOCK_STEP_MS;
}

struct err clock_watch(struct domain *d, const struct clock_reading *now) {
    struct seen seen;
    try(seen_get(d, &seen));
    if (seen.suspect_ms == 0 && stepped(&seen, d->now_ms, now))
        seen.suspect_ms = d->now_ms > 0 ? d->now_ms : 1;
    return seen_put(d, now, seen.suspect_ms);
}

struct err clock_trusted(struct domain *d) {
    struct seen seen;
    try(seen_get(d, &seen));
    if (seen.suspect_ms)
        return err_make(
            ERR_CLOCK_SUSPECT,
            "the wall clock stepped by more than a day, so nothing is deleted: set it right, "
            "then run alapi doctor --clock-is-right");
    return ok;
}

static struct err confirm_rows(struct domain *d, void *with) {
    try(seen_put(d, with, 0));
    return audit_note(
        d, &(struct audit_event){.actor_kind = AUDIT_OPERATOR,
                                 .action = "clock.confirm",
                                 .object = text_format_in(d->arena, "%lld", (long long)d->now_ms),
                                 .purpose = "security"});
}

struct err clock_confirm(struct domain *d, const struct clock_reading *now) {
    struct clock_reading reading = *now;
    return domain_in_transaction(d, confirm_rows, &reading);
}
