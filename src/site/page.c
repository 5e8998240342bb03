/* page.c: see page.h. */
#include "site/page.h"
#include "base/must.h"

#include <string.h>

enum { DEPTH_MAX = 12 };

static struct text template_of(const char *name, size_t length) {
    for (const struct embedded *e = site_templates; e->name; e++)
        if (strlen(e->name) == length && memcmp(e->name, name, length) == 0)
            return e->content;
    must(!"the template is there");
    return TEXT("");
}

void page_escape(struct buf *out, struct text t) {
    for (size_t i = 0; i < t.length; i++) {
        switch (t.bytes[i]) {
        case '&':
            buf_c(out, "&amp;");
            break;
        case '<':
            buf_c(out, "&lt;");
            break;
        case '>':
            buf_c(out, "&gt;");
            break;
        case '"':
            buf_c(out, "&quot;");
            break;
        case '\'':
            buf_c(out, "&#39;");
            break;
        default:
            buf_char(out, t.bytes[i]);
        }
    }
}

/* Inner values hide outer ones of the same name. */
struct scope {
    const struct page_value *values;
    const struct scope *outer;
};

static const struct page_value *value_of(const struct scope *scope, struct text name) {
    for (; scope; scope = scope->outer)
        for (const struct page_value *v = scope->values; v->name; v++)
            if (text_equal_c(name, v->name))
                return v;
    return NULL;
}

static void render(struct buf *out, struct text t, const struct scope *scope, unsigned depth);

static void render_block(struct buf *out, struct text inner, const struct page_value *v,
                         const struct scope *scope, unsigned depth) {
    if (!v)
        return;
    if (!v->items) {
        if (v->text.length)
            render(out, inner, scope, depth + 1);
        return;
    }
    for (size_t i = 0; v->items[i]; i++) {
        struct scope row = {v->items[i], scope};
        render(out, inner, &row, depth + 1);
    }
}

static void render(struct buf *out, struct text t, const struct scope *scope, unsigned depth) {
    must(depth < DEPTH_MAX);
    while (t.length) {
        size_t open = text_find(t, TEXT("{{"));
        buf_text(out, text_part(t, 0, open));
        if (open == SIZE_MAX)
            return;
        t = text_from(t, open + 2);
        size_t close = text_find(t, TEXT("}}"));
        must(close != SIZE_MAX);
        struct text name = text_part(t, 0, close);
        t = text_from(t, close + 2);
        if (text_starts(name, TEXT(">"))) {
            struct text other = text_from(name, 1);
            render(out, template_of(other.bytes, other.length), scope, depth + 1);
        } else if (text_starts(name, TEXT("#"))) {
            char end[64] = "{{/";
            name = text_from(name, 1);
            must(name.length < 48);
            memcpy(end + 3, name.bytes, name.length);
            memcpy(end + 3 + name.length, "}}", 3);
            size_t stop = text_find(t, text_c(end));
            must(stop != SIZE_MAX);
            render_block(out, text_part(t, 0, stop), value_of(scope, name), scope, depth);
            t = text_from(t, stop + strlen(end));
        } else {
            const struct page_value *v = value_of(scope, name);
            if (v)
                page_escape(out, v->text);
        }
    }
}

void page_render(struct buf *out, const char *template_name, const struct page_value *values) {
    struct scope scope = {values, NULL};
    render(out, template_of(template_name, strlen(template_name)), &scope, 0);
}
