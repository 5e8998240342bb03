/* errand.h: one provider asked once: its steps, its request, its errors, its answer in our fields.
 *
 * Contract   what leaves is what the file's lines say and nothing else. A line whose pattern holds a
 *            value that is not there is left out; an address of that kind fails. Redirections are
 *            followed only where the file allows some, by a bare GET.
 * Memory     of its own while it runs, given back at its end; `data` is copied into the call's arena.
 */
#pragma once
#include "connect/value.h"

enum errand_fate {
    ERRAND_DONE,
    ERRAND_NOTHING, /* it says that there is no result */
    ERRAND_INVALID, /* it says that a parameter is wrong */
    ERRAND_REFUSED, /* our key, our balance: the operator's to mend */
    ERRAND_BUSY,    /* it cannot be reached, or asks for patience */
    ERRAND_LATE,
    ERRAND_FAILED,  /* what it answers is not what it should be */
};

struct errand_end {
    enum errand_fate fate;
    unsigned status; /* HTTP; 0: no answer */
    const char *why; /* static, or in the call's arena; nothing of the caller's */
};

struct errand {
    struct call *call;
    const struct connector *connector;
    const struct connector_part *part;
    const struct named_value *made;
    unsigned made_count, time_ms; /* at most */
};

struct errand_end errand_run_in(const struct errand *errand, struct text *data_out);
