/* consent.h: what a person agreed to, when, by which act, to which text; each with a receipt. */
#pragma once
#include "domain/domain.h"
#include "domain/policy.h"

struct consent {
    struct text receipt, version, text_hash, act, language;
    int64_t created_ms;
};

/* Inside the caller's transaction, or as one statement of its own. Receipt and time are made here. */
[[nodiscard]] struct err consent_add(struct domain *d, int64_t account, const struct consent *with,
                                     struct text *receipt_out);

/* ERR_CONSENT_REQUIRED where it names nothing, ERR_POLICY_VERSION_STALE where it is not the one in force. */
[[nodiscard]] struct err consent_check(struct domain *d, const struct policy *policy,
                                       struct text version);

/* Agreeing twice to one version gives the first receipt again. */
[[nodiscard]] struct err consent_give(struct domain *d, const struct policy *policy,
                                      int64_t account, struct text version, struct text language,
                                      struct text *receipt_out);
[[nodiscard]] struct err consent_list(struct domain *d, int64_t account,
                                      void (*visit)(void *with, const struct consent *c),
                                      void *with);
