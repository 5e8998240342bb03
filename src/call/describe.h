/* describe.h: descriptors as JSON: one API's record, and the OpenAPI document of many.
 *
 * Source     OpenAPI Specification 3.0.3 and 3.1.0; most readers of the older clients take 3.0 only.
 */
#pragma once
#include "call/call.h"

const char *describe_ask_type(enum ask_type type); /* "text" "integer" … */

/* One object: path, titles, lane, price, parameters, fields, examples. */
void describe_endpoint(struct json *j, const struct endpoint *e, struct text stands_on);

/* The whole document of the APIs that `caller` may call (all where it is NULL). */
void describe_openapi(struct json *j, const struct endpoint *const *catalog, const struct caller *caller,
                      bool is_3_1);
