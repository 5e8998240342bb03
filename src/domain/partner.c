/* partner.c: see partner.h. */
#include "domain/partner.h"
#include "codec/base64.h"
#include "domain/audit.h"

enum { NAME_BYTES_MAX = 200 };

struct entering {
    const struct staff_member *by;
    const struct partner *with;
    struct text id;
};

static struct err note(struct domain *d, const char *action, const struct staff_member *by,
                       struct text id) {
    return audit_note(d, &(struct audit_event){.actor_kind = AUDIT_STAFF,
                                               .actor = by->subject,
                                               .action = action,
                                               .object = id,
                                               .purpose = "claims"});
}

static struct err add_rows(struct domain *d, void *with) {
    const struct entering *e = with;
    struct statement *add = statement_for(d->store, SQL_PARTNER_ADD);
    statement_bind_text(add, 1, e->id);
    statement_bind_text(add, 2, e->with->name);
    statement_bind_text(add, 3, e->with->evidence_sha256);
    statement_bind_i64(add, 4, e->with->from_ms);
    statement_bind_i64(add, 5, e->with->until_ms);
    statement_bind_i64(add, 6, (int64_t)e->by->subject);
    try(statement_run(add, NULL));
    return note(d, "partner.add", e->by, e->id);
}

struct err partner_add(struct domain *d, const struct staff_member *by, const struct partner *with,
                       struct text *id_out) {
    struct entering e = {by, with, domain_receipt(d)};
    struct text bytes;
    if (with->name.length == 0 || with->name.length > NAME_BYTES_MAX || text_has_control(with->name))
        return domain_refuse(d, ERR_FIELD_INVALID, "name", "a partner has a name of at most 200 bytes");
    if (with->evidence_sha256.length != 64 || !hex_decode_in(d->arena, with->evidence_sha256, &bytes))
        return domain_refuse(d, ERR_FIELD_INVALID, "evidence_sha256",
                             "name the SHA-256 of the file in which the partner allows it");
    if (with->until_ms <= with->from_ms)
        return domain_refuse(d, ERR_FIELD_INVALID, "until", "the permission ends after it begins");
    try(domain_in_transaction(d, add_rows, &e));
    *id_out = e.id;
    return ok;
}

static struct err drop_rows(struct domain *d, void *with) {
    const struct entering *e = with;
    struct statement *drop = statement_for(d->store, SQL_PARTNER_DROP);
    uint64_t changed;
    statement_bind_text(drop, 1, e->id);
    try(statement_run(drop, &changed));
    if (changed == 0)
        return err_make(ERR_NOT_FOUND, "there is no such partner");
    return note(d, "partner.drop", e->by, e->id);
}

struct err partner_drop(struct domain *d, const struct staff_member *by, struct text id) {
    struct entering e = {by, NULL, id};
    return domain_in_transaction(d, drop_rows, &e);
}

struct err partner_each(struct domain *d, bool valid_only,
                        void (*visit)(void *with, const struct partner *p), void *with) {
    struct statement *list = statement_for(d->store, valid_only ? SQL_PARTNER_VALID : SQL_PARTNER_LIST);
    if (valid_only)
        statement_bind_i64(list, 1, d->now_ms);
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        struct partner p = {column_text_in(list, d->arena, 0), column_text_in(list, d->arena, 1),
                            column_text_in(list, d->arena, 2), column_i64(list, 3), column_i64(list, 4)};
        visit(with, &p);
    }
}
