/* office_hand.h: what the operator's commands of the office share: whose hand it is.
 *
 * Contract   whoever can start a command is not thereby anybody of the staff. So a command names the members
 *            it acts for (--by, --second), and each proves it himself: a line of standard input holds the
 *            six digits of his authenticator app or one of his recovery codes, first of --by, then of
 *            each --second. A code is good once, and wrong ones slow down, as at the log-in. Both must be
 *            staff with a role for it, and never the same person. What they did is in the audit log
 *            under their numbers.
 */
#pragma once
#include "app/hand.h"
#include "domain/office.h"

/* The member behind --by or --second, who has proved it. ERR_USAGE where the option or the code is missing,
 * ERR_ROLE_MISSING without a role, ERR_CODE_WRONG, ERR_CODE_USED. */
[[nodiscard]] struct err office_hand_member(struct hand *h, const struct options *o, const char *option,
                                            unsigned roles, struct staff_member *out);

/* Reads the line of this member and takes his code. `option` and `name` are for what is said. */
[[nodiscard]] struct err office_hand_prove(struct hand *h, const char *option, const char *name,
                                           int64_t account);

/* The second person approves, where --second names one. */
[[nodiscard]] struct err office_hand_second(struct hand *h, const struct options *o, struct text approval,
                                            unsigned place);

/* A time of an option (domain/when.h); 0 where it is missing. */
[[nodiscard]] struct err office_hand_when(struct hand *h, const struct options *o, const char *option,
                                          bool is_end, int64_t *ms_out);
struct text office_hand_text(const struct options *o, const char *option); /* empty where it is missing */
