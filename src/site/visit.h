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
    struct cookie_jar jar;
    struct text theme;  /* "light" "dark"; empty: the browser's own */
    struct session session;
    struct account account; /* where the route asks for a session */
    unsigned roles;         /* of the staff, that the account has */
    struct text id, id2;    /* the parts of the path, where the route has some */
    json_t *fields;         /* of the body */
    const char *allowed;    /* names of the body's fields: "a|b" */
    struct text unknown;    /* that was refused */
    /* Where a second factor is asked for: the step that waits for it, its challenge and what it may be. */
    struct text flow, challenge, flow_ends;
    unsigned methods;
    struct buf out;
    struct json json;
};

/* SESSION      somebody who is logged in
 * FRESH        and proved it again a moment ago
 * UNAGREED     open although the policy in force is not agreed to: all else is closed until then
 * STAFF        one of the operator's people, with one of the route's roles
 *              (a session of the staff has two factors, always)
 * SLOW         checks or makes a password's hash: a few at a time, by threads of their own
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
    ROUTE_SLOW = 64,
    ROUTE_ENDED = 128,
};

struct route {
    const char *method, *path; /* each "{}" takes one part: "/account/tokens/{}"; two at most */
    struct err (*run)(struct visit *v);
    const char *fields; /* of the body; NULL: none is read */
    unsigned needs, roles;
    const char *right; /* the sentence of the policy that it rests on (domain/rights.h); NULL: none */
};

/* Each ends with an empty entry; site.c goes through all. */
#define ROUTES(table) extern const struct route table[];
#include "site/routes.def"
#undef ROUTES
extern const struct route *const site_routes[]; /* those tables; NULL at the end */

struct json *visit_json(struct visit *v, int status); /* opens the object */
void visit_end(struct visit *v);
void visit_none(struct visit *v); /* 204 */

/* A cookie for the answer; an empty value takes it away. */
void visit_set_cookie(struct visit *v, enum cookie_id id, struct text value, unsigned max_age_s);
/* The log-in's cookie (for 30 days where it is remembered), and its CSRF token. */
void visit_set_session(struct visit *v, struct text cookie);
void visit_remember_session(struct visit *v, struct text cookie, bool remember);
/* Whether the one who is logged in may take this route. */
[[nodiscard]] struct err visit_may(struct visit *v, const struct route *route);
/* For what needs a fresh proof in some cases only: ERR_FRESH_LOGIN_REQUIRED. */
[[nodiscard]] struct err visit_need_fresh(struct visit *v);
struct text visit_language(const struct visit *v);           /* "zh" "en" */
/* Elsewhere, by GET: the answer to a form. */
void visit_see_other(struct visit *v, struct text where);
/* Of a route that is open to all: whether somebody is logged in, who is then v->account. */
[[nodiscard]] struct err visit_person(struct visit *v, bool *is_there_out);
/* Whether a page is wanted, not JSON. */
bool visit_wants_page(const struct visit *v);

/* A text field; *out is empty where it is missing. ERR_FIELD_INVALID where it is no text. */
[[nodiscard]] struct err visit_text(struct visit *v, const char *name, struct text *out);
[[nodiscard]] struct err visit_needed_text(struct visit *v, const char *name, struct text *out);
/* JSON's true, or what a form sends for a box that is ticked. */
[[nodiscard]] struct err visit_flag(struct visit *v, const char *name, bool *out);
bool visit_has(struct visit *v, const char *name);
/* A list of texts; *list_out NULL where it is missing. */
[[nodiscard]] struct err visit_list(struct visit *v, const char *name, struct text **list_out,
                                    unsigned *count_out);
/* A query parameter, decoded; empty where it is missing. */
[[nodiscard]] struct err visit_query(struct visit *v, const char *name, struct text *out);

/* Before an answer that tells of a changed token: what it says is in force then. */
void visit_published(struct visit *v);

struct text visit_time(struct visit *v, int64_t ms); /* "2026-11-24T08:00:00Z"; empty for 0 */

/* The fields of who wants to register; what is there is there also where one is missing. */
struct registration;
[[nodiscard]] struct err visit_registration(struct visit *v, struct registration *out);

/* 202 {flow, expires}: a code is on its way. */
struct flow_promise;
void visit_promise(struct visit *v, const struct flow_promise *promise);

/* "tokens": […] of the account (token_routes.c); the export has it too. */
[[nodiscard]] struct err tokens_put(struct visit *v);

/* "consents", "purposes" and "notices" of the account (consent_routes.c); the export has them too. */
[[nodiscard]] struct err consents_put(struct visit *v);
/* Of the account in `v->account`, the token of `v->id`: the person's own, or an organisation's that he may
 * act for (org_routes.c). */
[[nodiscard]] struct err tokens_list(struct visit *v);
[[nodiscard]] struct err tokens_create(struct visit *v);
[[nodiscard]] struct err tokens_change(struct visit *v);
[[nodiscard]] struct err tokens_revoke(struct visit *v);
[[nodiscard]] struct err usage_show(struct visit *v);

/* "organisations": […] that the person has a place in (org_routes.c); the export has it too. */
[[nodiscard]] struct err organisations_put(struct visit *v);
/* "deliveries": […], what became of messages to the account (account_routes.c). */
[[nodiscard]] struct err deliveries_put(struct visit *v);
/* "feedback": […] of the account (ticket_view.c), for its export. */
[[nodiscard]] struct err tickets_put(struct visit *v);
void account_put(struct visit *v);                          /* its fields, into the open object */

struct text visit_origin(struct visit *v); /* the site's own address, "https://host:port" */
struct text visit_cookie(struct visit *v); /* of the session; empty: none */
