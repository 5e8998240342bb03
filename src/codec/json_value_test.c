/* json_value_test.c: RFC 6901's examples, paths, differences, and RFC 7386's table of merges. */
#include "test.h"

#include "codec/json_value.h"

static struct arena arena;

static json_t *read(const char *t) {
    json_t *out;
    want_ok(json_parse(&arena, text_c(t), &out));
    return out;
}

static const char *found(const char *document, const char *path) {
    struct json_findings f;
    struct buf b;
    json_t *root = read(document);
    buf_init(&b, &arena, 1 << 16);
    want(json_find_in(&arena, root, text_c(path), &f));
    for (size_t i = 0; i < f.count; i++) {
        buf_c(&b, i ? " " : "");
        json_value_print(&b, f.list[i].value, (struct json_style){0, false});
    }
    json_decref(root);
    return text_c_in(&arena, buf_peek(&b));
}

TEST(pointers_of_the_rfc) {
    static const char document[] = "{\"foo\":[\"bar\",\"baz\"],\"\":0,\"a/b\":1,\"c%d\":2,\"e^f\":3,\"k\\\"l\":6,\" \":7,\"m~n\":8}";
    static const struct { const char *path, *value; } rows[] = {
        {"/foo/0", "\"bar\""}, {"/foo", "[\"bar\",\"baz\"]"}, {"/", "0"}, {"/a~1b", "1"}, {"/c%d", "2"}, {"/e^f", "3"},
        {"/k\"l", "6"}, {"/ ", "7"}, {"/m~0n", "8"}, {"/nope", ""}, {"/foo/2", ""},
    };
    arena_init(&arena, 8 << 20);
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_string_equal(found(document, rows[i].path), rows[i].value);
    arena_done(&arena);
}

TEST(json_paths) {
    static const char document[] = "{\"store\":{\"book\":[{\"p\":8,\"t\":\"a\"},{\"p\":12,\"t\":\"b\"},{\"p\":9}],\"bike\":{\"p\":20}}}";
    static const struct { const char *path, *value; } rows[] = {
        {"$.store.book[*].p", "8 12 9"}, {"$..p", "8 12 9 20"}, {"$.store.book[-1].p", "9"}, {"$.store.book[0:2].t", "\"a\" \"b\""},
        {"$['store']['bike']['p']", "20"}, {"store.book[1].t", "\"b\""}, {"$.store.book[-2:].p", "12 9"}, {"$..book[0].p", "8"},
        {"$.store.none", ""},
    };
    static const char *const bad[] = {"$.", "$.a[", "$.a[x]", "$.a]b[", "$a..", "$[1:2:3]"};
    struct json_findings f;
    arena_init(&arena, 8 << 20);
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_string_equal(found(document, rows[i].path), rows[i].value);
    for (size_t i = 0; i < COUNT(bad); i++)
        if (json_find_in(&arena, json_null(), text_c(bad[i]), &f))
            fail_msg("%s was taken", bad[i]);
    arena_done(&arena);
}

TEST(merges_of_the_rfc) {
    static const struct { const char *target, *patch, *result; } rows[] = {
        {"{\"a\":\"b\"}", "{\"a\":\"c\"}", "{\"a\":\"c\"}"}, {"{\"a\":\"b\"}", "{\"b\":\"c\"}", "{\"a\":\"b\",\"b\":\"c\"}"},
        {"{\"a\":\"b\"}", "{\"a\":null}", "{}"}, {"{\"a\":[\"b\"]}", "{\"a\":\"c\"}", "{\"a\":\"c\"}"},
        {"{\"a\":{\"b\":\"c\"}}", "{\"a\":{\"b\":\"d\",\"c\":null}}", "{\"a\":{\"b\":\"d\"}}"}, {"[\"a\",\"b\"]", "[\"c\",\"d\"]", "[\"c\",\"d\"]"},
        {"{\"a\":\"foo\"}", "null", "null"}, {"{\"e\":null}", "{\"a\":1}", "{\"e\":null,\"a\":1}"}, {"[1,2]", "{\"a\":\"b\",\"c\":null}", "{\"a\":\"b\"}"},
        {"{}", "{\"a\":{\"bb\":{\"ccc\":null}}}", "{\"a\":{\"bb\":{}}}"},
    };
    arena_init(&arena, 8 << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        json_t *target = read(rows[i].target), *patch = read(rows[i].patch), *made = json_merge(target,
                patch);
        want_text(json_value_text_in(&arena, made), rows[i].result);
        json_decref(target);
        json_decref(patch);
        json_decref(made);
    }
    arena_done(&arena);
}

TEST(differences_and_forms) {
    struct json_change changes[8];
    struct buf b;
    arena_init(&arena, 8 << 20);
    json_t *old = read("{\"b\":[1,2],\"a\":{\"x\":true},\"gone\":0}"), *new = read("{\"b\":[1,3,4],\"a\":{\"x\":true},\"come\":null}");
    want_int(json_changes_in(&arena, old, new, changes, 8), 4);
    want_text(changes[0].path, "/b/1");
    want_int(changes[1].kind, JSON_ADDED);
    buf_init(&b, &arena, 1 << 16);
    json_value_print(&b, old, (struct json_style){2, true});
    want_text(buf_peek(&b), "{\n  \"a\": {\n    \"x\": true\n  },\n  \"b\": [\n    1,\n    2\n  ],\n  \"gone\": 0\n}");
    json_decref(old);
    json_decref(new);
    arena_done(&arena);
}

TESTS(RUN(pointers_of_the_rfc), RUN(json_paths), RUN(merges_of_the_rfc), RUN(differences_and_forms))
