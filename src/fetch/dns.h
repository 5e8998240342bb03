/* dns.h: asking the resolver.
 *
 * Contract   an answer without records of the type is ok with count 0; a name that does not exist is
 *            ERR_NO_RESULT; the resolver's SERVFAIL or REFUSED is ERR_SOURCE_FAILED. The answer may hold
 *            the CNAMEs that led to it. Neither the hosts file nor search domains are looked at.
 * Threads    any; each question has a channel of its own.
 */
#pragma once
#include "codec/dns_message.h"
#include "fetch/fetch.h"

struct dns_question {
    struct text name; /* without the last dot */
    enum dns_type type;
};

[[nodiscard]] struct err dns_ask_in(struct fetch *f, struct arena *a, struct dns_question question,
                                    struct dns_answer *out);

/* The same as a step of a longer errand; deadline on clock_monotonic_ns. */
[[nodiscard]] struct err dns_ask_until(struct fetch *f, struct arena *a, struct dns_question question,
                                       uint64_t deadline_ns, struct dns_answer *out);
