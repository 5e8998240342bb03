/* proof.h: a step of a log-in that is waited for: a second factor, a passkey's answer, a code to reset by.
 *
 * Contract   the name (256 random bits) is the client's and kept as a keyed hash only. A proof is good for its
 *            purpose, for the session it is bound to (where it is), for 5 tries, which are counted before
 *            anything is compared, for its time, and once. Its challenge for an authenticator is made from the
 *            name, so it is stored nowhere.
 */
#pragma once
#include "domain/session.h"

enum proof_purpose { PROOF_SECOND, PROOF_LOGIN, PROOF_ADD, PROOF_FRESH, PROOF_RESET };

enum { PROOF_TRIES = 5, PROOF_MS = 5 * 60000, PROOF_RESET_MS = 10 * 60000 };

struct proof {
    enum proof_purpose purpose;
    int64_t account; /* 0: nobody's, or not known yet */
    bool remember;   /* what was chosen when it began */
    struct text name;
    struct digest digest;
    struct text code_mac;
    int64_t expires_ms;
    int64_t tries_left;
};

/* In: purpose, account, remember; the rest is filled in. `session`: whose it shall be; may be NULL. */
[[nodiscard]] struct err proof_open(struct domain *d, const struct session *session, struct proof *proof);

/* Counts a try; ERR_CODE_EXPIRED where there is none of this purpose and session any more. */
[[nodiscard]] struct err proof_try(struct domain *d, struct text name, enum proof_purpose purpose,
                                   const struct session *session, struct proof *out);

/* Inside the transaction of what it is for: ERR_CODE_EXPIRED where another was faster. */
[[nodiscard]] struct err proof_use(struct domain *d, const struct proof *proof);

/* For the authenticator: 43 letters of base64url. */
struct text proof_challenge(struct domain *d, const struct proof *proof);

/* The keyed hash of a code that was sent, bound to the proof. */
struct digest proof_code_mac(struct domain *d, const struct digest *proof, struct text code);

[[nodiscard]] struct err proof_forget(struct domain *d, int64_t account); /* all of an account */
[[nodiscard]] struct err proof_reap(struct domain *d);
