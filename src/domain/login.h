/* login.h: a name and a password for a session.
 *
 * Contract   an unknown name costs the same work as a known one and gets the same answer. Failures slow down
 *            the pair of name and address prefix, never the name alone: nobody can lock another out.
 */
#pragma once
#include "domain/account.h"

[[nodiscard]] struct err login(struct domain *d, struct text who, struct text password,
                               struct text prefix, int64_t *account_out, struct text *cookie_out);
