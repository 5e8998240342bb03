/* usage_audit.h: is what was charged what was counted, for each token and each account?
 *
 * The invariant   granted = left + spent + reserved, for the day and for the month of each token:
 *                 granted is the plan's quota, left is granted minus the ledger's window, reserved are the
 *                 charges of calls that are under way, and spent is what the records and the ledger's not yet
 *                 stored sums say. The window and the sums are kept apart and changed by different steps, so
 *                 that they agree is worth knowing. An account's figures are those of its tokens.
 * While calls go on   the parts are read one after the other, so a token that is being used may look wrong
 *                 for a moment; one that does is looked at again, up to AUDIT_TRIES times, before it is
 *                 called wrong.
 */
#pragma once
#include "app/hand.h"

enum { AUDIT_TRIES = 40 };

struct usage_audit {
    uint64_t tokens, accounts, units_month; /* looked at; spent this month */
    bool is_wrong;
    const char *first_wrong; /* a sentence */
};

[[nodiscard]] struct err usage_audit(struct arena *a, struct hand *h, struct usage_audit *out);
