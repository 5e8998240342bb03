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
    struct text id;         /* the last part of the path, where the route has one */
    json_t *fields;         /* of the body */
    const char *allowed;    /* names of the body's fields: "a|b" */
    struct text unknown;    /* that was refused */
    struct buf out;
    struct json json;
};

enum route_need { ROUTE_OPEN = 0, ROUTE_SESSION = 1, ROUTE_DEVELOPMENT = 2 };

struct route {
    const char *method, *path; /* "/account/tokens/{}" takes one part */
    struct err (*run)(struct visit *v);
    const char *fields; /* of the JSON body; NULL: none is read */
    unsigned needs;
};

extern const struct route account_routes[], token_routes[],
    page_routes[]; /* each ends with an empty entry */

struct json *visit_json(struct visit *v, int status); /* opens the object */
void visit_end(struct visit *v);
void visit_none(struct visit *v); /* 204 */

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

/* "tokens": […] of the account (token_routes.c); the export has it too. */
[[nodiscard]] struct err tokens_put(struct visit *v);
