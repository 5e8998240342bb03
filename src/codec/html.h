/* html.h: HTML from strangers, read as browsers read it (gumbo), and made into words or harmless HTML.
 *
 * Contract   anything is HTML: nothing is refused but more than HTML_BYTES_MAX, or what nests deeper than
 *            HTML_DEPTH_MAX (false). html_words_in gives text, never HTML. html_safe_in leaves only the
 *            elements and
 *            attributes of its list, links to http, https and mailto, no script, style, form, frame; what it
 *            prints reads as itself again.
 * Memory     in the arena; the parser's own is freed before return.
 * Threads    any.
 * Source     HTML Living Standard, 13 (by gumbo 0.10, Apache-2.0); OWASP's advice on which elements do
 *            no harm.
 */
#pragma once
#include "base/buf.h"

enum { HTML_BYTES_MAX = 400000, HTML_DEPTH_MAX = 300 };

struct html_words {
    struct text title, text;
    size_t links, images;
};
/* `with_links`: an address behind its words, in brackets. */
bool html_words_in(struct arena *a, struct text html, bool with_links, struct html_words *out);

struct html_safe {
    struct text html;
    size_t removed_elements, removed_attributes;
};
bool html_safe_in(struct arena *a, struct text html, bool with_images, struct html_safe *out);

/* Character references read: &lt; &#x4e2d; &hellip; as the standard has them all. */
struct text html_references_in(struct arena *a, struct text t);
struct text html_escape_ascii_in(struct arena *a, struct text t); /* & < > " ' and all that is not ASCII */
