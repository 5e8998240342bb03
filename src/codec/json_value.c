/* json_value.c: see json_value.h. */
#include "codec/json_value.h"
#include "codec/json.h"

#include <stdlib.h>

/* ---- printing ---- */

static void put_scalar(struct buf *out, const json_t *value) {
    struct json j;
    json_init(&j, out);
    if (json_is_string(value))
        json_text(&j, text_of(json_string_value(value), json_string_length(value)));
    else if (json_is_integer(value))
        json_i64(&j, json_integer_value(value));
    else if (json_is_real(value))
        json_number(&j, json_real_value(value));
    else if (json_is_boolean(value))
        json_bool(&j, json_is_true(value));
    else
        json_none(&j);
}

static void new_line(struct buf *out, struct json_style style, unsigned depth) {
    static const char blanks[] = "                ";
    if (style.indent == 0)
        return;
    buf_char(out, '\n');
    for (unsigned left = style.indent * depth; left > 0;) {
        unsigned part = left < sizeof blanks - 1 ? left : (unsigned)sizeof blanks - 1;
        buf_add(out, blanks, part);
        left -= part;
    }
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char **names_of(struct arena *a, const json_t *object, bool sorted) {
    const char **names = arena_alloc(a, (json_object_size(object) + 1) * sizeof *names), *name;
    size_t count = 0;
    json_t *value;
    json_object_foreach((json_t *)object, name, value)
        names[count++] = name;
    if (sorted)
        qsort(names, count, sizeof *names, by_name);
    return names;
}

static void put_value(struct buf *out, const json_t *value, struct json_style style, unsigned depth) {
    bool is_object = json_is_object(value);
    size_t count = is_object ? json_object_size(value) : json_array_size(value);
    if (!is_object && !json_is_array(value)) {
        put_scalar(out, value);
        return;
    }
    const char **names = is_object ? names_of(out->arena, value, style.sorted) : NULL;
    buf_char(out, is_object ? '{' : '[');
    for (size_t i = 0; i < count; i++) {
        if (i)
            buf_char(out, ',');
        new_line(out, style, depth + 1);
        if (is_object) {
            struct json j;
            json_init(&j, out);
            json_text(&j, text_c(names[i]));
            buf_c(out, style.indent ? ": " : ":");
        }
        put_value(out, is_object ? json_object_get(value, names[i]) : json_array_get(value, i), style,
                  depth + 1);
    }
    if (count)
        new_line(out, style, depth);
    buf_char(out, is_object ? '}' : ']');
}

void json_value_print(struct buf *out, const json_t *value, struct json_style style) { put_value(out,
        value, style, 0); }

struct text json_value_text_in(struct arena *a, const json_t *value) {
    struct buf b;
    buf_init(&b, a, 4u << 20);
    json_value_print(&b, value, (struct json_style){0, false});
    return buf_peek(&b);
}

/* ---- paths ---- */

enum step_kind { STEP_NAME, STEP_INDEX, STEP_ALL, STEP_SLICE };
struct step {
    enum step_kind kind;
    bool deep; /* ..name: at any depth below */
    struct text name;
    int64_t from, until;
    bool has_until;
};
enum { STEPS_MAX = 64 };

struct search {
    struct arena *arena;
    struct step steps[STEPS_MAX];
    size_t step_count;
    bool is_pointer;
    struct json_findings *found;
};

static struct text name_path_in(struct arena *a, struct text path, struct text name) {
    struct buf b;
    buf_init(&b, a, path.length + name.length * 2 + 2);
    buf_text(&b, path);
    buf_char(&b, '/');
    for (size_t i = 0; i < name.length; i++) {
        if (name.bytes[i] == '~' || name.bytes[i] == '/')
            buf_c(&b, name.bytes[i] == '~' ? "~0" : "~1");
        else
            buf_char(&b, name.bytes[i]);
    }
    return buf_peek(&b);
}

static struct text index_path_in(struct arena *a, struct text path, size_t index) {
    return text_format_in(a, "%.*s/%zu", TEXT_ARG(path), index);
}

static void walk(struct search *s, const json_t *value, struct text path, size_t step);

static void walk_children(struct search *s, const json_t *value, struct text path, size_t step) {
    const char *name;
    json_t *child;
    size_t i;
    json_object_foreach((json_t *)value, name, child)
        walk(s, child, name_path_in(s->arena, path, text_c(name)), step);
    json_array_foreach((json_t *)value, i, child)
        walk(s, child, index_path_in(s->arena, path, i), step);
}

static void walk_slice(struct search *s, const json_t *list, struct text path, size_t step) {
    const struct step *at = &s->steps[step];
    int64_t size = (int64_t)json_array_size(list), from = at->from, until = at->has_until ? at->until : size;
    from = from < 0 ? from + size : from;
    until = until < 0 ? until + size : until;
    for (int64_t i = from < 0 ? 0 : from; i < until && i < size; i++)
        walk(s, json_array_get(list, (size_t)i), index_path_in(s->arena, path, (size_t)i), step + 1);
}

static void take_step(struct search *s, const json_t *value, struct text path, size_t step) {
    const struct step *at = &s->steps[step];
    bool by_number = at->kind == STEP_INDEX && json_is_array(value);
    if (at->kind == STEP_ALL) {
        walk_children(s, value, path, step + 1);
    } else if (at->kind == STEP_SLICE) {
        walk_slice(s, value, path, step);
    } else if (by_number) {
        int64_t i = at->from < 0 ? at->from + (int64_t)json_array_size(value) : at->from;
        if (i >= 0 && json_array_get(value, (size_t)i))
            walk(s, json_array_get(value, (size_t)i), index_path_in(s->arena, path, (size_t)i), step + 1);
    } else if (at->name.bytes && json_is_object(value)) {
        const json_t *child = json_object_get(value, text_c_in(s->arena, at->name));
        if (child)
            walk(s, child, name_path_in(s->arena, path, at->name), step + 1);
    }
}

static void walk(struct search *s, const json_t *value, struct text path, size_t step) {
    struct json_findings *found = s->found;
    if (found->is_cut)
        return;
    if (step == s->step_count) {
        found->is_cut = found->count == JSON_FOUND_MAX;
        if (!found->is_cut)
            found->list[found->count++] = (struct json_found){value, path};
        return;
    }
    take_step(s, value, path, step);
    if (s->steps[step].deep)
        walk_children(s, value, path, step);
}

/* "/a~1b/0": a number is a place in a list and a name in an object. */
static bool read_pointer(struct search *s, struct text path) {
    struct text rest = text_from(path, 1), piece;
    bool more = path.length > 0;
    while (more) {
        size_t slash = text_find_char(rest, '/');
        struct buf b;
        uint64_t index;
        piece = text_part(rest, 0, slash);
        more = slash != SIZE_MAX;
        rest = text_from(rest, more ? slash + 1 : rest.length);
        buf_init(&b, s->arena, piece.length + 1);
        for (size_t i = 0; i < piece.length; i++) {
            bool escaped = piece.bytes[i] == '~' && i + 1 < piece.length;
            buf_char(&b, !escaped ? piece.bytes[i] : piece.bytes[++i] == '1' ? '/' : '~');
        }
        if (s->step_count == STEPS_MAX)
            return false;
        bool is_index = text_to_u64(piece, &index) && index < INT32_MAX;
        struct text name = buf_peek(&b);
        s->steps[s->step_count++] = (struct step){.kind = is_index ? STEP_INDEX : STEP_NAME,
                                                  .from = is_index ? (int64_t)index : 0,
                                                  .name = name.bytes ? name : TEXT("")};
    }
    return true;
}

static bool read_slice(struct text t, struct step *out) {
    size_t colon = text_find_char(t, ':');
    struct text from = text_trim(text_part(t, 0, colon)), until = text_trim(text_from(t, colon + 1));
    out->kind = STEP_SLICE;
    out->has_until = until.length > 0;
    return (from.length == 0 || text_to_i64(from, &out->from)) && (until.length == 0 ||
                                                                   text_to_i64(until, &out->until));
}

/* [0], [-1], [*], ['name'], ["name"], [0:2]. */
static bool read_bracket(struct text t, struct step *out) {
    t = text_trim(t);
    if (text_equal_c(t, "*")) {
        out->kind = STEP_ALL;
        return true;
    }
    if (t.length >= 2 && (t.bytes[0] == '\'' || t.bytes[0] == '"') && t.bytes[t.length - 1] == t.bytes[0]) {
        out->kind = STEP_NAME;
        out->name = text_part(t, 1, t.length - 2);
        return true;
    }
    if (text_find_char(t, ':') != SIZE_MAX)
        return read_slice(t, out);
    out->kind = STEP_INDEX;
    return text_to_i64(t, &out->from);
}

static size_t name_length(struct text t) {
    size_t i = 0;
    while (i < t.length && t.bytes[i] != '.' && t.bytes[i] != '[')
        i++;
    return i;
}

static bool read_json_path(struct search *s, struct text t) {
    if (text_starts(t, TEXT("$")))
        t = text_from(t, 1);
    bool first = true;
    while (t.length) {
        struct step step = {.deep = false};
        if (text_starts(t, TEXT(".."))) {
            step.deep = true;
            t = text_from(t, 2);
        } else if (t.bytes[0] == '.') {
            t = text_from(t, 1);
        } else if (t.bytes[0] != '[' && !first) {
            return false;
        }
        first = false;
        bool bracket = t.length && t.bytes[0] == '[';
        size_t length = bracket ? text_find_char(t, ']') : name_length(t);
        if (length == SIZE_MAX || length == 0 || s->step_count == STEPS_MAX)
            return false;
        struct text inner = bracket ? text_part(t, 1, length - 1) : text_part(t, 0, length);
        step.kind = text_equal_c(inner, "*") ? STEP_ALL : STEP_NAME;
        step.name = inner;
        if (bracket && !read_bracket(inner, &step))
            return false;
        t = text_from(t, length + bracket);
        s->steps[s->step_count++] = step;
    }
    return true;
}

bool json_find_in(struct arena *a, const json_t *root, struct text path, struct json_findings *out) {
    struct search *s = arena_alloc(a, sizeof *s);
    *out = (struct json_findings){.list = arena_alloc(a, JSON_FOUND_MAX * sizeof *out->list)};
    s->arena = a;
    s->found = out;
    bool is_pointer = path.length == 0 || path.bytes[0] == '/';
    if (!(is_pointer ? read_pointer(s, path) : read_json_path(s, path)))
        return false;
    walk(s, root, TEXT(""), 0);
    return true;
}

/* ---- differences ---- */

struct comparison {
    struct arena *arena;
    struct json_change *out;
    size_t count, room;
};

static void add_change(struct comparison *c, struct text path, const json_t *old, const json_t *new) {
    if (c->count < c->room)
        c->out[c->count] = (struct json_change){!old ? JSON_ADDED : !new ? JSON_REMOVED : JSON_REPLACED,
                                                path, old, new};
    c->count++;
}

static void compare(struct comparison *c, struct text path, const json_t *old, const json_t *new) {
    const char *name;
    json_t *value;
    if (json_is_object(old) && json_is_object(new)) {
        json_object_foreach((json_t *)old, name, value) {
            const json_t *twin = json_object_get(new, name);
            struct text at = name_path_in(c->arena, path, text_c(name));
            if (twin)
                compare(c, at, value, twin);
            else
                add_change(c, at, value, NULL);
        }
        json_object_foreach((json_t *)new, name, value)
            if (!json_object_get(old, name))
                add_change(c, name_path_in(c->arena, path, text_c(name)), NULL, value);
    } else if (json_is_array(old) && json_is_array(new)) {
        size_t left = json_array_size(old), right = json_array_size(new);
        for (size_t i = 0; i < left || i < right; i++) {
            struct text at = index_path_in(c->arena, path, i);
            if (i < left && i < right)
                compare(c, at, json_array_get(old, i), json_array_get(new, i));
            else
                add_change(c, at, json_array_get(old, i), json_array_get(new, i));
        }
    } else if (!json_equal(old, new)) {
        add_change(c, path, old, new);
    }
}

size_t json_changes_in(struct arena *a, const json_t *old, const json_t *new, struct json_change *out,
                       size_t room) {
    struct comparison c = {.arena = a, .out = out, .room = room};
    compare(&c, TEXT(""), old, new);
    return c.count;
}

json_t *json_merge(const json_t *target, const json_t *patch) {
    const char *name;
    json_t *value;
    if (!json_is_object(patch))
        return json_deep_copy(patch);
    json_t *made = json_is_object(target) ? json_deep_copy(target) : json_object();
    json_object_foreach((json_t *)patch, name, value) {
        if (json_is_null(value))
            json_object_del(made, name);
        else
            json_object_set_new(made, name, json_merge(json_object_get(made, name), value));
    }
    return made;
}
