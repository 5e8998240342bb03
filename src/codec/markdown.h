/* markdown.h: GitHub-flavoured Markdown, read by cmark-gfm in its safe mode.
 *
 * Contract   raw HTML is left out, links to javascript:, vbscript:, file: and data: (but images)
 *            lose their target: the HTML can be put into a page as it is. Tables, strikethrough,
 *            autolinks and task lists are on.
 * Threads    any, one at a time: cmark-gfm switches a table of its own for each document, so a lock
 *            is held.
 * Memory     cmark's own while it runs; the result lives in the arena.
 * Limits     what nests deeper than MARKDOWN_DEPTH_MAX is refused before it is printed: a tree of
 *            depth n prints n * n blanks as XML (a kilobyte of ">" would become two megabytes).
 * Cost       1.7 us a byte at worst (autolinks: "a.b@c.a.b@c."), 0.05 us for usual text;
 *            markdown_test.c keeps the list of patterns.
 */
#pragma once
#include "base/text.h"

enum { MARKDOWN_DEPTH_MAX = 64 };

enum markdown_form {
    MARKDOWN_HTML,
    MARKDOWN_TEXT, /* without the marks of headings, emphasis and links */
    MARKDOWN_XML,  /* the tree, after CommonMark.dtd */
};

/* False where it nests too deep. */
[[nodiscard]] bool markdown_print_in(struct arena *a, struct text markdown, enum markdown_form form,
                                     struct text *out);
