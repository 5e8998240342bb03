/* session.c: see session.h. */
#include "domain/session.h"
#include "base/must.h"

enum { COOKIE_BYTES = 32, COOKIE_LETTERS = 43, SEEN_STEP_MS = 60000 };

static struct digest cookie_digest(struct domain *d, struct text cookie) {
    return hash_keyed(&d->keys->session, "cookie", PARTS(cookie));
}

struct digest session_digest(struct domain *d, struct text cookie) {
    return cookie_digest(d, cookie);
}

struct err session_start(struct domain *d, int64_t account, struct text *cookie_out) {
    char raw[COOKIE_BYTES];
    random_bytes(d->chance, raw, sizeof raw);
    struct text cookie = base64url_in(d->arena, text_of(raw, sizeof raw));
    must(cookie.length == COOKIE_LETTERS);
    struct digest digest = cookie_digest(d, cookie);
    struct statement *add = statement_for(d->store, SQL_SESSION_ADD);
    statement_bind_bytes(add, 1, digest_text(&digest));
    statement_bind_i64(add, 2, account);
    statement_bind_i64(add, 3, d->now_ms);
    statement_bind_i64(add, 4, d->now_ms + SESSION_WHOLE_MS);
    try(statement_run(add, NULL));
    *cookie_out = cookie;
    return ok;
}

static struct err note_seen(struct domain *d, const struct digest *digest) {
    struct statement *seen = statement_for(d->store, SQL_SESSION_SEEN);
    statement_bind_bytes(seen, 1, digest_text(digest));
    statement_bind_i64(seen, 2, d->now_ms);
    return statement_run(seen, NULL);
}

struct err session_find(struct domain *d, struct text cookie, struct session *out) {
    const struct err ended = err_make(ERR_SESSION_ENDED, "the session has ended");
    bool row;
    if (cookie.length != COOKIE_LETTERS)
        return ended;
    struct digest digest = cookie_digest(d, cookie);
    struct statement *find = statement_for(d->store, SQL_SESSION_FIND);
    statement_bind_bytes(find, 1, digest_text(&digest));
    try(statement_step(find, &row));
    if (!row)
        return ended;
    int64_t account = column_i64(find, 0), seen_ms = column_i64(find, 1),
            ends_ms = column_i64(find, 2);
    statement_done(find);
    if (d->now_ms >= ends_ms || d->now_ms - seen_ms >= SESSION_IDLE_MS)
        return ended;
    if (d->now_ms - seen_ms >= SEEN_STEP_MS)
        (void)!note_seen(d, &digest).kind; /* a full disk must not log anybody out */
    *out = (struct session){account, cookie};
    return ok;
}

struct err session_end(struct domain *d, const struct session *session) {
    struct digest digest = cookie_digest(d, session->cookie);
    struct statement *drop = statement_for(d->store, SQL_SESSION_DROP);
    statement_bind_bytes(drop, 1, digest_text(&digest));
    return statement_run(drop, NULL);
}

struct err session_end_others(struct domain *d, const struct session *session) {
    struct digest digest = cookie_digest(d, session->cookie);
    struct statement *drop = statement_for(d->store, SQL_SESSION_ERASE_OTHERS);
    statement_bind_i64(drop, 1, session->account);
    statement_bind_bytes(drop, 2, digest_text(&digest));
    return statement_run(drop, NULL);
}

struct err session_reap(struct domain *d) {
    struct statement *reap = statement_for(d->store, SQL_SESSION_REAP);
    statement_bind_i64(reap, 1, d->now_ms);
    statement_bind_i64(reap, 2, d->now_ms - SESSION_IDLE_MS);
    return statement_run(reap, NULL);
}

struct text session_csrf(struct domain *d, struct text cookie) {
    struct digest proof = hash_keyed(&d->keys->cross_site, "csrf", PARTS(cookie));
    return base64url_in(d->arena, digest_text(&proof));
}

bool session_csrf_fits(struct domain *d, struct text cookie, struct text given) {
    struct digest wanted = hash_of(session_csrf(d, cookie)), sent = hash_of(given);
    return digest_equal(&wanted, &sent);
}

struct err session_list(struct domain *d, int64_t account,
                        void (*visit)(void *with, const int64_t times_ms[static 3]), void *with) {
    struct statement *list = statement_for(d->store, SQL_SESSION_LIST);
    statement_bind_i64(list, 1, account);
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        visit(with,
              (const int64_t[3]){column_i64(list, 0), column_i64(list, 1), column_i64(list, 2)});
    }
}
