/* json_in_test.c: limits at n and n + 1, and everything that is no JSON. */
#include "test.h"

#include "base/limits.h"
#include "codec/json_in.h"

static struct arena arena;

static struct err parse(struct text t) {
    json_t *root = NULL;
    struct err e = json_parse(&arena, t, &root);
    if (!e.kind)
        json_decref(root);
    return e;
}

static struct text nested(char open, unsigned levels, char close) {
    char *room = arena_alloc(&arena, 2 * levels + 1);
    memset(room, open, levels);
    memset(room + levels, close, levels);
    return text_of(room, 2 * levels);
}

TEST(depth_at_the_limit) {
    arena_init(&arena, 4 << 20);
    want_ok(parse(nested('[', LIMIT_JSON_DEPTH, ']')));
    struct err e = parse(nested('[', LIMIT_JSON_DEPTH + 1, ']'));
    want_err(e, ERR_JSON_TOO_DEEP);
    want(strstr(e.say, "deeper than 32 levels") != NULL);
    want_err(parse(nested('{', LIMIT_JSON_DEPTH + 1, '}')), ERR_JSON_TOO_DEEP);
    want_err(parse(nested('[', 500000, ']')), ERR_JSON_TOO_DEEP);
    want_ok(parse(TEXT("\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\"[[[[[[[[\""))); /* brackets in a string */
    /* width is no depth */
    want_ok(parse(TEXT("[[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],"
                       "[],[],[],[],[]]")));
    arena_done(&arena);
}

TEST(what_is_json) {
    static const char *const good[] = {"{}", " [ ] ", "1", "\"\"", "null", "{\"a\":{\"a\":1}}", "\"\\u0000\"",
                                       "\"\\ud83d\\ude00\"", "[1e5,-0.5]"};
    arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < COUNT(good); i++)
        want_ok(parse(text_c(good[i])));
    arena_done(&arena);
}

TEST(what_is_no_json) {
    static const char *const bad[] = {
        "", " ", "{", "}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{'a':1}", "[1,]", "[1 2]", "01", "1.", ".5",
        "+1", "0x1", "nul", "NaN", "Infinity", "\"", "\"\n\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "{} {}", "1e999",
        "99999999999999999999999", "\"\xFF\"", "\"\xC0\x80\"", "\xEF\xBB\xBF{}", "{\"a\\u0000b\":1}", "/**/1"};
    arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct err e = parse(text_c(bad[i]));
        if (e.kind != ERR_REQUEST_MALFORMED || !strstr(e.say, "not JSON") || !strstr(e.say, "byte"))
            fail_msg("%s: %s: %s", bad[i], err_name(e.kind), e.say ? e.say : "");
    }
    want_err(parse(text_of("{}\0", 3)), ERR_REQUEST_MALFORMED);
    want_err(parse(text_of("\"a\0b\"", 5)), ERR_REQUEST_MALFORMED);
    want_err(parse(text_of(NULL, 0)), ERR_REQUEST_MALFORMED);
    arena_done(&arena);
}

TEST(a_doubled_name) {
    arena_init(&arena, 1 << 20);
    struct err e = parse(TEXT("{\"a\":1,\"b\":2,\"a\":1}"));
    want_err(e, ERR_PARAMETER_DOUBLED);
    want_text(json_doubled_name(e), "a");
    want_text(json_doubled_name(parse(TEXT("{\"\u4f60\":1,\"\u4f60\":1}"))), "\u4f60");
    want_text(json_doubled_name(parse(TEXT("{\"\":1,\"\":1}"))), "");
    want_text(json_doubled_name(parse(TEXT("{"))), "");
    want_err(parse(TEXT("{\"x\":{\"a\":1,\"\\u0061\":2}}")), ERR_PARAMETER_DOUBLED);
    arena_done(&arena);
}

TEST(scalars_as_a_form_would_send_them) {
    static const struct {
        const char *given, *wanted;
    } rows[] = {
        {"5", "5"},          {"-9223372036854775808", "-9223372036854775808"},
        {"\"x\"", "x"},      {"\"\"", ""},
        {"true", "true"},    {"false", "false"},
        {"null", ""},        {"[1, 2]", "[1,2]"},
        {"{\"a\": 1}", "{\"a\":1}"},
        {"0.1", "0.1"},      {"1.5", "1.5"},
        {"5.0", "5"},        {"-2.0", "-2"},
        {"1e3", "1000"},     {"1e20", "1e+20"},
        {"0.30000000000000004", "0.30000000000000004"},
        {"1e-7", "1e-07"},
    };
    arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        json_t *root;
        want_ok(json_parse(&arena, text_c(rows[i].given), &root));
        want_text(json_scalar_text_in(&arena, root), rows[i].wanted);
        json_decref(root);
    }
    json_t *root;
    want_ok(json_parse(&arena, TEXT("\"a\\u0000b\""), &root));
    want(text_equal(json_scalar_text_in(&arena, root), text_of("a\0b", 3)));
    json_decref(root);
    arena_done(&arena);
}

TEST(members) {
    json_t *root;
    arena_init(&arena, 1 << 20);
    want_ok(json_parse(&arena, TEXT("{\"a\":\"x\",\"b\":1}"), &root));
    want_text(json_member_text(root, "a"), "x");
    want_text(json_member_text(root, "b"), "");
    want_text(json_member_text(root, "c"), "");
    want_text(json_member_text(NULL, "c"), "");
    json_decref(root);
    arena_done(&arena);
}

TESTS(RUN(depth_at_the_limit), RUN(what_is_json), RUN(what_is_no_json), RUN(a_doubled_name),
      RUN(scalars_as_a_form_would_send_them), RUN(members))
