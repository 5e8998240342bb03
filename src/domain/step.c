/* step.c: see step.h. */
#include "domain/step.h"

enum { NAME_BYTES = 32, NAME_LETTERS = 43 };

static const char *const purposes[] = {"second", "login", "add", "fresh", "reset"};

static struct digest name_digest(struct domain *d, struct text name) {
    return hash_keyed(&d->keys->code, "login step", PARTS(name));
}

/* A session's mark, or no bytes at all. */
static struct text mark_in(struct domain *d, const struct session *session) {
    if (!session)
        return TEXT("");
    struct digest mark = session_mark(d, session);
    return text_copy_in(d->arena, digest_text(&mark));
}

static struct err expired(struct domain *d) {
    return domain_refuse(d, ERR_CODE_EXPIRED, "flow", "this step of the log-in is no longer waited for");
}

struct err step_open(struct domain *d, const struct session *session, struct step *step) {
    char raw[NAME_BYTES];
    random_bytes(d->chance, raw, sizeof raw);
    step->name = base64url_in(d->arena, text_of(raw, sizeof raw));
    step->digest = name_digest(d, step->name);
    step->expires_ms = d->now_ms + (step->purpose == STEP_RESET ? STEP_RESET_MS : STEP_MS);
    step->tries_left = STEP_TRIES;
    struct statement *add = statement_for(d->store, SQL_STEP_ADD);
    statement_bind_bytes(add, 1, digest_text(&step->digest));
    statement_bind_text(add, 2, text_c(purposes[step->purpose]));
    statement_bind_i64(add, 3, step->account);
    statement_bind_bytes(add, 4, mark_in(d, session));
    statement_bind_i64(add, 5, step->remember);
    statement_bind_i64(add, 6, step->purpose == STEP_RESET);
    statement_bind_i64(add, 7, step->expires_ms);
    return statement_run(add, NULL);
}

struct err step_try(struct domain *d, struct text name, enum step_purpose purpose,
                     const struct session *session, struct step *out) {
    struct step p = {.purpose = purpose, .name = name};
    bool row;
    if (name.length != NAME_LETTERS)
        return expired(d);
    p.digest = name_digest(d, name);
    struct statement *count = statement_for(d->store, SQL_STEP_TRY);
    statement_bind_bytes(count, 1, digest_text(&p.digest));
    statement_bind_text(count, 2, text_c(purposes[purpose]));
    statement_bind_bytes(count, 3, mark_in(d, session));
    statement_bind_i64(count, 4, d->now_ms);
    statement_bind_i64(count, 5, STEP_TRIES);
    try(statement_step(count, &row));
    if (!row)
        return expired(d);
    p.account = column_i64(count, 0);
    p.code_mac = column_text_in(count, d->arena, 1);
    p.remember = column_i64(count, 2) != 0;
    p.tries_left = STEP_TRIES - column_i64(count, 3);
    p.expires_ms = column_i64(count, 4);
    try(statement_run(count, NULL));
    *out = p;
    return ok;
}

struct err step_use(struct domain *d, const struct step *step) {
    struct statement *use = statement_for(d->store, SQL_STEP_USE);
    bool row;
    statement_bind_bytes(use, 1, digest_text(&step->digest));
    try(statement_step(use, &row));
    if (!row)
        return expired(d);
    return statement_run(use, NULL);
}

struct text step_challenge(struct domain *d, const struct step *step) {
    struct digest challenge = hash_keyed(&d->keys->code, "login challenge", PARTS(step->name));
    return base64url_in(d->arena, digest_text(&challenge));
}

struct digest step_code_mac(struct domain *d, const struct digest *step, struct text code) {
    return hash_keyed(&d->keys->code, "login code", PARTS(digest_text(step), code));
}

struct err step_forget(struct domain *d, int64_t account) {
    struct statement *forget = statement_for(d->store, SQL_STEP_FORGET);
    statement_bind_i64(forget, 1, account);
    return statement_run(forget, NULL);
}

struct err step_reap(struct domain *d) {
    struct statement *reap = statement_for(d->store, SQL_STEP_REAP);
    statement_bind_i64(reap, 1, d->now_ms);
    return statement_run(reap, NULL);
}
