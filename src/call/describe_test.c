/* describe_test.c: the OpenAPI document is what its readers expect (OpenAPI 3.0.3), and the catalogue's
 * record holds what the descriptor says. */
#include "test.h"

#include "api/catalog.h"
#include "call/describe.h"
#include "call/openapi.h"
#include "codec/json_in.h"

#include <stdlib.h>

static struct arena arena;

static const struct endpoint sample = {
    .path = "/api/sample/one",
    .subject = "tests",
    .title = {"样例", "Sample"},
    .says = {"一", "One"},
    .asks = ASKS({"text", ASK_TEXT, REQUIRED, {"文本", "Text"}, 1, 9}, {"many", ASK_INT, OPTIONAL, {"", ""}, 1, 5, .fallback = "2"},
                 {"part", ASK_NUMBER, OPTIONAL, {"", ""}, 0, 1, .fallback = ".5"}, {"day", ASK_DATE, OPTIONAL, {"", ""}},
                 {"kind", ASK_CHOICE, OPTIONAL, {"", ""}, .choices = "a=x|b", .fallback = "b", .aliases = "k|t"},
                 {"image", ASK_FILE, OPTIONAL, {"", ""}}),
    .gives = GIVES({"", GIVE_LIST, {"列表", "List"}}),
    .shows = SHOWS({"text=a", "[1]", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 2,
};
static const struct endpoint hidden = {
    .path = "/api/hidden", .subject = "tests", .title = {"", ""}, .says = {"", ""}, .asks = ASKS({0})};
static const struct endpoint document = {.path = "/openapi.json", .is_bare = true};
static const struct endpoint *const samples[] = {&sample, &hidden, &document, NULL};

static json_t *openapi(const struct endpoint *const *catalog, const struct caller *caller, bool is_3_1) {
    struct buf out;
    struct json j;
    json_t *root;
    arena_done(&arena);
    arena_init(&arena, LIMIT_ARENA_BYTES);
    buf_init(&out, &arena, LIMIT_REPLY_BYTES);
    json_init(&j, &out);
    openapi_print(&j, catalog, caller, is_3_1);
    want(!buf_is_over(&out));
    want_ok(json_parse(&arena, buf_peek(&out), &root));
    return root;
}

static int end(void **unused) {
    (void)unused;
    arena_done(&arena);
    return 0;
}

static const json_t *at(const json_t *value, const char *trail) {
    struct text rest = text_c(trail), name;
    while (text_cut(&rest, '|', &name))
        value = json_object_get(value, text_c_in(&arena, name));
    return value;
}

static void want_value(const json_t *value, const char *wanted) {
    char *dump = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    if (!dump || strcmp(dump, wanted) != 0)
        fail_msg("%s is not %s", dump ? dump : "nothing", wanted);
    free(dump);
}

TEST(the_document_of_samples) {
    json_t *root = openapi(samples, NULL, false);
    want_value(at(root, "openapi"), "\"3.0.3\"");
    want_int(json_object_size(at(root, "paths")), 2); /* the document itself is no API */
    const json_t *post = at(root, "paths|/api/sample/one|post");
    want_value(at(post, "operationId"), "\"sample_one\"");
    want_value(at(post, "tags"), "[\"tests\"]");
    const json_t *schema = at(post, "requestBody|content|application/json|schema");
    want_value(at(schema, "required"), "[\"text\"]");
    want_int(json_object_size(at(schema, "properties")), 6);
    want_value(at(schema, "properties|text"), "{\"type\":\"string\",\"maxLength\":9,\"description\":\"文本\\n\\nText\"}");
    want_value(at(schema, "properties|many"), "{\"type\":\"integer\",\"minimum\":1,\"maximum\":5,\"default\":2,\"description\":\"\\n\\n\"}");
    want_value(at(schema, "properties|part|default"), "0.5");
    want_value(at(schema, "properties|day|format"), "\"date\"");
    want_value(at(schema, "properties|kind|enum"), "[\"a\",\"b\"]");
    want(at(post, "requestBody|content|multipart/form-data|schema") != NULL);
    want(at(root, "paths|/api/hidden|post|requestBody|content|multipart/form-data") == NULL);
    want(at(root, "paths|/api/hidden|post|requestBody|content|application/json|schema|required") == NULL);
    want_value(at(post, "responses|200|content|application/json|example|data"), "[1]");
    want_value(json_array_get(at(post, "responses|200|content|application/json|schema|allOf"), 1),
               "{\"type\":\"object\",\"properties\":{\"data\":{\"type\":\"array\",\"description\":\"列表\\n\\nList\",\"items\":{}}}}");
    json_decref(root);
    root = openapi(samples, NULL, true);
    want_value(at(root, "openapi"), "\"3.1.0\"");
    json_decref(root);
}

static bool only_sample(const struct caller *caller, const struct endpoint *e) {
    (void)caller;
    return e == &sample;
}

TEST(a_caller_sees_what_it_may_call) {
    const struct caller known = {.is_known = true, .may_call = only_sample}, nobody = {.is_known = false};
    json_t *root = openapi(samples, &known, false);
    want_int(json_object_size(at(root, "paths")), 1);
    json_decref(root);
    root = openapi(samples, &nobody, false);
    want_int(json_object_size(at(root, "paths")), 2);
    json_decref(root);
}

/* What OpenAPI 3.0.3 demands of each operation, for every API of the house. */
static void want_operation(const json_t *root, const char *path, const json_t *post, json_t *ids) {
    const char *id = json_string_value(at(post, "operationId"));
    if (!id || json_object_get(ids, id))
        fail_msg("%s: operationId %s is missing or there twice", path, id ? id : "");
    want_int(strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"), strlen(id));
    json_object_set_new(ids, id, json_true());
    want(json_is_string(at(post, "summary")) && json_is_string(at(post, "description")));
    want(json_is_string(at(post, "responses|200|description")));
    want(json_is_string(at(post, "responses|4XX|$ref")));
    const char *name, *type;
    json_t *property, *media;
    json_object_foreach((json_t *)at(post, "requestBody|content"), type, media) {
        const json_t *schema = at(media, "schema");
        want_value(at(schema, "type"), "\"object\"");
        json_object_foreach((json_t *)at(schema, "properties"), name, property) {
            const char *kind = json_string_value(at(property, "type"));
            const json_t *fallback = at(property, "default");
            bool is_number = strcmp(kind, "integer") == 0 || strcmp(kind, "number") == 0;
            if (fallback && json_is_number(fallback) != is_number)
                fail_msg("%s: the default of %s is no %s", path, name, kind);
        }
        size_t i;
        json_t *required;
        json_array_foreach(at(schema, "required"), i, required)
            want(at(at(schema, "properties"), json_string_value(required)) != NULL);
    }
    want(at(root, "components|schemas|Answer") != NULL);
}

TEST(the_document_of_the_house) {
    json_t *root = openapi(api_catalog, NULL, false), *ids = json_object();
    want(json_is_string(at(root, "info|title")) && json_is_string(at(root, "info|version")));
    size_t wanted = 0;
    for (size_t i = 0; api_catalog[i]; i++) {
        const json_t *item = json_object_get(at(root, "paths"), api_catalog[i]->path);
        if (!item && !api_catalog[i]->is_bare)
            fail_msg("%s is not in the document", api_catalog[i]->path);
        if (item)
            want_operation(root, api_catalog[i]->path, at(item, "post"), ids);
        wanted += item != NULL;
    }
    want_int(json_object_size(at(root, "paths")), wanted);
    json_decref(ids);
    json_decref(root);
}

TEST(the_record_of_an_api) {
    struct buf out;
    struct json j;
    json_t *root;
    arena_done(&arena);
    arena_init(&arena, LIMIT_ARENA_BYTES);
    buf_init(&out, &arena, LIMIT_REPLY_BYTES);
    json_init(&j, &out);
    describe_endpoint(&j, &sample, TEXT("nothing"));
    want_ok(json_parse(&arena, buf_peek(&out), &root));
    want_value(at(root, "path"), "\"/api/sample/one\"");
    want_value(at(root, "title"), "{\"zh\":\"样例\",\"en\":\"Sample\"}");
    want_value(at(root, "lane"), "\"worker\"");
    want_value(at(root, "price_units"), "2");
    want_value(at(root, "stands_on"), "\"nothing\"");
    want_int(json_array_size(at(root, "parameters")), 6);
    want_value(json_array_get(at(root, "parameters"), 4),
               "{\"name\":\"kind\",\"type\":\"choice\",\"required\":false,\"says\":{\"zh\":\"\",\"en\":\"\"},"
               "\"enum\":[\"a\",\"b\"],\"aliases\":\"k|t\",\"default\":\"b\"}");
    want_value(at(root, "fields"), "[{\"name\":\"\",\"type\":\"array\",\"says\":{\"zh\":\"列表\",\"en\":\"List\"}}]");
    want_value(at(root, "examples"), "[{\"query\":\"text=a\",\"data\":[1],\"exact\":true,\"live\":false}]");
    json_decref(root);
}

TEST(every_type_has_a_name) {
    for (int type = ASK_TEXT; type <= ASK_DOMAIN; type++)
        want(describe_ask_type((enum ask_type)type) != NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {RUN(the_document_of_samples), RUN(a_caller_sees_what_it_may_call),
                                       RUN(the_document_of_the_house), RUN(the_record_of_an_api),
                                       RUN(every_type_has_a_name)};
    return cmocka_run_group_tests(tests, NULL, end);
}
