/* office.h: the operator's office as a whole: a decision and what follows from it, and its jobs. */
#pragma once
#include "domain/approval.h"

/* Decides and sets in motion what was waited for, in one transaction. Errors as approval_decide. */
[[nodiscard]] struct err office_decide(struct domain *d, const struct staff_member *by,
                                       struct text approval, bool grants, struct approval *out);

/* Holds that end, notices that are due, invitations that are over, duties that arise; called by the jobs.
 */
[[nodiscard]] struct err office_follow(struct domain *d);

/* What one of the staff did lately, from the audit log, newest first. */
struct office_act {
    int64_t time_ms;
    struct text action, object, purpose;
};
[[nodiscard]] struct err office_acts_each(struct domain *d, uint64_t subject,
                                          void (*visit)(void *with, const struct office_act *act),
                                          void *with);
