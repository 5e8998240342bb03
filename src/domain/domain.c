/* domain.c: see domain.h. */
#include "domain/domain.h"

#include <string.h>

struct err domain_refuse(struct domain *d, enum err_kind kind, const char *field, const char *say) {
    d->detail.field = field;
    return err_make(kind, say);
}

struct err domain_in_transaction(struct domain *d, struct err (*work)(struct domain *d, void *with),
                                 void *with) {
    try(store_begin(d->store));
    struct err e = work(d, with);
    if (!e.kind)
        e = store_commit(d->store);
    if (e.kind) {
        e.say = e.say ? text_say_in(d->arena, "%s", e.say)
                      : NULL; /* the store's sentence is about to change */
        store_rollback(d->store);
    }
    return e;
}

struct err domain_hash(struct domain *d, enum key_id key, const char *label, const struct text *parts,
                       size_t count, struct digest *out) {
    return key_hash(d->keys, d->arena, key, label, parts, count, out);
}

struct err domain_seal(struct domain *d, enum key_id key, const struct seal_place *place, struct text plain,
                       struct text *out) {
    return key_seal_in(d->keys, d->arena, (struct key_use){key, d->purpose}, place, plain, out);
}

struct err domain_unseal(struct domain *d, enum key_id key, const struct seal_place *place,
                         struct text sealed, struct text *out) {
    return key_open_in(d->keys, d->arena, (struct key_use){key, d->purpose}, place, sealed, out);
}

static struct seal_place office_place(const char *column, struct text id, int64_t row) {
    struct digest digest = hash_of(id);
    uint64_t subject;
    memcpy(&subject, digest.bytes, sizeof subject);
    return (struct seal_place){"office", column, row, subject};
}

struct err domain_office_seal(struct domain *d, const char *column, struct text id, int64_t row,
                              struct text plain, struct text *out) {
    struct seal_place place = office_place(column, id, row);
    return domain_seal(d, KEY_OFFICE, &place, plain, out);
}

struct err domain_office_open(struct domain *d, const char *column, struct text id, int64_t row,
                              struct text sealed, struct text *out) {
    struct seal_place place = office_place(column, id, row);
    return domain_unseal(d, KEY_OFFICE, &place, sealed, out);
}

struct err domain_join_transaction(struct domain *d,
                                   struct err (*work)(struct domain *d, void *with), void *with) {
    return store_is_in_transaction(d->store) ? work(d, with) : domain_in_transaction(d, work, with);
}

struct text domain_receipt(struct domain *d) {
    char raw[16];
    random_bytes(d->chance, raw, sizeof raw);
    return base64url_in(d->arena, text_of(raw, sizeof raw));
}
