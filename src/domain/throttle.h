/* throttle.h: how often lately. Kept by keyed hash, so the table tells nobody's address.
 *
 * Contract   windows of one hour that begin with the first event. throttle_event is all or nothing.
 */
#pragma once
#include "domain/domain.h"

/* Counts one event of this kind; ERR_TOO_MANY_REQUESTS (with detail.retry_after_s) past `most` in the hour.
 * *turn_ms_out (may be NULL): when it is this event's turn, where they may follow each other by a minute at
 * most: now, or a minute behind the turn of the last one. */
enum { THROTTLE_TURN_MS = 60000 };
[[nodiscard]] struct err throttle_event(struct domain *d, const char *kind, struct text of,
                                        unsigned most, int64_t *turn_ms_out);

/* Failures in a row: after the third, each has to wait twice as long as the last, a minute at most. */
[[nodiscard]] struct err throttle_may_try(struct domain *d, const char *kind, struct text of);
[[nodiscard]] struct err throttle_failed(struct domain *d, const char *kind, struct text of);
[[nodiscard]] struct err throttle_forget(struct domain *d, const char *kind, struct text of);
