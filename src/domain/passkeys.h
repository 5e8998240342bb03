/* passkeys.h: whose passkeys: named, sealed, added, used, removed.
 *
 * Contract   a credential belongs to one account; its id is found by a keyed hash. Names, keys and ids are
 *            sealed under the person's key. A passkey verifies its user, so it is a whole log-in by
 *            itself; beside a password it is a second factor. The sign counter goes up in one statement,
 *            so of two answers with one counter one fits. At most 20 for each account.
 */
#pragma once
#include "crypt/passkey.h"
#include "domain/step.h"

enum { PASSKEYS_MAX = 20, PASSKEY_NAME_RUNES_MAX = 64 };

struct passkey_line {
    uint64_t id;
    struct text name;
    int64_t created_ms, used_ms;
    struct text credential; /* the authenticator's id of it, as bytes */
};

/* The place that a browser must name; `challenge` is the step's. */
struct passkey_place {
    struct text host, origin;
};

struct passkey_proof {
    struct text credential; /* whose answer it is, as bytes */
    struct passkey_answer answer;
};

[[nodiscard]] struct err passkeys_each(struct domain *d, const struct account *account,
                                       void (*visit)(void *with, const struct passkey_line *line),
                                       void *with);

/* ERR_PASSKEY_INVALID, ERR_PASSKEY_KNOWN, ERR_LIMIT_REACHED; uses the step up. */
[[nodiscard]] struct err passkeys_add(struct domain *d, const struct account *account,
                                      const struct passkey_place *place, const struct step *step,
                                      const struct passkey_answer *answer, struct text name);
/* Whose passkey it is: `step->account`'s, or where that is 0 anybody's. Uses the step up. */
[[nodiscard]] struct err passkeys_prove(struct domain *d, const struct passkey_place *place,
                                        const struct step *step, const struct passkey_proof *with,
                                        int64_t *account_out);
[[nodiscard]] struct err passkeys_remove(struct domain *d, const struct account *account, uint64_t id,
                                         struct text password); /* ERR_NOT_FOUND, ERR_LAST_FACTOR */
