/* describe.c: see describe.h. */
#include "call/describe.h"

static const char *const ask_types[] = {
    [ASK_TEXT] = "text", [ASK_INT] = "integer", [ASK_NUMBER] = "number", [ASK_BOOL] = "boolean",
    [ASK_DATE] = "date", [ASK_CHOICE] = "choice", [ASK_FILE] = "file", [ASK_IP] = "ip", [ASK_DOMAIN] = "domain"};

static const char *const give_types[] = {
    [GIVE_TEXT] = "string", [GIVE_INT] = "integer", [GIVE_NUMBER] = "number", [GIVE_BOOL] = "boolean",
    [GIVE_OBJECT] = "object", [GIVE_LIST] = "array", [GIVE_ANY] = "any"};

const char *describe_ask_type(enum ask_type type) {
    return ask_types[type];
}

static void put_words(struct json *j, const char *name, struct words words) {
    json_name(j, name);
    json_open_object(j);
    json_put_c(j, "zh", words.zh);
    json_put_c(j, "en", words.en);
    json_close_object(j);
}

static void put_choices(struct json *j, const char *choices) {
    struct text rest = text_c(choices), piece;
    json_name(j, "enum");
    json_open_list(j);
    while (text_cut(&rest, '|', &piece))
        json_text(j, text_part(piece, 0, text_find_char(piece, '=')));
    json_close_list(j);
}

/* What every parameter that takes a list says besides. */
static const struct words many_says = {"；可一次传最多 100 个值，用逗号分隔（JSON 请求可传数组），按个数计费",
                                       "; up to 100 values at once, parted by commas (or a JSON list), are charged one by one"};

static bool takes_many(const struct endpoint *e, const struct ask *ask) {
    return e->many && ask == &e->asks[e->many - 1];
}

static struct words ask_says(struct arena *a, const struct endpoint *e, const struct ask *ask) {
    if (!takes_many(e, ask))
        return ask->says;
    return (struct words){text_say_in(a, "%s%s", ask->says.zh, many_says.zh), text_say_in(a, "%s%s", ask->says.en, many_says.en)};
}

static void put_ask(struct json *j, const struct endpoint *e, const struct ask *ask) {
    json_open_object(j);
    json_put_c(j, "name", ask->name);
    json_put_c(j, "type", ask_types[ask->type]);
    json_put_bool(j, "required", ask->need == REQUIRED);
    put_words(j, "says", ask_says(j->out->arena, e, ask));
    if (takes_many(e, ask))
        json_put_bool(j, "many", true);
    if (ask->choices)
        put_choices(j, ask->choices);
    if (ask->aliases)
        json_put_c(j, "aliases", ask->aliases);
    if (ask->fallback)
        json_put_c(j, "default", ask->fallback);
    json_close_object(j);
}

static void put_lists(struct json *j, const struct endpoint *e) {
    json_name(j, "parameters");
    json_open_list(j);
    for (const struct ask *ask = e->asks; ask && ask->name; ask++)
        put_ask(j, e, ask);
    json_close_list(j);
    json_name(j, "fields");
    json_open_list(j);
    for (const struct give *give = e->gives; give && give->name; give++) {
        json_open_object(j);
        json_put_c(j, "name", give->name);
        json_put_c(j, "type", give_types[give->type]);
        put_words(j, "says", give->says);
        json_close_object(j);
    }
    json_close_list(j);
    json_name(j, "examples");
    json_open_list(j);
    for (const struct show *s = e->shows; s && s->asks; s++) {
        json_open_object(j);
        json_put_c(j, "query", s->asks);
        json_name(j, "data");
        json_raw(j, text_c(s->data));
        json_put_bool(j, "exact", s->check == SHOW_EXACT);
        json_close_object(j);
    }
    json_close_list(j);
}

void describe_endpoint(struct json *j, const struct endpoint *e, struct text stands_on) {
    json_open_object(j);
    json_put_c(j, "path", e->path);
    json_put_c(j, "subject", e->subject);
    put_words(j, "title", e->title);
    put_words(j, "says", e->says);
    json_put_c(j, "lane", e->lane == LANE_WORKER ? "worker" : "inline");
    json_put_bool(j, "public", e->access == ACCESS_PUBLIC);
    json_put_i64(j, "price_units", e->price_units);
    json_put_i64(j, "keep_s", e->keep_s);
    json_put_text(j, "stands_on", stands_on);
    put_lists(j, e);
    json_close_object(j);
}

/* ---- OpenAPI ---- */

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

static void put_schema(struct json *j, const struct endpoint *e, const struct ask *ask) {
    json_open_object(j);
    json_put_c(j, "type", ask->type == ASK_INT ? "integer" : ask->type == ASK_NUMBER ? "number" : "string");
    if (ask->type == ASK_DATE)
        json_put_c(j, "format", "date");
    if (ask->type == ASK_FILE)
        json_put_c(j, "format", "byte");
    if (ask->choices)
        put_choices(j, ask->choices);
    bool is_number = ask->type == ASK_INT || ask->type == ASK_NUMBER;
    if (is_number && (ask->low != 0 || ask->high != 0)) {
        json_name(j, "minimum");
        json_number(j, ask->low);
        json_name(j, "maximum");
        json_number(j, ask->high);
    }
    if (ask->type == ASK_TEXT && !takes_many(e, ask))
        json_put_i64(j, "maxLength", ask->high > 0 ? (int64_t)ask->high : (int64_t)LIMIT_TEXT_CHARS);
    put_default(j, ask);
    json_put_c(j, "description", ask_says(j->out->arena, e, ask).zh);
    json_close_object(j);
}

static bool has_file(const struct endpoint *e) {
    for (const struct ask *ask = e->asks; ask && ask->name; ask++)
        if (ask->type == ASK_FILE)
            return true;
    return false;
}

static void put_body(struct json *j, const struct endpoint *e) {
    json_open_object(j);
    json_put_c(j, "type", "object");
    json_name(j, "properties");
    json_open_object(j);
    unsigned required = 0;
    for (const struct ask *ask = e->asks; ask && ask->name; ask++) {
        json_name(j, ask->name);
        put_schema(j, e, ask);
        required += ask->need == REQUIRED;
    }
    json_close_object(j);
    if (required) {
        json_name(j, "required");
        json_open_list(j);
        for (const struct ask *ask = e->asks; ask->name; ask++)
            if (ask->need == REQUIRED)
                json_text(j, text_c(ask->name));
        json_close_list(j);
    }
    json_close_object(j);
}

static void put_media(struct json *j, const char *type, const struct endpoint *e) {
    json_name(j, type);
    json_open_object(j);
    json_name(j, "schema");
    put_body(j, e);
    json_close_object(j);
}

static void put_answer(struct json *j, const struct endpoint *e) {
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
    json_put_c(j, "$ref", "#/components/schemas/Answer");
    json_close_object(j);
    if (e->shows && e->shows->asks) {
        json_name(j, "example");
        json_raw(j, text_c(e->shows->data));
    }
    json_close_object(j);
    json_close_object(j);
    json_close_object(j);
    json_name(j, "default");
    json_open_object(j);
    json_put_c(j, "description", "a refusal: error names it, hint says how to mend it");
    json_close_object(j);
    json_close_object(j);
}

/* "/api/qr/decode" -> "qr_decode" */
static struct text operation_id_in(struct arena *a, const char *path) {
    struct text id = text_copy_in(a, text_from(text_c(path), sizeof "/api/" - 1));
    for (size_t i = 0; i < id.length; i++)
        if (id.bytes[i] == '/')
            ((char *)id.bytes)[i] = '_';
    return id;
}

static void put_operation(struct json *j, const struct endpoint *e) {
    json_name(j, e->path);
    json_open_object(j);
    json_name(j, "post");
    json_open_object(j);
    json_put_text(j, "operationId", operation_id_in(j->out->arena, e->path));
    json_put_c(j, "summary", e->title.zh);
    json_put_c(j, "description", text_say_in(j->out->arena, "%s\n\n%s", e->says.zh, e->says.en));
    json_name(j, "tags");
    json_open_list(j);
    json_text(j, text_c(e->subject));
    json_close_list(j);
    json_name(j, "requestBody");
    json_open_object(j);
    json_name(j, "content");
    json_open_object(j);
    put_media(j, "application/json", e);
    if (has_file(e))
        put_media(j, "multipart/form-data", e);
    json_close_object(j);
    json_close_object(j);
    put_answer(j, e);
    json_close_object(j);
    json_close_object(j);
}

static const char components[] =
    "{\"schemas\":{\"Answer\":{\"type\":\"object\",\"required\":[\"request_id\",\"success\",\"message\","
    "\"code\",\"time\",\"usage\"],\"properties\":{\"request_id\":{\"type\":\"string\"},\"success\":{\"type\":"
    "\"boolean\"},\"message\":{\"type\":\"string\"},\"code\":{\"type\":\"integer\"},\"data\":{},\"time\":"
    "{\"type\":\"integer\"},\"usage\":{\"type\":\"integer\"},\"error\":{\"type\":\"string\"},\"hint\":{"
    "\"type\":\"string\"}}}},\"securitySchemes\":{\"token\":{\"type\":\"apiKey\",\"in\":\"header\",\"name\":"
    "\"token\"},\"bearer\":{\"type\":\"http\",\"scheme\":\"bearer\"}}}";

void describe_openapi(struct json *j, const struct endpoint *const *catalog, const struct caller *caller,
                      bool is_3_1) {
    json_open_object(j);
    json_put_c(j, "openapi", is_3_1 ? "3.1.0" : "3.0.3");
    json_name(j, "info");
    json_open_object(j);
    json_put_c(j, "title", "alapi");
    json_put_c(j, "version", "1");
    json_close_object(j);
    json_name(j, "security");
    json_raw(j, TEXT("[{\"token\":[]},{\"bearer\":[]}]"));
    json_name(j, "paths");
    json_open_object(j);
    for (size_t i = 0; catalog[i]; i++) {
        bool may = !caller || !caller->is_known || caller->may_call(caller, catalog[i]);
        if (may && !catalog[i]->is_bare)
            put_operation(j, catalog[i]);
    }
    json_close_object(j);
    json_name(j, "components");
    json_raw(j, text_c(components));
    json_close_object(j);
}
