/* approval.h: what one person asks and another grants.
 *
 * Contract   the second is never the first: the function refuses it, the query cannot do it, and the table
 *            has it as a rule. An approval is decided once and expires undecided after seven days; what was
 *            approved is good for as long. One person counts once for one object, so two approvals of it are
 *            two persons. Both join the caller's transaction and are written into the audit log. Not here
 *            what an approval sets in motion (office.h).
 */
#pragma once
#include "domain/staff.h"

enum approval_kind {
    APPROVAL_HOLD,
    APPROVAL_HOLD_END,
    APPROVAL_DISCLOSURE,
    APPROVAL_ACCESS,
    APPROVAL_ARCHIVE,
    APPROVAL_POLICY,
    APPROVAL_ASSESSMENT,
    APPROVAL_KIND_COUNT
};

enum { APPROVAL_MS = 7 * 86400000 };

struct approval {
    struct text id, object, decision; /* empty: undecided */
    enum approval_kind kind;
    uint64_t asked_by, approved_by;
    int64_t asked_ms, decided_ms, expires_ms;
};

const char *approval_kind_name(enum approval_kind kind);

/* object: a receipt or a number, never personal. */
[[nodiscard]] struct err approval_ask(struct domain *d, enum approval_kind kind, struct text object,
                                      uint64_t asked_by, struct text *id_out);
/* ERR_FOUR_EYES_REQUIRED where `by` asked it or approved the same object before; ERR_CONFLICT where it is
 * decided; ERR_APPROVAL_EXPIRED; ERR_ROLE_MISSING where `by` may not approve. */
[[nodiscard]] struct err approval_decide(struct domain *d, struct text id, const struct staff_member *by,
                                         bool grants, struct approval *out);

[[nodiscard]] struct err approval_find(struct domain *d, struct text id, struct approval *out);
/* How many persons approved the object and still stand for it. */
[[nodiscard]] struct err approval_count(struct domain *d, enum approval_kind kind, struct text object,
                                        unsigned *out);
/* An open or approved one of the object by that asker; *found_out false: none. */
[[nodiscard]] struct err approval_standing(struct domain *d, enum approval_kind kind, struct text object,
                                           uint64_t asked_by, struct approval *out, bool *found_out);
/* Those that wait, oldest first. */
[[nodiscard]] struct err
approval_each_open(struct domain *d, void (*visit)(void *with, const struct approval *a), void *with);
