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

void describe_choices(struct json *j, const char *choices) {
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

bool describe_takes_many(const struct endpoint *e, const struct ask *ask) {
    return e->many && ask == &e->asks[e->many - 1];
}

struct words describe_ask_says(struct arena *a, const struct endpoint *e, const struct ask *ask) {
    if (!describe_takes_many(e, ask))
        return ask->says;
    return (struct words){text_say_in(a, "%s%s", ask->says.zh, many_says.zh), text_say_in(a, "%s%s", ask->says.en, many_says.en)};
}

/* Of a number: its least and most; of a text: its characters. */
static void put_limits(struct json *j, const struct ask *ask) {
    bool is_text = ask->type == ASK_TEXT;
    bool is_number = ask->type == ASK_INT || ask->type == ASK_NUMBER;
    if (!is_text && !(is_number && (ask->low != 0 || ask->high != 0)))
        return;
    json_name(j, "low");
    json_number(j, is_text && ask->low <= 0 ? 1 : ask->low);
    json_name(j, "high");
    json_number(j, is_text && ask->high <= 0 ? LIMIT_TEXT_CHARS : ask->high);
}

static void put_ask(struct json *j, const struct endpoint *e, const struct ask *ask) {
    json_open_object(j);
    json_put_c(j, "name", ask->name);
    json_put_c(j, "type", ask_types[ask->type]);
    json_put_bool(j, "required", ask->need == REQUIRED);
    put_words(j, "says", describe_ask_says(j->out->arena, e, ask));
    put_limits(j, ask);
    if (describe_takes_many(e, ask))
        json_put_bool(j, "many", true);
    if (ask->choices)
        describe_choices(j, ask->choices);
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
        json_put_bool(j, "live", s->check == SHOW_LIVE);
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
