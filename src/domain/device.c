/* device.c: see device.h. */
#include "domain/device.h"
#include "base/must.h"

enum { COOKIE_BYTES = 32, COOKIE_LETTERS = 43 };

static struct digest cookie_digest(struct domain *d, struct text cookie) {
    return hash_keyed(&d->keys->session, "device", PARTS(cookie));
}

static struct err is_there(struct domain *d, int64_t account, struct text cookie, bool *out) {
    struct digest digest = cookie_digest(d, cookie);
    struct statement *find = statement_for(d->store, SQL_DEVICE_FIND);
    statement_bind_bytes(find, 1, digest_text(&digest));
    statement_bind_i64(find, 2, account);
    try(statement_step(find, out));
    statement_done(find);
    return ok;
}

/* One that we never gave out may have been planted, and its planter would know it. */
static struct err was_given_out(struct domain *d, struct text cookie, bool *out) {
    struct digest digest = cookie_digest(d, cookie);
    struct statement *find = statement_for(d->store, SQL_DEVICE_IS_OURS);
    statement_bind_bytes(find, 1, digest_text(&digest));
    try(statement_step(find, out));
    statement_done(find);
    return ok;
}

struct err device_find(struct domain *d, int64_t account, struct text cookie, struct device_state *out) {
    struct statement *count = statement_for(d->store, SQL_DEVICE_COUNT);
    bool row;
    statement_bind_i64(count, 1, account);
    try(statement_step(count, &row));
    out->is_first = column_i64(count, 0) == 0;
    statement_done(count);
    return is_there(d, account, cookie, &out->is_known);
}

struct err device_note(struct domain *d, int64_t account, struct text cookie, struct text *cookie_out) {
    bool is_ours;
    char raw[COOKIE_BYTES];
    try(was_given_out(d, cookie, &is_ours));
    if (!is_ours || cookie.length != COOKIE_LETTERS) {
        random_bytes(d->chance, raw, sizeof raw);
        cookie = base64url_in(d->arena, text_of(raw, sizeof raw));
    }
    struct digest digest = cookie_digest(d, cookie);
    struct statement *put = statement_for(d->store, SQL_DEVICE_PUT);
    statement_bind_bytes(put, 1, digest_text(&digest));
    statement_bind_i64(put, 2, account);
    statement_bind_i64(put, 3, d->now_ms);
    try(statement_run(put, NULL));
    struct statement *trim = statement_for(d->store, SQL_DEVICE_TRIM);
    statement_bind_i64(trim, 1, account);
    statement_bind_i64(trim, 2, DEVICES_MAX);
    try(statement_run(trim, NULL));
    *cookie_out = cookie;
    return ok;
}

struct err device_reap(struct domain *d) {
    struct statement *reap = statement_for(d->store, SQL_DEVICE_REAP);
    statement_bind_i64(reap, 1, d->now_ms - DEVICE_DAYS * (int64_t)86400000);
    return statement_run(reap, NULL);
}
