/* reply.h: what an API says. A function writes exactly one value: an object, a list or a scalar; or
 * reply_body for an answer that is not JSON.
 *
 * Example    reply_object(c); reply_text(c, "name", name); reply_end(c);
 * Contract   inside an object every value has a name, inside a list and at the top the name is NULL.
 */
#pragma once
#include "call/call.h"

void reply_object(struct call *c, const char *name);
void reply_list(struct call *c, const char *name);
void reply_end_object(struct call *c);
void reply_end_list(struct call *c);

/* In line, so that the length of a literal is known. */
static inline void reply_text(struct call *c, const char *name, struct text value) {
    if (name)
        json_put_text(&c->json, name, value);
    else
        json_text(&c->json, value);
}

void reply_c(struct call *c, const char *name, const char *value); /* NULL gives null */
void reply_int(struct call *c, const char *name, int64_t value);
void reply_number(struct call *c, const char *name, double value);
void reply_bool(struct call *c, const char *name, bool value);
void reply_null(struct call *c, const char *name);

/* The whole answer is these bytes: text/plain, image/png, image/svg+xml … The type is static. */
void reply_body(struct call *c, const char *content_type, struct text body);

/* Where the answer stands: shown as "source" behind the data. */
void reply_source(struct call *c, struct source source);
