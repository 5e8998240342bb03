/* erasure.h: everything of a person goes, and stays gone.
 *
 * The steps, each of which may be the last that a killed program did:
 *   1 journal     the account is marked, its sessions end, its tokens are revoked (one transaction)
 *   2 outbox      its mails are removed (found by the blind index, which is still there)
 *   3 key         the person's key is destroyed: nothing sealed opens any more, in any copy
 *   4 rows        every row goes, and what the journal knew of the person (one transaction)
 *   5 settle      the logs are moved into the files and emptied: no byte is left
 * Contract   erasure_begin does 1 and gives the receipt; erasure_finish does the rest of every open erasure
 *            and is called again at each start and by the jobs. Doing a step twice does no harm.
 */
#pragma once
#include "domain/account.h"

enum erasure_step { ERASURE_OUTBOX = 2, ERASURE_KEY, ERASURE_ROWS, ERASURE_SETTLE, ERASURE_ALL };

/* ERR_LEGAL_HOLD where a hold stops it (hold.h); then the erasure begins when the hold ends. */
[[nodiscard]] struct err erasure_begin(struct domain *d, const struct account *account,
                                       struct text *receipt_out);
/* Stops behind `last`: ERASURE_ALL but for tests. */
[[nodiscard]] struct err erasure_finish(struct domain *d, enum erasure_step last);
