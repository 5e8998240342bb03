/* openapi.c: see openapi.h. A field's name is a path ("records[].ttl"); the schema is the tree of these. */
#include "call/openapi.h"
#include "call/describe.h"
#include "codec/json_in.h"

struct printer {
    struct json *j;
    struct arena *arena;
    bool is_3_1;
    const struct endpoint *e;
    json_t *example; /* of the endpoint that is being printed */
};

/* ---- what is asked ---- */

static const char *schema_type(const struct ask *ask) {
    return ask->type == ASK_INT ? "integer" : ask->type == ASK_NUMBER ? "number" : "string";
}

/* The fallback in the type that the schema names. */
static void put_default(struct json *j, const struct ask *ask) {
    double number;
    if (!ask->fallback)
        return;
    json_name(j, "default");
    bool is_number = ask->type == ASK_INT || ask->type == ASK_NUMBER;
    if (is_number && text_to_number(text_c(ask->fallback), &number))
        json_number(j, number);
    else
        json_text(j, text_c(ask->fallback));
}

static void put_range(struct json *j, const struct ask *ask) {
    if ((ask->type != ASK_INT && ask->type != ASK_NUMBER) || (ask->low == 0 && ask->high == 0))
        return;
    json_name(j, "minimum");
    json_number(j, ask->low);
    json_name(j, "maximum");
    json_number(j, ask->high);
}

static void put_ask(struct printer *p, const struct ask *ask) {
    struct json *j = p->j;
    bool is_many = describe_takes_many(p->e, ask);
    json_open_object(j);
    json_put_c(j, "type", schema_type(ask));
    if (ask->type == ASK_FILE)
        json_put_c(j, p->is_3_1 ? "contentEncoding" : "format", p->is_3_1 ? "base64" : "byte");
    if (ask->type == ASK_DATE && !is_many)
        json_put_c(j, "format", "date");
    if (ask->choices)
        describe_choices(j, ask->choices);
    put_range(j, ask);
    if (ask->type == ASK_TEXT && !is_many)
        json_put_i64(j, "maxLength", ask->high > 0 ? (int64_t)ask->high : (int64_t)LIMIT_TEXT_CHARS);
    put_default(j, ask);
    struct words says = describe_ask_says(p->arena, p->e, ask);
    json_put_c(j, "description", text_say_in(p->arena, "%s\n\n%s", says.zh, says.en));
    json_close_object(j);
}

static bool has_file(const struct endpoint *e) {
    for (const struct ask *ask = e->asks; ask && ask->name; ask++)
        if (ask->type == ASK_FILE)
            return true;
    return false;
}

static void put_required(struct printer *p) {
    bool is_open = false;
    for (const struct ask *ask = p->e->asks; ask && ask->name; ask++) {
        if (ask->need != REQUIRED)
            continue;
        if (!is_open) {
            json_name(p->j, "required");
            json_open_list(p->j);
        }
        is_open = true;
        json_text(p->j, text_c(ask->name));
    }
    if (is_open)
        json_close_list(p->j);
}

static void put_body(struct printer *p, const char *media) {
    struct json *j = p->j;
    json_name(j, media);
    json_open_object(j);
    json_name(j, "schema");
    json_open_object(j);
    json_put_c(j, "type", "object");
    json_name(j, "properties");
    json_open_object(j);
    for (const struct ask *ask = p->e->asks; ask && ask->name; ask++) {
        json_name(j, ask->name);
        put_ask(p, ask);
    }
    json_close_object(j);
    put_required(p);
    json_close_object(j);
    json_close_object(j);
}

/* ---- what is answered ---- */

static const char *const give_types[] = {
    [GIVE_TEXT] = "string", [GIVE_INT] = "integer", [GIVE_NUMBER] = "number",
    [GIVE_BOOL] = "boolean", [GIVE_OBJECT] = "object", [GIVE_LIST] = "array"};

static const struct give *give_of(const struct endpoint *e, struct text name) {
    for (const struct give *g = e->gives; g && g->name; g++)
        if (text_equal_c(name, g->name))
            return g;
    return NULL;
}

/* Does any field stand below `node`, behind `mark`? */
static bool has_below(const struct endpoint *e, struct text node, const char *mark) {
    for (const struct give *g = e->gives; g && g->name; g++) {
        struct text name = text_c(g->name);
        bool is_below = name.length > node.length && text_starts(name, node);
        if (is_below && text_starts(text_from(name, node.length), text_c(mark)))
            return true;
    }
    return false;
}

/* What the example has at this path: NULL where it has nothing there. */
static const json_t *example_at(const json_t *at, struct text path) {
    while (at && path.length) {
        if (text_starts(path, TEXT("[]"))) {
            at = json_array_get(at, 0);
            path = text_from(path, 2);
            continue;
        }
        if (path.bytes[0] == '.')
            path = text_from(path, 1);
        size_t end = 0;
        while (end < path.length && path.bytes[end] != '.' && path.bytes[end] != '[')
            end++;
        at = json_object_getn(at, path.bytes, end);
        path = text_from(path, end);
    }
    return at;
}

static void put_type(struct printer *p, const char *type, bool is_nullable) {
    if (!is_nullable) {
        json_put_c(p->j, "type", type);
    } else if (p->is_3_1) {
        json_name(p->j, "type");
        json_open_list(p->j);
        json_text(p->j, text_c(type));
        json_text(p->j, TEXT("null"));
        json_close_list(p->j);
    } else {
        json_put_c(p->j, "type", type);
        json_put_bool(p->j, "nullable", true);
    }
}

static void put_node(struct printer *p, struct text node);

/* The name of the first step below `node`, or nothing where `name` is not directly or further below it. */
static struct text step_below(struct text node, struct text name) {
    if (name.length <= node.length || !text_starts(name, node))
        return TEXT("");
    struct text rest = text_from(name, node.length);
    if (node.length) {
        if (rest.bytes[0] != '.')
            return TEXT("");
        rest = text_from(rest, 1);
    }
    size_t end = 0;
    while (end < rest.length && rest.bytes[end] != '.' && rest.bytes[end] != '[')
        end++;
    return text_part(rest, 0, end);
}

static bool came_before(const struct endpoint *e, const struct give *until, struct text node,
                        struct text step) {
    for (const struct give *g = e->gives; g != until; g++)
        if (text_equal(step_below(node, text_c(g->name)), step))
            return true;
    return false;
}

static void put_members(struct printer *p, struct text node) {
    bool is_open = false;
    for (const struct give *g = p->e->gives; g && g->name; g++) {
        struct text step = step_below(node, text_c(g->name));
        if (step.length == 0 || text_equal_c(step, "*") || came_before(p->e, g, node, step))
            continue;
        if (!is_open) {
            json_name(p->j, "properties");
            json_open_object(p->j);
        }
        is_open = true;
        json_name_text(p->j, step);
        const char *dot = node.length ? "." : "";
        put_node(p, text_format_in(p->arena, "%.*s%s%.*s", TEXT_ARG(node), dot, TEXT_ARG(step)));
    }
    if (is_open)
        json_close_object(p->j);
}

/* NULL where the value may be of any type. */
static const char *type_of(const struct endpoint *e, struct text node, const struct give *give) {
    if (give && give->type == GIVE_ANY)
        return NULL;
    if (has_below(e, node, "[]"))
        return "array";
    if (has_below(e, node, node.length ? "." : ""))
        return "object";
    return give ? give_types[give->type] : NULL;
}

/* The schema of one field and of all below it. */
static void put_node(struct printer *p, struct text node) {
    const struct give *give = give_of(p->e, node);
    const char *type = type_of(p->e, node, give);
    json_open_object(p->j);
    if (type)
        put_type(p, type, json_is_null(example_at(p->example, node)));
    if (give)
        json_put_c(p->j, "description", text_say_in(p->arena, "%s\n\n%s", give->says.zh, give->says.en));
    if (type && text_equal_c(text_c(type), "array")) {
        struct text items = text_format_in(p->arena, "%.*s[]", TEXT_ARG(node));
        json_name(p->j, "items");
        if (has_below(p->e, node, "[]"))
            put_node(p, items);
        else
            json_raw(p->j, TEXT("{}"));
    } else if (type && text_equal_c(text_c(type), "object")) {
        put_members(p, node);
    }
    json_close_object(p->j);
}

static void put_data_schema(struct printer *p) {
    struct json *j = p->j;
    json_name(j, "allOf");
    json_open_list(j);
    json_raw(j, TEXT("{\"$ref\":\"#/components/schemas/Answer\"}"));
    json_open_object(j);
    json_put_c(j, "type", "object");
    json_name(j, "properties");
    json_open_object(j);
    json_name(j, "data");
    put_node(p, TEXT(""));
    json_close_object(j);
    json_close_object(j);
    json_close_list(j);
}

static void put_example(struct printer *p) {
    struct json *j = p->j;
    json_name(j, "example");
    json_open_object(j);
    json_put_c(j, "request_id", "7467325123456789");
    json_put_bool(j, "success", true);
    json_put_c(j, "message", "success");
    json_put_i64(j, "code", 200);
    json_name(j, "data");
    json_raw(j, text_c(p->e->shows->data));
    json_put_i64(j, "time", 1717214400);
    json_put_i64(j, "usage", p->e->price_units);
    json_close_object(j);
}

static void put_answer(struct printer *p) {
    struct json *j = p->j;
    json_name(j, "responses");
    json_open_object(j);
    json_name(j, "200");
    json_open_object(j);
    json_put_c(j, "description", "success");
    json_name(j, "content");
    json_open_object(j);
    json_name(j, "application/json");
    json_open_object(j);
    json_name(j, "schema");
    json_open_object(j);
    put_data_schema(p);
    json_close_object(j);
    if (p->example)
        put_example(p);
    json_close_object(j);
    json_close_object(j);
    json_close_object(j);
    json_name(j, "4XX");
    json_raw(j, TEXT("{\"$ref\":\"#/components/responses/Refusal\"}"));
    json_name(j, "5XX");
    json_raw(j, TEXT("{\"$ref\":\"#/components/responses/Refusal\"}"));
    json_close_object(j);
}

/* ---- the document ---- */

/* "/api/qr/decode" -> "qr_decode" */
static struct text operation_id_in(struct arena *a, const char *path) {
    struct text id = text_copy_in(a, text_from(text_c(path), sizeof "/api/" - 1));
    for (size_t i = 0; i < id.length; i++)
        if (id.bytes[i] == '/' || id.bytes[i] == '.' || id.bytes[i] == '-')
            ((char *)id.bytes)[i] = '_';
    return id;
}

static void put_operation(struct printer *p) {
    struct json *j = p->j;
    json_name(j, p->e->path);
    json_open_object(j);
    json_name(j, "post");
    json_open_object(j);
    json_put_text(j, "operationId", operation_id_in(p->arena, p->e->path));
    json_put_c(j, "summary", p->e->title.zh);
    json_put_c(j, "description", text_say_in(p->arena, "%s\n\n%s", p->e->says.zh, p->e->says.en));
    json_name(j, "tags");
    json_open_list(j);
    json_text(j, text_c(p->e->subject));
    json_close_list(j);
    if (p->e->access == ACCESS_PUBLIC) {
        json_name(j, "security");
        json_raw(j, TEXT("[{},{\"token\":[]},{\"bearer\":[]}]"));
    }
    json_name(j, "requestBody");
    json_open_object(j);
    json_name(j, "content");
    json_open_object(j);
    put_body(p, "application/json");
    if (has_file(p->e))
        put_body(p, "multipart/form-data");
    json_close_object(j);
    json_close_object(j);
    put_answer(p);
    json_close_object(j);
    json_close_object(j);
}

static void print_endpoint(struct printer *p, const struct endpoint *e) {
    p->e = e;
    p->example = NULL;
    if (e->shows && e->shows->asks && json_parse(p->arena, text_c(e->shows->data), &p->example).kind)
        p->example = NULL;
    put_operation(p);
    json_decref(p->example);
}

static const char components[] =
    "{\"schemas\":{\"Answer\":{\"type\":\"object\",\"required\":[\"request_id\",\"success\",\"message\","
    "\"code\",\"time\",\"usage\"],\"properties\":{\"request_id\":{\"type\":\"string\"},\"success\":{\"type\":"
    "\"boolean\"},\"message\":{\"type\":\"string\"},\"code\":{\"type\":\"integer\"},\"data\":{},\"time\":"
    "{\"type\":\"integer\"},\"usage\":{\"type\":\"integer\"},\"source\":{\"type\":\"object\",\"properties\":"
    "{\"name\":{\"type\":\"string\"},\"as_of\":{\"type\":\"string\"},\"stale\":{\"type\":\"boolean\"}}}}},"
    "\"Refusal\":{\"type\":\"object\",\"required\":[\"request_id\",\"success\",\"message\",\"code\",\"error\","
    "\"hint\"],"
    "\"properties\":{\"request_id\":{\"type\":\"string\"},\"success\":{\"type\":\"boolean\"},\"message\":{\"type\":"
    "\"string\"},\"code\":{\"type\":\"integer\"},\"error\":{\"type\":\"string\"},\"hint\":{\"type\":\"string\"},"
    "\"parameter\":{\"type\":\"string\"},\"time\":{\"type\":\"integer\"},\"usage\":{\"type\":\"integer\"}}}},"
    "\"responses\":{\"Refusal\":{\"description\":\"a refusal: error names it, hint says how to mend it\","
    "\"content\":"
    "{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/Refusal\"}}}}},"
    "\"securitySchemes\":{\"token\":{\"type\":\"apiKey\",\"in\":\"header\",\"name\":\"token\"},"
    "\"bearer\":{\"type\":\"http\",\"scheme\":\"bearer\"}}}";

void openapi_print(struct json *j, const struct endpoint *const *catalog, const struct caller *caller,
                   bool is_3_1) {
    struct printer p = {.j = j, .arena = j->out->arena, .is_3_1 = is_3_1};
    json_open_object(j);
    json_put_c(j, "openapi", is_3_1 ? "3.1.0" : "3.0.3");
    json_name(j, "info");
    json_raw(j, TEXT("{\"title\":\"alapi\",\"version\":\"1\",\"license\":{\"name\":\"terms\",\"url\":\"/policy\"}}"));
    json_name(j, "servers");
    json_raw(j, TEXT("[{\"url\":\"/\"}]"));
    json_name(j, "security");
    json_raw(j, TEXT("[{\"token\":[]},{\"bearer\":[]}]"));
    json_name(j, "paths");
    json_open_object(j);
    for (size_t i = 0; catalog[i]; i++) {
        bool may = !caller || !caller->is_known || caller->may_call(caller, catalog[i]);
        if (may && !catalog[i]->is_bare)
            print_endpoint(&p, catalog[i]);
    }
    json_close_object(j);
    json_name(j, "components");
    json_raw(j, text_c(components));
    json_close_object(j);
}
