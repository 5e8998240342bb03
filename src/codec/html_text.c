/* html_text.c: see html_text.h. One pass; a tag is looked at for its name only. */
#include "codec/html_text.h"
#include "base/buf.h"

enum { ENTITY_MAX = 10 };

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* "br" of "<br/>", "p" of "</p>"; the text begins behind '<'. */
static struct text name_of(struct text tag) {
    size_t start = tag.length && tag.bytes[0] == '/' ? 1 : 0, end = start;
    while (end < tag.length && is_letter(tag.bytes[end]))
        end++;
    return text_part(tag, start, end - start);
}

static bool begins_line(struct text name) {
    static const char *const blocks[] = {"br", "p",  "div", "tr",         "li",   "h1",
                                         "h2", "h3", "h4",  "blockquote", "table"};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        if (text_equal_nocase(name, text_c(blocks[i])))
            return true;
    return false;
}

/* Behind the end of the element whose words are no words; the whole rest where it does not end. */
static struct text behind_element(struct text rest, struct text name) {
    for (;;) {
        size_t at = text_find(rest, TEXT("</"));
        if (at == SIZE_MAX)
            return TEXT("");
        rest = text_from(rest, at + 2);
        if (text_equal_nocase(text_part(rest, 0, name.length), name)) {
            size_t end = text_find_char(rest, '>');
            return end == SIZE_MAX ? TEXT("") : text_from(rest, end + 1);
        }
    }
}

static struct text take_tag(struct buf *out, struct text rest) {
    if (text_starts(rest, TEXT("!--"))) {
        size_t end = text_find(rest, TEXT("-->"));
        return end == SIZE_MAX ? TEXT("") : text_from(rest, end + 3);
    }
    struct text name = name_of(rest);
    size_t end = text_find_char(rest, '>');
    bool opens = rest.length && rest.bytes[0] != '/';
    if (begins_line(name))
        buf_char(out, '\n');
    if (end == SIZE_MAX)
        return TEXT("");
    rest = text_from(rest, end + 1);
    bool is_hidden =
        opens && (text_equal_nocase(name, TEXT("script")) || text_equal_nocase(name, TEXT("style")) ||
                  text_equal_nocase(name, TEXT("head")));
    return is_hidden ? behind_element(rest, name) : rest;
}

static bool number_of(struct text name, uint64_t *out) {
    *out = 0;
    if (name.length < 2 || name.bytes[0] != '#')
        return false;
    bool is_hex = name.bytes[1] == 'x' || name.bytes[1] == 'X';
    if (!is_hex)
        return text_to_u64(text_from(name, 1), out);
    for (size_t i = 2; i < name.length; i++) {
        char c = name.bytes[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return false;
        *out = *out * 16 + (uint64_t)digit;
    }
    return name.length > 2;
}

/* Behind the '&'. What is no character of ours stays as it is. */
static struct text take_entity(struct buf *out, struct text rest) {
    static const struct {
        const char *name, *means;
    } names[] = {{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", " "}};
    size_t end = text_find_char(text_part(rest, 0, ENTITY_MAX), ';');
    struct text name = text_part(rest, 0, end == SIZE_MAX ? 0 : end);
    uint64_t number;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal_c(name, names[i].name)) {
            buf_c(out, names[i].means);
            return text_from(rest, end + 1);
        }
    if (number_of(name, &number) && number >= 0x20 && number < 0x110000 &&
        !(number >= 0xD800 && number < 0xE000)) {
        char room[4];
        buf_text(out, text_rune_print(room, (int32_t)number));
        return text_from(rest, end + 1);
    }
    buf_char(out, '&');
    return rest;
}

struct text html_text_in(struct arena *a, struct text html) {
    struct buf out;
    buf_init(&out, a, html.length + 1);
    while (html.length) {
        char c = html.bytes[0];
        html = text_from(html, 1);
        if (c == '<')
            html = take_tag(&out, html);
        else if (c == '&')
            html = take_entity(&out, html);
        else
            buf_char(&out, c);
    }
    return buf_peek(&out);
}
