/* invitation.h: the way into an organisation: a code to somebody's address or number, good once,
 * for 7 days.
 *
 * Contract   whether the address has an account is told to nobody. Whoever is logged in and has the
 * code may join, and only by agreeing to be seen there; wrong codes slow him down. The code has 50
 * random bits and is kept as a keyed hash.
 */
#pragma once
#include "domain/organisation.h"

enum { INVITATIONS_OPEN_MAX = 50, INVITATION_DAYS = 7, INVITATION_CODE_LETTERS = 10 };

struct invitation {
    uint64_t id;
    enum organisation_role role;
    struct text contact;
    int64_t expires_ms;
};

struct new_invitation {
    struct text email, phone; /* one of them */
    struct text role;         /* not owner */
    struct text prefix;       /* of the asker's address */
};

[[nodiscard]] struct err invitation_send(struct domain *d, const struct account *organisation,
                                         const struct new_invitation *with, struct invitation *out);
[[nodiscard]] struct err invitation_each(struct domain *d, const struct account *organisation,
                                         void (*visit)(void *with, const struct invitation *i),
                                         void *with);
[[nodiscard]] struct err invitation_withdraw(struct domain *d, const struct account *organisation,
                                             struct text id);

/* `agrees`: "membership", else ERR_CONSENT_REQUIRED. ERR_CODE_EXPIRED: no such code, used, too
 * late. ERR_CONFLICT: he has a place there already; the code stays good. */
[[nodiscard]] struct err invitation_accept(struct domain *d, const struct account *person,
                                           struct text code, struct text agrees,
                                           struct account *organisation_out,
                                           enum organisation_role *role_out);
[[nodiscard]] struct err invitation_reap(struct domain *d);
