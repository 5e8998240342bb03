/* describe.h: an API's record as JSON, and what other descriptions (openapi.h) share with it.
 *
 * Contract   all is read off the descriptor; nothing about an API is written here.
 */
#pragma once
#include "call/call.h"

const char *describe_ask_type(enum ask_type type); /* "text" "integer" … */

/* One object: path, titles, lane, price, parameters, fields, examples. */
void describe_endpoint(struct json *j, const struct endpoint *e, struct text stands_on);

/* The member "enum" of the object that is open: the choices without their aliases. */
void describe_choices(struct json *j, const char *choices);

/* What a parameter says, and that it takes a list where it does. */
struct words describe_ask_says(struct arena *a, const struct endpoint *e, const struct ask *ask);
bool describe_takes_many(const struct endpoint *e, const struct ask *ask);
