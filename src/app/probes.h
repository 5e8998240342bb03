/* probes.h: what each line of domain/probes.def looks at; the canary's lines are its own (canary.h).
 *
 * Contract   probes_run runs what is due (or all), stores each result, and goes on behind one that fails. A
 *            check that cannot be made (the records cannot be read) has failed. No result names a person.
 *            A line without a check here has no result at all, and so is never good.
 */
#pragma once
#include "app/home.h"
#include "domain/policy.h"
#include "domain/probe.h"

struct probes_room {
    struct domain *d;
    const struct home *home;
    const struct policy *policy;
};

[[nodiscard]] struct err probes_run(const struct probes_room *room, bool all);
bool probes_has(enum probe_id id); /* somebody checks it: here or the canary */
