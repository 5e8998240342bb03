/* availability.h: what was seen of the service in each ten seconds of the last thirty days, added up.
 *
 * Time is cut into slots of SLOT_S seconds since 1970. A slot nobody looked at is unknown, and unknown is
 * never up: neither in the figure that is boasted of, nor on the page. Maintenance is down like any other
 * outage.
 *
 * Contract   two results of one slot count once, the worse of them: so a clock that is set back cannot make
 *            an outage good, and one that is set forward leaves unknown slots only. Figures are rounded down.
 * Cost       8 bytes a slot, 2 MiB in all; a sum looks at each of the 259,200.
 * Threads    one.
 * Source     99.9 % of 30 days leave 43 min 12 s.
 */
#pragma once
#include "base/text.h"

enum {
    SLOT_S = 10,
    AVAILABILITY_DAYS = 30,
    AVAILABILITY_S = AVAILABILITY_DAYS * 86400,
    AVAILABILITY_BUDGET_S = AVAILABILITY_S / 1000,
};

/* The worse, the smaller; but for unknown, which is no result. */
enum service_state { SERVICE_UNKNOWN, SERVICE_DOWN, SERVICE_DEGRADED, SERVICE_OPERATIONAL };

const char *
service_state_name(enum service_state state); /* "unknown" "down" "degraded" "operational" */
const char *service_state_says(enum service_state state, bool is_english);
bool service_state_parse(struct text name, enum service_state *out);
enum service_state service_state_worse(enum service_state a,
                                       enum service_state b); /* known before unknown */

struct availability;
struct availability *availability_new(void);
void availability_free(struct availability *a);
void availability_put(struct availability *a, int64_t slot, enum service_state state);

struct availability_sum {
    int64_t up_s, down_s, unknown_s; /* AVAILABILITY_S together; degraded is up */
    int64_t left_s;                  /* of the budget; less than 0: it is spent */
    int64_t up_ppm;                  /* of all thirty days: what may be boasted of */
    int64_t known_ppm;               /* of the time that is known; -1: none is */
};
/* Of the slots that were over when `slot` began. */
struct availability_sum availability_sum(const struct availability *a, int64_t slot);
