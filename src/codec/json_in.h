/* json_in.h: JSON from a stranger, read by jansson inside limits.
 *
 * Contract   the text must be UTF-8, at most LIMIT_JSON_DEPTH deep, without doubled names; a fault is
 *            ERR_REQUEST_MALFORMED (ERR_PARAMETER_DOUBLED for a doubled name, ERR_JSON_TOO_DEEP) with a
 *            sentence that tells the byte.
 */
#pragma once
#include "base/err.h"
#include "base/text.h"

#include <jansson.h>

/* The whole document; the caller releases it with json_decref. */
[[nodiscard]] struct err json_parse(struct arena *a, struct text t, json_t **out);

/* The name that json_parse found doubled; empty where that was not its error. */
struct text json_doubled_name(struct err e);

/* The byte that json_parse stopped at; 0 where that was not its error. */
uint64_t json_fault_byte(struct err e);

/* A scalar as the text that a form would have sent: 5 and 5.0 -> "5", 0.1 -> "0.1" (the shortest that
 * reads back the same), true -> "true"; an object or a list as its JSON; null as the empty text. */
struct text json_scalar_text_in(struct arena *a, const json_t *value);

/* The member's text, or the empty text where it is missing or no string. Borrowed from `object`. */
struct text json_member_text(const json_t *object, const char *name);
