/* step.h: a step of a log-in that is waited for: a second factor, a passkey's answer, a code to reset by.
 *
 * Contract   the name (256 random bits) is the client's and kept as a keyed hash only. A step is good for its
 *            purpose, for the session it is bound to (where it is), for 5 tries, which are counted before
 *            anything is compared, for its time, and once. Its challenge for an authenticator is made from
 *            the name, so it is stored nowhere.
 */
#pragma once
#include "domain/session.h"

enum step_purpose { STEP_SECOND, STEP_LOGIN, STEP_ADD, STEP_FRESH, STEP_RESET };

enum { STEP_TRIES = 5, STEP_MS = 5 * 60000, STEP_RESET_MS = 10 * 60000 };

struct step {
    enum step_purpose purpose;
    int64_t account; /* 0: nobody's, or not known yet */
    bool remember;   /* what was chosen when it began */
    struct text name;
    struct digest digest;
    struct text code_mac;
    int64_t expires_ms;
    int64_t tries_left;
};

/* In: purpose, account, remember; the rest is filled in. `session`: whose it shall be; may be NULL. */
[[nodiscard]] struct err step_open(struct domain *d, const struct session *session, struct step *step);

/* Counts a try; ERR_CODE_EXPIRED where there is none of this purpose and session any more. */
[[nodiscard]] struct err step_try(struct domain *d, struct text name, enum step_purpose purpose,
                                   const struct session *session, struct step *out);

/* Inside the transaction of what it is for: ERR_CODE_EXPIRED where another was faster. */
[[nodiscard]] struct err step_use(struct domain *d, const struct step *step);

/* For the authenticator: 43 letters of base64url. */
struct text step_challenge(struct domain *d, const struct step *step);

/* The keyed hash of a code that was sent, bound to the step. */
struct digest step_code_mac(struct domain *d, const struct digest *step, struct text code);

[[nodiscard]] struct err step_forget(struct domain *d, int64_t account); /* all of an account */
[[nodiscard]] struct err step_reap(struct domain *d);
