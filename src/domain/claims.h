/* claims.h: every figure that the site boasts of, as a count with its time; hidden while it is not true.
 *
 * Contract   a claim is shown only where its count reaches what the claim says (claims.c's table), rounded
 *            down, never up. What the records cannot count (what a prober saw) comes in as facts, and is good
 *            for five minutes. Counts of the records are taken every ten minutes by the jobs.
 */
#pragma once
#include "domain/domain.h"

struct claim_facts {
    int64_t apis_passed, apis_ms;              /* whose examples passed, when; apis_ms 0: not known */
    int64_t availability_ppm, availability_ms; /* of the last 30 days */
};

struct claim {
    const char *id, *says[2], *counted; /* zh, en; how it is counted */
    int64_t value, as_of_ms;
    bool is_shown;
    struct text shown[2]; /* "100万+", "1,000,000+"; empty where it is hidden */
};

[[nodiscard]] struct err claims_each(struct domain *d, const struct claim_facts *facts,
                                     void (*visit)(void *with, const struct claim *c), void *with);
/* Counts again where the last counts are old; called by the jobs. */
[[nodiscard]] struct err claims_follow(struct domain *d);

/* "123万+" / "1,230,000+": rounded down to what is printed. */
struct text claim_print_in(struct arena *a, int64_t value, bool is_english);
/* 999987 ppm is 99.99 %, never 100. */
struct text claim_percent_in(struct arena *a, int64_t ppm);
