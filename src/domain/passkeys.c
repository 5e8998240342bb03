/* passkeys.c: see passkeys.h. Sealed are: algorithm (8) | id's length (2) | id | key. */
#include "domain/passkeys.h"
#include "base/buf.h"
#include "base/must.h"
#include "domain/audit.h"
#include "domain/factor.h"
#include "domain/notice.h"

enum { HEAD_BYTES = 10, SEALED_BYTES_MAX = 4096 };

static struct err credential_digest(struct domain *d, struct text id, struct digest *out) {
    return domain_hash(d, KEY_INDEX, "passkey", PARTS(id), out);
}

static struct text pack(struct domain *d, const struct passkey *p) {
    struct buf b;
    buf_init(&b, d->arena, SEALED_BYTES_MAX);
    buf_add(&b, &p->algorithm, sizeof p->algorithm);
    buf_char(&b, (char)(p->id.length >> 8));
    buf_char(&b, (char)p->id.length);
    buf_text(&b, p->id);
    buf_text(&b, p->key);
    must(!buf_is_over(&b));
    return buf_peek(&b);
}

static bool unpack(struct text packed, struct passkey *out) {
    if (packed.length < HEAD_BYTES)
        return false;
    memcpy(&out->algorithm, packed.bytes, sizeof out->algorithm);
    size_t length = (size_t)(unsigned char)packed.bytes[8] << 8 | (unsigned char)packed.bytes[9];
    out->id = text_part(packed, HEAD_BYTES, length);
    out->key = text_from(packed, HEAD_BYTES + length);
    return out->id.length == length && out->key.length > 0;
}

static struct err note(struct domain *d, const struct account *account, const char *action, uint64_t id) {
    return audit_note(
        d, &(struct audit_event){.actor_kind = AUDIT_PERSON,
                                 .actor = account->subject,
                                 .action = action,
                                 .about = account,
                                 .object = text_format_in(d->arena, "%llu", (unsigned long long)id),
                                 .purpose = "security"});
}

/* ---- rows ---- */

struct found {
    int64_t id, account, counter, created_ms, used_ms;
    struct text sealed, name_sealed;
};

static struct found found_of(struct statement *s, struct arena *a) {
    return (struct found){.id = column_i64(s, 0),
                          .account = column_i64(s, 1),
                          .sealed = column_text_in(s, a, 2),
                          .name_sealed = column_text_in(s, a, 3),
                          .counter = column_i64(s, 4),
                          .created_ms = column_i64(s, 5),
                          .used_ms = column_i64(s, 6)};
}

static struct err open_row(struct domain *d, const struct account *account, const struct found *row,
                           struct passkey *out) {
    struct text packed;
    try(account_open(d, account, FIELD("passkey", "sealed", row->id), row->sealed, &packed));
    if (!unpack(packed, out))
        return err_make(ERR_IO, "a stored passkey is not whole");
    out->counter = (uint32_t)row->counter;
    return ok;
}

struct err passkeys_each(struct domain *d, const struct account *account,
                         void (*visit)(void *with, const struct passkey_line *line), void *with) {
    struct statement *list = statement_for(d->store, SQL_PASSKEY_LIST);
    statement_bind_i64(list, 1, account->number);
    for (bool row;;) {
        struct passkey p;
        struct text name;
        try(statement_step(list, &row));
        if (!row)
            return ok;
        struct found f = found_of(list, d->arena);
        struct err e = open_row(d, account, &f, &p);
        if (!e.kind)
            e = account_open(d, account, FIELD("passkey", "name", f.id), f.name_sealed, &name);
        if (e.kind) {
            statement_done(list);
            return e;
        }
        visit(with, &(struct passkey_line){(uint64_t)f.id, name, f.created_ms, f.used_ms, p.id});
    }
}

/* ---- adding ---- */

struct adding {
    const struct account *account;
    const struct step *step;
    const struct passkey *passkey;
    struct text name;
    int64_t id;
};

static struct err has_room(struct domain *d, int64_t account) {
    struct factors f;
    try(factors_read(d, account, &f));
    return f.passkeys >= PASSKEYS_MAX ? err_make(ERR_LIMIT_REACHED, "an account has at most 20 passkeys") : ok;
}

static struct err add_rows(struct domain *d, void *with) {
    struct adding *a = with;
    struct digest digest;
    try(credential_digest(d, a->passkey->id, &digest));
    try(step_use(d, a->step));
    try(has_room(d, a->account->number));
    struct statement *add = statement_for(d->store, SQL_PASSKEY_ADD);
    statement_bind_i64(add, 1, a->id);
    statement_bind_i64(add, 2, a->account->number);
    statement_bind_bytes(add, 3, digest_text(&digest));
    statement_bind_bytes(
        add, 4, account_seal(d, a->account, FIELD("passkey", "sealed", a->id), pack(d, a->passkey)));
    statement_bind_bytes(add, 5, account_seal(d, a->account, FIELD("passkey", "name", a->id), a->name));
    statement_bind_i64(add, 6, a->passkey->counter);
    statement_bind_i64(add, 7, d->now_ms);
    struct err e = statement_run(add, NULL);
    if (e.kind == ERR_CONFLICT)
        return err_make(ERR_PASSKEY_KNOWN, "the passkey is registered already");
    try(e);
    return note(d, a->account, "passkey.add", (uint64_t)a->id);
}

struct err passkeys_add(struct domain *d, const struct account *account, const struct passkey_place *place,
                        const struct step *step, const struct passkey_answer *answer, struct text name) {
    const struct passkey_ask ask = {place->host, place->origin, step_challenge(d, step)};
    struct passkey made;
    if (name.length == 0 || text_runes(name) > PASSKEY_NAME_RUNES_MAX || text_has_control(name))
        return domain_refuse(d, ERR_FIELD_INVALID, "name", "a passkey's name has 1 to 64 characters");
    try(passkey_take(d->arena, &ask, answer, &made));
    /* ten base62 digits hold 59 bits */
    struct adding a = {account, step, &made, name, (int64_t)(random_u64(d->chance) >> 5)};
    try(domain_in_transaction(d, add_rows, &a));
    notice_send(d, account, NOTICE_PASSKEY_ADDED, name);
    return ok;
}

/* ---- proving ---- */

struct proving {
    const struct step *step;
    struct found row;
    uint32_t counter;
};

static struct err prove_rows(struct domain *d, void *with) {
    struct proving *p = with;
    bool row;
    try(step_use(d, p->step));
    struct statement *count = statement_for(d->store, SQL_PASSKEY_COUNT_UP);
    statement_bind_i64(count, 1, p->row.id);
    statement_bind_i64(count, 2, p->counter);
    statement_bind_i64(count, 3, d->now_ms);
    try(statement_step(count, &row));
    if (!row)
        return err_make(ERR_PASSKEY_INVALID, "counter: it went back, so the authenticator was copied");
    return statement_run(count, NULL);
}

static struct err find_row(struct domain *d, struct text credential, int64_t account, struct found *out) {
    struct digest digest;
    try(credential_digest(d, credential, &digest));
    struct statement *find = statement_for(d->store, SQL_PASSKEY_FIND);
    bool row;
    statement_bind_bytes(find, 1, digest_text(&digest));
    try(statement_step(find, &row));
    if (row)
        *out = found_of(find, d->arena);
    statement_done(find);
    if (!row || (account && out->account != account))
        return err_make(ERR_PASSKEY_INVALID, "unknown: no such passkey is registered here");
    return ok;
}

struct err passkeys_prove(struct domain *d, const struct passkey_place *place, const struct step *step,
                          const struct passkey_proof *with, int64_t *account_out) {
    const struct passkey_ask ask = {place->host, place->origin, step_challenge(d, step)};
    struct proving p = {.step = step};
    struct account account;
    struct passkey passkey;
    try(find_row(d, with->credential, step->account, &p.row));
    try(account_read(d, p.row.account, &account));
    try(open_row(d, &account, &p.row, &passkey));
    try(passkey_prove(d->arena, &ask, &passkey, &with->answer, &p.counter));
    try(domain_in_transaction(d, prove_rows, &p));
    *account_out = p.row.account;
    return ok;
}

/* ---- removing ---- */

struct removing {
    const struct account *account;
    uint64_t id;
};

static struct err remove_rows(struct domain *d, void *with) {
    const struct removing *r = with;
    struct statement *drop = statement_for(d->store, SQL_PASSKEY_DROP);
    bool row;
    statement_bind_i64(drop, 1, r->account->number);
    statement_bind_i64(drop, 2, (int64_t)r->id);
    try(statement_step(drop, &row));
    if (!row)
        return err_make(ERR_NOT_FOUND, "there is no such passkey");
    try(statement_run(drop, NULL));
    try(factor_gone(d, r->account));
    return note(d, r->account, "passkey.remove", r->id);
}

struct wanted {
    uint64_t id;
    struct text name;
    bool is_there;
};

static void note_wanted(void *with, const struct passkey_line *line) {
    struct wanted *w = with;
    if (line->id == w->id) {
        w->name = line->name;
        w->is_there = true;
    }
}

struct err passkeys_remove(struct domain *d, const struct account *account, uint64_t id,
                           struct text password) {
    struct removing r = {account, id};
    struct wanted w = {.id = id};
    struct factors f;
    try(passkeys_each(d, account, note_wanted, &w));
    if (!w.is_there)
        return err_make(ERR_NOT_FOUND, "there is no such passkey");
    try(factors_read(d, account->number, &f));
    try(factor_may_go(d, account, f.passkeys == 1 && !f.has_totp, password));
    try(domain_in_transaction(d, remove_rows, &r));
    notice_send(d, account, NOTICE_PASSKEY_REMOVED, w.name);
    return ok;
}
