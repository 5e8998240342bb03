/* whois.h: asking who holds a domain, by WHOIS (RFC 3912).
 *
 * Contract   asks IANA's server which server knows the top level domain, that one for the domain, and
 *            the registrar's own
 *            where the registry names it and it answers; each at a public address (fetch.h), port 43.
 *            Whole answers of
 *            WHOIS_BYTES_MAX at most; what is longer is cut. The registrar's silence is no error.
 * Errors     as fetch.h; a top level domain without a server is ERR_NO_RESULT.
 * Memory     in the arena.
 * Threads    any.
 */
#pragma once
#include "fetch/fetch.h"

enum { WHOIS_BYTES_MAX = 65536 };

struct whois_answer {
    struct text registry;  /* what the registry said */
    struct text registrar; /* what the registrar said; may be empty */
    struct text server;    /* the registry's */
};

[[nodiscard]] struct err whois_ask_in(struct fetch *f, struct arena *a, struct text domain,
                                      struct whois_answer *out);
