/* assessment.h: what was thought of the impact of a way of processing, by whom, and what follows
 * from it.
 *
 * Contract   two persons: who wrote it does not approve it (ERR_FOUR_EYES_REQUIRED). Kept three
 * years at least (ERR_KEPT_BY_LAW before). One that is approved and high in risk is a fact of its
 * own (facts.h), so no policy can be published past it, and what it is about stays closed:
 * assessment_allows. Scope      columns ("account.guarded") and features ("feature:recommend"), one
 * a word. Shipped    those of sql/assessments.tsv belong to the program; assessment_each gives them
 * first.
 */
#pragma once
#include "domain/facts.h"
#include "domain/domain.h"

enum { ASSESSMENT_YEARS_KEPT = 3, ASSESSMENT_TEXT_MAX = 4000 };

struct assessment {
    struct text id, scope, purpose, necessity, impact, measures, risk;
    uint64_t author, approver; /* subjects; 0: none yet */
    int64_t valid_until_ms, created_ms, approved_ms;
    bool is_shipped;
};

[[nodiscard]] struct err assessment_add(struct domain *d, const struct assessment *with,
                                        uint64_t author, struct text *id_out);
[[nodiscard]] struct err assessment_approve(struct domain *d, struct text id, uint64_t approver);
[[nodiscard]] struct err assessment_delete(struct domain *d, struct text id, uint64_t by);
[[nodiscard]] struct err assessment_each(struct domain *d,
                                         void (*visit)(void *with, const struct assessment *a),
                                         void *with);

/* False while an approved assessment that names it finds a high risk. */
[[nodiscard]] struct err assessment_allows(struct domain *d, struct text scope, bool *out);
[[nodiscard]] struct err facts_add_assessments(struct domain *d, struct facts *f);
