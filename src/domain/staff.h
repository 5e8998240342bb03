/* staff.h: the operator's people and what each may do.
 *
 * Contract   a person of the staff is an account with role bits. Who has none is no staff; an account that
 *            is not active has none. One comes in by an invitation to his own account: a token that works
 *            once, for fifteen minutes, and is kept as a keyed hash. The last owner stays.
 *            What needs two persons (disclosures, holds, policy, minors' data) asks approval.h: somebody
 *            else, with a role that may approve.
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

enum { STAFF_INVITE_MS = 15 * 60000 };

struct staff_member {
    int64_t account, since_ms;
    uint64_t subject;
    unsigned roles;
};

/* "owner" "support" "privacy" "auditor" "reader"; 0: no such role. */
unsigned staff_role_of(struct text name);
struct text staff_roles_print_in(struct arena *a, unsigned roles); /* "owner,privacy" */
static inline bool staff_may_approve(unsigned roles) { return roles & (STAFF_OWNER | STAFF_PRIVACY); }

[[nodiscard]] struct err staff_roles(struct domain *d, int64_t account, unsigned *roles_out); /* 0: none */
[[nodiscard]] struct err staff_set(struct domain *d, int64_t account, unsigned roles);
/* ERR_NOT_FOUND where the account is no active member. */
[[nodiscard]] struct err staff_member(struct domain *d, int64_t account, struct staff_member *out);
[[nodiscard]] struct err staff_by_subject(struct domain *d, uint64_t subject, struct staff_member *out);
[[nodiscard]] struct err staff_each(struct domain *d,
                                    struct err (*visit)(struct domain *d, void *with,
                                                        const struct staff_member *m),
                                    void *with);

/* by: a subject, 0 for the operator's hand. roles 0: no invitation but a sign-in of somebody who is staff. */
[[nodiscard]] struct err staff_invite(struct domain *d, int64_t account, unsigned roles, uint64_t by,
                                      struct text *token_out);
/* ERR_INVITE_SPENT where the token is another's, used or too old. The roles are added to those there are. */
[[nodiscard]] struct err staff_join(struct domain *d, const struct account *account, struct text token);
[[nodiscard]] struct err staff_sign_in(struct domain *d, struct text token, int64_t *account_out);
[[nodiscard]] struct err staff_end(struct domain *d, const struct staff_member *who, uint64_t by);
[[nodiscard]] struct err staff_reap(struct domain *d); /* invitations that are over */

/* ERR_FOUR_EYES_REQUIRED where the second is the first. Subjects. */
[[nodiscard]] struct err staff_second(uint64_t first, uint64_t second);
