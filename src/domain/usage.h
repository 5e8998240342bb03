/* usage.h: sums of calls, of an account and of everybody.
 *
 * Contract   usage_store writes one closed epoch of the ledger, its sums and its number, in one transaction;
 *            an epoch that is already stored is left alone. Calls of tokens that are gone count in the
 *            traffic of everybody only, which names nobody; calls of the service's own instruments
 *            (uncounted_add, canary.h) do not.
 */
#pragma once
#include "domain/domain.h"

struct usage_sum {
    uint32_t row, api, minute;
    uint16_t status;
    int64_t day; /* of the minute, in the service's zone */
    uint64_t calls, units;
};

/* *was_new_out: it was not stored before. */
[[nodiscard]] struct err usage_store(struct domain *d, uint64_t epoch, const struct usage_sum *sums,
                                     size_t count, bool *was_new_out);
/* From now on no figure counts this account: a program of ours has it. */
[[nodiscard]] struct err uncounted_add(struct domain *d, int64_t account);
[[nodiscard]] struct err usage_epoch(struct domain *d, uint64_t *out);

enum usage_by { USAGE_BY_HOUR, USAGE_BY_DAY, USAGE_BY_API, USAGE_BY_TOKEN };

struct usage_line {
    int64_t key;                 /* Unix hour; day in the service's zone; API id; token id */
    uint64_t calls, units, good; /* good: answered with 2xx */
};

struct usage_question {
    int64_t account, from_hour, to_hour; /* Unix hours, both included */
    int64_t zone_hours;                  /* the zone's offset, for days */
    enum usage_by by;
};

[[nodiscard]] struct err usage_ask(struct domain *d, const struct usage_question *q,
                                   void (*visit)(void *with, const struct usage_line *line),
                                   void *with);

/* Every stored hour of an account, for its export. */
struct usage_hour {
    uint64_t token;
    uint32_t api;
    int64_t hour, status_class;
    uint64_t calls, units;
};
[[nodiscard]] struct err usage_everything(struct domain *d, int64_t account,
                                          void (*visit)(void *with, const struct usage_hour *h),
                                          void *with);

/* Units of one token on `day`, and on all days of month_first..month_last. */
[[nodiscard]] struct err usage_of_token(struct domain *d, int64_t account, uint64_t token,
                                        const int64_t days[static 3], uint64_t *day_out,
                                        uint64_t *month_out);

struct traffic_line {
    uint32_t api;
    uint64_t calls, failed, units; /* failed: 5xx */
};
[[nodiscard]] struct err traffic_since(struct domain *d, int64_t minute,
                                       void (*visit)(void *with, const struct traffic_line *line),
                                       void *with);
[[nodiscard]] struct err traffic_reap(struct domain *d, int64_t before_minute);
