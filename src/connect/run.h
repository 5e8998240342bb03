/* run.h: one call, answered by a provider.
 *
 * Contract   the providers of the API's group are asked in their order until one answers: the next where
 *            one is unreachable, too slow, answers wrongly, refuses our key or is left alone after
 *            failures (keep.h); none where one says that there is no result or that a parameter is
 *            wrong. An answer is kept for the
 *            API's keep_s and given again without asking; where all fail, the last good one is given
 *            with the source marked stale. Answers about persons (is_personal, personal = yes) are never
 *            kept. Only what the file names leaves the house: never the caller's address, token or account.
 * Errors     ERR_NO_RESULT, ERR_PARAMETER_INVALID, ERR_SOURCE_UNAVAILABLE (with Retry-After; its hint
 *            names the setting where no provider is switched on), ERR_SOURCE_TIMEOUT, ERR_SOURCE_FAILED.
 * Threads    any.
 */
#pragma once
#include "call/call.h"
#include "connect/value.h"

[[nodiscard]] struct err connector_run(struct call *c);

/* The same with values that the API's own function made of the parameters: {place.lat} … */
[[nodiscard]] struct err connector_run_with(struct call *c, const struct named_value *made, unsigned count);
