/* access.h: the one door by which the staff sees a person's data.
 *
 * Contract   a look names its purpose (purpose.def) and a reference: the number of the request, the case, the
 *            incident. The purpose says which roles may look and which fields they see; nothing else is
 *            opened. Data of somebody below 18 needs another person's approval first (asked for by the look
 *            itself). Each look, and each one refused, is in the audit log with its purpose; each look is in
 *            the list that its person sees, as soon as no order of secrecy forbids it.
 */
#pragma once
#include "domain/person_view.h"
#include "domain/staff.h"

enum access_purpose {
#define PURPOSE(id, name, roles, fields, zh, en) ACCESS_##id,
#include "domain/purpose.def"
#undef PURPOSE
    ACCESS_PURPOSE_COUNT
};

struct access_purpose_row {
    const char *name;
    unsigned roles, fields;
    const char *says[2]; /* zh, en */
};

const struct access_purpose_row *access_purpose_row(enum access_purpose purpose);

/* ERR_PURPOSE_NOT_ALLOWED, ERR_FIELD_MISSING (no reference), ERR_NOT_FOUND, ERR_APPROVAL_NEEDED with
 * detail.approval: its number. */
[[nodiscard]] struct err access_open(struct domain *d, const struct staff_member *staff, int64_t account,
                                     struct text purpose, struct text reference, struct person_view *out);

/* Writes a look down, in the caller's transaction: for doors of their own beside access_open (the archive).
 */
[[nodiscard]] struct err access_tell(struct domain *d, const struct staff_member *staff,
                                     const struct account *account, enum access_purpose purpose,
                                     struct text fields, struct text reference);

/* What the person is told of who looked. */
struct access_told {
    struct text id, purpose, fields;
    int64_t opened_ms;
};
[[nodiscard]] struct err access_each(struct domain *d, int64_t account,
                                     void (*visit)(void *with, const struct access_told *a), void *with);

/* Until when what the law does about the account is not told; 0: it may be told. */
[[nodiscard]] struct err access_secret_until(struct domain *d, int64_t account, int64_t *out);
