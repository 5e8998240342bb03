/* openapi.h: the descriptors as an OpenAPI document, for readers of 3.0.3 and of 3.1.0.
 *
 * Contract   one POST operation a path, which takes a JSON body (and multipart where a file is asked for);
 *            its answer is the envelope with the descriptor's fields under "data", and the first example
 *            as its example.
 * Source     https://spec.openapis.org/oas/v3.0.3 and v3.1.0
 */
#pragma once
#include "call/call.h"

/* All APIs of the catalogue, or those that the caller may call. */
void openapi_print(struct json *j, const struct endpoint *const *catalog, const struct caller *caller,
                   bool is_3_1);
