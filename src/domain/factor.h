/* factor.h: what a person has beside the password: one-time codes and recovery codes; passkeys.h has the
 * rest.
 *
 * Contract   a seed is shown once, when it is made, and counts from its first code on; unconfirmed it is gone
 *            after ten minutes. A code is taken once: a step at or before the last one taken is
 *            ERR_CODE_USED. Ten recovery codes of 120 bits come as a set, replace the set before and are
 *            good once each; only their keyed hashes are kept. The last second factor goes only with a
 *            password of 15 characters. Wrong codes slow down: after three in a row, for whoever tries
 *            them at this account.
 */
#pragma once
#include "domain/session.h"

enum { RECOVERY_CODES = 10, TOTP_CONFIRM_MS = 10 * 60000 };

struct factors {
    bool has_totp;
    int64_t totp_ms; /* since when */
    unsigned passkeys, recovery_codes;
};

enum factor_method { FACTOR_CODE = 1, FACTOR_RECOVERY = 2, FACTOR_PASSKEY = 4 };

[[nodiscard]] struct err factors_read(struct domain *d, int64_t account, struct factors *out);
bool factors_second(const struct factors *f); /* whether the log-in asks for a second */
unsigned factors_methods(const struct factors *f);

/* *seed_out: 20 bytes. ERR_SHOWN_ONCE where there is a seed already. */
[[nodiscard]] struct err totp_begin(struct domain *d, const struct account *account,
                                    struct text *seed_out);
[[nodiscard]] struct err totp_confirm(struct domain *d, const struct account *account, struct text code);
[[nodiscard]] struct err totp_remove(struct domain *d, const struct account *account,
                                     struct text password); /* ERR_NOT_FOUND, ERR_LAST_FACTOR */

/* ERR_CODE_WRONG, ERR_CODE_USED, ERR_TOO_MANY_REQUESTS. */
[[nodiscard]] struct err totp_use(struct domain *d, const struct account *account, struct text code);
[[nodiscard]] struct err recovery_use(struct domain *d, const struct account *account, struct text code);

/* "abcdef-ghijkl-mnopqr-stuvwx", ten of them. ERR_CONFLICT where there is no second factor to recover. */
[[nodiscard]] struct err recovery_make(struct domain *d, const struct account *account,
                                       struct text codes_out[static RECOVERY_CODES]);

/* ERR_LAST_FACTOR where nothing but a short password would be left. `password`: the current one. */
[[nodiscard]] struct err factor_may_go(struct domain *d, const struct account *account,
                                       bool is_last, struct text password);
/* Inside its transaction, after a factor went: recovery codes go with the last one. */
[[nodiscard]] struct err factor_gone(struct domain *d, const struct account *account);

/* The account's password, told again by somebody who is logged in; wrong ones slow down. */
[[nodiscard]] struct err password_again(struct domain *d, const struct account *account,
                                        struct text password);

/* Another password, which fits the rules: every other session ends, this one gets another cookie, and the
 * person is told. Whoever asks has proved the old one. */
[[nodiscard]] struct err password_change(struct domain *d, const struct account *account,
                                         struct session *session, struct text given);

/* The password in the form that is hashed, or ERR_PASSWORD_WEAK: long enough for what stands beside it. */
[[nodiscard]] struct err password_fit(struct domain *d, const struct account *account, struct text given,
                                      struct text *out);

/* How many characters a new password needs. */
[[nodiscard]] struct err password_runes_min(struct domain *d, int64_t account, unsigned *out);
