/* bare.h: a reply whose whole body is what stands in data, without the envelope around it: for clients
 * that expect somebody else's form. Refusals keep the envelope.
 */
#pragma once
#include "call/reply.h"

static inline struct err reply_bare(struct call *c) {
    struct text data = text_from(buf_peek(&c->reply), c->data_start);
    reply_body(c, "application/json; charset=utf-8", text_copy_in(c->arena, data));
    return ok;
}
