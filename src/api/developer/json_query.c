/* json_query.c: what a path finds in a JSON text. */
#include "api/json_ask.h"
#include "call/ask.h"
#include "call/reply.h"

enum { ASKED_JSON, ASKED_PATH };

static struct err answer(struct call *c, const json_t *root) {
    struct json_findings f;
    if (!json_find_in(c->arena, root, ask_text(c, ASKED_PATH), &f))
        return call_invalid(c, ASKED_PATH, "path 无效：请用 JSON Pointer（/a/0）或 JSONPath（$.a[*].b、$..name、[-1]、[0:2]，不含过滤器）",
                            "not a path: use JSON Pointer (/a/0) or JSONPath ($.a[*].b, $..name, [-1], [0:2]; no filters)");
    if (f.count == 0)
        return call_nothing(c, "这个路径没有匹配到任何值", "the path finds nothing");
    reply_object(c, NULL);
    reply_int(c, "count", (int64_t)f.count);
    reply_bool(c, "is_cut", f.is_cut);
    reply_list(c, "list");
    for (size_t i = 0; i < f.count; i++) {
        reply_object(c, NULL);
        reply_text(c, "path", f.list[i].path);
        reply_json(c, "value", f.list[i].value);
        reply_end_object(c);
    }
    reply_end_list(c);
    reply_end_object(c);
    return ok;
}

static struct err json_query(struct call *c) {
    json_t *root;
    try(json_ask(c, ASKED_JSON, &root));
    struct err e = answer(c, root);
    json_decref(root);
    return e;
}

const struct endpoint endpoint_json_query = {
    .path = "/api/json/query",
    .subject = "developer",
    .title = {"JSON 查询", "Query JSON"},
    .says = {"用 JSON Pointer 或 JSONPath 从 JSON 中取值，最多 1000 个。", "Takes values out of JSON by JSON Pointer or JSONPath, 1000 at most."},
    .run = RUN_IN_WORKER(json_query),
    .asks = ASKS({"json", ASK_TEXT, REQUIRED, {"JSON 文本", "The JSON"}, 1, JSON_ASK_CHARS, .aliases = "text|content|data"},
                 {"path", ASK_TEXT, REQUIRED, {"路径", "The path"}, 1, 500, .aliases = "query|expr"}),
    .gives = GIVES({"count", GIVE_INT, {"个数", "How many"}}, {"is_cut", GIVE_BOOL, {"是否还有更多", "Were there more"}},
                   {"list", GIVE_LIST, {"结果", "What was found"}}, {"list[].path", GIVE_TEXT, {"位置（JSON Pointer）", "Its place (JSON Pointer)"}},
                   {"list[].value", GIVE_ANY, {"值", "The value"}}),
    .shows = SHOWS({"json={\"a\":[{\"b\":1},{\"b\":[2]}]}&path=$.a[*].b",
                    "{\"count\":2,\"is_cut\":false,\"list\":[{\"path\":\"/a/0/b\",\"value\":1},{\"path\":"
                    "\"/a/1/b\",\"value\":[2]}]}", SHOW_EXACT}, {"json={\"a/b\":[5,6]}&path=/a~1b/1", "{\"count\":1,\"is_cut\":false,\"list\":[{\"path\":\"/a~1b/1\",\"value\":6}]}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "RFC 6901, RFC 9535; jansson 2.14 (MIT)",
};
