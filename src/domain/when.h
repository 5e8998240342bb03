/* when.h: the times that the office writes: a day in China, or a second in UTC; and whom it names.
 *
 * Contract   "2027-01-31" is that day's begin in China, or its end where a term ends; "2027-01-31T12:00:00Z"
 *            the second. Anything else is ERR_FIELD_INVALID with the field. An empty text is 0.
 */
#pragma once
#include "domain/domain.h"

[[nodiscard]] struct err when_parse(struct domain *d, const char *field, struct text given, bool is_end,
                                    int64_t *ms_out);

/* An account by its user name, address, number ("#12") or public number; ERR_NOT_FOUND. */
[[nodiscard]] struct err account_named(struct domain *d, struct text name, int64_t *number_out);
