/* throttle.c: see throttle.h. */
#include "domain/throttle.h"

enum { HOUR_MS = 3600000, FREE_FAILURES = 3, WAIT_S_MAX = 60 };

struct record {
    int64_t since_ms, last_ms, count;
    struct digest digest;
};

static struct err read_record(struct domain *d, const char *kind, struct text of,
                              struct record *out) {
    bool row;
    *out = (struct record){0};
    try(domain_hash(d, KEY_INDEX, kind, PARTS(of), &out->digest));
    struct statement *get = statement_for(d->store, SQL_THROTTLE_GET);
    statement_bind_text(get, 1, text_c(kind));
    statement_bind_bytes(get, 2, digest_text(&out->digest));
    try(statement_step(get, &row));
    if (row) {
        out->since_ms = column_i64(get, 0);
        out->last_ms = column_i64(get, 1);
        out->count = column_i64(get, 2);
    }
    statement_done(get);
    return ok;
}

static struct err write_record(struct domain *d, const char *kind, const struct record *r) {
    struct statement *put = statement_for(d->store, SQL_THROTTLE_PUT);
    statement_bind_text(put, 1, text_c(kind));
    statement_bind_bytes(put, 2, digest_text(&r->digest));
    statement_bind_i64(put, 3, r->since_ms);
    statement_bind_i64(put, 4, r->last_ms);
    statement_bind_i64(put, 5, r->count);
    return statement_run(put, NULL);
}

static struct err wait(struct domain *d, int64_t ms) {
    d->detail.retry_after_s = (uint32_t)((ms + 999) / 1000);
    return err_make(ERR_TOO_MANY_REQUESTS, "too many requests of this kind lately");
}

struct err throttle_event(struct domain *d, const char *kind, struct text of, unsigned most,
                          int64_t *turn_ms_out) {
    struct record r;
    try(read_record(d, kind, of, &r));
    int64_t turn_ms = turn_ms_out && r.count ? r.last_ms + THROTTLE_TURN_MS : 0;
    if (turn_ms < d->now_ms || turn_ms > d->now_ms + HOUR_MS) /* over, or of a clock that was set back */
        turn_ms = d->now_ms;
    if (r.count == 0 || d->now_ms - r.since_ms >= HOUR_MS || r.since_ms > d->now_ms) {
        r.since_ms = d->now_ms;
        r.count = 0;
    }
    if (r.count >= most)
        return wait(d, r.since_ms + HOUR_MS - d->now_ms);
    r.count++;
    r.last_ms = turn_ms;
    if (turn_ms_out)
        *turn_ms_out = turn_ms;
    return write_record(d, kind, &r);
}

struct err throttle_may_try(struct domain *d, const char *kind, struct text of) {
    struct record r;
    try(read_record(d, kind, of, &r));
    if (r.count <= FREE_FAILURES)
        return ok;
    int64_t doublings = r.count - FREE_FAILURES < 7 ? r.count - FREE_FAILURES : 7;
    int64_t wait_s = 1ll << doublings;
    if (wait_s > WAIT_S_MAX)
        wait_s = WAIT_S_MAX;
    int64_t left_ms = r.last_ms + wait_s * 1000 - d->now_ms;
    return left_ms > 0 && r.last_ms <= d->now_ms ? wait(d, left_ms) : ok;
}

struct err throttle_failed(struct domain *d, const char *kind, struct text of) {
    struct record r;
    try(read_record(d, kind, of, &r));
    if (d->now_ms - r.last_ms >= HOUR_MS)
        r.count = 0;
    if (r.count == 0)
        r.since_ms = d->now_ms;
    r.count++;
    r.last_ms = d->now_ms;
    return write_record(d, kind, &r);
}

struct err throttle_forget(struct domain *d, const char *kind, struct text of) {
    struct digest digest;
    try(domain_hash(d, KEY_INDEX, kind, PARTS(of), &digest));
    struct statement *drop = statement_for(d->store, SQL_THROTTLE_DROP);
    statement_bind_text(drop, 1, text_c(kind));
    statement_bind_bytes(drop, 2, digest_text(&digest));
    return statement_run(drop, NULL);
}
