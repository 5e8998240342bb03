/* network_log.h: what the law wants known of the control plane for six months: when somebody did which
 * kind of act, and from where.
 *
 * Contract   only acts of an account (calls are not logged here). The address is sealed under the
 *            person's key; after seven days it is cut to /24 or /48 and sealed anew; after 180 days the
 *            row is gone (retention.h). An erasure empties the address and destroys the key: what stays
 *            is a time and a number of nobody.
 */
#pragma once
#include "domain/account.h"

enum network_action {
    NETWORK_REGISTER,
    NETWORK_LOGIN,
    NETWORK_LOGIN_FAILED,
    NETWORK_LOGOUT,
    NETWORK_TOKEN,
    NETWORK_EXPORT,
    NETWORK_CORRECT,
    NETWORK_CANCEL,
};

/* From d->client. Inside the caller's transaction, or as one statement of its own. */
[[nodiscard]] struct err network_log_note(struct domain *d, const struct account *account,
                                          enum network_action action);

/* Cuts the addresses that are seven days old, `most` of them at a time; *done_out: how many. */
[[nodiscard]] struct err network_log_shorten(struct domain *d, unsigned most, unsigned *done_out);

/* The network of an address: "203.0.113.0", "2001:db8:1::"; "local" where it is none. */
struct text network_prefix_in(struct arena *a, struct text address);
