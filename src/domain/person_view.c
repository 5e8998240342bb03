/* person_view.c: see person_view.h. */
#include "domain/person_view.h"
#include "base/clock.h"
#include "base/must.h"
#include "domain/token.h"

static const char *const names[] = {
#define PERSON_FIELD(id, name) name,
#include "domain/person_field.def"
#undef PERSON_FIELD
};

const char *person_field_name(enum person_field field) {
    must(field < PERSON_FIELD_COUNT);
    return names[field];
}

static bool field_of(struct text name, unsigned *bit_out) {
    for (unsigned i = 0; i < PERSON_FIELD_COUNT; i++) {
        *bit_out = 1u << i;
        if (text_equal_c(name, names[i]))
            return true;
    }
    return false;
}

struct err person_fields_parse(struct domain *d, const char *field, struct text list, unsigned *out) {
    struct text name;
    unsigned bit, all = 0;
    while (list.length && text_cut(&list, ',', &name)) {
        if (!field_of(text_trim(name), &bit))
            return domain_refuse(d, ERR_FIELD_INVALID, field,
                                 "the fields are: username, email, phone, age, state, created, tokens");
        all |= bit;
    }
    *out = all;
    return ok;
}

struct text person_fields_print_in(struct arena *a, unsigned fields) {
    struct text all = TEXT("");
    for (unsigned i = 0; i < PERSON_FIELD_COUNT; i++)
        if (fields & 1u << i)
            all = text_format_in(a, "%.*s%s%s", TEXT_ARG(all), all.length ? "," : "", names[i]);
    return all;
}

static struct err add_token(struct domain *d, void *with, const struct token *t) {
    struct text *all = with;
    *all = text_format_in(d->arena, "%.*s%s%.*s %.*s", TEXT_ARG(*all), all->length ? ", " : "",
                          TEXT_ARG(token_id_print_in(d->arena, t->id)),
                          TEXT_ARG(clock_print_utc_in(d->arena, t->created_ms)));
    return ok;
}

struct err person_view_of(struct domain *d, const struct account *account, unsigned fields,
                          struct person_view *out) {
    struct text tokens = TEXT("");
    if (fields & SEES(TOKENS))
        try(token_each(d, account->number, add_token, &tokens));
    const struct text all[PERSON_FIELD_COUNT] = {
        [PERSON_USERNAME] = account->username,
        [PERSON_EMAIL] = account->email,
        [PERSON_PHONE] = account->phone,
        [PERSON_AGE] = account->age,
        [PERSON_STATE] = account->state,
        [PERSON_CREATED] = clock_print_utc_in(d->arena, account->created_ms),
        [PERSON_TOKENS] = tokens,
    };
    *out = (struct person_view){.fields = fields};
    for (unsigned i = 0; i < PERSON_FIELD_COUNT; i++)
        if (fields & 1u << i)
            out->values[i] = all[i];
    return ok;
}
