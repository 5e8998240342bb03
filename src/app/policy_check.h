/* policy_check.h: reads a policy from files and says whether it may be published.
 *
 * Contract   FILE is either language's text, N.zh.md or N.en.md; the other one stands beside it. The
 *            findings are lines, one each: what the lint and the promises refuse, and, as notes, laws that
 *            were replaced.
 * Memory     the version lives in the arena.
 */
#pragma once
#include "base/buf.h"
#include "domain/policy.h"

[[nodiscard]] struct err policy_check_read(struct arena *a, const char *file, struct policy_version *out);

/* The number of what forbids publishing it. */
unsigned policy_check(struct arena *a, const struct policy_version *v, struct buf *faults,
                      struct buf *notes);

/* `alapi policy check FILE`: prints the findings; the exit code. */
int policy_check_run(struct arena *a, const char *file);
