/* probe_state.h: how the service is now, as the prober says in FOLDER/now: one signed note, written anew
 * at each look.
 *
 * Contract   who reads it trusts the signature and the time alone: a note that is missing, of another key or
 *            older than PROBE_STATE_FRESH_MS says "unknown", whatever stands in it. APIs that are
 *            operational are not listed, others up to PROBE_STATE_APIS_MAX.
 * Memory     in the arena.
 */
#pragma once
#include "domain/probe_log.h"

enum { PROBE_STATE_FRESH_MS = 30000, PROBE_STATE_APIS_MAX = 200 };

struct probe_api {
    struct text path;
    enum service_state state;
};

struct probe_state {
    int64_t time_ms, since_ms;              /* of the look; since when it is so */
    enum service_state state, pages, calls; /* all; pages and accounts; calls of APIs */
    unsigned asked, failed, passed; /* APIs; passed: their examples, in the last five minutes */
    struct availability_sum sum;
    struct text fault; /* of the log; empty: whole */
    const struct probe_api *apis;
    unsigned api_count;
};

[[nodiscard]] struct err probe_state_write(struct arena *a, const struct probe_log_place *place,
                                           const struct probe_state *state);
void probe_state_read(struct arena *a, const struct probe_log_place *place, int64_t now_ms,
                      struct probe_state *out);
/* Of one API. */
enum service_state probe_state_of(const struct probe_state *state, struct text path);
