/* prober.h: `alapi prober`: somebody outside the server who asks at its door, again and again.
 *
 *     every 10 s   GET / and GET /status.json: pages and accounts
 *                  the first example of each API, spread over the ten seconds, with a token of its own
 *         |
 *         +--> state/probes/<day>.log   what was seen, chained and signed   (domain/probe_log.h)
 *         +--> state/probes/now         how it is now, signed               (domain/probe_state.h)
 *         '--> state/probes/status.html, status.json   what nginx shows while serve is dead
 *
 * operational   the pages and every API answer as they should
 * degraded      some APIs do not
 * down          the pages do not, or half of the APIs or more do not
 * unknown       nobody looked. Not good: no file is written for it.
 *
 * Contract   a process of its own, one a home; a second waits until the first has ended. It uses the records
 *            only to make itself a token, where it has
 *            none that works; what it sees never gets into them. Its account costs nothing and is in no
 *            figure (domain/usage.h). An API whose example would ask somebody outside is asked without its
 *            parameters: that it refuses them shows that its door works, and nobody outside is bothered; it
 *            does not count as passed. SIGTERM ends it.
 * Cost       measured with 26 APIs: docs/prober.md.
 */
#pragma once
#include "app/home.h"
#include "domain/probe_log.h"

struct probe_log_place prober_place(struct arena *a, const struct home *home, bool is_reader);

/* `door`: "address:port"; NULL: where `run` last opened it. Returns at SIGTERM. */
[[nodiscard]] struct err prober_run(struct arena *a, struct home *home, const char *door);

/* The token that it asks with; made anew where `is_refused`, or where there is none. */
[[nodiscard]] struct err prober_token(struct arena *a, struct home *home, bool is_refused,
                                      struct text *out);
