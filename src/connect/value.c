/* value.c: see value.h. */
#include "connect/value.h"
#include "base/must.h"
#include "codec/base64.h"
#include "codec/digest.h"
#include "codec/form.h"
#include "codec/json_in.h"
#include "codec/moment.h"

#include <math.h>

enum { VALUE_BYTES_MAX = 4 << 20, JOINED_BYTES_MAX = 16 << 10, CHINA_S = 8 * 3600 };

/* What goes through the filters: a text, or a list or an object of the answer before it is made one. */
struct value {
    const json_t *json;
    struct text text;
    bool is_set;
};

static struct value value_text(struct text t) {
    return (struct value){NULL, t, true};
}

void escape_nothing(struct buf *b, struct text t) {
    buf_text(b, t);
}
void escape_percent(struct buf *b, struct text t) {
    form_encode(b, t);
}

/* ---- names ---- */

void scope_name(struct scope *s, struct text name, struct text value) {
    for (unsigned i = 0; i < s->name_count; i++)
        if (text_equal(s->names[i].name, name)) {
            s->names[i].value = value;
            return;
        }
    must(s->name_count < SCOPE_NAMES_MAX);
    s->names[s->name_count++] = (struct named_value){name, value};
}

static struct value asked_value(const struct scope *s, struct text name) {
    const struct endpoint *e = s->call->endpoint;
    for (unsigned i = 0; e->asks && e->asks[i].name; i++)
        if (text_equal_c(name, e->asks[i].name))
            return (struct value){NULL, ask_text(s->call, i), ask_has(s->call, i)};
    return (struct value){.is_set = false};
}

static struct value key_part(const struct scope *s, struct text name) {
    struct text rest = s->connector->key, piece = TEXT("");
    if (text_equal_c(name, "key"))
        return (struct value){NULL, rest, rest.length > 0};
    for (char n = '1'; text_cut(&rest, ' ', &piece); n++)
        if (name.length == 5 && name.bytes[4] == n)
            return value_text(piece);
    return (struct value){.is_set = false};
}

static struct text china_day_in(struct arena *a, int64_t now_ms) {
    return date_print_in(a, date_from_day(clock_china_day(now_ms)));
}

static struct text nonce_of(struct scope *s) {
    unsigned char bytes[8];
    if (s->nonce.length == 0) {
        random_bytes(s->call->random, bytes, sizeof bytes);
        s->nonce = hex_encode_in(s->call->arena, text_of((const char *)bytes, sizeof bytes));
    }
    return s->nonce;
}

static struct value made_value(struct scope *s, struct text name) {
    struct arena *a = s->call->arena;
    long long now_ms = s->call->now_ms;
    if (text_equal_c(name, "now"))
        return value_text(text_format_in(a, "%lld", now_ms / 1000));
    if (text_equal_c(name, "now_ms"))
        return value_text(text_format_in(a, "%lld", now_ms));
    if (text_equal_c(name, "today"))
        return value_text(china_day_in(a, now_ms));
    if (text_equal_c(name, "nonce"))
        return value_text(nonce_of(s));
    if (text_equal_c(name, "language"))
        return value_text(s->call->language == LANGUAGE_EN ? TEXT("en") : TEXT("zh"));
    return (struct value){.is_set = false};
}

static struct value name_value(struct scope *s, struct text name) {
    for (unsigned i = 0; i < s->name_count; i++)
        if (text_equal(s->names[i].name, name))
            return value_text(s->names[i].value);
    if (text_starts(name, TEXT("set."))) {
        const struct connector_line *set = connector_find(s->connector, NULL, WORD_SET, text_from(name, 4));
        return set ? value_text(set->value) : (struct value){.is_set = false};
    }
    if (text_equal_c(name, "key") || text_starts(name, TEXT("key.")))
        return key_part(s, name);
    struct value v = made_value(s, name);
    return v.is_set ? v : asked_value(s, name);
}

bool scope_has(struct scope *s, struct text name) {
    return name_value(s, name).is_set;
}

/* ---- paths ---- */

static bool is_path(struct text t) {
    return text_starts(t, TEXT("/")) || text_starts(t, TEXT("./")) || text_equal_c(t, ".");
}

static bool step_index(const struct scope *s, struct text step, uint64_t *out) {
    unsigned up = 0;
    while (up < step.length && step.bytes[up] == '#')
        up++;
    if (up == 0 || up != step.length)
        return text_to_u64(step, out);
    if (up > s->depth)
        return false;
    *out = s->levels[s->depth - up].index;
    return true;
}

static const json_t *step_into(const struct scope *s, const json_t *at, struct text step) {
    uint64_t index;
    if (json_is_array(at))
        return step_index(s, step, &index) ? json_array_get(at, index) : NULL;
    return json_object_getn(at, step.bytes, step.length);
}

const json_t *value_at(const struct scope *s, struct text path) {
    bool is_item = path.bytes[0] == '.';
    const json_t *at = is_item && s->depth ? s->levels[s->depth - 1].item : s->root;
    struct text rest = text_from(path, is_item ? 2 : 1), step;
    while (at && text_cut(&rest, '/', &step))
        at = step_into(s, at, step);
    return at && !json_is_null(at) ? at : NULL;
}

static struct value path_value(const struct scope *s, struct text path) {
    const json_t *found = value_at(s, path);
    if (!found)
        return (struct value){.is_set = false};
    if (json_is_array(found) || json_is_object(found))
        return (struct value){found, TEXT(""), true};
    if (json_is_string(found)) /* borrowed: the answer outlives its mapping, and may be long */
        return value_text(text_of(json_string_value(found), json_string_length(found)));
    return value_text(json_scalar_text_in(s->call->arena, found));
}

/* ---- filters ---- */

typedef struct value filter(struct scope *s, struct value v, struct text argument);
static const struct value none = {.is_set = false};

static struct value filter_upper(struct scope *s, struct value v, struct text argument) {
    char *upper = text_c_in(s->call->arena, v.text);
    (void)argument;
    for (size_t i = 0; i < v.text.length; i++)
        if (upper[i] >= 'a' && upper[i] <= 'z')
            upper[i] = (char)(upper[i] - 'a' + 'A');
    return value_text(text_of(upper, v.text.length));
}

static struct value filter_lower(struct scope *s, struct value v, struct text argument) {
    (void)argument;
    return value_text(text_lower_in(s->call->arena, v.text));
}

static struct value filter_trim(struct scope *s, struct value v, struct text argument) {
    (void)s, (void)argument;
    return value_text(text_trim(v.text));
}

/* map TABLE; LANG in its name is the caller's language. The row * is for all others. */
static struct value filter_map(struct scope *s, struct value v, struct text argument) {
    struct arena *a = s->call->arena;
    if (text_ends(argument, TEXT(".LANG")))
        argument = text_format_in(a, "%.*s%s", TEXT_ARG(text_part(argument, 0, argument.length - 4)),
                                  s->call->language == LANGUAGE_EN ? "en" : "zh");
    struct text key = text_format_in(a, "%.*s %.*s", TEXT_ARG(argument), TEXT_ARG(v.text));
    const struct connector_line *row = connector_find(s->connector, NULL, WORD_MAP, key);
    if (!row)
        row = connector_find(s->connector, NULL, WORD_MAP, text_format_in(a, "%.*s *", TEXT_ARG(argument)));
    return row ? value_text(row->value) : none;
}

static struct value filter_digest(struct scope *s, struct value v, struct text argument) {
    struct digest d;
    return digest_of(argument, v.text, &d) ? value_text(digest_hex_in(s->call->arena, &d)) : none;
}

/* hmac sha256 key.2 hex|base64 */
static struct value filter_hmac(struct scope *s, struct value v, struct text argument) {
    struct text name, secret, form = TEXT("hex");
    struct digest d;
    text_cut(&argument, ' ', &name);
    text_cut(&argument, ' ', &secret);
    text_cut(&argument, ' ', &form);
    struct value key = name_value(s, secret);
    if (!key.is_set || !digest_hmac(name, key.text, v.text, &d))
        return none;
    struct text raw = text_of((const char *)d.bytes, d.length);
    return value_text(text_equal_c(form, "base64") ? base64_encode_in(s->call->arena, raw)
                                                   : digest_hex_in(s->call->arena, &d));
}

static struct value filter_base64(struct scope *s, struct value v, struct text argument) {
    (void)argument;
    return value_text(base64_encode_in(s->call->arena, v.text));
}

static struct value filter_percent(struct scope *s, struct value v, struct text argument) {
    struct buf b;
    (void)argument;
    buf_init(&b, s->call->arena, VALUE_BYTES_MAX);
    form_encode(&b, v.text);
    return buf_is_over(&b) ? none : value_text(buf_peek(&b));
}

/* As it stands between the quotes of a JSON text. */
static struct value filter_json(struct scope *s, struct value v, struct text argument) {
    struct buf b;
    struct json j;
    (void)argument;
    buf_init(&b, s->call->arena, VALUE_BYTES_MAX);
    json_init(&j, &b);
    json_text(&j, v.text);
    return buf_is_over(&b) ? none : value_text(text_part(buf_peek(&b), 1, b.length - 2));
}

static struct value number_value(struct arena *a, double n) {
    struct buf b;
    struct json j;
    buf_init(&b, a, 64);
    json_init(&j, &b);
    json_number(&j, n);
    return isfinite(n) ? value_text(buf_peek(&b)) : none;
}

static struct value filter_round(struct scope *s, struct value v, struct text argument) {
    double n, scale = 1;
    uint64_t places = 0;
    if (!text_to_number(v.text, &n))
        return none;
    (void)text_to_u64(argument, &places);
    for (uint64_t i = 0; i < places && i < 9; i++)
        scale *= 10;
    n = round(n * scale) / scale;
    return number_value(s->call->arena, n == 0 ? 0 : n); /* no -0 */
}

static struct value filter_times(struct scope *s, struct value v, struct text argument) {
    double n, factor;
    bool are_numbers = text_to_number(v.text, &n) && text_to_number(argument, &factor);
    return are_numbers ? number_value(s->call->arena, n * factor) : none;
}

static struct value filter_plus(struct scope *s, struct value v, struct text argument) {
    double n, more;
    bool are_numbers = text_to_number(v.text, &n) && text_to_number(argument, &more);
    return are_numbers ? number_value(s->call->arena, n + more) : none;
}

/* How many of the bounds are at or below the number: steps 0.3,1.6,3.4 gives 0 to 3. */
static struct value filter_steps(struct scope *s, struct value v, struct text argument) {
    double n, bound;
    unsigned count = 0;
    struct text one;
    if (!text_to_number(v.text, &n))
        return none;
    while (text_cut(&argument, ',', &one))
        count += text_to_number(one, &bound) && n >= bound;
    return value_text(text_format_in(s->call->arena, "%u", count));
}

/* Degrees to one of so many directions; 0 is the one around north. */
static struct value filter_sector(struct scope *s, struct value v, struct text argument) {
    double degrees;
    uint64_t count = 0;
    if (!text_to_number(v.text, &degrees) || !text_to_u64(argument, &count) || count < 2 ||
        fabs(degrees) > 1e6)
        return none;
    double turned = fmod(fmod(degrees, 360) + 360, 360) / 360 * (double)count + 0.5;
    return value_text(text_format_in(s->call->arena, "%u", (unsigned)turned % (unsigned)count));
}

static struct value china_time(struct arena *a, double seconds) {
    if (!(fabs(seconds) < 2e11))
        return none;
    int64_t china = (int64_t)seconds + CHINA_S, day = clock_china_day((int64_t)seconds * 1000);
    int64_t rest = china - day * 86400;
    return value_text(text_format_in(a, "%.*s %02d:%02d:%02d",
                                     TEXT_ARG(date_print_in(a, date_from_day(day))), (int)(rest / 3600),
                                     (int)(rest / 60 % 60), (int)(rest % 60)));
}

static struct value filter_unix(struct scope *s, struct value v, struct text argument) {
    double n;
    (void)argument;
    return text_to_number(v.text, &n) ? china_time(s->call->arena, n) : none;
}

static struct value filter_unix_ms(struct scope *s, struct value v, struct text argument) {
    double n;
    (void)argument;
    return text_to_number(v.text, &n) ? china_time(s->call->arena, n / 1000) : none;
}

/* part FROM LENGTH, in characters */
static struct value filter_part(struct scope *s, struct value v, struct text argument) {
    struct text from_word, length_word, rest = v.text;
    uint64_t from = 0, length = UINT64_MAX;
    (void)s;
    text_cut(&argument, ' ', &from_word);
    (void)text_to_u64(from_word, &from);
    if (text_cut(&argument, ' ', &length_word))
        (void)text_to_u64(length_word, &length);
    while (from-- && rest.length && text_rune(&rest) >= 0)
        continue;
    struct text end = rest;
    while (length-- && end.length && text_rune(&end) >= 0)
        continue;
    return value_text(text_part(rest, 0, rest.length - end.length));
}

static struct value filter_before(struct scope *s, struct value v, struct text argument) {
    (void)s;
    return value_text(text_part(v.text, 0, text_find(v.text, argument)));
}

static struct value filter_after(struct scope *s, struct value v, struct text argument) {
    size_t at = text_find(v.text, argument);
    (void)s;
    return at == SIZE_MAX ? v : value_text(text_from(v.text, at + argument.length));
}

/* remove TEXT, everywhere */
static struct value filter_remove(struct scope *s, struct value v, struct text argument) {
    struct buf b;
    struct text rest = v.text;
    buf_init(&b, s->call->arena, VALUE_BYTES_MAX);
    for (size_t at; argument.length && (at = text_find(rest, argument)) != SIZE_MAX;) {
        buf_text(&b, text_part(rest, 0, at));
        rest = text_from(rest, at + argument.length);
    }
    buf_text(&b, rest);
    return value_text(buf_peek(&b));
}

/* a list of scalars as one text; , where nothing is named */
static struct value filter_join(struct scope *s, struct value v, struct text argument) {
    struct buf b;
    buf_init(&b, s->call->arena, JOINED_BYTES_MAX);
    for (size_t i = 0; i < json_array_size(v.json) && !buf_is_over(&b); i++) {
        if (i)
            buf_text(&b, argument.length ? argument : TEXT(","));
        buf_text(&b, json_scalar_text_in(s->call->arena, json_array_get(v.json, i)));
    }
    return !json_is_array(v.json) ? v : buf_is_over(&b) ? none : value_text(buf_peek(&b));
}

static struct value filter_count(struct scope *s, struct value v, struct text argument) {
    (void)argument;
    return value_text(text_format_in(s->call->arena, "%zu", v.json ? json_array_size(v.json) : (size_t)1));
}

/* each NAME: that member of every item, a line each */
static struct value filter_each(struct scope *s, struct value v, struct text argument) {
    struct buf b;
    buf_init(&b, s->call->arena, JOINED_BYTES_MAX);
    for (size_t i = 0; i < json_array_size(v.json) && !buf_is_over(&b); i++) {
        const json_t *member =
            json_object_getn(json_array_get(v.json, i), argument.bytes, argument.length);
        if (!member || json_is_object(member) || json_is_array(member))
            continue;
        if (b.length)
            buf_char(&b, '\n');
        buf_text(&b, json_scalar_text_in(s->call->arena, member));
    }
    return b.length == 0 || buf_is_over(&b) ? none : value_text(buf_peek(&b));
}

static struct value filter_bytes(struct scope *s, struct value v, struct text argument) {
    (void)argument;
    return value_text(text_format_in(s->call->arena, "%zu", v.text.length));
}

/* only VALUE NAME: the value of that name where this one is VALUE, else nothing */
static struct value filter_only(struct scope *s, struct value v, struct text argument) {
    struct text wanted;
    text_cut(&argument, ' ', &wanted);
    return text_equal(wanted, v.text) ? name_value(s, text_trim(argument)) : none;
}

/* is A,B,C: true or false */
static struct value filter_is(struct scope *s, struct value v, struct text argument) {
    struct text one;
    (void)s;
    while (text_cut(&argument, ',', &one))
        if (text_equal(text_trim(one), v.text))
            return value_text(TEXT("true"));
    return value_text(TEXT("false"));
}

/* Handled by whoever walks the list: how many items at most; items from # * N on. */
static struct value filter_list(struct scope *s, struct value v, struct text argument) {
    (void)s, (void)argument;
    return v;
}

static const struct {
    const char *name;
    filter *run;
    bool needs_argument, takes_list;
} filters[] = {
    {"upper", filter_upper, false, false},   {"lower", filter_lower, false, false},
    {"trim", filter_trim, false, false},     {"map", filter_map, true, false},
    {"digest", filter_digest, true, false},  {"hmac", filter_hmac, true, false},
    {"base64", filter_base64, false, false}, {"percent", filter_percent, false, false},
    {"json", filter_json, false, false},     {"round", filter_round, false, false},
    {"times", filter_times, true, false},    {"plus", filter_plus, true, false},
    {"steps", filter_steps, true, false},    {"sector", filter_sector, true, false},
    {"unix", filter_unix, false, false},     {"unix_ms", filter_unix_ms, false, false},
    {"part", filter_part, true, false},      {"before", filter_before, true, false},
    {"after", filter_after, true, false},    {"remove", filter_remove, true, false},
    {"join", filter_join, false, true},      {"count", filter_count, false, true},
    {"each", filter_each, true, true},       {"bytes", filter_bytes, false, false},
    {"only", filter_only, true, false},      {"one", filter_list, false, true},
    {"is", filter_is, true, false},          {"most", filter_list, true, true},
    {"slice", filter_list, true, true},
};

static struct value run_filter(struct scope *s, struct value v, struct text call) {
    size_t blank = text_find_char(call, ' ');
    struct text name = text_part(call, 0, blank),
                argument = blank == SIZE_MAX ? TEXT("") : text_trim(text_from(call, blank));
    if (text_equal_c(name, "default"))
        return v.is_set && (v.json || v.text.length) ? v : value_text(argument);
    for (size_t i = 0; v.is_set && i < sizeof filters / sizeof *filters; i++) {
        if (!text_equal_c(name, filters[i].name))
            continue;
        if (v.json && !filters[i].takes_list)
            return none; /* a list where a text should be: the answer is not what it should be */
        return filters[i].run(s, v, argument);
    }
    return none;
}

/* ---- expressions and patterns ---- */

bool value_cut(struct text *rest, char c, struct text *piece_out) {
    int depth = 0;
    if (rest->length == 0)
        return false;
    for (size_t i = 0; i < rest->length; i++) {
        char at = rest->bytes[i];
        depth += at == '{' ? 1 : at == '}' ? -1 : 0;
        if (at != c || depth > 0)
            continue;
        *piece_out = text_part(*rest, 0, i);
        *rest = text_from(*rest, i + 1);
        return true;
    }
    *piece_out = *rest;
    *rest = TEXT("");
    return true;
}

static struct value filtered(struct scope *s, struct value v, struct text rest) {
    struct text call;
    while (value_cut(&rest, '|', &call))
        v = run_filter(s, v, text_trim(call));
    return v;
}

static bool settle(struct value v, struct text *out) {
    if (!v.is_set || v.json)
        return false;
    *out = v.text;
    return true;
}

/* Where a brace opens a value: JSON's own are followed by something else. SIZE_MAX where none does. */
static size_t find_value(struct text pattern) {
    for (size_t i = 0; i + 1 < pattern.length; i++)
        if (pattern.bytes[i] == '{' && strchr("abcdefghijklmnopqrstuvwxyz./#", pattern.bytes[i + 1]))
            return i;
    return SIZE_MAX;
}

/* What stands in braces: a name or a path, and filters. */
static bool braced(struct scope *s, struct text inner, struct text *out) {
    struct text source = TEXT("");
    value_cut(&inner, '|', &source);
    source = text_trim(source);
    struct value v = is_path(source) ? path_value(s, source) : name_value(s, source);
    return settle(filtered(s, v, inner), out);
}

bool value_fill(struct scope *s, struct text pattern, value_escape *escape, struct text *out) {
    struct buf b;
    buf_init(&b, s->call->arena, VALUE_BYTES_MAX);
    while (pattern.length) {
        struct text value, inner;
        size_t open = find_value(pattern);
        buf_text(&b, text_part(pattern, 0, open));
        if (open == SIZE_MAX)
            break;
        pattern = text_from(pattern, open + 1);
        size_t close = text_find_char(pattern, '}');
        inner = text_part(pattern, 0, close);
        if (!braced(s, inner, &value))
            return false;
        if (text_starts(text_trim(inner), TEXT("set.")))
            buf_text(&b, value); /* the operator's own words are as he wrote them */
        else
            escape(&b, value);
        pattern = close == SIZE_MAX ? TEXT("") : text_from(pattern, close + 1);
    }
    if (buf_is_over(&b))
        return false;
    *out = text_copy_in(s->call->arena, buf_peek(&b));
    return true;
}

static struct value source_value(struct scope *s, struct text source) {
    struct text filled;
    if (is_path(source))
        return path_value(s, source);
    return value_fill(s, source, escape_nothing, &filled) ? value_text(filled) : none;
}

bool value_of(struct scope *s, struct text expression, struct text *out) {
    struct text sources = TEXT("");
    struct value v = none;
    value_cut(&expression, '|', &sources);
    while (sources.length && !v.is_set) {
        size_t at = text_find(sources, TEXT(" or "));
        v = source_value(s, text_trim(text_part(sources, 0, at)));
        sources = at == SIZE_MAX ? TEXT("") : text_from(sources, at + 4);
        if (v.is_set && !v.json && v.text.length == 0 && sources.length)
            v = none;
    }
    return settle(filtered(s, v, expression), out);
}

/* ---- the check ---- */

struct checking {
    struct arena *arena;
    const struct connector *connector;
    value_has_name *has_name;
    void *with;
};

static bool has_table(const struct connector *c, struct text table) {
    if (text_ends(table,
                  TEXT(".LANG"))) /* both languages or none: one is enough to see a slip of the pen */
        table = text_part(table, 0, table.length - 4);
    for (unsigned i = 0; i < c->parts[0].line_count; i++)
        if (c->parts[0].lines[i].word == WORD_MAP && text_starts(c->parts[0].lines[i].name, table))
            return true;
    return false;
}

static const char *filter_names_in(struct arena *a) {
    const char *all = "default";
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
        all = text_say_in(a, "%s %s", all, filters[i].name);
    return all;
}

static const char *filter_fault(const struct checking *k, struct text call) {
    size_t blank = text_find_char(call, ' ');
    struct text name = text_part(call, 0, blank),
                argument = blank == SIZE_MAX ? TEXT("") : text_trim(text_from(call, blank));
    if (text_equal_c(name, "default"))
        return NULL;
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        if (!text_equal_c(name, filters[i].name))
            continue;
        if (filters[i].needs_argument && argument.length == 0)
            return text_say_in(k->arena, "the filter %s needs an argument", filters[i].name);
        if (filters[i].run == filter_map && !has_table(k->connector, argument))
            return text_say_in(k->arena, "there is no table %.*s; lines map %.*s KEY = VALUE make one",
                               TEXT_ARG(argument), TEXT_ARG(argument));
        return NULL;
    }
    return text_say_in(k->arena, "there is no filter %.*s; there are: %s", TEXT_ARG(name),
                       filter_names_in(k->arena));
}

static const char *filters_fault(const struct checking *k, struct text rest) {
    struct text call;
    while (value_cut(&rest, '|', &call)) {
        const char *wrong = filter_fault(k, text_trim(call));
        if (wrong)
            return wrong;
    }
    return NULL;
}

static const char *pattern_fault(const struct checking *k, struct text pattern) {
    while (pattern.length) {
        struct text inner, source = TEXT("");
        size_t open = find_value(pattern);
        if (open == SIZE_MAX)
            return NULL;
        pattern = text_from(pattern, open + 1);
        size_t close = text_find_char(pattern, '}');
        if (close == SIZE_MAX)
            return "a brace is not closed";
        inner = text_part(pattern, 0, close);
        value_cut(&inner, '|', &source);
        source = text_trim(source);
        if (!is_path(source) && !k->has_name(k->with, source))
            return text_say_in(
                k->arena,
                "there is no value {%.*s} here; there are the API's parameters, set.NAME, key, "
                "let and take lines before it, now, now_ms, today, nonce, language",
                TEXT_ARG(source));
        const char *wrong = filters_fault(k, inner);
        if (wrong)
            return wrong;
        pattern = text_from(pattern, close + 1);
    }
    return NULL;
}

const char *value_fault(struct arena *a, const struct connector *c, struct text expression, bool is_pattern,
                        value_has_name *has_name, void *with) {
    struct checking k = {a, c, has_name, with};
    struct text sources = TEXT("");
    if (is_pattern)
        return pattern_fault(&k, expression);
    value_cut(&expression, '|', &sources);
    while (sources.length) {
        size_t at = text_find(sources, TEXT(" or "));
        struct text source = text_trim(text_part(sources, 0, at));
        const char *wrong = is_path(source) ? NULL : pattern_fault(&k, source);
        if (wrong)
            return wrong;
        sources = at == SIZE_MAX ? TEXT("") : text_from(sources, at + 4);
    }
    return filters_fault(&k, expression);
}
