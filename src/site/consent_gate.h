/* consent_gate.h: who has not agreed to the policy gets no further than the routes that are open to
 * him.
 *
 * Contract   consent_gate_check is asked of every route that takes a session, behind the log-in and
 * the role: 451 but for ROUTE_UNAGREED, and 410 where the right that the route rests on is one that
 * the person agreed to give up (domain/rights.h). Everything is read from the records at each
 * request. The answer carries `Policy-Update: version=…; by=…` as long as there is something to
 * agree to.
 */
#pragma once
#include "site/visit.h"

[[nodiscard]] struct err consent_gate_check(struct visit *v, const struct route *route);
void consent_gate_put(
    struct visit *v); /* of the refusal: where the text and the difference stand */

/* What is to be told on every page: the version to come, or the one that is not agreed to; *url_out
 * leads to the difference. Empty: nothing. */
struct text consent_gate_banner(struct visit *v, struct text *url_out);

/* "policy": of /status.json: the version, the one to come, what the system does otherwise, who was
 * told. */
[[nodiscard]] struct err policy_state_put(struct visit *v);
