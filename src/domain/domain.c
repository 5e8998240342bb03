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

static struct seal_place office_place(const char *column, struct text id, int64_t row) {
    struct digest digest = hash_of(id);
    uint64_t subject;
    memcpy(&subject, digest.bytes, sizeof subject);
    return (struct seal_place){"office", column, row, subject};
}

struct text domain_office_seal(struct domain *d, const char *column, struct text id, int64_t row,
                               struct text plain) {
    struct seal_place place = office_place(column, id, row);
    return seal_in(d->arena, d->chance, &d->keys->office, &place, plain);
}

struct err domain_office_open(struct domain *d, const char *column, struct text id, int64_t row,
                              struct text sealed, struct text *out) {
    struct seal_place place = office_place(column, id, row);
    return seal_open_in(d->arena, &d->keys->office, &place, sealed, out);
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
