/* reset.h: another password, by a code to the person's address.
 *
 * Contract   asking gives a flow and costs the same for a name that nobody has: the message is made and
 *            sent by a job (reset_send), not by the request. A code has 6 digits, lives 10 minutes, has 5
 *            tries and is good once; at most five an hour are asked for by one name, and one a minute
 *            goes to one account: a message that comes too soon waits in the outbox till its minute. It
 *            is no second factor: where the account has one, the end needs it too, or a recovery code.
 *            The end closes every session and every step that is waited for. Nobody but the person can
 *            set a password.
 */
#pragma once
#include "domain/login.h"

[[nodiscard]] struct err reset_start(struct domain *d, const struct visitor *visitor, struct text who,
                                     struct text *flow_out, int64_t *expires_ms_out);

struct reset {
    struct text flow, code, password;
    struct second second; /* may be empty */
};

/* ERR_SECOND_FACTOR_REQUIRED: *out has the methods; the same flow and code again, with one of them. */
[[nodiscard]] struct err reset_finish(struct domain *d, const struct reset *with, struct login *out);

/* The job: one message for each flow that waits for its own. */
[[nodiscard]] struct err reset_send(struct domain *d);
