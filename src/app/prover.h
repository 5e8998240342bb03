/* prover.h: the jobs that keep the service honest in public: the audit log is signed, the promises are
 * checked.
 *
 *     each second   a checkpoint where one is due (every minute or thousand entries)
 *     each minute   the probes whose time has come (probes.c); the canary as a program of its own
 *     each hour     what the audit log need not keep any more goes
 *
 * Contract   prover_step does what is due now and returns; it waits for nothing. How many promises fail
 *            stands in health.probes_failed. A canary that is due lives ten minutes after the start at the
 *            earliest, and once an hour at most.
 * Threads    one.
 */
#pragma once
#include "app/policy_shelf.h"
#include "site/site.h"

struct prover;

[[nodiscard]] struct err prover_open(struct arena *a, const struct home *home,
                                     struct policy_shelf *policies, struct site_health *health,
                                     struct prover **out);
void prover_close(struct prover *p);
[[nodiscard]] struct err prover_step(struct prover *p);
