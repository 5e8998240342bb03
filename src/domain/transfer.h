/* transfer.h: handing persons' information over when the business merges, divides or is sold.
 *
 * Contract   one of the staff asks, another approves (ERR_FOUR_EYES_REQUIRED). What is handed over
 * is only of persons who agreed to the purpose "transfer" and to the policy that is in force;
 * everybody else's stays, whoever asks. Each person handed over has an entry in the audit log.
 */
#pragma once
#include "domain/account.h"
#include "domain/policy.h"

struct transfer {
    struct text id, recipient, contact, reason;
    uint64_t asked_by, approved_by; /* subjects; 0: not yet */
    int64_t created_ms, approved_ms, exported_ms, persons;
};

[[nodiscard]] struct err transfer_open(struct domain *d, const struct transfer *with,
                                       struct text *id_out);
[[nodiscard]] struct err transfer_approve(struct domain *d, struct text id, uint64_t approver);
[[nodiscard]] struct err
transfer_each(struct domain *d, void (*visit)(void *with, const struct transfer *t), void *with);

/* Gives each consenting person once. ERR_FOUR_EYES_REQUIRED where it is not approved. */
[[nodiscard]] struct err transfer_export(struct domain *d, const struct policy *policy,
                                         struct text id,
                                         struct err (*give)(void *with, const struct account *a),
                                         void *with);
