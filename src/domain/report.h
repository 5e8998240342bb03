/* report.h: the transparency report: what the registers count, by half-year; no person is in it. */
#pragma once
#include "domain/domain.h"

struct report_line {
    struct text half, doc_type, decision; /* "2026-H2" */
    int exception;
    int64_t count;
};

[[nodiscard]] struct err
report_disclosures(struct domain *d, void (*visit)(void *with, const struct report_line *l), void *with);
/* half, decision (active, ended), count. */
[[nodiscard]] struct err report_holds(struct domain *d,
                                      void (*visit)(void *with, const struct report_line *l), void *with);
