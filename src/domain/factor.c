/* factor.c: see factor.h. */
#include "domain/factor.h"
#include "base/buf.h"
#include "base/must.h"
#include "crypt/totp.h"
#include "domain/audit.h"
#include "domain/notice.h"
#include "domain/throttle.h"

enum { RECOVERY_BYTES = 15, RECOVERY_LETTERS = 24, RECOVERY_GROUP = 6, PASSWORD_BYTES_MAX = 1024 };

static struct account_field seed_field(const struct account *account) {
    return FIELD("totp", "seed", account->number);
}

static struct err note(struct domain *d, const struct account *account, const char *action) {
    return audit_note(d, &(struct audit_event){.actor_kind = AUDIT_PERSON,
                                               .actor = account->subject,
                                               .action = action,
                                               .about = account,
                                               .purpose = "security"});
}

static struct err count_of(struct domain *d, enum store_sql query, int64_t account, unsigned *out) {
    struct statement *count = statement_for(d->store, query);
    bool row;
    statement_bind_i64(count, 1, account);
    try(statement_step(count, &row));
    must(row);
    *out = (unsigned)column_i64(count, 0);
    statement_done(count);
    return ok;
}

/* ---- what there is ---- */

struct seed {
    struct text sealed;
    int64_t last_step, created_ms;
    bool is_there, is_confirmed;
};

static struct err seed_read(struct domain *d, int64_t account, struct seed *out) {
    struct statement *get = statement_for(d->store, SQL_TOTP_GET);
    statement_bind_i64(get, 1, account);
    *out = (struct seed){.is_there = false};
    try(statement_step(get, &out->is_there));
    if (out->is_there) {
        out->sealed = column_text_in(get, d->arena, 0);
        out->last_step = column_i64(get, 1);
        out->is_confirmed = column_i64(get, 2) != 0;
        out->created_ms = column_i64(get, 3);
    }
    statement_done(get);
    return ok;
}

struct err factors_read(struct domain *d, int64_t account, struct factors *out) {
    struct seed seed;
    try(seed_read(d, account, &seed));
    *out = (struct factors){.has_totp = seed.is_confirmed,
                            .totp_ms = seed.is_confirmed ? seed.created_ms : 0};
    try(count_of(d, SQL_PASSKEY_COUNT, account, &out->passkeys));
    return count_of(d, SQL_RECOVERY_COUNT, account, &out->recovery_codes);
}

bool factors_second(const struct factors *f) { return f->has_totp || f->passkeys; }

unsigned factors_methods(const struct factors *f) {
    return (f->has_totp ? FACTOR_CODE : 0u) | (f->passkeys ? FACTOR_PASSKEY : 0u) |
           (f->recovery_codes ? FACTOR_RECOVERY : 0u);
}

/* ---- guessing slows down ---- */

struct guess {
    const char *kind;
    struct text of;
};

static struct guess guess_at(struct domain *d, const struct account *account, const char *kind) {
    return (struct guess){kind, text_format_in(d->arena, "%llu", (unsigned long long)account->subject)};
}

static struct err guess_failed(struct domain *d, void *with) {
    const struct guess *g = with;
    return throttle_failed(d, g->kind, g->of);
}

/* A failed guess is counted in a transaction of its own, and then told. */
static struct err guess_end(struct domain *d, struct guess *g, struct err e) {
    if (e.kind == ERR_CODE_WRONG || e.kind == ERR_LOGIN_FAILED)
        try(domain_in_transaction(d, guess_failed, g));
    else if (!e.kind)
        try(throttle_forget(d, g->kind, g->of));
    return e;
}

static struct err wrong(struct domain *d) {
    return domain_refuse(d, ERR_CODE_WRONG, "code", "the code is wrong");
}

static struct err used(struct domain *d) {
    return domain_refuse(d, ERR_CODE_USED, "code", "the code was used already; wait for the next one");
}

/* ---- one-time codes ---- */

/* The seed's row takes the step, unless it took it or a later one before. */
static struct err take_step(struct domain *d, const struct account *account, uint64_t step) {
    struct statement *take = statement_for(d->store, SQL_TOTP_TAKE_STEP);
    bool row;
    statement_bind_i64(take, 1, account->number);
    statement_bind_i64(take, 2, (int64_t)step);
    try(statement_step(take, &row));
    if (!row)
        return used(d);
    return statement_run(take, NULL);
}

static struct err try_code(struct domain *d, const struct account *account, bool is_confirmed,
                           struct text code) {
    struct seed seed;
    struct text plain;
    uint64_t step;
    try(seed_read(d, account->number, &seed));
    if (!seed.is_there || seed.is_confirmed != is_confirmed ||
        (!is_confirmed && d->now_ms - seed.created_ms >= TOTP_CONFIRM_MS))
        return is_confirmed ? wrong(d) : err_make(ERR_NOT_FOUND, "no seed waits for its first code");
    try(account_open(d, account, seed_field(account), seed.sealed, &plain));
    if (!totp_fits(plain, d->now_ms, text_trim(code), &step))
        return wrong(d);
    return take_step(d, account, step);
}

struct err totp_use(struct domain *d, const struct account *account, struct text code) {
    struct guess g = guess_at(d, account, "code");
    try(throttle_may_try(d, g.kind, g.of));
    return guess_end(d, &g, try_code(d, account, true, code));
}

static struct err begin_rows(struct domain *d, void *with) {
    const struct account *account = ((void **)with)[0];
    const struct text *seed = ((void **)with)[1];
    struct statement *stale = statement_for(d->store, SQL_TOTP_DROP_STALE);
    statement_bind_i64(stale, 1, account->number);
    statement_bind_i64(stale, 2, d->now_ms - TOTP_CONFIRM_MS);
    try(statement_run(stale, NULL));
    struct statement *put = statement_for(d->store, SQL_TOTP_PUT);
    statement_bind_i64(put, 1, account->number);
    statement_bind_bytes(put, 2, account_seal(d, account, seed_field(account), *seed));
    statement_bind_i64(put, 3, d->now_ms);
    return statement_run(put, NULL);
}

struct err totp_begin(struct domain *d, const struct account *account, struct text *seed_out) {
    char *raw = arena_alloc(d->arena, TOTP_SEED_BYTES);
    random_bytes(d->chance, raw, TOTP_SEED_BYTES);
    struct text seed = text_of(raw, TOTP_SEED_BYTES);
    const void *with[] = {account, &seed};
    struct err e = domain_in_transaction(d, begin_rows, with);
    if (e.kind == ERR_CONFLICT)
        return err_make(ERR_SHOWN_ONCE, "there is a seed already, and it was shown");
    if (e.kind)
        return e;
    *seed_out = seed;
    return ok;
}

struct trial {
    const struct account *account;
    struct text code;
};

static struct err confirm_rows(struct domain *d, void *with) {
    const struct trial *t = with;
    try(try_code(d, t->account, false, t->code));
    return note(d, t->account, "totp.add");
}

struct err totp_confirm(struct domain *d, const struct account *account, struct text code) {
    struct guess g = guess_at(d, account, "code");
    struct trial t = {account, code};
    try(throttle_may_try(d, g.kind, g.of));
    try(guess_end(d, &g, domain_in_transaction(d, confirm_rows, &t)));
    notice_send(d, account, NOTICE_TOTP_ADDED, TEXT(""));
    return ok;
}

static struct err remove_rows(struct domain *d, void *with) {
    const struct account *account = with;
    struct statement *drop = statement_for(d->store, SQL_TOTP_DROP);
    bool row;
    statement_bind_i64(drop, 1, account->number);
    try(statement_step(drop, &row));
    if (!row)
        return err_make(ERR_NOT_FOUND, "there is no seed");
    try(statement_run(drop, NULL));
    try(factor_gone(d, account));
    return note(d, account, "totp.remove");
}

struct err totp_remove(struct domain *d, const struct account *account, struct text password) {
    struct factors f;
    struct account copy = *account;
    try(factors_read(d, account->number, &f));
    try(factor_may_go(d, account, f.has_totp && f.passkeys == 0, password));
    try(domain_in_transaction(d, remove_rows, &copy));
    if (f.has_totp)
        notice_send(d, account, NOTICE_TOTP_REMOVED, TEXT(""));
    return ok;
}

/* ---- recovery codes ---- */

static struct digest recovery_digest(struct domain *d, const struct account *account, struct text plain) {
    return hash_keyed(&d->keys->code, "recovery",
                      PARTS(text_of((const char *)&account->subject, sizeof account->subject), plain));
}

static struct text print_code(struct domain *d, struct text raw) {
    struct text letters = text_lower_in(d->arena, base32_in(d->arena, raw));
    must(letters.length == RECOVERY_LETTERS);
    struct buf b;
    buf_init(&b, d->arena, 64);
    for (size_t i = 0; i < letters.length; i += RECOVERY_GROUP) {
        if (i)
            buf_char(&b, '-');
        buf_text(&b, text_part(letters, i, RECOVERY_GROUP));
    }
    return buf_peek(&b);
}

struct making {
    const struct account *account;
    struct text *codes;
};

static struct err make_rows(struct domain *d, void *with) {
    struct making *m = with;
    struct statement *drop = statement_for(d->store, SQL_RECOVERY_DROP);
    statement_bind_i64(drop, 1, m->account->number);
    try(statement_run(drop, NULL));
    for (unsigned i = 0; i < RECOVERY_CODES; i++) {
        char raw[RECOVERY_BYTES];
        random_bytes(d->chance, raw, sizeof raw);
        struct digest digest = recovery_digest(d, m->account, text_of(raw, sizeof raw));
        m->codes[i] = print_code(d, text_of(raw, sizeof raw));
        struct statement *add = statement_for(d->store, SQL_RECOVERY_ADD);
        statement_bind_i64(add, 1, m->account->number);
        statement_bind_bytes(add, 2, digest_text(&digest));
        statement_bind_i64(add, 3, d->now_ms);
        try(statement_run(add, NULL));
        secret_wipe(raw, sizeof raw);
    }
    return note(d, m->account, "recovery.make");
}

struct err recovery_make(struct domain *d, const struct account *account,
                         struct text codes_out[static RECOVERY_CODES]) {
    struct factors f;
    struct making m = {account, codes_out};
    try(factors_read(d, account->number, &f));
    if (!factors_second(&f))
        return err_make(ERR_CONFLICT, "there is no second factor yet that a code could stand in for");
    try(domain_in_transaction(d, make_rows, &m));
    notice_send(d, account, NOTICE_RECOVERY_MADE, TEXT(""));
    return ok;
}

static struct err recovery_rows(struct domain *d, void *with) {
    const struct account *account = ((struct trial *)with)->account;
    struct text raw, code = ((struct trial *)with)->code;
    bool row = false;
    if (code.length > 64 || !base32_read_in(d->arena, text_trim(code), &raw) || raw.length != RECOVERY_BYTES)
        return wrong(d);
    struct digest digest = recovery_digest(d, account, raw);
    struct statement *use = statement_for(d->store, SQL_RECOVERY_USE);
    statement_bind_i64(use, 1, account->number);
    statement_bind_bytes(use, 2, digest_text(&digest));
    try(statement_step(use, &row));
    if (!row)
        return wrong(d);
    try(statement_run(use, NULL));
    return note(d, account, "recovery.use");
}

struct err recovery_use(struct domain *d, const struct account *account, struct text code) {
    struct guess g = guess_at(d, account, "code");
    struct trial t = {account, code};
    try(throttle_may_try(d, g.kind, g.of));
    try(guess_end(d, &g, domain_in_transaction(d, recovery_rows, &t)));
    notice_send(d, account, NOTICE_RECOVERY_USED, TEXT(""));
    return ok;
}

/* ---- passwords beside them ---- */

struct err password_again(struct domain *d, const struct account *account, struct text password) {
    struct guess g = guess_at(d, account, "again");
    struct text normal;
    if (password.length > PASSWORD_BYTES_MAX || !identity_normal_password(d, password, &normal))
        return err_make(ERR_LOGIN_FAILED, "the password is wrong");
    try(throttle_may_try(d, g.kind, g.of));
    return guess_end(d, &g, account_check_password(d, account, normal));
}

struct err factor_may_go(struct domain *d, const struct account *account, bool is_last,
                         struct text password) {
    struct text normal;
    if (!is_last)
        return ok;
    if (password.length == 0 || account->password_sealed.length == 0)
        return domain_refuse(d, ERR_LAST_FACTOR, "password",
                             "the last second factor goes only with the current password");
    try(password_again(d, account, password));
    if (!identity_normal_password(d, password, &normal) || text_runes(normal) < PASSWORD_RUNES_ALONE)
        return domain_refuse(d, ERR_LAST_FACTOR, "password",
                             "without a second factor the password needs at least 15 characters");
    return ok;
}

struct err factor_gone(struct domain *d, const struct account *account) {
    struct factors f;
    try(factors_read(d, account->number, &f));
    if (factors_second(&f))
        return ok;
    struct statement *drop = statement_for(d->store, SQL_RECOVERY_DROP);
    statement_bind_i64(drop, 1, account->number);
    return statement_run(drop, NULL);
}

struct err password_runes_min(struct domain *d, int64_t account, unsigned *out) {
    struct factors f;
    try(factors_read(d, account, &f));
    *out = factors_second(&f) ? PASSWORD_RUNES_BESIDE : PASSWORD_RUNES_ALONE;
    return ok;
}

struct err password_fit(struct domain *d, const struct account *account, struct text given,
                        struct text *out) {
    struct identity name, contact;
    unsigned runes_min;
    bool has_contact = person_address(d, account, &contact);
    try(identity_username(d, account->username, &name));
    try(password_runes_min(d, account->number, &runes_min));
    return identity_password_of(d, given, runes_min, &name, has_contact ? &contact : NULL, out);
}

struct change {
    const struct account *account;
    struct session *session;
    const char *hash;
};

static struct err change_rows(struct domain *d, void *with) {
    struct change *c = with;
    try(account_set_password(d, c->account, c->hash));
    try(session_end_others(d, c->session));
    try(session_rotate(d, c->session, 1));
    return note(d, c->account, "password.change");
}

struct err password_change(struct domain *d, const struct account *account, struct session *session,
                           struct text given) {
    struct text password;
    char hash[PASSWORD_HASH_BYTES];
    struct change c = {account, session, hash};
    try(password_fit(d, account, given, &password));
    try(password_hash(d->passwords, password, hash));
    try(domain_in_transaction(d, change_rows, &c));
    notice_send(d, account, NOTICE_PASSWORD_CHANGED, TEXT(""));
    return ok;
}
