/* openapi.c: GET /openapi.json. */
#include "call/ask.h"
#include "call/openapi.h"

enum { ASKED_VERSION };

static struct err openapi(struct call *c) {
    openapi_print(&c->json, c->catalog, &c->caller, ask_is(c, ASKED_VERSION, "3.1"));
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
