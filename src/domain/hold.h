/* hold.h: legal holds: the only thing that can stop an erasure.
 *
 * Contract   a hold names its statute and article, the authority, the document's SHA-256, and an end at most
 *            hold_days_max away; without one of them it is ERR_HOLD_NEEDS_BASIS. It is in force once another
 *            person approved it, over several accounts two others. Then each of its accounts is frozen:
 *            tokens are refused, nothing can be changed, its activity is in the archive (hold_archive.h); the
 *            person may still log in, read, write to us and object. The person sees the hold, its basis, its
 *            end and the way to appeal; under an order of secrecy, which has an end of its own, only that
 *            there is one. It ends with its date or by two persons; then the erasure that was asked for
 *            meanwhile begins, or the account is as before. Which, is in the audit log.
 */
#pragma once
#include "domain/approval.h"

enum { HOLD_ACCOUNTS_MAX = 64 };

struct new_hold {
    struct text statute, article, authority, document_sha256, reason;
    int64_t until_ms, secret_until_ms; /* secret 0: none */
    const int64_t *accounts;
    unsigned account_count;
};

struct hold {
    struct text id, statute, article, authority, document_sha256, reason_sealed, state;
    unsigned approvers; /* how many persons besides the one who opened it */
    uint64_t opened_by, ended_by;
    int64_t opened_ms, until_ms, secret_until_ms, ended_ms;
};

/* Asks for it: *approvals_out are the numbers to decide on, one or two. */
[[nodiscard]] struct err hold_open(struct domain *d, const struct staff_member *by,
                                   const struct new_hold *with, struct text *id_out,
                                   struct text approvals_out[static 2]);
[[nodiscard]] struct err hold_find(struct domain *d, struct text id, struct hold *out);
[[nodiscard]] struct err hold_each(struct domain *d, void (*visit)(void *with, const struct hold *h),
                                   void *with);
struct text hold_reason(struct domain *d, const struct hold *h); /* empty where it was changed */

/* Those in force over this account. */
[[nodiscard]] struct err hold_of_account(struct domain *d, int64_t account,
                                         void (*visit)(void *with, const struct hold *h), void *with);
[[nodiscard]] struct err hold_is_frozen(struct domain *d, int64_t account, bool *out);

/* ERR_LEGAL_HOLD, with detail.basis and detail.until_ms, where a hold is in force over the account. */
[[nodiscard]] struct err hold_forbids(struct domain *d, int64_t account);

/* The first thing that an erasure asks: as hold_forbids, and the account is erased as soon as the hold ends.
 * Not inside a transaction. */
[[nodiscard]] struct err hold_check(struct domain *d, const struct account *account);

/* Asks for its end; *approval_out is the number to decide on. */
[[nodiscard]] struct err hold_ask_end(struct domain *d, const struct staff_member *by, struct text id,
                                      struct text *approval_out);

/* What an approval sets in motion, in the transaction of the decision. */
[[nodiscard]] struct err hold_decided(struct domain *d, const struct approval *a);
[[nodiscard]] struct err hold_end_decided(struct domain *d, const struct approval *a);

/* The archive of one account: with the number of a disclosure or a case (ERR_CASE_NUMBER_REQUIRED without)
 * and a second person's approval (ERR_APPROVAL_NEEDED with detail.approval). A refusal is in the audit log
 * too. */
struct hold_reading {
    const struct staff_member *by;
    struct text hold, reference;
    int64_t account;
};
struct hold_row;
[[nodiscard]] struct err hold_read_archive(struct domain *d, const struct hold_reading *with,
                                           struct err (*visit)(struct domain *d, void *with,
                                                               const struct hold_row *row),
                                           void *visit_with);

/* Ends what is over and begins the erasures that waited; called by the jobs. */
[[nodiscard]] struct err hold_follow(struct domain *d);
