/* http.h: getting a file from the web.
 *
 * Contract   GET by http or https, certificates verified, at most 3 redirects, each checked like the first
 *            URL; no proxy, no cookies, no credentials. Only an answer of status 200 is success. More than
 *            `bytes_max` is ERR_PARAMETER_INVALID. The addresses are resolved by dns.h, checked, and
 *            handed to curl, which connects to no other.
 * Memory     in the arena: twice bytes_max at most.
 * Threads    any.
 */
#pragma once
#include "fetch/fetch.h"

struct http_answer {
    struct text body, content_type;
};

[[nodiscard]] struct err http_get_in(struct fetch *f, struct arena *a, struct text url, size_t bytes_max,
                                     struct http_answer *out);
