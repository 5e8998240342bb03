/* office_hand.h: what the operator's commands of the office share: whose hand it is.
 *
 * Contract   the command line proves nobody's name, so a command names the members of the staff it acts for
 *            (--by, --second); both must be staff with a role for it, and never the same person. What they
 *            did is in the audit log under their numbers.
 */
#pragma once
#include "app/hand.h"
#include "domain/office.h"

/* The member behind --by or --second. ERR_USAGE where the option is missing, ERR_ROLE_MISSING without a
 * role. */
[[nodiscard]] struct err office_hand_member(struct hand *h, const struct options *o, const char *option,
                                            unsigned roles, struct staff_member *out);

/* The second person approves, where --second names one. */
[[nodiscard]] struct err office_hand_second(struct hand *h, const struct options *o, struct text approval,
                                            unsigned place);

/* A time of an option (domain/when.h); 0 where it is missing. */
[[nodiscard]] struct err office_hand_when(struct hand *h, const struct options *o, const char *option,
                                          bool is_end, int64_t *ms_out);
struct text office_hand_text(const struct options *o, const char *option); /* empty where it is missing */
