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
#include "domain/probe_log.h"

#include <stdatomic.h>

enum { SITE_BODY_BYTES_MAX = 64 << 10, ANSWER_COOKIES_MAX = 8 };

/* When a session ends: not its cookies, those that end are named one by one. */
#define ANSWER_FAREWELL "\"cache\", \"storage\""

struct request {
    struct text method, path, query, body;
    struct text content_type, cookie, origin, host, fetch_site, csrf, language, accept, user_agent;
    struct text address; /* of the client, as nginx names it */
    struct text feedback_key; /* X-Feedback-Key: reads a stranger's request */
    bool opts_out;            /* Sec-GPC or DNT: the browser asks not to be tracked */
    bool is_tls;
    bool body_over; /* longer than SITE_BODY_BYTES_MAX: the body was not kept */
};

struct answer {
    int status;
    const char *content_type;
    struct text body, csrf, allow, location;
    struct text policy_update; /* a version that the person has to agree to, and by when; empty: none */
    struct text attachment; /* name of the file to save it as */
    struct text cookies[ANSWER_COOKIES_MAX]; /* values of Set-Cookie */
    unsigned cookie_count;
    uint32_t retry_after_s;
    bool is_private; /* never to be stored */
    enum err_kind refused; /* why; ERR_NONE: it was not */
    const char *clear_site_data; /* kinds of what the browser is to forget; NULL: nothing */
};

/* What the jobs report; written by them, read by /status.json. */
struct site_health {
    _Atomic int64_t drained_ms, epoch;
    _Atomic bool drain_fails, publisher_fails;
    _Atomic unsigned policy_behind; /* kinds of change that the policy in force does not tell of */
    _Atomic bool mail_stopped, sms_stopped; /* the sender's channels: what is asked for now arrives later */
    _Atomic unsigned probes_failed; /* promises that do not hold now (domain/probe.h) */
};

/* Whoever handles personal data for the operator: a mail relay, a sender of short messages. */
struct site_processor {
    struct text name;
    const char *does[2]; /* zh, en */
};

struct site {
    const struct policy *policy;
    /* Where it is given: the policy of this moment, asked for at each request; what it returns stays. */
    const struct policy *(*policy_now)(void *with);
    void *policy_with;
    struct text origin; /* the site's own address, "https://api.example.cn"; empty: Host is believed */
    struct text operator_name, operator_contact, version;
    struct text operator_code, operator_address, operator_court; /* empty: not told */
    bool is_development;
    int64_t started_ms;
    int64_t zone_hours; /* of the service's zone, ahead of UTC */
    struct site_health *health;
    struct probe_log_place probes; /* where the prober says how the service is; seed NULL: nowhere */
    const struct site_processor *processors; /* from the settings */
    unsigned processor_count;
    const struct endpoint *const *catalog; /* every API; NULL at its end */
    struct text (*api_path)(uint32_t api_id); /* empty: not in the catalogue */
    bool (*api_known)(struct text path);
    /* Returns once the change of this number is in force at the data plane, or after a second. */
    void (*await_published)(void *with, int64_t change);
    void *await_with;
};

/* The refusal of a request that there is no room for now. */
void site_busy(struct domain *d, const struct request *request, struct answer *out);

/* Whether the request's route hashes a password, so that it should not hold up the others. */
bool site_is_slow(struct text method, struct text path);

void site_answer(const struct site *site, struct domain *d, const struct request *request,
                 struct answer *out);
