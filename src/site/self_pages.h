/* self_pages.h: a person's own pages, for the routes that answer a program with JSON and a browser with a
 * page, and what both share.
 *
 * Contract   each is asked for somebody who is logged in (visit.h) and ends the page.
 */
#pragma once
#include "site/visit_page.h"

[[nodiscard]] struct err self_page(struct visit *v);          /* GET /account */
[[nodiscard]] struct err self_tokens_page(struct visit *v);   /* GET /account/tokens */
[[nodiscard]] struct err self_consents_page(struct visit *v); /* GET /account/consents */
[[nodiscard]] struct err self_leaving_page(struct visit *v);  /* GET /account/erasure */

/* The whole cancellation: the body's password, cookies, what follows; a second time the same receipt
 * (account_routes.c). */
[[nodiscard]] struct err self_erase(struct visit *v, struct text *receipt_out);

/* Where the code of a flow is entered (join_routes.c): of a new account, a guardian, a new address. */
enum code_of { CODE_JOIN, CODE_GUARDIAN, CODE_CONTACT };
[[nodiscard]] struct err code_page(struct visit *v, struct text flow, enum code_of of, struct err e);
