/* json_diff.c: how two JSON texts differ. */
#include "api/json_ask.h"
#include "call/ask.h"
#include "call/reply.h"

enum { ASKED_OLD, ASKED_NEW };
enum { CHANGES_MAX = 1000 };

static void answer(struct call *c, const json_t *old, const json_t *new) {
    static const char *const kinds[] = {"add", "remove", "replace"};
    struct json_change *changes = arena_alloc(c->arena, CHANGES_MAX * sizeof *changes);
    size_t count = json_changes_in(c->arena, old, new, changes, CHANGES_MAX);
    reply_object(c, NULL);
    reply_bool(c, "is_equal", count == 0);
    reply_int(c, "count", (int64_t)count);
    reply_list(c, "changes");
    for (size_t i = 0; i < count && i < CHANGES_MAX; i++) {
        reply_object(c, NULL);
        reply_c(c, "op", kinds[changes[i].kind]);
        reply_text(c, "path", changes[i].path);
        if (changes[i].old)
            reply_json(c, "old", changes[i].old);
        if (changes[i].new)
            reply_json(c, "value", changes[i].new);
        reply_end_object(c);
    }
    reply_end_list(c);
    reply_end_object(c);
}

static struct err json_diff(struct call *c) {
    json_t *old = NULL, *new = NULL;
    struct err e = json_ask(c, ASKED_OLD, &old);
    if (!e.kind)
        e = json_ask(c, ASKED_NEW, &new);
    if (!e.kind)
        answer(c, old, new);
    json_decref(old);
    json_decref(new);
    return e;
}

const struct endpoint endpoint_json_diff = {
    .path = "/api/json/diff",
    .subject = "developer",
    .title = {"JSON 对比", "Compare JSON"},
    .says = {"逐项比较两个 JSON，列出新增、删除、修改的位置（JSON Pointer）和值；键的顺序不算差别，列表按位置比较。最多列 1000 处。",
             "Compares two JSON texts member by member and lists what was added, removed and replaced, and where (JSON Pointer). The "
             "order of names does not count; lists are compared place by place. 1000 changes at most are listed."},
    .run = RUN_IN_WORKER(json_diff),
    .asks = ASKS({"old", ASK_TEXT, REQUIRED, {"旧的 JSON", "The old JSON"}, 1, JSON_ASK_CHARS, .aliases = "a|left|json1"},
                 {"new", ASK_TEXT, REQUIRED, {"新的 JSON", "The new JSON"}, 1, JSON_ASK_CHARS, .aliases = "b|right|json2"}),
    .gives = GIVES({"is_equal", GIVE_BOOL, {"是否相同", "Are they equal"}}, {"count", GIVE_INT, {"差别数", "How many changes"}},
                   {"changes", GIVE_LIST, {"差别", "The changes"}}, {"changes[].op", GIVE_TEXT, {"add、remove 或 replace", "add, remove or replace"}},
                   {"changes[].path", GIVE_TEXT, {"位置", "Where"}}, {"changes[].old", GIVE_ANY, {"旧值", "The old value"}},
                   {"changes[].value", GIVE_ANY, {"新值", "The new value"}}),
    .shows = SHOWS({"old={\"a\":1,\"b\":[1,2]}&new={\"b\":[1,3],\"c\":true}",
                    "{\"is_equal\":false,\"count\":3,\"changes\":[{\"op\":\"remove\",\"path\":\"/a\",\"ol"
                    "d\":1},{\"op\":\"replace\",\"path\":\"/b/1\",\"old\":2,\"value\":3},{\"op\":\"add\","
                    "\"path\":\"/c\",\"value\":true}]}", SHOW_EXACT}, {"old={\"x\":1,\"y\":2}&new={\"y\":2,\"x\":1}", "{\"is_equal\":true,\"count\":0,\"changes\":[]}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "RFC 6901, RFC 6902; jansson 2.14 (MIT)",
};
