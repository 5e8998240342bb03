/* agent.h: what a User-Agent says: browser, system, device, crawler, by the expressions of a pack.
 *
 * Contract   the first expression of each part that fits decides, as uap-core's specification has it: $1
 *            … $9 in
 *            a replacement are groups, and what no replacement names is the group of its place. Nothing fits:
 *            "Other". An expression whose needed literal is not in the text is not tried.
 * Memory     in the arena.
 * Cost       the two thousand literals are looked for one by one: 0.3 ms for a usual text.
 * Source     uap-core's docs/specification.md; crawler-user-agents.
 */
#pragma once
#include "data/pack.h"

struct agent_part {
    struct text family, major, minor, patch; /* of a device: family, brand, model */
};

struct agent {
    struct agent_part browser, system, device;
};

struct agent agent_read_in(struct arena *a, const struct pack *p, struct text t);

struct crawler {
    struct text pattern, match, url, says, tags;
};

/* false: no crawler that is known */
bool agent_crawler_in(struct arena *a, const struct pack *p, struct text t, struct crawler *out);
