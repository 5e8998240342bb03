/* retention.h: what has a period goes when it is over, and its bytes with it.
 *
 * Contract   a loop over store_retentions, made from sql/retention.tsv and checked against the register.
 *            Rows go in batches, each a transaction of its own, so a killed reaper just goes on; when
 *            something went, the logs are emptied, so that no byte is left in a file. While the clock is
 *            suspect (clock_watch.h) nothing goes: ERR_CLOCK_SUSPECT.
 *            Accounts that nobody used for 24 months are told three times, 30 days apart, and cancelled
 *            30 days after the third; a log-in or a call at any time ends that.
 */
#pragma once
#include "domain/account.h"

enum {
    RETENTION_BATCH = 5000,
    DORMANT_DAYS = 730,
    DORMANT_STEP_DAYS = 30,
    DORMANT_NOTICES = 3,
    DORMANT_MOST = 200, /* accounts looked at in one call */
};

/* At most `batches` batches of each table. *gone_out (may be NULL): rows that went. */
[[nodiscard]] struct err retention_reap(struct domain *d, unsigned batches, uint64_t *gone_out);

struct retention_line {
    const char *table;
    uint64_t rows, overdue;
};
[[nodiscard]] struct err retention_each(struct domain *d,
                                        struct err (*visit)(void *with, const struct retention_line *l),
                                        void *with);

/* Rows that should have gone more than `grace_ms` ago, of all tables. */
[[nodiscard]] struct err retention_overdue(struct domain *d, int64_t grace_ms, uint64_t *out);

[[nodiscard]] struct err dormancy_seen(struct domain *d, int64_t account); /* somebody logged in */

/* Tells and cancels those who are due, DORMANT_MOST at most; `after` is where it goes on (0: anew). */
[[nodiscard]] struct err dormancy_step(struct domain *d, int64_t *after);
