/* json_in.c: see json_in.h. */
#include "codec/json_in.h"
#include "base/limits.h"
#include "codec/json.h"

#include <math.h>
#include <string.h>

#define WHOLE_MAX 9007199254740992.0 /* 2^53: every whole double below is exact */

/* jansson's own limit is 2,048 levels; ours is checked before it sees the text. */
static bool is_too_deep(struct text t) {
    unsigned depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < t.length; i++) {
        char c = t.bytes[i];
        if (quoted) {
            if (c == '\\')
                i++;
            else if (c == '"')
                quoted = false;
            continue;
        }
        quoted = c == '"';
        if ((c == '{' || c == '[') && ++depth > LIMIT_JSON_DEPTH)
            return true;
        if ((c == '}' || c == ']') && depth > 0)
            depth--;
    }
    return false;
}

static struct err fault(struct arena *a, const json_error_t *why) {
    if (json_error_code(why) == json_error_duplicate_key)
        return err_make(ERR_PARAMETER_DOUBLED, text_say_in(a, "the JSON body has a %s", why->text));
    return err_make(ERR_REQUEST_MALFORMED,
                    text_say_in(a, "the body is not JSON: %s (byte %d)", why->text, why->position));
}

/* jansson says: duplicate object key near '"name"' */
struct text json_doubled_name(struct err e) {
    struct text say = text_c(e.kind == ERR_PARAMETER_DOUBLED ? e.say : NULL);
    struct text name = text_from(say, text_find_char(say, '"'));
    name = text_from(name, 1);
    return text_ends(name, TEXT("\"'")) ? text_part(name, 0, name.length - 2) : TEXT("");
}

uint64_t json_fault_byte(struct err e) {
    static const char mark[] = "(byte ";
    struct text say = text_c(e.kind == ERR_REQUEST_MALFORMED ? e.say : NULL);
    size_t at = text_find(say, text_c(mark));
    uint64_t byte = 0;
    if (at == SIZE_MAX)
        return 0;
    say = text_from(say, at + sizeof mark - 1);
    return text_to_u64(text_part(say, 0, text_find_char(say, ')')), &byte) ? byte : 0;
}

struct err json_parse(struct arena *a, struct text t, json_t **out) {
    if (is_too_deep(t))
        return err_make(ERR_JSON_TOO_DEEP,
                        text_say_in(a, "the JSON body is deeper than %u levels", LIMIT_JSON_DEPTH));
    json_error_t why;
    json_t *root = json_loadb(t.length ? t.bytes : "", t.length,
                              JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL, &why);
    if (!root)
        return fault(a, &why);
    *out = root;
    return ok;
}

static struct text dumped_in(struct arena *a, const json_t *value) {
    char *dump = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    struct text t = text_copy_in(a, text_c(dump));
    free(dump);
    return t;
}

/* A whole number without point or exponent, so that 5.0 and 1e3 are what 5 and 1000 are. */
static struct text real_text_in(struct arena *a, double value) {
    if (fabs(value) < WHOLE_MAX && value == trunc(value))
        return text_format_in(a, "%.0f", value);
    struct buf b;
    struct json j;
    buf_init(&b, a, 40);
    json_init(&j, &b);
    json_number(&j, value);
    return buf_peek(&b);
}

struct text json_scalar_text_in(struct arena *a, const json_t *value) {
    switch (json_typeof(value)) {
    case JSON_STRING:
        return text_copy_in(a, text_of(json_string_value(value), json_string_length(value)));
    case JSON_REAL:
        return real_text_in(a, json_real_value(value));
    case JSON_NULL:
        return TEXT("");
    default:
        return dumped_in(a, value);
    }
}

struct text json_member_text(const json_t *object, const char *name) {
    const json_t *value = json_object_get(object, name);
    if (!json_is_string(value))
        return TEXT("");
    return text_of(json_string_value(value), json_string_length(value));
}
