/* paging.h: pages of a list, with one set of names everywhere.
 *
 * Contract   an API's `asks` hold ASK_PAGE and ASK_PAGE_SIZE side by side; page_of reads them. Pages
 *            count from 1; one past the end is empty, not an error. The aliases are the reference
 *            service's.
 */
#pragma once
#include "call/ask.h"

#define ASK_PAGE \
    {"page", ASK_INT, OPTIONAL, {"第几页，从 1 起", "Which page, from 1"}, 1, 100000, \
     .aliases = "p|pageNum|page_num", \
     .fallback = "1"}
#define ASK_PAGE_SIZE(usual, most) \
    {"page_size", ASK_INT, OPTIONAL, {"每页条数", "Entries a page"}, 1, most, \
     .aliases = "num|limit|size|pageSize|per_page|count", .fallback = #usual}

struct paging {
    uint64_t from, until; /* places in the list, from 0; until is behind the last */
    uint64_t page, size, total, pages;
};

/* `ask_page` is the place of ASK_PAGE in `asks`; ASK_PAGE_SIZE follows it. */
struct paging page_of(const struct call *c, unsigned ask_page, uint64_t total);

/* The members page, page_size, total and pages of the object that is open. */
void reply_page(struct call *c, const struct paging *page);
#define GIVES_PAGE \
    {"page", GIVE_INT, {"第几页", "Which page"}}, \
    {"page_size", GIVE_INT, {"每页条数", "Entries a page"}}, \
        {"total", GIVE_INT, {"总条数", "Entries in all"}}, {"pages", GIVE_INT, {"总页数", "Pages in all"}}
