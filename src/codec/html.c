/* html.c: see html.h. */
#include "codec/html.h"
#include "base/limits.h"
#include "base/must.h"

#include <gumbo.h>

enum { OPEN_MAX = 1000 };

/* ---- helpers ---- */

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

static bool is_too_deep(const GumboNode *root) {
    const GumboNode *node = root;
    size_t depth = 0, place;
    for (;;) { /* without recursion: it is depth that is asked */
        bool has_children = node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
        if (has_children && node->v.element.children.length) {
            node = node->v.element.children.data[0];
            if (++depth > HTML_DEPTH_MAX)
                return true;
            continue;
        }
        while (node != root && node->index_within_parent + 1 >= node->parent->v.element.children.length) {
            node = node->parent;
            depth--;
        }
        if (node == root)
            return false;
        place = node->index_within_parent + 1;
        node = node->parent->v.element.children.data[place];
    }
}

static bool is_among(struct text name, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (text_equal_nocase(name, text_c(names[i])))
            return true;
    return false;
}

/* Never inside themselves, or never with anything inside. */
static bool is_flat(struct text name) {
    static const char *const names[] = {"br", "hr", "img", "input", "meta", "link", "p", "li", "td", "th", "tr", "dt", "dd",
                                        "option", "area", "base", "col", "source", "wbr", "embed", "html", "head", "body"};
    return is_among(name, names, COUNT(names));
}

/* The library frees its tree by recursion, so that what might nest too deeply is told before: the tags
 * that are
 * opened and not closed in order. A real page has some dozens; formatting elements that are left open
 * count. */
static bool may_nest_deeply(struct arena *a, struct text html) {
    struct text *open = arena_alloc(a, OPEN_MAX * sizeof *open);
    size_t count = 0, at;
    while ((at = text_find_char(html, '<')) != SIZE_MAX) {
        html = text_from(html, at + 1);
        bool closes = html.length && html.bytes[0] == '/';
        size_t end = closes;
        while (end < html.length && !is_blank(html.bytes[end]) && html.bytes[end] != '>' &&
               html.bytes[end] != '/')
            end++;
        struct text name = text_part(html, closes, end - closes);
        bool is_name = name.length && ((name.bytes[0] | 0x20) >= 'a' && (name.bytes[0] | 0x20) <= 'z');
        if (closes && count && text_equal_nocase(open[count - 1], name))
            count--;
        else if (!closes && is_name && !is_flat(name) && count == OPEN_MAX)
            return true;
        else if (!closes && is_name && !is_flat(name))
            open[count++] = name;
    }
    return false;
}

/* NULL past the limits. */
static GumboOutput *read(struct arena *a, struct text html, GumboOptions *options) {
    if (html.length > HTML_BYTES_MAX || may_nest_deeply(a, html))
        return NULL;
    *options = kGumboDefaultOptions;
    options->max_errors = 0;
    GumboOutput *out = gumbo_parse_with_options(options, html.length ? html.bytes : "", html.length);
    if (out && is_too_deep(out->root)) {
        gumbo_destroy_output(options, out);
        return NULL;
    }
    return out;
}

static struct text attribute(const GumboNode *node, const char *name) {
    const GumboAttribute *found = gumbo_get_attribute(&node->v.element.attributes, name);
    return found ? text_c(found->value) : TEXT("");
}

/* ---- words ---- */

struct words {
    struct buf out;
    struct html_words found;
    bool with_links, keeps_blanks;
};

static void end_line(struct buf *b, unsigned lines) {
    while (b->length && is_blank(b->bytes[b->length - 1]) && b->bytes[b->length - 1] != '\n')
        b->length--;
    unsigned there = 0;
    while (there < b->length && b->bytes[b->length - 1 - there] == '\n')
        there++;
    for (; b->length && there < lines; there++)
        buf_char(b, '\n');
}

static void put_words(struct words *w, struct text t) {
    for (size_t i = 0; i < t.length; i++) {
        struct buf *b = &w->out;
        bool blank = is_blank(t.bytes[i]);
        if (!blank || w->keeps_blanks)
            buf_char(b, t.bytes[i]);
        else if (b->length && !is_blank(b->bytes[b->length - 1]))
            buf_char(b, ' ');
    }
}

static unsigned lines_around(GumboTag tag) {
    switch (tag) {
    case GUMBO_TAG_P: case GUMBO_TAG_H1: case GUMBO_TAG_H2: case GUMBO_TAG_H3: case GUMBO_TAG_H4:
    case GUMBO_TAG_H5: case GUMBO_TAG_H6: case GUMBO_TAG_UL: case GUMBO_TAG_OL: case GUMBO_TAG_TABLE:
    case GUMBO_TAG_PRE: case GUMBO_TAG_BLOCKQUOTE:
        return 2;
    case GUMBO_TAG_DIV: case GUMBO_TAG_LI: case GUMBO_TAG_TR: case GUMBO_TAG_SECTION:
    case GUMBO_TAG_ARTICLE: case GUMBO_TAG_HEADER: case GUMBO_TAG_FOOTER: case GUMBO_TAG_NAV:
    case GUMBO_TAG_MAIN: case GUMBO_TAG_DT: case GUMBO_TAG_DD: case GUMBO_TAG_HR: case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FIGCAPTION: case GUMBO_TAG_FORM:
        return 1;
    default:
        return 0;
    }
}

static bool is_silent(GumboTag tag) {
    return tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_STYLE || tag == GUMBO_TAG_TEMPLATE ||
            tag == GUMBO_TAG_HEAD ||
           tag == GUMBO_TAG_NOSCRIPT || tag == GUMBO_TAG_IFRAME || tag == GUMBO_TAG_OBJECT;
}

static void walk_words(struct words *w, const GumboNode *node);

static void walk_element(struct words *w, const GumboNode *node) {
    const GumboElement *e = &node->v.element;
    unsigned lines = lines_around(e->tag);
    bool kept = w->keeps_blanks;
    if (lines && w->out.length)
        end_line(&w->out, lines);
    if (e->tag == GUMBO_TAG_LI)
        buf_c(&w->out, "- ");
    w->keeps_blanks |= e->tag == GUMBO_TAG_PRE || e->tag == GUMBO_TAG_TEXTAREA;
    for (unsigned i = 0; i < e->children.length; i++)
        walk_words(w, e->children.data[i]);
    w->keeps_blanks = kept;
    if (e->tag == GUMBO_TAG_BR)
        buf_char(&w->out, '\n');
    if (e->tag == GUMBO_TAG_TD || e->tag == GUMBO_TAG_TH)
        buf_char(&w->out, '\t');
    w->found.images += e->tag == GUMBO_TAG_IMG;
    struct text address = e->tag == GUMBO_TAG_A ? text_trim(attribute(node, "href")) : TEXT("");
    w->found.links += address.length > 0;
    if (w->with_links && address.length && address.bytes[0] != '#')
        buf_format(&w->out, " (%.*s)", TEXT_ARG(address));
    if (lines)
        end_line(&w->out, lines);
}

static void walk_words(struct words *w, const GumboNode *node) {
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
        node->type == GUMBO_NODE_CDATA)
        put_words(w, text_c(node->v.text.text));
    else if (node->type == GUMBO_NODE_ELEMENT && !is_silent(node->v.element.tag))
        walk_element(w, node);
}

static const GumboNode *child_of(const GumboNode *parent, GumboTag tag) {
    for (unsigned i = 0; parent && i < parent->v.element.children.length; i++) {
        const GumboNode *child = parent->v.element.children.data[i];
        if (child->type == GUMBO_NODE_ELEMENT && child->v.element.tag == tag)
            return child;
    }
    return NULL;
}

static struct text title_in(struct arena *a, const GumboNode *root) {
    const GumboNode *title = child_of(child_of(root, GUMBO_TAG_HEAD), GUMBO_TAG_TITLE);
    if (!title || title->v.element.children.length == 0)
        return TEXT("");
    const GumboNode *words = title->v.element.children.data[0];
    return text_copy_in(a, text_trim(text_c(words->v.text.text)));
}

bool html_words_in(struct arena *a, struct text html, bool with_links, struct html_words *out) {
    GumboOptions options;
    GumboOutput *tree = read(a, html, &options);
    struct words w = {.with_links = with_links};
    if (!tree)
        return false;
    buf_init(&w.out, a, html.length * 3 + 64);
    walk_words(&w, tree->root);
    w.found.title = title_in(a, tree->root);
    w.found.text = text_trim(buf_peek(&w.out));
    gumbo_destroy_output(&options, tree);
    *out = w.found;
    return true;
}

/* ---- harmless HTML ---- */

struct safe {
    struct buf out;
    struct html_safe found;
    bool with_images;
};

static void put_escaped(struct buf *b, struct text t) {
    for (size_t i = 0; i < t.length; i++) {
        char c = t.bytes[i];
        if (c == '&' || c == '<' || c == '>' || c == '"' || c == '\'')
            buf_c(b, c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' ? "&quot;" : "&#39;");
        else
            buf_char(b, c);
    }
}

enum keeping { KEEP, UNWRAP, DROP }; /* with its words; its words only; nothing */

static enum keeping keeping_of(GumboTag tag, bool with_images) {
    switch (tag) {
    case GUMBO_TAG_A: case GUMBO_TAG_ABBR: case GUMBO_TAG_B: case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_BR: case GUMBO_TAG_CAPTION: case GUMBO_TAG_CITE: case GUMBO_TAG_CODE:
    case GUMBO_TAG_DD: case GUMBO_TAG_DEL: case GUMBO_TAG_DIV: case GUMBO_TAG_DL: case GUMBO_TAG_DT:
    case GUMBO_TAG_EM: case GUMBO_TAG_FIGCAPTION: case GUMBO_TAG_FIGURE: case GUMBO_TAG_H1:
    case GUMBO_TAG_H2: case GUMBO_TAG_H3: case GUMBO_TAG_H4: case GUMBO_TAG_H5: case GUMBO_TAG_H6:
    case GUMBO_TAG_HR: case GUMBO_TAG_I: case GUMBO_TAG_INS: case GUMBO_TAG_KBD: case GUMBO_TAG_LI:
    case GUMBO_TAG_MARK: case GUMBO_TAG_OL: case GUMBO_TAG_P: case GUMBO_TAG_PRE: case GUMBO_TAG_Q:
    case GUMBO_TAG_RP: case GUMBO_TAG_RT: case GUMBO_TAG_RUBY: case GUMBO_TAG_S: case GUMBO_TAG_SAMP:
    case GUMBO_TAG_SMALL: case GUMBO_TAG_SPAN: case GUMBO_TAG_STRONG: case GUMBO_TAG_SUB:
    case GUMBO_TAG_SUP: case GUMBO_TAG_TABLE: case GUMBO_TAG_TBODY: case GUMBO_TAG_TD:
    case GUMBO_TAG_TFOOT: case GUMBO_TAG_TH: case GUMBO_TAG_THEAD: case GUMBO_TAG_TR: case GUMBO_TAG_U:
    case GUMBO_TAG_UL: case GUMBO_TAG_VAR:
        return KEEP;
    case GUMBO_TAG_IMG:
        return with_images ? KEEP : DROP;
    case GUMBO_TAG_HTML: case GUMBO_TAG_BODY: case GUMBO_TAG_SECTION: case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_HEADER: case GUMBO_TAG_FOOTER: case GUMBO_TAG_NAV: case GUMBO_TAG_MAIN:
    case GUMBO_TAG_ASIDE: case GUMBO_TAG_CENTER: case GUMBO_TAG_FONT: case GUMBO_TAG_FORM:
    case GUMBO_TAG_LABEL: case GUMBO_TAG_UNKNOWN: case GUMBO_TAG_TIME: case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_DETAILS: case GUMBO_TAG_SUMMARY:
        return UNWRAP;
    default:
        return DROP;
    }
}

/* A relative address, or one of the schemes that do nothing by themselves. */
static bool is_harmless(struct text address, bool is_image) {
    struct text t = text_trim(address);
    size_t colon = text_find_char(t, ':');
    for (size_t i = 0; i < t.length; i++)
        if ((unsigned char)t.bytes[i] <= ' ')
            return false; /* "java\nscript:" */
    size_t slash = text_find_char(t, '/'), mark = text_find_char(t, '?'), hash = text_find_char(t, '#');
    if (colon == SIZE_MAX || slash < colon || mark < colon || hash < colon)
        return true;
    struct text scheme = text_part(t, 0, colon);
    return text_equal_nocase(scheme, TEXT("http")) || text_equal_nocase(scheme, TEXT("https")) ||
           (!is_image && text_equal_nocase(scheme, TEXT("mailto")));
}

static bool may_stay(GumboTag tag, const GumboAttribute *at) {
    struct text name = text_c(at->name), value = text_c(at->value);
    uint64_t number;
    if (text_equal_c(name, "title") || text_equal_c(name, "lang") || text_equal_c(name, "dir"))
        return true;
    if (tag == GUMBO_TAG_A && text_equal_c(name, "href"))
        return is_harmless(value, false);
    if (tag == GUMBO_TAG_IMG && text_equal_c(name, "src"))
        return is_harmless(value, true);
    if (tag == GUMBO_TAG_IMG && text_equal_c(name, "alt"))
        return true;
    bool is_span = text_equal_c(name, "colspan") || text_equal_c(name, "rowspan");
    bool is_size = text_equal_c(name, "width") || text_equal_c(name, "height");
    bool fits = ((tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH) && is_span) || (tag == GUMBO_TAG_IMG &&
            is_size) ||
                (tag == GUMBO_TAG_OL && text_equal_c(name, "start"));
    return fits && text_to_u64(value, &number) && number <= 10000;
}

static void walk_safe(struct safe *s, const GumboNode *node);

static void walk_children(struct safe *s, const GumboNode *node) {
    for (unsigned i = 0; i < node->v.element.children.length; i++)
        walk_safe(s, node->v.element.children.data[i]);
}

static void put_element(struct safe *s, const GumboNode *node) {
    const GumboElement *e = &node->v.element;
    const char *name = gumbo_normalized_tagname(e->tag);
    bool is_void = e->tag == GUMBO_TAG_BR || e->tag == GUMBO_TAG_HR || e->tag == GUMBO_TAG_IMG;
    buf_format(&s->out, "<%s", name);
    for (unsigned i = 0; i < e->attributes.length; i++) {
        const GumboAttribute *at = e->attributes.data[i];
        if (!may_stay(e->tag, at)) {
            s->found.removed_attributes++;
            continue;
        }
        buf_format(&s->out, " %s=\"", at->name);
        put_escaped(&s->out, text_trim(text_c(at->value)));
        buf_char(&s->out, '"');
    }
    buf_c(&s->out, e->tag == GUMBO_TAG_A ? " rel=\"nofollow noopener noreferrer\">" : ">");
    if (is_void)
        return;
    walk_children(s, node);
    buf_format(&s->out, "</%s>", name);
}

static void walk_safe(struct safe *s, const GumboNode *node) {
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
        node->type == GUMBO_NODE_CDATA) {
        put_escaped(&s->out, text_c(node->v.text.text));
        return;
    }
    if (node->type != GUMBO_NODE_ELEMENT) {
        s->found.removed_elements += node->type == GUMBO_NODE_TEMPLATE;
        return;
    }
    bool is_html = node->v.element.tag_namespace == GUMBO_NAMESPACE_HTML;
    enum keeping k = is_html ? keeping_of(node->v.element.tag, s->with_images) : DROP;
    bool is_frame = node->v.element.tag == GUMBO_TAG_HTML || node->v.element.tag == GUMBO_TAG_BODY ||
                    node->v.element.tag == GUMBO_TAG_HEAD;
    s->found.removed_elements += k != KEEP && !is_frame;
    if (k == KEEP)
        put_element(s, node);
    else if (k == UNWRAP)
        walk_children(s, node);
}

bool html_safe_in(struct arena *a, struct text html, bool with_images, struct html_safe *out) {
    GumboOptions options;
    GumboOutput *tree = read(a, html, &options);
    struct safe s = {.with_images = with_images};
    if (!tree)
        return false;
    buf_init(&s.out, a, LIMIT_REPLY_BYTES / 2);
    walk_safe(&s, tree->root);
    gumbo_destroy_output(&options, tree);
    if (buf_is_over(&s.out))
        return false;
    s.found.html = text_trim(buf_peek(&s.out));
    *out = s.found;
    return true;
}

/* ---- character references ---- */

/* As the content of an element that holds characters and references only, so that all of the standard's
 * names are read. */
struct text html_references_in(struct arena *a, struct text t) {
    GumboOptions options = kGumboDefaultOptions;
    struct buf b;
    struct text found = t;
    if (text_find_char(t, '&') == SIZE_MAX || t.length > HTML_BYTES_MAX)
        return t;
    buf_init(&b, a, t.length * 4 + 64);
    buf_c(&b, "<body><textarea>x"); /* the first line end would be dropped */
    for (size_t i = 0; i < t.length; i++) {
        if (t.bytes[i] == '<')
            buf_c(&b, "&lt;");
        else
            buf_char(&b, t.bytes[i]);
    }
    options.max_errors = 0;
    GumboOutput *tree = gumbo_parse_with_options(&options, b.bytes, b.length);
    const GumboNode *node = tree->root; /* html, its last child body, the textarea, its text */
    while (node->type == GUMBO_NODE_ELEMENT && node->v.element.children.length)
        node = node->v.element.children.data[node->v.element.children.length - 1];
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE)
        found = text_copy_in(a, text_from(text_c(node->v.text.text), 1));
    gumbo_destroy_output(&options, tree);
    return found;
}

struct text html_escape_ascii_in(struct arena *a, struct text t) {
    struct buf b;
    buf_init(&b, a, t.length * 10 + 16);
    while (t.length) {
        struct text rest = t;
        int32_t rune = text_rune(&rest);
        if (rune >= 0x80)
            buf_format(&b, "&#x%X;", (unsigned)rune);
        else
            put_escaped(&b, text_part(t, 0, t.length - rest.length));
        t = rest;
    }
    return buf_peek(&b);
}
