/* duty.h: duties that the law ties to a number of persons, each with its day.
 *
 * Contract   a duty is opened once its counter reaches its threshold (duty.c's table), and again after it was
 *            done where the law wants it again. It stays open until somebody says that it is done. Working
 *            days are those of domain/workday.h.
 * Source     PIPL 52 and the notice of CAC of 2025-07-18 (from 1,000,000 persons, the officer is reported
 *            within 30 working days); the measures on compliance audits of 2025, article 4 (from 10,000,000
 *            persons, every two years); the regulation on minors online, article 37 (audit every year).
 */
#pragma once
#include "domain/staff.h"

struct duty {
    struct text kind;
    int64_t opened_ms, due_ms, count, done_ms; /* done_ms 0: open */
    const char *says[2];                       /* zh, en */
    bool is_late;
};

/* Opens what these counters demand; minors: whether there is one. */
[[nodiscard]] struct err duty_check(struct domain *d, int64_t persons, bool minors);
[[nodiscard]] struct err duty_follow(struct domain *d); /* with the counters of the records */
[[nodiscard]] struct err duty_each(struct domain *d, void (*visit)(void *with, const struct duty *duty),
                                   void *with);
[[nodiscard]] struct err duty_done(struct domain *d, const struct staff_member *by, struct text kind);
