/* login_work.h: while log-ins fail far more often than usual, a stranger's browser works or waits for a try.
 *
 *     failures of all names and addresses, in slots of five minutes:
 *     usual    the mean slot of the last day, without the two youngest
 *     alarm    the two youngest have login_alarm failures and ten times what is usual; twenty times
 *              login_alarm is always enough, so that nobody gets us used to an attack
 *     a name   that was missed LOGIN_FAILURES_MANY times since it fitted last, within a day
 *
 * Contract   asks for the same of known and unknown names. A known browser (device.h) and a passkey are never
 *            asked, so nobody is locked out by his name. A challenge needs no memory: it is bound by a keyed
 *            hash to its time, its difficulty, the name and the address prefix, and lives five minutes. It is
 *            answered by a text with SHA-256(challenge ":" text) beginning with `bits` zero bits; or, by a
 *            client that cannot compute, by sending it again when it is `wait_s` old, ten times an hour from
 *            one prefix. Either is good once: what was used is remembered (throttle.h).
 * Why 33     an account has three names at most, so no more than 99 failures in a row of one account go
 *            without this (NIST SP 800-63B-4, 3.2.2: 100).
 */
#pragma once
#include "domain/domain.h"

enum {
    LOGIN_FAILURES_MANY = 33,
    LOGIN_WORK_LIFE_MS = 300000,
    LOGIN_WORK_BITS = 16,
    LOGIN_WORK_BITS_MAX = 20
};

/* What a client sends; both may be empty. */
struct login_work {
    struct text challenge, answer;
};

/* ERR_WORK_REQUIRED leaves challenge, bits and the wait in d->detail. */
[[nodiscard]] struct err login_work_check(struct domain *d, struct text prefix, const struct digest *name,
                                          const struct login_work *given);
/* Inside the transaction of a failure. */
[[nodiscard]] struct err login_work_failed(struct domain *d);
/* The name's password fitted. */
[[nodiscard]] struct err login_work_fitted(struct domain *d, const struct digest *name);
[[nodiscard]] struct err login_work_reap(struct domain *d);

/* Whether the text is an answer to the challenge. */
bool login_work_fits(struct text challenge, unsigned bits, struct text answer);
