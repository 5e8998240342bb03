/* probe.h: promises that are checked while the service runs, and what came out (probes.def).
 *
 * Contract   probe_put stores a result and writes it into the audit log, in one transaction; so each result
 *            that is shown can be proved (GET /proofs/{probe}). A result counts for twice the probe's
 *            period, then it is stale: a probe that is not run any more does not stay green.
 * Not here   what is checked (app/probes.c, app/canary.c).
 */
#pragma once
#include "domain/domain.h"

enum probe_id {
#define PROBE(id, hours, zh, en) PROBE_##id,
#include "domain/probes.def"
#undef PROBE
    PROBE_COUNT
};

struct probe {
    const char *name; /* "canary_register" */
    unsigned hours;
    const char *zh, *en;
};
extern const struct probe probe_lines[PROBE_COUNT];

bool probe_find(struct text name, enum probe_id *out);

enum outcome_state { OUTCOME_NONE, OUTCOME_GOOD, OUTCOME_STALE, OUTCOME_FAILED };
const char *outcome_state_name(enum outcome_state state); /* "none" "good" "stale" "failed" */

struct outcome {
    enum outcome_state state;
    int64_t time_ms, good_ms; /* of the last result; of the last good one. 0: never */
    uint64_t seq;             /* of the log's entry of the last result */
    struct text detail;       /* what was found; names nobody */
};

[[nodiscard]] struct err probe_put(struct domain *d, enum probe_id id, bool is_good,
                                   struct text detail);
[[nodiscard]] struct err outcome_of(struct domain *d, enum probe_id id, struct outcome *out);
/* Is it time to run it again? */
[[nodiscard]] struct err probe_is_due(struct domain *d, enum probe_id id, bool *out);

/* The failed ones, and the first of them; PROBE_COUNT: none. */
[[nodiscard]] struct err probes_failed(struct domain *d, unsigned *count_out,
                                       enum probe_id *first_out);

/* Is every one of these good now? A publisher asks it before a policy takes force: what it promises must be
 * true. `only` NULL: all. *first_out is the first that is not good. */
[[nodiscard]] struct err probes_all_good(struct domain *d, const bool only[PROBE_COUNT],
                                         bool *good_out, enum probe_id *first_out);
