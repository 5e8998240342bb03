/* page.h: HTML from templates (web/templates), escaped by default.
 *
 * A template holds {{name}} (escaped), {{#name}}…{{/name}} (once an item of a list, or once where the value
 * is there) and {{>file}} (another template). Nothing else.
 *
 * Contract   a name that was not given prints nothing. Depth is bounded.
 */
#pragma once
#include "base/buf.h"
#include "base/embedded.h"

struct page_value {
    const char *name;
    struct text text;
    const struct page_value *const
        *items; /* a list: rows of values, each ended by {0}; NULL behind the last */
};

extern const struct embedded site_templates[];

void page_render(struct buf *out, const char *template_name, const struct page_value *values);
void page_escape(struct buf *out, struct text t);
