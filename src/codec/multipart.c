/* multipart.c: a cursor over the body.
 *
 *     --B CRLF headers CRLF CRLF content CRLF --B ... CRLF --B--
 *
 * `body` always begins at a delimiter. Bare LF line ends are taken too, since some clients send them.
 */
#include "codec/multipart.h"
#include "base/limits.h"

#include <string.h>

static struct err malformed(const char *say) {
    return err_make(ERR_REQUEST_MALFORMED, say);
}

/* The value of `name=` in a header with parameters: form-data; name="x"; filename="y". */
static bool header_parameter(struct text header, struct text name, struct text *out) {
    struct text rest = text_from(header, text_find_char(header, ';'));
    while (rest.length) {
        rest = text_trim(text_from(rest, 1));
        size_t equals = text_find_char(rest, '=');
        if (equals == SIZE_MAX)
            return false;
        struct text found = text_trim(text_part(rest, 0, equals)), value;
        rest = text_from(rest, equals + 1);
        if (rest.length && rest.bytes[0] == '"') {
            size_t close = text_find_char(text_from(rest, 1), '"');
            if (close == SIZE_MAX)
                return false;
            value = text_part(rest, 1, close);
            rest = text_from(rest, close + 2);
        } else {
            value = text_trim(text_part(rest, 0, text_find_char(rest, ';')));
        }
        if (text_equal_nocase(found, name)) {
            *out = value;
            return true;
        }
        rest = text_from(rest, text_find_char(rest, ';'));
    }
    return false;
}

struct err multipart_open(struct multipart *m, struct text content_type, struct text body) {
    struct text boundary;
    if (!header_parameter(content_type, TEXT("boundary"), &boundary) || boundary.length == 0 ||
        boundary.length > 70)
        return malformed("the Content-Type names no multipart boundary of 1 to 70 characters");
    *m = (struct multipart){.body = body, .boundary = boundary};
    return ok;
}

/* Where the next delimiter "--boundary" begins in `t`, at the start of a line. */
static size_t delimiter_find(const struct multipart *m, struct text t) {
    for (size_t from = 0; from < t.length;) {
        size_t at = text_find(text_from(t, from), m->boundary);
        if (at == SIZE_MAX)
            return SIZE_MAX;
        at += from;
        bool dashes = at >= 2 && memcmp(t.bytes + at - 2, "--", 2) == 0;
        if (dashes && (at == 2 || t.bytes[at - 3] == '\n'))
            return at - 2;
        from = at + 1;
    }
    return SIZE_MAX;
}

static struct text line_cut(struct text *rest) {
    struct text line;
    if (!text_cut(rest, '\n', &line))
        return TEXT("");
    if (text_ends(line, TEXT("\r")))
        line.length--;
    return line;
}

static void header_read(struct text line, struct part *part) {
    size_t colon = text_find_char(line, ':');
    struct text name = text_trim(text_part(line, 0, colon));
    struct text value = text_trim(text_from(line, colon == SIZE_MAX ? colon : colon + 1));
    if (text_equal_nocase(name, TEXT("content-type")))
        part->type = value;
    if (!text_equal_nocase(name, TEXT("content-disposition")))
        return;
    header_parameter(value, TEXT("name"), &part->name);
    part->is_file = header_parameter(value, TEXT("filename"), &part->filename);
}

struct err multipart_next(struct multipart *m, struct part *part_out, bool *more_out) {
    size_t start = delimiter_find(m, m->body);
    if (start == SIZE_MAX)
        return malformed("the multipart body has no closing boundary");
    struct text rest = text_from(m->body, start + 2 + m->boundary.length);
    if (text_starts(rest, TEXT("--"))) {
        *more_out = false;
        return ok;
    }
    if (++m->parts > LIMIT_MULTIPART_PARTS)
        return malformed("the multipart body has more than 64 parts");
    line_cut(&rest);
    struct part part = {.is_file = false};
    for (struct text line; (line = line_cut(&rest)).length > 0;)
        header_read(line, &part);
    if (!rest.bytes)
        return malformed("a part of the multipart body ends inside its headers");
    size_t end = delimiter_find(m, rest);
    if (end == SIZE_MAX)
        return malformed("the multipart body has no closing boundary");
    part.content = text_part(rest, 0, end);
    if (text_ends(part.content, TEXT("\n")))
        part.content.length--;
    if (text_ends(part.content, TEXT("\r")))
        part.content.length--;
    m->body = text_from(rest, end);
    *part_out = part;
    *more_out = true;
    return ok;
}
