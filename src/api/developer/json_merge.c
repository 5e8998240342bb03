/* json_merge.c: a JSON text changed by another (JSON Merge Patch). */
#include "api/json_ask.h"
#include "call/ask.h"
#include "call/reply.h"

enum { ASKED_TARGET, ASKED_PATCH };

static struct err json_merge_patch(struct call *c) {
    json_t *target = NULL, *patch = NULL;
    struct err e = json_ask(c, ASKED_TARGET, &target);
    if (!e.kind)
        e = json_ask(c, ASKED_PATCH, &patch);
    if (!e.kind) {
        json_t *made = json_merge(target, patch);
        reply_object(c, NULL);
        reply_json(c, "result", made);
        reply_end_object(c);
        json_decref(made);
    }
    json_decref(target);
    json_decref(patch);
    return e;
}

const struct endpoint endpoint_json_merge = {
    .path = "/api/json/merge",
    .subject = "developer",
    .title = {"JSON 合并", "Merge JSON"},
    .says = {"按 JSON Merge Patch 把 patch 合并进 json：对象逐层合并，null 表示删除该键，列表整个替换。",
             "Merges patch into json (JSON Merge Patch): objects level by level, null removes a name, lists are replaced whole."},
    .run = RUN_IN_WORKER(json_merge_patch),
    .asks = ASKS({"json", ASK_TEXT, REQUIRED, {"原 JSON", "The JSON"}, 1, JSON_ASK_CHARS, .aliases = "target|a|data"},
                 {"patch", ASK_TEXT, REQUIRED, {"要合并的 JSON", "What is merged into it"}, 1, JSON_ASK_CHARS, .aliases = "b"}),
    .gives = GIVES({"result", GIVE_ANY, {"结果", "The result"}}),
    .shows = SHOWS({"json={\"a\":\"b\",\"c\":{\"d\":\"e\",\"f\":\"g\"}}&patch={\"a\":\"z\",\"c\":{\"f\":null}}", "{\"result\":{\"a\":\"z\",\"c\":{\"d\":\"e\"}}}", SHOW_EXACT},
                   {"json={\"a\":[1,2]}&patch={\"a\":[3],\"b\":true}", "{\"result\":{\"a\":[3],\"b\":true}}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "RFC 7386; jansson 2.14 (MIT)",
};
