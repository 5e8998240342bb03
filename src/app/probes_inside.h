/* probes_inside.h: what the files of the probes share: probes.c looks at the records, probes_office.c at
 * the operator's registers, probes_door.c asks at the service's own socket as a stranger. */
#pragma once
#include "app/probes.h"

struct finding {
    bool is_good;
    struct text detail;
};

typedef struct err probe_check(const struct probes_room *room, struct finding *f);

/* The first thing that is wrong is what is told. */
void finding_bad(struct finding *f, struct text detail);

probe_check probe_cookies_register, probe_policy_reach, probe_field_unknown, probe_doors_closed,
    probe_limits_hold, probe_holds_terms, probe_disclosure_recount;
