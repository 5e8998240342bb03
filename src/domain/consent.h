/* consent.h: what a person agreed to, when, by which act, to which text; each with a receipt.
 *
 * Events     register, agree, next (the button "Next"), decline for the policy; agree, withdraw for
 * the optional purposes of consent_purposes.def. Each event is a row that stays; `agreement` says
 * what the last one of a purpose is, and both are written in one transaction. Contract   the same
 * event again gives the first receipt. After a decline or a withdrawal only a new event opens
 * again. What was agreed to is the version in force, or the one that is scheduled; an older one is
 * ERR_POLICY_VERSION_STALE. The gate   agreement_check: ERR_POLICY_CONSENT_REQUIRED for whoever
 * declined, or has not agreed to the newest version in force that demands it. It reads the records
 * each time: nothing is remembered that could let somebody pass.
 */
#pragma once
#include "domain/account.h"
#include "domain/policy.h"

struct consent {
    struct text receipt, version, text_hash, act, language;
    struct text purpose; /* empty: "policy" */
    struct text served;  /* digest of what was shown; empty: not told */
    int64_t created_ms;
};

/* Inside the caller's transaction. Receipt and time are made here. */
[[nodiscard]] struct err consent_add(struct domain *d, int64_t account, const struct consent *with,
                                     struct text *receipt_out);

/* ERR_CONSENT_REQUIRED where it names nothing, ERR_POLICY_VERSION_STALE where it is not the one in
 * force. */
[[nodiscard]] struct err consent_check(struct domain *d, const struct policy *policy,
                                       struct text version);

struct consent_wish {
    struct text version, act, purpose, served,
        language; /* empty act: agree; empty purpose: the policy */
};

[[nodiscard]] struct err consent_give(struct domain *d, const struct policy *policy,
                                      const struct account *account,
                                      const struct consent_wish *wish, struct consent *out);
[[nodiscard]] struct err consent_list(struct domain *d, int64_t account,
                                      void (*visit)(void *with, const struct consent *c),
                                      void *with);

/* ---- what holds now ---- */

struct agreement {
    bool is_known, is_yes;
    struct text act, receipt;
    int64_t version; /* of the policy, agreed to last; 0: none */
};

/* purpose "policy", or an optional one. */
[[nodiscard]] struct err agreement_of(struct domain *d, int64_t account, const char *purpose,
                                      struct agreement *out);
[[nodiscard]] struct err agreement_check(struct domain *d, const struct policy *policy,
                                         int64_t account);

/* What a token of the account is marked with. */
struct token_consent {
    bool is_declined, is_program; /* program: nobody can be asked */
    int64_t version;
};
[[nodiscard]] struct err agreement_of_tokens(struct domain *d, int64_t account,
                                             struct token_consent *out);

struct consent_purpose {
    const char *name, *says[2]; /* zh, en */
};
extern const struct consent_purpose consent_purposes[]; /* ended by an empty one */
