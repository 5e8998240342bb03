/* mapping.c: see mapping.h. The descriptor is walked and not the answer: so no provider can add a field
 * or leave one out. A prefix is what stands before a field's own name: "" at the top, "[]." in a list at
 * the top, "hour[]." or "aqi." below. */
#include "connect/mapping.h"
#include "base/must.h"
#include "codec/json_in.h"

#include <math.h>
#include <stdlib.h>

enum { ITEMS_MAX = 5000, PREFIX_DEPTH_MAX = 8, ARENA_BYTES_MAX = 32 << 20 };

struct writing {
    struct scope *scope;
    const struct endpoint *endpoint;
    struct json json;
    struct buf *out;
    struct err wrong;
    unsigned nesting;
};

static void fail(struct writing *w, const char *what, struct text name) {
    if (!w->wrong.kind)
        w->wrong = err_make(ERR_SOURCE_FAILED, text_say_in(w->scope->call->arena, "the answer's %s %.*s",
                                                           what, TEXT_ARG(name)));
}

static const struct connector_line *rule_of(const struct writing *w, struct text name) {
    const struct connector_part *part = w->scope->part;
    for (unsigned i = 0; i < part->line_count; i++) {
        const struct connector_line *line = &part->lines[i];
        if ((line->word == WORD_GIVE || line->word == WORD_MUST) && text_equal(line->name, name))
            return line;
    }
    return NULL;
}

/* ---- scalars ---- */

static void write_typed(struct writing *w, enum give_type type, struct text value) {
    double n;
    int64_t whole;
    if (type == GIVE_INT && text_to_i64(value, &whole))
        json_i64(&w->json, whole);
    else if (type == GIVE_INT && text_to_number(value, &n) && fabs(n) < 9e15)
        json_i64(&w->json, (int64_t)llround(n));
    else if (type == GIVE_NUMBER && text_to_number(value, &n))
        json_number(&w->json, n);
    else if (type == GIVE_BOOL && (text_equal_c(value, "true") || text_equal_c(value, "1")))
        json_bool(&w->json, true);
    else if (type == GIVE_BOOL && (text_equal_c(value, "false") || text_equal_c(value, "0")))
        json_bool(&w->json, false);
    else if (type == GIVE_TEXT)
        json_text(&w->json, value);
    else
        json_none(&w->json);
}

/* A text as the list of its lines. */
static void write_lines(struct writing *w, struct text value) {
    struct text line;
    json_open_list(&w->json);
    while (text_cut(&value, '\n', &line))
        if (text_trim(line).length)
            json_text(&w->json, text_trim(line));
    json_close_list(&w->json);
}

/* The answer's own value, whatever it is: for fields that are objects of the provider's. */
static bool write_whole(struct writing *w, enum give_type type, struct text path) {
    bool is_path = text_starts(path, TEXT("/")) || text_starts(path, TEXT("."));
    const json_t *found = is_path ? value_at(w->scope, path) : NULL;
    bool is_wrong = (type == GIVE_LIST && !json_is_array(found)) ||
                    (type == GIVE_OBJECT && !json_is_object(found));
    if (!found || is_wrong)
        return false;
    char *dumped = json_dumps(found, JSON_ENCODE_ANY | JSON_COMPACT);
    must(dumped != NULL);
    json_raw(&w->json, text_c(dumped));
    free(dumped);
    return true;
}

static void write_scalar(struct writing *w, const struct give *g, struct text name) {
    const struct connector_line *rule = rule_of(w, name);
    bool is_whole = g->type == GIVE_ANY || g->type == GIVE_OBJECT || g->type == GIVE_LIST;
    struct text value = TEXT("");
    if (rule && is_whole && write_whole(w, g->type, rule->value))
        return;
    bool is_there = rule && value_of(w->scope, rule->value, &value);
    if (rule && rule->word == WORD_MUST && (!is_there || value.length == 0))
        fail(w, "lacks", name);
    if (is_there && g->type == GIVE_LIST)
        write_lines(w, value);
    else if (is_there)
        write_typed(w, g->type == GIVE_ANY ? GIVE_TEXT : g->type, value);
    else if (g->type == GIVE_LIST)
        json_raw(&w->json, TEXT("[]"));
    else
        json_none(&w->json);
}

/* ---- objects and lists ---- */

static void write_members(struct writing *w, struct text prefix);

/* The number behind a filter of a list: "/hourly/time | slice 24" */
static uint64_t list_number(struct writing *w, struct text filters, const char *name, uint64_t missing) {
    struct text call, number;
    uint64_t n;
    while (value_cut(&filters, '|', &call)) {
        call = text_trim(call);
        if (!text_starts(call, text_c(name)))
            continue;
        bool is_known =
            value_fill(w->scope, text_trim(text_from(call, strlen(name))), escape_nothing, &number);
        return is_known && text_to_u64(number, &n) ? n : missing;
    }
    return missing;
}

static const json_t *list_at(struct writing *w, struct text sources) {
    const json_t *found = NULL;
    while (sources.length && !found) {
        size_t at = text_find(sources, TEXT(" or "));
        struct text path = text_trim(text_part(sources, 0, at));
        if (path.length && (path.bytes[0] == '/' || path.bytes[0] == '.'))
            found = value_at(w->scope, path);
        sources = at == SIZE_MAX ? TEXT("") : text_from(sources, at + 4);
    }
    return found;
}

static bool has_members(const struct endpoint *e, struct text prefix) {
    for (const struct give *g = e->gives; g->name; g++)
        if (g->name[0] && text_starts(text_c(g->name), prefix) && strlen(g->name) > prefix.length)
            return true;
    return false;
}

static void write_item(struct writing *w, const json_t *item, size_t index, struct text prefix) {
    struct scope *s = w->scope;
    must(s->depth < SCOPE_LEVELS_MAX); /* a descriptor nests less */
    s->levels[s->depth].item = item;
    s->levels[s->depth++].index = index;
    if (has_members(w->endpoint, prefix)) {
        json_open_object(&w->json);
        write_members(w, prefix);
        json_close_object(&w->json);
    } else {
        write_whole(w, GIVE_ANY, TEXT("."));
    }
    s->depth--;
}

static void write_list(struct writing *w, const struct connector_line *rule, struct text name,
                       struct text prefix) {
    struct text filters = rule ? rule->value : TEXT(""), sources = TEXT("");
    value_cut(&filters, '|', &sources);
    const json_t *list = rule ? list_at(w, sources) : NULL;
    struct scope *s = w->scope;
    bool is_one = json_is_object(list) && text_find(filters, TEXT("one")) != SIZE_MAX;
    if (list && !json_is_array(list) && !is_one)
        fail(w, "is no list:", name);
    if (!list && rule && rule->word == WORD_MUST)
        fail(w, "lacks", name);
    size_t count = json_array_size(list), from = 0, slice = list_number(w, filters, "slice ", 0);
    if (slice && s->depth)
        from = s->levels[s->depth - 1].index * slice;
    size_t most = slice ? slice : list_number(w, filters, "most ", ITEMS_MAX);
    json_open_list(&w->json);
    if (is_one)
        write_item(w, list, 0, prefix);
    for (size_t i = from; i < count && i - from < most && !w->wrong.kind && !buf_is_over(w->out); i++) {
        if (s->call->arena->total > ARENA_BYTES_MAX || i - from == ITEMS_MAX)
            fail(w, "is too large at", name);
        else if (!json_is_null(json_array_get(list, i)))
            write_item(w, json_array_get(list, i), i, prefix);
    }
    json_close_list(&w->json);
}

/* Does the rule lead to a list? A text is a list of its lines, and `each` makes such a text. */
static bool names_list(struct writing *w, const struct connector_line *rule) {
    if (!rule || text_find(rule->value, TEXT("| each ")) != SIZE_MAX)
        return false;
    const json_t *found = list_at(w, text_trim(text_part(rule->value, 0, text_find_char(rule->value, '|'))));
    return found && !json_is_string(found);
}

static void write_field(struct writing *w, const struct give *g) {
    struct arena *a = w->scope->call->arena;
    struct text name = text_c(g->name);
    struct text inside = text_format_in(a, "%s.", g->name), items = text_format_in(a, "%s[].", g->name);
    const struct connector_line *rule = rule_of(w, name);
    if (has_members(w->endpoint, items)) {
        write_list(w, rule, name, items);
    } else if (has_members(w->endpoint, inside)) {
        json_open_object(&w->json);
        write_members(w, inside);
        json_close_object(&w->json);
    } else if (g->type == GIVE_LIST && names_list(w, rule)) {
        write_list(w, rule, name, items);
    } else {
        write_scalar(w, g, name);
    }
}

/* The fields that stand right below the prefix. */
static void write_members(struct writing *w, struct text prefix) {
    if (++w->nesting > PREFIX_DEPTH_MAX)
        must(!"a descriptor nests too deep");
    for (const struct give *g = w->endpoint->gives; g->name && !buf_is_over(w->out); g++) {
        struct text name = text_c(g->name);
        if (!text_starts(name, prefix) || name.length == prefix.length)
            continue;
        struct text own = text_from(name, prefix.length);
        if (text_find_char(own, '.') != SIZE_MAX || text_find_char(own, '[') != SIZE_MAX)
            continue;
        json_name_of(&w->json, own);
        write_field(w, g);
    }
    w->nesting--;
}

static const struct connector_line *rule_of_data(const struct writing *w) {
    const struct connector_line *rule = rule_of(w, TEXT("data"));
    return rule ? rule : rule_of(w, TEXT("[]"));
}

struct err mapping_write(struct scope *s, struct buf *out) {
    struct writing w = {.scope = s, .endpoint = s->call->endpoint, .out = out, .wrong = ok};
    const struct give *first = w.endpoint->gives;
    json_init(&w.json, out);
    if (has_members(w.endpoint, TEXT("[]"))) {
        write_list(&w, rule_of_data(&w), TEXT("data"), TEXT("[]."));
    } else if (first->name[0] == '\0' || strcmp(first->name, "*") == 0) {
        const struct connector_line *rule = rule_of_data(&w);
        struct text value;
        if (rule && write_whole(&w, first->type, rule->value))
            ;
        else if (rule && value_of(s, rule->value, &value))
            write_typed(&w, first->type == GIVE_ANY ? GIVE_TEXT : first->type, value);
        else
            fail(&w, "lacks", TEXT("data"));
    } else {
        json_open_object(&w.json);
        write_members(&w, TEXT(""));
        json_close_object(&w.json);
    }
    return w.wrong;
}
