/* login.h: what somebody knows and has, for a session.
 *
 *   name and password ──────────────────────────────> session (one factor)
 *   name and password ──> flow ──> code, recovery code or passkey ──> session (two)
 *   passkey, which verified its user ───────────────> session (two)
 *
 * Contract   an unknown name costs the same work as a known one and gets the same answer: nothing of the
 *            account but its hash is read before the password fits. Failures slow down the pair of name
 *            and address prefix, never the name alone, and not a browser that logged in before, nor a
 *            passkey: nobody can lock another out. After ten failures in a day the person is told
 *            (login_tell_failures), after LOGIN_FAILURES_MANY again. While far more log-ins fail than
 *            usual, a browser that is not known works or waits for each try (login_work.h). A password
 *            hashed at a lower cost than today's is hashed anew. The person is told of a log-in from a
 *            browser that was not here before, but for the account's first.
 */
#pragma once
#include "domain/factor.h"
#include "domain/login_work.h"
#include "domain/passkeys.h"

enum { LOGIN_FAILURES_TOLD = 10 };

/* Whoever knocks. */
struct visitor {
    struct text prefix; /* of the address: /24, /48 */
    struct text label;  /* "Firefox · Linux" */
    struct text device; /* the cookie of device.h; empty: none */
    bool remember;
    struct login_work work; /* where it was asked for (login_work.h) */
};

/* A session, or where `flow` is not empty the way to a second factor. */
struct login {
    int64_t account;
    uint64_t subject;
    struct text cookie, device;
    bool is_remembered;
    struct text flow;
    unsigned methods; /* of enum factor_method */
    int64_t flow_expires_ms;
};

/* What a second factor may be; one of them. */
struct second {
    struct text code, recovery;
    const struct passkey_proof *passkey;
    struct passkey_place place;
};

[[nodiscard]] struct err login(struct domain *d, const struct visitor *visitor, struct text who,
                               struct text password, struct login *out);
[[nodiscard]] struct err login_second(struct domain *d, const struct visitor *visitor, struct text flow,
                                      const struct second *second, struct login *out);
[[nodiscard]] struct err login_passkey(struct domain *d, const struct visitor *visitor, struct text flow,
                                       const struct second *second, struct login *out);

/* A second factor of this account: ERR_FIELD_MISSING where `second` is empty. `step` is used up by a
 * passkey. */
[[nodiscard]] struct err second_prove(struct domain *d, const struct account *account,
                                      const struct step *step, const struct second *second);
bool second_is_empty(const struct second *second);

/* The same session proved again: by the password, or by a second factor (then it has two). */
[[nodiscard]] struct err login_again(struct domain *d, const struct account *account, struct session *session,
                                     struct text password, const struct second *second, struct text flow);

/* The account behind what was typed; 0: nobody's, or half erased. */
[[nodiscard]] struct err login_find(struct domain *d, struct text who, int64_t *number_out);

/* Jobs. */
[[nodiscard]] struct err login_tell_failures(struct domain *d);
[[nodiscard]] struct err login_reap(struct domain *d);
