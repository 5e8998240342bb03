/* session.c: see session.h. */
#include "domain/session.h"
#include "base/must.h"

enum { COOKIE_BYTES = 32, COOKIE_LETTERS = 43, SEEN_STEP_MS = 60000 };

static const int64_t day_ms = 86400000;

static struct digest cookie_digest(struct domain *d, struct text cookie) {
    return hash_keyed(&d->keys->session, "cookie", PARTS(cookie));
}

static struct text cookie_make(struct domain *d) {
    char raw[COOKIE_BYTES];
    random_bytes(d->chance, raw, sizeof raw);
    struct text cookie = base64url_in(d->arena, text_of(raw, sizeof raw));
    must(cookie.length == COOKIE_LETTERS);
    return cookie;
}

/* ---- beginning ---- */

static void bind_sealed(struct domain *d, struct statement *add, unsigned parameter,
                        const struct account *account, struct account_field field, struct text plain) {
    if (plain.length)
        statement_bind_bytes(add, parameter, account_seal(d, account, field, plain));
    else
        statement_bind_none(add, parameter);
}

static struct err insert_session(struct domain *d, int64_t number, const struct new_session *with,
                                 struct text *cookie_out) {
    struct text cookie = cookie_make(d);
    struct digest digest = cookie_digest(d, cookie);
    int64_t id = (int64_t)(random_u64(d->chance) >> 5), /* ten base62 digits hold 59 bits */

            whole_ms = with->remember ? SESSION_REMEMBER_DAYS * day_ms : SESSION_WHOLE_MS;
    struct statement *add = statement_for(d->store, SQL_SESSION_BEGIN);
    statement_bind_bytes(add, 1, digest_text(&digest));
    statement_bind_i64(add, 2, number);
    statement_bind_i64(add, 3, d->now_ms);
    statement_bind_i64(add, 4, d->now_ms + whole_ms);
    statement_bind_i64(add, 5, id);
    statement_bind_i64(add, 6, with->aal);
    statement_bind_i64(add, 7, with->remember);
    bind_sealed(d, add, 8, with->account, FIELD("session", "label", id), with->label);
    bind_sealed(d, add, 9, with->account, FIELD("session", "prefix", id), with->prefix);
    try(statement_run(add, NULL));
    *cookie_out = cookie;
    return ok;
}

struct err session_begin(struct domain *d, const struct new_session *with, struct text *cookie_out) {
    must(with->aal == 1 || with->aal == 2);
    return insert_session(d, with->account->number, with, cookie_out);
}

struct err session_start(struct domain *d, int64_t account, struct text *cookie_out) {
    const struct new_session with = {.aal = 1};
    return insert_session(d, account, &with, cookie_out);
}

/* ---- finding ---- */

static struct err note_seen(struct domain *d, const struct digest *digest) {
    struct statement *seen = statement_for(d->store, SQL_SESSION_SEEN);
    statement_bind_bytes(seen, 1, digest_text(digest));
    statement_bind_i64(seen, 2, d->now_ms);
    return statement_run(seen, NULL);
}

/* Somebody else may sit there now: what was proved must be proved again. */
static struct err lower(struct domain *d, const struct digest *digest) {
    struct statement *lower = statement_for(d->store, SQL_SESSION_LOWER);
    statement_bind_bytes(lower, 1, digest_text(digest));
    return statement_run(lower, NULL);
}

static struct err judge(struct domain *d, const struct digest *digest, int64_t seen_ms, int64_t proved_ms,
                        struct session *s) {
    int64_t quiet_ms = d->now_ms - seen_ms;
    int64_t most_ms = s->is_remembered ? SESSION_REMEMBER_IDLE_DAYS * day_ms : SESSION_IDLE_MS;
    if (quiet_ms >= most_ms)
        return err_make(ERR_SESSION_ENDED, "the session has ended");
    if (quiet_ms >= SESSION_IDLE_MS) {
        try(lower(d, digest));
        s->aal = 1;
        proved_ms = 0;
    }
    if (d->now_ms - proved_ms >= SESSION_WHOLE_MS)
        s->aal = 1;
    s->is_fresh = d->now_ms - proved_ms < SESSION_FRESH_MS;
    if (quiet_ms >= SEEN_STEP_MS)
        (void)!note_seen(d, digest).kind; /* a full disk must not log anybody out */
    return ok;
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
    int64_t seen_ms = column_i64(find, 1), ends_ms = column_i64(find, 2), proved_ms = column_i64(find, 5);
    struct session s = {.account = column_i64(find, 0),
                        .cookie = cookie,
                        .id = (uint64_t)column_i64(find, 3),
                        .aal = (unsigned)column_i64(find, 4),
                        .is_remembered = column_i64(find, 6) != 0};
    statement_done(find);
    if (d->now_ms >= ends_ms)
        return ended;
    try(judge(d, &digest, seen_ms, proved_ms, &s));
    *out = s;
    return ok;
}

struct err session_rotate(struct domain *d, struct session *session, unsigned aal) {
    struct text cookie = cookie_make(d);
    struct digest old = cookie_digest(d, session->cookie), fresh = cookie_digest(d, cookie);
    struct statement *rotate = statement_for(d->store, SQL_SESSION_ROTATE);
    uint64_t changed;
    statement_bind_bytes(rotate, 1, digest_text(&old));
    statement_bind_bytes(rotate, 2, digest_text(&fresh));
    statement_bind_i64(rotate, 3, aal);
    statement_bind_i64(rotate, 4, d->now_ms);
    try(statement_run(rotate, &changed));
    if (changed == 0)
        return err_make(ERR_SESSION_ENDED, "the session has ended");
    session->cookie = cookie;
    session->aal = aal > session->aal ? aal : session->aal;
    session->is_fresh = true;
    return ok;
}

/* ---- ending ---- */

struct err session_end(struct domain *d, const struct session *session) {
    struct digest digest = cookie_digest(d, session->cookie);
    struct statement *drop = statement_for(d->store, SQL_SESSION_DROP);
    statement_bind_bytes(drop, 1, digest_text(&digest));
    return statement_run(drop, NULL);
}

struct err session_end_id(struct domain *d, int64_t account, uint64_t id) {
    struct statement *drop = statement_for(d->store, SQL_SESSION_DROP_ID);
    bool row;
    statement_bind_i64(drop, 1, account);
    statement_bind_i64(drop, 2, (int64_t)id);
    try(statement_step(drop, &row));
    if (!row)
        return err_make(ERR_NOT_FOUND, "there is no such session");
    return statement_run(drop, NULL);
}

struct err session_end_others(struct domain *d, const struct session *session) {
    struct digest digest = cookie_digest(d, session->cookie);
    struct statement *drop = statement_for(d->store, SQL_SESSION_ERASE_OTHERS);
    statement_bind_i64(drop, 1, session->account);
    statement_bind_bytes(drop, 2, digest_text(&digest));
    return statement_run(drop, NULL);
}

struct err session_end_all(struct domain *d, int64_t account) {
    struct statement *drop = statement_for(d->store, SQL_SESSION_ERASE);
    statement_bind_i64(drop, 1, account);
    return statement_run(drop, NULL);
}

struct err session_reap(struct domain *d) {
    struct statement *reap = statement_for(d->store, SQL_SESSION_REAP);
    statement_bind_i64(reap, 1, d->now_ms);
    statement_bind_i64(reap, 2, d->now_ms - SESSION_IDLE_MS);
    statement_bind_i64(reap, 3, d->now_ms - SESSION_REMEMBER_IDLE_DAYS * day_ms);
    return statement_run(reap, NULL);
}

/* ---- what is made from the cookie ---- */

struct text session_csrf(struct domain *d, struct text cookie) {
    struct digest proof = hash_keyed(&d->keys->cross_site, "csrf", PARTS(cookie));
    return base64url_in(d->arena, digest_text(&proof));
}

bool session_csrf_fits(struct domain *d, struct text cookie, struct text given) {
    struct digest wanted = hash_of(session_csrf(d, cookie)), sent = hash_of(given);
    return digest_equal(&wanted, &sent);
}

struct digest session_mark(struct domain *d, const struct session *session) {
    return hash_keyed(&d->keys->session, "bound", PARTS(session->cookie));
}

/* ---- listing ---- */

/* A label that does not open is none: a list must not fail for it. */
static struct text open_or_none(struct domain *d, const struct account *account, struct account_field field,
                                struct statement *list, unsigned column) {
    struct text plain;
    if (column_is_none(list, column) ||
        account_open(d, account, field, column_text_in(list, d->arena, column), &plain).kind)
        return TEXT("");
    return plain;
}

struct err session_each(struct domain *d, const struct account *account, const struct session *current,
                        void (*visit)(void *with, const struct session_line *line), void *with) {
    struct statement *list = statement_for(d->store, SQL_SESSION_EACH);
    struct digest mine = current ? cookie_digest(d, current->cookie) : (struct digest){{0}};
    statement_bind_i64(list, 1, account->number);
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        int64_t id = column_i64(list, 0);
        struct session_line line = {
            .id = (uint64_t)id,
            .is_current = text_equal(column_text_in(list, d->arena, 1), digest_text(&mine)),
            .created_ms = column_i64(list, 2),
            .seen_ms = column_i64(list, 3),
            .ends_ms = column_i64(list, 4),
            .aal = (unsigned)column_i64(list, 5),
            .is_remembered = column_i64(list, 6) != 0,
            .label = open_or_none(d, account, FIELD("session", "label", id), list, 7),
            .prefix = open_or_none(d, account, FIELD("session", "prefix", id), list, 8)};
        visit(with, &line);
    }
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
