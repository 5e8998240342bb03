/* token.h: the tokens of an account and the plans they are on.
 *
 * Contract   a token is shown once and kept as a keyed hash. Every change writes its line into the list of
 *            changes in the same transaction; the publisher follows that list (app/publisher.h). The
 *            ledger's row of a token is never given to another.
 */
#pragma once
#include "domain/account.h"

enum { TOKEN_RULES_MAX = 64, TOKENS_OF_ACCOUNT_MAX = 50, TOKEN_NAME_RUNES_MAX = 64 };

struct plan {
    int64_t id;
    struct text name;
    uint32_t rate, quota_day, quota_month, price_percent;
};

struct token {
    uint64_t id, subject;
    int64_t account, plan, row, expires_s, created_ms, revoked_ms;
    struct text digest, name_sealed, plan_name, account_state;
};

struct new_token {
    struct text name, plan;             /* empty plan: free */
    int64_t expires_s;                  /* 0: never */
    const struct text *networks, *apis; /* of the form "10.0.0.0/8"; "/api/ip" */
    unsigned network_count, api_count;
};

/* *secret_out is the token itself, for this once. */
[[nodiscard]] struct err token_create(struct domain *d, const struct account *account,
                                      const struct new_token *with, struct text *secret_out,
                                      uint64_t *id_out);
/* A token of this account, else ERR_NOT_FOUND. account 0: anybody's. */
[[nodiscard]] struct err token_of(struct domain *d, int64_t account, uint64_t id,
                                  struct token *out);
/* What is given replaces what was there; name.bytes NULL, plan.bytes NULL, expires_s < 0, networks NULL,
 * apis NULL: stays. */
[[nodiscard]] struct err token_change(struct domain *d, const struct account *account,
                                      const struct token *token, const struct new_token *with);
[[nodiscard]] struct err token_revoke(struct domain *d, const struct token *token);
[[nodiscard]] struct err
token_each(struct domain *d, int64_t account,
           struct err (*visit)(struct domain *d, void *with, const struct token *t), void *with);
/* The first token behind `after`, of all accounts; id 0: no more. */
[[nodiscard]] struct err token_next(struct domain *d, uint64_t after, struct token *out);
[[nodiscard]] struct err token_rules_each(struct domain *d, uint64_t token,
                                          void (*visit)(void *with, bool is_api, struct text value),
                                          void *with);
[[nodiscard]] struct err token_name(struct domain *d, const struct account *account,
                                    const struct token *t, struct text *out);
/* Whose ledger row this is; *account_out 0: nobody's any more. */
[[nodiscard]] struct err token_by_row(struct domain *d, uint32_t row, int64_t *account_out,
                                      uint64_t *id_out);
[[nodiscard]] struct err token_count(struct domain *d, uint64_t *out);

/* A day "2030-01-31" (good to its end, UTC) or a second "2030-01-31T12:00:00Z"; not in the past. */
[[nodiscard]] struct err token_expiry_parse(struct domain *d, struct text given,
                                            int64_t *expires_s_out);

[[nodiscard]] struct err plan_find(struct domain *d, struct text name,
                                   struct plan *out); /* ERR_FIELD_INVALID */
[[nodiscard]] struct err plan_by_id(struct domain *d, int64_t id,
                                    struct plan *out); /* ERR_NOT_FOUND */
[[nodiscard]] struct err
plan_each(struct domain *d, struct err (*visit)(void *with, const struct plan *p), void *with);
[[nodiscard]] struct err plan_put(struct domain *d,
                                  struct plan *plan); /* by name; a new one gets its id */

/* The list of changes. number 0: nothing behind `after`. */
struct change {
    int64_t number;
    bool is_plan;
    uint64_t id;
};
[[nodiscard]] struct err change_next(struct domain *d, int64_t after, struct change *out);
[[nodiscard]] struct err change_last(struct domain *d, int64_t *out);
[[nodiscard]] struct err change_forget(struct domain *d, int64_t until);
[[nodiscard]] struct err change_of_account(struct domain *d,
                                           int64_t account); /* each of its tokens */
