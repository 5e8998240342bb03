/* visit_page.h: the pages of site/: a title, values by name, a template.
 *
 * Contract   every page has head and foot, in the request's language, with the way to the policy in both. A
 *            handler begins a page, puts what its template (web/templates) names, and ends with page_end.
 * Memory     in the domain's arena.
 */
#pragma once
#include "site/page.h"
#include "site/visit.h"

enum { PAGE_VALUES_MAX = 128 };

struct page {
    struct visit *v;
    struct page_value values[PAGE_VALUES_MAX];
    unsigned count;
};

struct page page_begin(struct visit *v, struct text title);
void page_put(struct page *p, const char *name, struct text text);
void page_put_words(struct page *p, const char *name, const char *zh, const char *en);
/* "no_cookies": what needs a cookie and what does not, where the browser sent none. */
void page_put_cookieless(struct page *p);
void page_put_items(struct page *p, const char *name, const struct page_value *const *items);

/* The rows of a list: room for `count` and the end; a row has the names and texts of its pairs. */
const struct page_value **page_rows_in(struct arena *a, size_t count);
const struct page_value *page_row_in(struct arena *a, const char *const *names, const struct text *texts,
                                     unsigned count);

[[nodiscard]] struct err page_end(struct page *p, const char *template_name);

/* What went wrong with a form, for fault.html: in words at the top, and "bad_<field>" where it was one
 * field's, so that the template marks it and the browser goes there. */
void page_put_fault(struct page *p, struct err e);
/* A person's own page: nobody keeps it; with the status of what went wrong, where something did. */
[[nodiscard]] struct err page_end_as(struct page *p, const char *template_name, struct err e);
