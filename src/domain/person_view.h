/* person_view.h: some fields of a person, in the clear, and no others.
 *
 * Contract   person_view_of opens exactly the fields that are asked for; the rest stay empty, and no key
 *            leaves with it. It decides nothing: access.h (the staff's looks) and disclosure.h (third
 *            parties) do, and they alone call it.
 */
#pragma once
#include "domain/account.h"

enum person_field {
#define PERSON_FIELD(id, name) PERSON_##id,
#include "domain/person_field.def"
#undef PERSON_FIELD
    PERSON_FIELD_COUNT
};

#define SEES(id) (1u << PERSON_##id)

struct person_view {
    unsigned fields; /* bits: which are there */
    struct text values[PERSON_FIELD_COUNT];
};

const char *person_field_name(enum person_field field);

/* "username,email" to bits; ERR_FIELD_INVALID names `field` where one is unknown. */
[[nodiscard]] struct err person_fields_parse(struct domain *d, const char *field, struct text list,
                                             unsigned *out);
struct text person_fields_print_in(struct arena *a, unsigned fields);

[[nodiscard]] struct err person_view_of(struct domain *d, const struct account *account, unsigned fields,
                                        struct person_view *out);
