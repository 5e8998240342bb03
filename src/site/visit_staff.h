/* visit_staff.h: what the routes of the operator's people share. */
#pragma once
#include "site/visit.h"

/* Whether who is logged in proved two factors: the one place that says so. */
bool visit_has_second_factor(const struct visit *v);

struct staff_member visit_member(const struct visit *v);

/* The account that a field names: user name, address, "#12" or public number. */
[[nodiscard]] struct err visit_account(struct visit *v, const char *name, int64_t *number_out);
/* A time of a field (domain/when.h); 0 where it is missing. */
[[nodiscard]] struct err visit_when(struct visit *v, const char *name, bool is_end, int64_t *ms_out);

void visit_put_subject(struct visit *v, const char *name, uint64_t subject); /* null for 0 */
void visit_put_time(struct visit *v, const char *name, int64_t ms);          /* null for 0 */
