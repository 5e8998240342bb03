/* json_format.c: JSON checked, indented, squeezed or sorted. */
#include "api/json_ask.h"
#include "call/ask.h"
#include "call/reply.h"

enum { ASKED_JSON, ASKED_INDENT, ASKED_SORT };

static const char *kind_of(const json_t *value) {
    static const char *const kinds[] = {"object", "array", "string", "number", "number", "boolean", "boolean", "null"};
    return kinds[json_typeof(value)];
}

static unsigned depth_of(const json_t *value) {
    unsigned deepest = 0;
    const char *name;
    json_t *child;
    size_t i;
    json_object_foreach((json_t *)value, name, child) {
        unsigned depth = depth_of(child);
        deepest = depth > deepest ? depth : deepest;
    }
    json_array_foreach((json_t *)value, i, child) {
        unsigned depth = depth_of(child);
        deepest = depth > deepest ? depth : deepest;
    }
    return deepest + (json_is_object(value) || json_is_array(value));
}

static struct err json_format(struct call *c) {
    json_t *root;
    struct buf b;
    try(json_ask(c, ASKED_JSON, &root));
    buf_init(&b, c->arena, LIMIT_REPLY_BYTES / 2);
    json_value_print(&b, root, (struct json_style){(unsigned)ask_int(c, ASKED_INDENT), ask_bool(c,
            ASKED_SORT)});
    reply_object(c, NULL);
    reply_text(c, "result", buf_peek(&b));
    reply_c(c, "type", kind_of(root));
    reply_int(c, "size", (int64_t)(json_is_object(root) ? json_object_size(root) : json_array_size(root)));
    reply_int(c, "depth", depth_of(root));
    reply_int(c, "bytes", (int64_t)b.length);
    reply_end_object(c);
    json_decref(root);
    return ok;
}

const struct endpoint endpoint_json_format = {
    .path = "/api/json/format",
    .subject = "developer",
    .title = {"JSON 格式化", "Format JSON"},
    .says = {"校验 JSON 并重新排版：缩进、压缩（indent=0）或按键名排序。有错时提示第几个字节。重复的键算错误，最多 32 层。",
             "Checks JSON and prints it anew: indented, squeezed (indent=0) or with sorted names. A fault is told by its byte. "
             "Doubled names are faults; 32 levels at most."},
    .run = RUN_IN_WORKER(json_format),
    .asks = ASKS({"json", ASK_TEXT, REQUIRED, {"JSON 文本", "The JSON"}, 1, JSON_ASK_CHARS, .aliases = "text|content|data"},
                 {"indent", ASK_INT, OPTIONAL, {"缩进空格数，0 为压缩", "Blanks a level; 0 for one line"}, 0, 8, .fallback = "2"},
                 {"sort", ASK_BOOL, OPTIONAL, {"按键名排序", "Sort the names"}, .fallback = "0"}),
    .gives = GIVES({"result", GIVE_TEXT, {"结果", "The result"}}, {"type", GIVE_TEXT, {"最外层的类型", "Type of the whole"}},
                   {"size", GIVE_INT, {"最外层的成员数", "Members of the whole"}}, {"depth", GIVE_INT, {"层数", "Levels"}},
                   {"bytes", GIVE_INT, {"结果的字节数", "Bytes of the result"}}),
    .shows = SHOWS({"json={\"b\":[1,2.50],\"a\":null}&sort=1",
                    "{\"result\":\"{\\n  \\\"a\\\": null,\\n  \\\"b\\\": [\\n    1,\\n    2.5\\n  ]\\n}\""
                    ",\"type\":\"object\",\"size\":2,\"depth\":2,\"bytes\":44}", SHOW_EXACT}, {"json=[ 1, { } ]&indent=0", "{\"result\":\"[1,{}]\",\"type\":\"array\",\"size\":2,\"depth\":2,\"bytes\":6}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "RFC 8259; jansson 2.14 (MIT)",
};
