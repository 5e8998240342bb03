/* audit_diagnose.h: what audit_verify.c needs to name a fault: which entries were pruned rightly, and
 * what was done to an entry that does not fit its hash.
 *
 * The idea   an entry's own number is hashed with it. So an entry that was moved to place i still fits the
 *            hash of the place j that it was made for, once it is hashed with the number j; looking for
 *            that j tells moved from changed.
 */
#pragma once
#include "domain/audit_verify.h"

struct audit_range {
    uint64_t first, last;
};

/* Sorted. */
struct audit_prunings {
    struct audit_range *ranges;
    size_t count, room;
};

/* Those that were old enough when it was done; the others are no prunings. */
[[nodiscard]] struct err audit_prunings_read(struct domain *d, struct audit_prunings *out);
void audit_prunings_done(struct audit_prunings *p);
bool audit_pruning_names(const struct audit_prunings *p, uint64_t seq);

/* Entry `index` does not fit its hash, and what was signed stands by the hash. */
[[nodiscard]] struct err audit_diagnose(struct domain *d, uint64_t index,
                                        struct audit_verdict *out);
