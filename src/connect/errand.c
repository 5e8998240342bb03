/* errand.c: see errand.h. */
#include "connect/errand.h"
#include "base/must.h"
#include "codec/feed.h"
#include "codec/form.h"
#include "codec/json_in.h"
#include "connect/mapping.h"
#include "fetch/http.h"

#include <stdlib.h>

enum {
    BODY_BYTES_MAX = 3 << 20,
    HEADERS_MAX = 24,
    TIME_MS = 3000,
    BYTES = 1 << 20,
    WHY_LENGTH = 100,
};

struct asking {
    const struct errand *errand;
    struct scope scope;
    uint64_t ends_ns;
    struct errand_end end;
};

static bool fail(struct asking *k, enum errand_fate fate, unsigned status, const char *why) {
    k->end = (struct errand_end){fate, status, why};
    return false;
}

/* ---- the request ---- */

struct walk { /* over the lines of one word: the part's, then those of the head that the part has not */
    const struct connector *c;
    const struct connector_part *part;
    unsigned at;
    bool in_head;
};

static const struct connector_line *next_line(struct walk *w, enum connector_word word) {
    for (;;) {
        const struct connector_part *from = w->in_head ? &w->c->parts[0] : w->part;
        while (w->at < from->line_count) {
            const struct connector_line *line = &from->lines[w->at++];
            if (line->word == word &&
                (!w->in_head || connector_find(w->c, w->part, word, line->name) == line))
                return line;
        }
        if (w->in_head)
            return NULL;
        w->in_head = true;
        w->at = 0;
    }
}

static struct walk walk_of(const struct asking *k) {
    return (struct walk){.c = k->scope.connector, .part = k->scope.part};
}

static void put_pairs(struct asking *k, struct buf *b, enum connector_word word) {
    struct walk w = walk_of(k);
    struct text value;
    for (const struct connector_line *line; (line = next_line(&w, word));) {
        if (!value_fill(&k->scope, line->value, escape_nothing, &value))
            continue;
        if (b->length)
            buf_char(b, '&');
        form_encode(b, line->name);
        buf_char(b, '=');
        form_encode(b, value);
    }
}

static bool make_url(struct asking *k, struct text *out) {
    struct arena *a = k->scope.call->arena;
    struct text url = connector_value(k->scope.connector, k->scope.part, WORD_URL), filled;
    bool is_whole = text_starts(url, TEXT("{")); /* out of a table of addresses: none of it is a caller's */
    struct buf query, b;
    buf_init(&query, a, BODY_BYTES_MAX);
    buf_init(&b, a, BODY_BYTES_MAX);
    url = connector_address_in(a, k->scope.connector, url);
    if (!value_fill(&k->scope, url, is_whole ? escape_nothing : escape_percent, &filled))
        return fail(k, is_whole ? ERRAND_INVALID : ERRAND_FAILED, 0, "a value of the address is missing");
    put_pairs(k, &query, WORD_QUERY);
    buf_text(&b, filled);
    if (query.length) {
        buf_char(&b, text_find_char(filled, '?') == SIZE_MAX ? '?' : '&');
        buf_text(&b, buf_peek(&query));
    }
    *out = buf_peek(&b);
    return true;
}

/* json model = …, json messages:json = …, json input.text = … (an object in the object) */
static json_t *json_value(struct text value, struct text type) {
    double n;
    int64_t whole;
    if (text_equal_c(type, "number") && text_to_i64(value, &whole))
        return json_integer(whole);
    if (text_equal_c(type, "number") && text_to_number(value, &n))
        return json_real(n);
    if (text_equal_c(type, "bool"))
        return json_boolean(text_equal_c(value, "true") || text_equal_c(value, "1"));
    if (text_equal_c(type, "json"))
        return json_loadb(value.bytes, value.length, JSON_DECODE_ANY, NULL);
    return type.length == 0 || text_equal_c(type, "text") ? json_stringn(value.bytes, value.length) : NULL;
}

static void set_json(struct arena *a, json_t *root, struct text name, struct text value) {
    size_t colon = text_find_char(name, ':');
    struct text type = colon == SIZE_MAX ? TEXT("") : text_from(name, colon + 1),
                rest = text_part(name, 0, colon), piece;
    json_t *at = root, *made = json_value(value, type);
    while (made && text_cut(&rest, '.', &piece)) {
        const char *key = text_c_in(a, piece);
        json_t *below = rest.length ? json_object_get(at, key) : NULL;
        if (rest.length == 0)
            json_object_set(at, key, made);
        else if (!below)
            json_object_set_new(at, key, below = json_object());
        at = below;
    }
    json_decref(made);
}

static struct text make_json(struct asking *k) {
    struct walk w = walk_of(k);
    json_t *root = json_object();
    struct text value;
    for (const struct connector_line *line; (line = next_line(&w, WORD_JSON));)
        if (value_fill(&k->scope, line->value, escape_nothing, &value))
            set_json(k->scope.call->arena, root, line->name, value);
    char *dumped = json_object_size(root) ? json_dumps(root, JSON_COMPACT) : NULL;
    struct text made = text_copy_in(k->scope.call->arena, text_c(dumped));
    free(dumped);
    json_decref(root);
    return made;
}

/* *type_out: what the body is. */
static struct text make_body(struct asking *k, const char **type_out) {
    struct text own = connector_value(k->scope.connector, k->scope.part, WORD_BODY), filled;
    struct buf form;
    *type_out = NULL;
    if (own.length && value_fill(&k->scope, own, escape_nothing, &filled))
        return filled;
    buf_init(&form, k->scope.call->arena, BODY_BYTES_MAX);
    put_pairs(k, &form, WORD_FORM);
    *type_out = "application/x-www-form-urlencoded";
    if (form.length)
        return buf_peek(&form);
    struct text json = make_json(k);
    *type_out = json.length ? "application/json" : NULL;
    return json;
}

/* A value that would begin another header is left out: curl would send it as it is. */
static const char **make_headers(struct asking *k, const char *body_type) {
    struct arena *a = k->scope.call->arena;
    const char **list = arena_alloc(a, (HEADERS_MAX + 2) * sizeof *list);
    struct walk w = walk_of(k);
    struct text value;
    unsigned count = 0;
    for (const struct connector_line *line; count < HEADERS_MAX && (line = next_line(&w, WORD_HEADER));) {
        bool is_there = value_fill(&k->scope, line->value, escape_nothing, &value);
        if (!is_there || text_has_control(value) || text_find_char(value, '\n') != SIZE_MAX ||
            text_find_char(value, '\r') != SIZE_MAX)
            continue;
        if (text_equal_nocase(line->name, TEXT("content-type")))
            body_type = NULL;
        list[count++] = text_say_in(a, "%.*s: %.*s", TEXT_ARG(line->name), TEXT_ARG(value));
    }
    if (body_type)
        list[count++] = text_say_in(a, "Content-Type: %s", body_type);
    return list;
}

static void make_lets(struct asking *k) {
    struct walk w = walk_of(k);
    struct text value;
    for (const struct connector_line *line; (line = next_line(&w, WORD_LET));)
        if (value_of(&k->scope, line->value, &value))
            scope_name(&k->scope, line->name, value);
}

static unsigned time_of(const struct asking *k) {
    uint64_t now_ns = clock_monotonic_ns();
    uint64_t left = now_ns >= k->ends_ns ? 1 : (k->ends_ns - now_ns) / 1000000;
    uint64_t own = connector_number(k->scope.connector, k->scope.part, WORD_TIME, TIME_MS);
    return (unsigned)(left < own ? left : own);
}

/* ---- the exchange ---- */

static bool not_reached(struct asking *k, struct err e) {
    if (e.kind == ERR_SOURCE_TIMEOUT)
        return fail(k, ERRAND_LATE, 0, "no answer in time");
    if (e.kind == ERR_SOURCE_UNAVAILABLE || e.kind == ERR_NO_RESULT)
        return fail(k, ERRAND_BUSY, 0, e.say);
    return fail(k, ERRAND_FAILED, 0, e.say);
}

static bool exchange(struct asking *k, struct http_answer *out) {
    const struct connector *c = k->scope.connector;
    const struct connector_part *part = k->scope.part;
    struct arena *a = k->scope.call->arena;
    struct http_request r = {.takes_packed = true,
                             .may_be_private = connector_says_yes(c, NULL, WORD_PRIVATE),
                             .bytes_max = connector_number(c, part, WORD_BYTES, BYTES),
                             .redirects_max = (unsigned)connector_number(c, part, WORD_REDIRECTS, 0)};
    struct text method = connector_value(c, part, WORD_METHOD);
    const char *body_type;
    make_lets(k);
    if (!make_url(k, &r.url))
        return false;
    r.method = method.length ? text_c_in(a, method) : NULL;
    r.body = make_body(k, &body_type);
    scope_name(&k->scope, TEXT("body"), r.body);
    r.headers = make_headers(k, body_type);
    r.time_ms = time_of(k);
    if (!k->scope.call->fetch)
        return fail(k, ERRAND_BUSY, 0, "this program has no way to the network");
    struct err e = http_ask_in(k->scope.call->fetch, a, &r, out);
    return e.kind ? not_reached(k, e) : true;
}

/* ---- what it says of itself ---- */

static bool names_value(struct text list, struct text value) {
    struct text one;
    while (text_cut(&list, ',', &one))
        if (text_equal(text_trim(one), value))
            return true;
    return false;
}

static bool is_empty(const json_t *found) {
    return !found || (json_is_string(found) && json_string_length(found) == 0) ||
           (json_is_array(found) && json_array_size(found) == 0) ||
           (json_is_object(found) && json_object_size(found) == 0);
}

static bool rule_fits(const struct asking *k, const struct connector_line *rule, unsigned status) {
    struct arena *a = k->scope.call->arena;
    if (text_equal_c(rule->name, "status"))
        return names_value(rule->value, text_format_in(a, "%u", status));
    const json_t *found = value_at(&k->scope, rule->name);
    if (text_equal_c(rule->value, "empty")) /* of an answer that is one: an error has no list either */
        return status >= 200 && status < 300 && is_empty(found);
    if (text_equal_c(rule->value, "present"))
        return !is_empty(found);
    bool is_scalar = found && !json_is_array(found) && !json_is_object(found);
    return is_scalar && names_value(rule->value, json_scalar_text_in(a, found));
}

static const struct connector_line *fitting(struct asking *k, enum connector_word word, unsigned status) {
    struct walk w = walk_of(k);
    for (const struct connector_line *line; (line = next_line(&w, word));)
        if (rule_fits(k, line, status))
            return line;
    return NULL;
}

static bool has_rule(struct asking *k, enum connector_word word) {
    struct walk w = walk_of(k);
    return next_line(&w, word) != NULL;
}

/* The status where no rule of the file says otherwise. */
static bool judge_status(struct asking *k, unsigned status) {
    if (status >= 200 && status < 300)
        return true;
    if (status == 401 || status == 402 || status == 403)
        return fail(k, ERRAND_REFUSED, status, "it refuses the key");
    if (status == 429 || status == 503)
        return fail(k, ERRAND_BUSY, status, "it asks for patience");
    return fail(k, ERRAND_FAILED, status,
                status >= 300 && status < 400 ? "it redirects" : "its status is no success");
}

static bool judge(struct asking *k, unsigned status) {
    static const struct {
        enum connector_word word;
        enum errand_fate fate;
        const char *why;
    } rows[] = {
        {WORD_NO_RESULT, ERRAND_NOTHING, "no result"},
        {WORD_INVALID, ERRAND_INVALID, "a parameter is wrong"},
        {WORD_REFUSED, ERRAND_REFUSED, "it refuses the key or the balance is used up"},
        {WORD_BUSY, ERRAND_BUSY, "it asks for patience"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (fitting(k, rows[i].word, status))
            return fail(k, rows[i].fate, status, rows[i].why);
    if (!judge_status(k, status))
        return false;
    if (has_rule(k, WORD_OK) && !fitting(k, WORD_OK, status))
        return fail(k, ERRAND_FAILED, status, "it reports an error that the file does not know");
    return true;
}

/* ---- the answer ---- */

static json_t *table_json(const struct asking *k, struct text table) {
    const struct connector_part *head = &k->scope.connector->parts[0];
    struct text prefix = text_format_in(k->scope.call->arena, "%.*s ", TEXT_ARG(table));
    json_t *list = json_array();
    for (unsigned i = 0; i < head->line_count; i++) {
        const struct connector_line *line = &head->lines[i];
        if (line->word != WORD_MAP || !text_starts(line->name, prefix))
            continue;
        struct text key = text_from(line->name, prefix.length);
        if (!text_equal_c(key, "*"))
            json_array_append_new(list, json_pack("{s:s%,s:s%}", "key", key.bytes, key.length, "value",
                                                  line->value.bytes, line->value.length));
    }
    return list;
}

static json_t *text_json(struct text t) {
    json_t *object = json_object();
    json_object_set_new(object, "text", json_stringn(t.bytes ? t.bytes : "", t.length));
    return object;
}

/* NULL where it is not what the file says. A failing status may come with a page of HTML: then the root
 * is null. */
static json_t *read_answer(struct asking *k, const struct http_answer *answer) {
    struct arena *a = k->scope.call->arena;
    struct text kind = connector_value(k->scope.connector, k->scope.part, WORD_REPLY), json = answer->body;
    struct buf feed;
    json_t *root;
    if (text_equal_c(kind, "text"))
        return text_is_utf8(answer->body) ? text_json(answer->body) : NULL;
    if (text_equal_c(kind, "feed")) {
        buf_init(&feed, a, 2 * FEED_BYTES_MAX);
        if (feed_json(a, answer->body, &feed).kind)
            return NULL;
        json = buf_peek(&feed);
    }
    return json_parse(a, json, &root).kind ? NULL : root;
}

/* Asks, and leaves the answer in the scope's root, which the caller releases. */
static bool ask_and_judge(struct asking *k, json_t **root_out) {
    struct http_answer answer = {.status = 0};
    if (!exchange(k, &answer))
        return false;
    *root_out = read_answer(k, &answer);
    k->scope.root = *root_out;
    if (!*root_out && answer.status >= 200 && answer.status < 300)
        return fail(k, ERRAND_FAILED, answer.status, "its answer is not of the form that the file names");
    return judge(k, answer.status);
}

/* A step is left out where all that it would find is there already. */
static bool is_needed(struct asking *k, const struct connector_part *step) {
    for (unsigned i = 0; i < step->line_count; i++)
        if (step->lines[i].word == WORD_TAKE && !scope_has(&k->scope, step->lines[i].name))
            return true;
    return false;
}

static bool take_all(struct asking *k, const struct connector_part *step) {
    struct text value;
    for (unsigned i = 0; i < step->line_count; i++) {
        const struct connector_line *line = &step->lines[i];
        if (line->word != WORD_TAKE || scope_has(&k->scope, line->name))
            continue;
        if (value_of(&k->scope, line->value, &value))
            scope_name(&k->scope, line->name, text_copy_in(k->scope.call->arena, value));
    }
    return true;
}

static bool run_step(struct asking *k, const struct connector_part *step) {
    const struct connector_part *part = k->scope.part;
    json_t *root = NULL;
    if (!is_needed(k, step))
        return true;
    k->scope.part = step;
    bool is_done = ask_and_judge(k, &root) && take_all(k, step);
    k->scope.part = part;
    k->scope.root = NULL;
    json_decref(root);
    return is_done;
}

static bool run_steps(struct asking *k) {
    struct text rest = connector_value(k->scope.connector, k->scope.part, WORD_FIRST), one;
    while (text_cut(&rest, ' ', &one)) {
        const struct connector_part *step = connector_step(k->scope.connector, one);
        if (step && !run_step(k, step))
            return false;
    }
    return true;
}

static bool map_answer(struct asking *k, struct text *data) {
    struct buf out;
    buf_init(&out, k->scope.call->arena, LIMIT_REPLY_BYTES);
    struct err e = mapping_write(&k->scope, &out);
    if (e.kind)
        return fail(k, ERRAND_FAILED, 0, e.say);
    if (buf_is_over(&out))
        return fail(k, ERRAND_FAILED, 0, "its answer is too long");
    *data = buf_peek(&out);
    return true;
}

static bool run_part(struct asking *k, struct text *data) {
    struct text table = connector_value(k->scope.connector, k->scope.part, WORD_TABLE);
    json_t *root = NULL;
    bool is_done;
    if (table.length) {
        k->scope.root = root = table_json(k, table);
        is_done = map_answer(k, data);
    } else {
        is_done = run_steps(k) && ask_and_judge(k, &root) && map_answer(k, data);
    }
    k->scope.root = NULL;
    json_decref(root);
    return is_done;
}

/* The call's arena is changed for one of our own meanwhile: three providers in a row may take three
 * times as much. */
struct errand_end errand_run_in(const struct errand *errand, struct text *data_out) {
    struct call *c = errand->call;
    struct arena *calls = c->arena, own;
    struct asking *k = arena_alloc(calls, sizeof *k);
    struct text data;
    arena_init(&own, LIMIT_ARENA_BYTES);
    c->arena = &own;
    *k = (struct asking){.errand = errand,
                         .end = {ERRAND_DONE, 0, ""},
                         .scope = {.call = c, .connector = errand->connector, .part = errand->part},
                         .ends_ns = clock_monotonic_ns() + errand->time_ms * 1000000ull};
    for (unsigned i = 0; i < errand->made_count; i++)
        scope_name(&k->scope, errand->made[i].name, errand->made[i].value);
    bool is_done = run_part(k, &data);
    c->arena = calls;
    if (is_done)
        *data_out = text_copy_in(calls, data);
    k->end.why = text_c_in(calls, text_part(text_c(k->end.why), 0, WHY_LENGTH));
    arena_done(&own);
    return k->end;
}
