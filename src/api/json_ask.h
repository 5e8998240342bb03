/* json_ask.h: a parameter that is a JSON text.
 *
 * Contract   JSON_ASK_CHARS at most. A fault is ERR_PARAMETER_INVALID with a hint that tells the place.
 *            The caller releases
 *            the value with json_decref.
 */
#pragma once
#include "call/call.h"
#include "codec/json_value.h"

enum { JSON_ASK_CHARS = 100000 };

[[nodiscard]] struct err json_ask(struct call *c, unsigned ask, json_t **out);

/* The value as a member of the answer. */
void reply_json(struct call *c, const char *name, const json_t *value);
