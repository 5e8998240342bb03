/* flow.c: see flow.h. */
#include "domain/flow.h"
#include "base/must.h"

enum { NAME_BYTES = 32, NAME_LETTERS = 43, CODE_DIGITS = 6 };

static const char *const purposes[] = {"register", "contact", "guardian", "ticket"};
static const struct seal_place place = {"flow", "sealed", 0, 0};

static bool purpose_of(struct text name, enum flow_purpose *out) {
    for (unsigned i = 0; i < sizeof purposes / sizeof *purposes; i++)
        if (text_equal_c(name, purposes[i])) {
            *out = (enum flow_purpose)i;
            return true;
        }
    return false;
}

static struct digest name_digest(struct domain *d, struct text name) {
    return hash_keyed(&d->keys->code, "flow name", PARTS(name));
}

static struct secret data_key(struct domain *d, struct text name) {
    struct digest made = hash_keyed(&d->keys->code, "flow data", PARTS(name));
    struct secret key;
    for (unsigned i = 0; i < SECRET_BYTES; i++)
        key.bytes[i] = made.bytes[i];
    return key;
}

/* The flow's name stands for the target too: its data, which names the target, opens by that name only. */
static struct digest code_mac(struct domain *d, const struct flow *f, struct text data,
                              struct text code) {
    return hash_keyed(&d->keys->code, "code",
                      PARTS(digest_text(&f->digest), text_c(purposes[f->purpose]), data, code));
}

static struct err insert_flow(struct domain *d, const struct flow *f, const struct digest *mac) {
    struct secret key = data_key(d, f->name);
    struct statement *add = statement_for(d->store, SQL_FLOW_ADD);
    statement_bind_bytes(add, 1, digest_text(&f->digest));
    statement_bind_text(add, 2, text_c(purposes[f->purpose]));
    statement_bind_bytes(add, 3, digest_text(mac));
    statement_bind_i64(add, 4, f->expires_ms);
    statement_bind_bytes(add, 5, seal_in(d->arena, d->chance, &key, &place, f->data));
    secret_wipe(&key, sizeof key);
    return statement_run(add, NULL);
}

struct err flow_open(struct domain *d, struct flow *flow, const struct identity *target,
                     bool has_code) {
    char raw[NAME_BYTES];
    struct digest mac;
    must(target->shown.length > 0);
    random_bytes(d->chance, raw, sizeof raw);
    flow->name = base64url_in(d->arena, text_of(raw, sizeof raw));
    flow->digest = name_digest(d, flow->name);
    flow->expires_ms = d->now_ms + (flow->purpose == FLOW_GUARDIAN ? FLOW_GUARDIAN_MS : FLOW_MS);
    struct text code = text_format_in(d->arena, "%06u", (unsigned)random_below(d->chance, 1000000));
    mac = code_mac(d, flow, flow->data, code);
    if (!has_code)
        random_bytes(d->chance, mac.bytes, sizeof mac.bytes);
    try(insert_flow(d, flow, &mac));
    flow->code = has_code ? code : TEXT("");
    return ok;
}

static struct err spoil(struct domain *d, const struct flow *f) {
    struct statement *spoil = statement_for(d->store, SQL_FLOW_SPOIL);
    statement_bind_bytes(spoil, 1, digest_text(&f->digest));
    return statement_run(spoil, NULL);
}

static struct err expired(struct domain *d) {
    return domain_refuse(d, ERR_CODE_EXPIRED, "code", "the code is no longer valid");
}

/* Counts the try. The statement is a transaction of its own: it is stored before we look at the code. */
static struct err count_try(struct domain *d, struct flow *f, struct digest *mac, int64_t *tries,
                            struct text *sealed) {
    struct statement *count = statement_for(d->store, SQL_FLOW_TRY);
    bool row;
    statement_bind_bytes(count, 1, digest_text(&f->digest));
    statement_bind_i64(count, 2, d->now_ms);
    try(statement_step(count, &row));
    if (!row)
        return expired(d);
    if (!purpose_of(column_text_in(count, d->arena, 0), &f->purpose))
        return err_make(ERR_IO, "a flow has an unknown purpose");
    struct text stored = column_text_in(count, d->arena, 1);
    *tries = column_i64(count, 2);
    *sealed = column_text_in(count, d->arena, 3);
    try(statement_run(count, NULL));
    if (stored.length != sizeof mac->bytes)
        return err_make(ERR_IO, "a flow has a code of a wrong length");
    for (unsigned i = 0; i < sizeof mac->bytes; i++)
        mac->bytes[i] = (unsigned char)stored.bytes[i];
    return ok;
}

struct err flow_try(struct domain *d, struct text name, struct text code, struct flow *out) {
    struct flow f = {.name = name};
    struct digest mac;
    struct text sealed;
    int64_t tries = 0;
    if (name.length != NAME_LETTERS)
        return expired(d);
    f.digest = name_digest(d, name);
    try(count_try(d, &f, &mac, &tries, &sealed));
    if (tries > FLOW_TRIES) {
        try(spoil(d, &f));
        return expired(d);
    }
    struct secret key = data_key(d, name);
    struct err e = seal_open_in(d->arena, &key, &place, sealed, &f.data);
    secret_wipe(&key, sizeof key);
    if (e.kind)
        return e;
    struct digest given = code_mac(d, &f, f.data, text_trim(code));
    if (!digest_equal(&given, &mac)) {
        d->detail.tries_left = (int)(FLOW_TRIES - tries);
        if (tries == FLOW_TRIES)
            try(spoil(d, &f));
        return domain_refuse(d, ERR_CODE_WRONG, "code", "the code is wrong");
    }
    *out = f;
    return ok;
}

struct err flow_use(struct domain *d, const struct flow *flow) {
    struct statement *use = statement_for(d->store, SQL_FLOW_USE);
    bool row;
    statement_bind_bytes(use, 1, digest_text(&flow->digest));
    try(statement_step(use, &row));
    if (!row)
        return expired(d);
    return statement_run(use, NULL);
}

struct err flow_reap(struct domain *d) {
    struct statement *reap = statement_for(d->store, SQL_FLOW_REAP);
    statement_bind_i64(reap, 1, d->now_ms);
    return statement_run(reap, NULL);
}
