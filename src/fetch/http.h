/* http.h: getting a file from the web, and asking a provider that the operator chose.
 *
 * Contract   http_get_in: GET by http or https, certificates verified, at most 3 redirects, each checked
 *            like the first
 *            URL; no proxy, no cookies, no credentials. Only an answer of status 200 is success. More than
 *            `bytes_max` is ERR_PARAMETER_INVALID. The addresses are resolved by dns.h, checked, and
 *            handed to curl, which connects to no other.
 *            http_ask_in: any method, headers and body, and any status is success; the same checks of each
 *            address, unless the request says that the operator named this very host himself. Headers and
 *            body go to the first host only: a redirection is followed by a bare GET, and only where the
 *            request allows some.
 * Memory     in the arena: twice bytes_max at most.
 * Threads    any.
 */
#pragma once
#include "fetch/fetch.h"

struct http_answer {
    struct text body, content_type;
    unsigned status;
};

struct http_request {
    struct text url, body;      /* an empty body is none */
    const char *method;         /* NULL: GET */
    const char *const *headers; /* "Name: value", NULL at the end; may be NULL */
    size_t bytes_max;           /* of the answer, unpacked */
    unsigned time_ms;           /* all in all; 0: LIMIT_FETCH_MS */
    unsigned redirects_max;
    bool may_be_private;        /* the operator allowed this host's address, whatever it is */
    bool takes_packed;          /* gzip and its like, unpacked here */
};

[[nodiscard]] struct err http_get_in(struct fetch *f, struct arena *a, struct text url, size_t bytes_max,
                                     struct http_answer *out);
[[nodiscard]] struct err http_ask_in(struct fetch *f, struct arena *a, const struct http_request *request,
                                     struct http_answer *out);
