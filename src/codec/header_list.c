/* header_list.c: see header_list.h. */
#include "codec/header_list.h"
#include "base/buf.h"

static bool is_token(struct text t) {
    for (size_t i = 0; i < t.length; i++) {
        char c = t.bytes[i];
        bool fits = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
                    text_find_char(TEXT("!#$%&'*+-.^_`|~"), c) != SIZE_MAX;
        if (!fits)
            return false;
    }
    return t.length > 0 && t.length <= 128;
}

static struct text line_of(struct text rest) {
    struct text line = text_part(rest, 0, text_find_char(rest, '\n'));
    return text_ends(line, TEXT("\r")) ? text_part(line, 0, line.length - 1) : line;
}

static void step_over(struct text *rest) {
    size_t end = text_find_char(*rest, '\n');
    *rest = end == SIZE_MAX ? TEXT("") : text_from(*rest, end + 1);
}

static bool is_folded(struct text rest) {
    return rest.length && (rest.bytes[0] == ' ' || rest.bytes[0] == '\t') &&
            text_trim(line_of(rest)).length > 0;
}

enum header_step header_next_in(struct arena *a, struct text *rest, struct header *out) {
    struct text line = line_of(*rest);
    while (rest->length && (text_trim(line).length == 0 || text_starts(line, TEXT("HTTP/")))) {
        step_over(rest);
        line = line_of(*rest);
    }
    if (rest->length == 0)
        return HEADER_END;
    size_t colon = text_find_char(line, ':');
    if (colon == SIZE_MAX || !is_token(text_part(line, 0, colon)))
        return HEADER_BROKEN;
    *out = (struct header){text_part(line, 0, colon), text_trim(text_from(line, colon + 1))};
    step_over(rest);
    if (!is_folded(*rest))
        return HEADER_HERE;
    struct buf b;
    buf_init(&b, a, out->value.length + rest->length + 1);
    buf_text(&b, out->value);
    for (; is_folded(*rest); step_over(rest)) {
        buf_c(&b, b.length ? " " : "");
        buf_text(&b, text_trim(line_of(*rest)));
    }
    out->value = buf_peek(&b);
    return HEADER_HERE;
}
