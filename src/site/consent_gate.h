/* consent_gate.h: who has not agreed to the policy gets no further than the routes that are open to him.
 *
 * Contract   consent_gate_check is asked of every route that takes a session, behind the log-in: 451 but for
 *            ROUTE_UNAGREED, and 410 where the right that the route rests on is one that the person agreed to
 *            give up (domain/rights.h). Everything is read from the records at each request. The answer
 *            carries `Policy-Update: version=…; by=…` as long as there is something to agree to.
 */
#pragma once
#include "site/visit.h"

[[nodiscard]] struct err consent_gate_check(struct visit *v, const struct route *route);
/* Of the refusal: where the text and the difference stand. */
void consent_gate_put(struct visit *v);
struct text consent_gate_difference(struct visit *v); /* of the refusal */

/* On every page: the version to come, or the one that is not agreed to (no words: nothing), the way to what
 * differs, and, on that page and in the text, the buttons of whoever is logged in. */
struct page;
void consent_gate_banner(struct page *p);

/* "policy": of /status.json: the version, the one to come, what the system does otherwise, who was told. */
[[nodiscard]] struct err policy_state_put(struct visit *v);
