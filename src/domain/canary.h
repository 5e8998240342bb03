/* canary.h: a person that does not exist lives here for some seconds a day (app/canary.h); this is what the
 * records know of it.
 *
 * Contract   its run is noted before it registers, by the keyed hash of its address; canary_clear erases
 *            whatever runs left behind, as any other account is erased. Its address ends in ".invalid"
 *            (RFC 2606), which nobody can have: the outbox keeps its messages as files and no sender takes
 *            them. Public figures leave it out, and what it calls (usage.h); canary_calls are those of its
 *            calls that could not be told apart there, because its account was gone: they are subtracted.
 */
#pragma once
#include "domain/identity.h"

[[nodiscard]] struct err canary_begin(struct domain *d, const struct identity *email);
[[nodiscard]] struct err canary_clear(struct domain *d);

[[nodiscard]] struct err canary_accounts(struct domain *d, uint64_t *out);
[[nodiscard]] struct err canary_calls(struct domain *d, uint64_t *out); /* ever */
[[nodiscard]] struct err canary_count_calls(struct domain *d, uint64_t calls);

/* Is this an address that no sender may take? */
bool canary_is_address(const struct identity *address);
