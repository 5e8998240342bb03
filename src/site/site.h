/* site.h: the account's JSON and the plain pages: one request in, one answer out.
 *
 * Contract   knows HTTP's words but no server: a request is a struct, so every route is tested without a
 *            socket. A state-changing request must prove that it comes from this site (Sec-Fetch-Site,
 *            else Origin, or the session's CSRF token) and carry JSON; unknown fields are refused by
 *            name. Errors are {"error","message","hint","request_id"} in the language of
 *            Accept-Language.
 * Memory     the answer lives in the domain's arena.
 * Threads    any; the domain that is handed in belongs to the caller's thread.
 */
#pragma once
#include "call/endpoint.h"
#include "domain/domain.h"
#include "domain/policy.h"

#include <stdatomic.h>

enum { SITE_BODY_BYTES_MAX = 64 << 10, ANSWER_COOKIES_MAX = 8 };

struct request {
    struct text method, path, query, body;
    struct text content_type, cookie, origin, host, fetch_site, csrf, language, accept, user_agent;
    struct text address; /* of the client, as nginx names it */
    bool is_tls;
    bool body_over; /* longer than SITE_BODY_BYTES_MAX: the body was not kept */
};

struct answer {
    int status;
    const char *content_type;
    struct text body, csrf, allow, location;
    struct text attachment; /* name of the file to save it as */
    struct text cookies[ANSWER_COOKIES_MAX]; /* values of Set-Cookie */
    unsigned cookie_count;
    uint32_t retry_after_s;
    bool is_private; /* never to be stored */
};

/* What the jobs report; written by them, read by /status.json. */
struct site_health {
    _Atomic int64_t drained_ms, epoch;
    _Atomic bool drain_fails, publisher_fails;
};

struct site {
    const struct policy *policy;
    struct text operator_name, operator_contact, version;
    bool is_development;
    int64_t started_ms;
    int64_t zone_hours; /* of the service's zone, ahead of UTC */
    struct site_health *health;
    const struct endpoint *const *catalog; /* every API; NULL at its end */
    struct text (*api_path)(uint32_t api_id); /* empty: not in the catalogue */
    bool (*api_known)(struct text path);
    /* Returns once the change of this number is in force at the data plane, or after a second. */
    void (*await_published)(void *with, int64_t change);
    void *await_with;
};

void site_answer(const struct site *site, struct domain *d, const struct request *request,
                 struct answer *out);
