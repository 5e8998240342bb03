/* visit.h: what the handlers of site/ share: the request under way, its session, its JSON.
 *
 * Contract   a handler writes its JSON with visit_json … visit_end, or its page with page.h, and returns ok;
 *            or returns an error, and whatever it wrote is thrown away.
 */
#pragma once
#include "codec/json.h"
#include "codec/json_in.h"
#include "domain/account.h"
#include "domain/session.h"
#include "domain/staff.h"
#include "site/cookie.h"
#include "site/site.h"

struct visit {
    const struct site *site;
    struct domain *d;
    const struct request *request;
    struct answer *answer;
    bool is_english;
    struct text prefix; /* of the client's address */
    struct session session;
    struct account account; /* where the route asks for a session */
    unsigned roles;         /* of the staff, that the account has */
    struct text id, id2;    /* the parts of the path, where the route has some */
    json_t *fields;         /* of the body */
    const char *allowed;    /* names of the body's fields: "a|b" */
    struct text unknown;    /* that was refused */
    struct buf out;
    struct json json;
};

/* SESSION      somebody who is logged in
 * FRESH        and proved it again a moment ago
 * UNAGREED     open although the policy in force is not agreed to: all else is closed until then
 * STAFF        one of the operator's people, with one of the route's roles
 * ENDED        its session may have ended: then there is no account
 * FORM         takes forms beside JSON: for pages that work without JavaScript
 * DEVELOPMENT  there in a development start only */
enum route_need {
    ROUTE_OPEN = 0,
    ROUTE_SESSION = 1,
    ROUTE_DEVELOPMENT = 2,
    ROUTE_FRESH = 4,
    ROUTE_UNAGREED = 8,
    ROUTE_STAFF = 16,
    ROUTE_FORM = 32,
    ROUTE_ENDED = 64,
};

struct route {
    const char *method, *path; /* each "{}" takes one part: "/account/tokens/{}"; two at most */
    struct err (*run)(struct visit *v);
    const char *fields; /* of the body; NULL: none is read */
    unsigned needs, roles;
};

/* Each ends with an empty entry; site.c goes through all. */
#define ROUTES(table) extern const struct route table[];
#include "site/routes.def"
#undef ROUTES

struct json *visit_json(struct visit *v, int status); /* opens the object */
void visit_end(struct visit *v);
void visit_none(struct visit *v); /* 204 */

/* A cookie for the answer; an empty value takes it away. */
void visit_set_cookie(struct visit *v, enum cookie_id id, struct text value, unsigned max_age_s);
void visit_set_session(struct visit *v, struct text cookie); /* the log-in's; and its CSRF token */
struct text visit_language(const struct visit *v);           /* "zh" "en" */
/* Elsewhere, by GET: the answer to a form. */
void visit_see_other(struct visit *v, struct text where);
/* Whether a page is wanted, not JSON. */
bool visit_wants_page(const struct visit *v);

/* A text field; *out is empty where it is missing. ERR_FIELD_INVALID where it is no text. */
[[nodiscard]] struct err visit_text(struct visit *v, const char *name, struct text *out);
[[nodiscard]] struct err visit_needed_text(struct visit *v, const char *name, struct text *out);
bool visit_has(struct visit *v, const char *name);
/* A list of texts; *list_out NULL where it is missing. */
[[nodiscard]] struct err visit_list(struct visit *v, const char *name, struct text **list_out,
                                    unsigned *count_out);
/* A query parameter, decoded; empty where it is missing. */
[[nodiscard]] struct err visit_query(struct visit *v, const char *name, struct text *out);

/* Before an answer that tells of a changed token: what it says is in force then. */
void visit_published(struct visit *v);

struct text visit_time(struct visit *v, int64_t ms); /* "2026-11-24T08:00:00Z"; empty for 0 */

/* 202 {flow, expires}: a code is on its way. */
struct flow_promise;
void visit_promise(struct visit *v, const struct flow_promise *promise);

/* "tokens": […] of the account (token_routes.c); the export has it too. */
[[nodiscard]] struct err tokens_put(struct visit *v);
void account_put(struct visit *v);                          /* its fields, into the open object */
[[nodiscard]] struct err consents_put(struct visit *v);     /* "consents": […] */

struct text visit_cookie(struct visit *v); /* of the session; empty: none */
