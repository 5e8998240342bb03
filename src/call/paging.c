/* paging.c: see paging.h. */
#include "call/paging.h"
#include "call/reply.h"

struct paging page_of(const struct call *c, unsigned ask_page, uint64_t total) {
    uint64_t page = (uint64_t)ask_int(c, ask_page), size = (uint64_t)ask_int(c, ask_page + 1);
    uint64_t from = (page - 1) * size;
    return (struct paging){
        .from = from < total ? from : total,
        .until = from + size < total ? from + size : total,
        .page = page,
        .size = size,
        .total = total,
        .pages = (total + size - 1) / size,
    };
}

void reply_page(struct call *c, const struct paging *page) {
    reply_int(c, "page", (int64_t)page->page);
    reply_int(c, "page_size", (int64_t)page->size);
    reply_int(c, "total", (int64_t)page->total);
    reply_int(c, "pages", (int64_t)page->pages);
}
