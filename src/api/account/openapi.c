/* openapi.c: GET /openapi.json. What everybody gets is printed once a process and sent from there: it is
 * the largest answer that costs nothing, and readers who never read must not multiply it. */
#include "call/ask.h"
#include "call/openapi.h"

#include <stdlib.h>
#include <string.h>

enum { ASKED_VERSION };

static _Thread_local struct printed {
    const void *catalog; /* of which it was printed */
    struct text bytes;
} printed[2];

static void keep(struct printed *kept, const struct call *c) {
    struct text bytes = buf_peek(&c->reply);
    char *copy = buf_is_over(&c->reply) ? NULL : malloc(bytes.length);
    if (!copy)
        return;
    free((char *)kept->bytes.bytes);
    memcpy(copy, bytes.bytes, bytes.length);
    *kept = (struct printed){c->catalog, {copy, bytes.length}};
}

static struct err openapi(struct call *c) {
    bool is_3_1 = ask_is(c, ASKED_VERSION, "3.1");
    struct printed *kept = &printed[is_3_1];
    if (c->caller.is_known) {
        openapi_print(&c->json, c->catalog, &c->caller, is_3_1);
        return ok;
    }
    if (kept->catalog == c->catalog) {
        buf_text(&c->reply, kept->bytes);
    } else {
        openapi_print(&c->json, c->catalog, NULL, is_3_1);
        keep(kept, c);
    }
    c->standing = kept->bytes;
    return ok;
}

const struct endpoint endpoint_openapi = {
    .path = "/openapi.json",
    .subject = "account",
    .title = {"OpenAPI 文档", "OpenAPI document"},
    .says = {"全部接口的 OpenAPI 文档；带 token 时只列出它能调用的接口。",
             "The OpenAPI document of all APIs; with a token, of those that it may call."},
    .run = openapi,
    .asks = ASKS({"version", ASK_CHOICE, OPTIONAL, {"OpenAPI 版本", "OpenAPI version"},
                  .choices = "3.0=3.0.3=3|3.1=3.1.0", .fallback = "3.0"}),
    .lane = LANE_INLINE,
    .access = ACCESS_PUBLIC,
    .is_bare = true,
    .stands_on = "the descriptors of this service",
};
