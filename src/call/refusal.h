/* refusal.h: how each kind of error looks from outside: the one table of statuses and sentences. */
#pragma once
#include "call/endpoint.h"

struct refusal {
    int status;     /* HTTP */
    int old_code;   /* for the older clients, whose status is always 200 */
    struct words title, hint;
    uint32_t retry_after_s; /* where whoever refuses knows no better; 0 = none */
};

const struct refusal *refusal_of(enum err_kind kind);
