/* roster.h: who of the staff is on call when; whether somebody always is. */
#pragma once
#include "domain/staff.h"

enum { ROSTER_LOOK_DAYS = 7 };

struct shift {
    struct text id;
    int64_t account, from_ms, until_ms;
    uint64_t subject;
};

[[nodiscard]] struct err roster_add(struct domain *d, const struct staff_member *who, int64_t from_ms,
                                    int64_t until_ms, struct text *id_out);
[[nodiscard]] struct err roster_drop(struct domain *d, struct text id);
/* Shifts that are not over. */
[[nodiscard]] struct err roster_each(struct domain *d, void (*visit)(void *with, const struct shift *s),
                                     void *with);

/* The first time from now to `until_ms` at which nobody is on call; *gap_from_out 0: somebody always is. */
[[nodiscard]] struct err roster_gap(struct domain *d, int64_t until_ms, int64_t *gap_from_out,
                                    int64_t *gap_until_out);
