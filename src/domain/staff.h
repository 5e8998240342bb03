/* staff.h: the operator's people and what each may do.
 *
 * Contract   a person of the staff is an account with role bits. Who has none is no staff. What needs two
 *            persons (disclosures, holds, policy, minors' data) asks staff_second: somebody else, with a role
 *            that may approve.
 */
#pragma once
#include "domain/account.h"

enum staff_role {
    STAFF_OWNER = 1,   /* everything but other people's data */
    STAFF_SUPPORT = 2, /* answers requests */
    STAFF_PRIVACY = 4, /* the privacy officer: requests of privacy, holds, disclosures, assessments */
    STAFF_AUDITOR = 8, /* reads registers and the log; changes nothing */
    STAFF_READER = 16, /* reads figures; no person's data */
    STAFF_ANY = 31,
};

[[nodiscard]] struct err staff_roles(struct domain *d, int64_t account, unsigned *roles_out); /* 0: none */
[[nodiscard]] struct err staff_set(struct domain *d, int64_t account, unsigned roles);

/* ERR_FOUR_EYES_REQUIRED where the second is the first. Subjects. */
[[nodiscard]] struct err staff_second(uint64_t first, uint64_t second);
