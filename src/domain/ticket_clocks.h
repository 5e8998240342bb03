/* ticket_clocks.h: the two clocks watched: warnings to the staff, public figures, the end of the keeping.
 *
 * Contract   at 50, 80, 95 and 100 percent of each clock the staff is warned once, by mail, and the warning
 *            is in the audit log. A clock that was set back warns of nothing twice; one that was set forward
 *            warns once, of the highest mark that was passed.
 */
#pragma once
#include "domain/ticket.h"

enum { TICKET_FIGURE_DAYS = 365 };

struct ticket_figures {
    int64_t open, overdue, overdue_inner; /* now */
    int64_t answered, late, late_inner;   /* of the last TICKET_FIGURE_DAYS */
    int64_t within[5];                    /* of those: in 1, 3, 7, 15, 30 days */
};

[[nodiscard]] struct err ticket_figures(struct domain *d, struct ticket_figures *out);
[[nodiscard]] struct err ticket_watch(struct domain *d);
[[nodiscard]] struct err ticket_reap(struct domain *d);
