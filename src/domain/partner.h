/* partner.h: companies that allowed us to name them, each with the file that says so and its term.
 *
 * Contract   only rows within their term are shown and counted; without any there is nothing to show. No name
 *            comes with the program.
 */
#pragma once
#include "domain/staff.h"

struct partner {
    struct text id, name, evidence_sha256;
    int64_t from_ms, until_ms;
};

[[nodiscard]] struct err partner_add(struct domain *d, const struct staff_member *by,
                                     const struct partner *with, struct text *id_out);
[[nodiscard]] struct err partner_drop(struct domain *d, const struct staff_member *by, struct text id);
/* valid_only: as the site shows them. */
[[nodiscard]] struct err partner_each(struct domain *d, bool valid_only,
                                      void (*visit)(void *with, const struct partner *p), void *with);
