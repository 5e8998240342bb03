/* ticket_view.h: a request as JSON and as a page: what its owner, a stranger or the staff sees of it.
 *
 * Contract   who may see what is decided before (domain/ticket.h); here it is only printed.
 */
#pragma once
#include "domain/ticket_work.h"
#include "site/visit_page.h"

const char *ticket_state(const struct ticket *t); /* "open" "taken" "closed" */

/* Inside an object. _clock: number, state and clocks; _all: what was written too. */
void ticket_put_clock(struct visit *v, const struct ticket *t);
[[nodiscard]] struct err ticket_put_all(struct visit *v, const struct ticket *t);

/* The same for a page: clock, state, messages. */
void ticket_page_clock(struct page *p, const struct ticket *t);
/* "mine": the requests of whoever is logged in, with their state and clock. */
[[nodiscard]] struct err ticket_page_mine(struct page *p);
[[nodiscard]] struct err ticket_page_messages(struct page *p, const struct ticket *t);
struct text ticket_page_moment(struct visit *v, int64_t ms); /* "2026-12-24 09:30", Shanghai */
