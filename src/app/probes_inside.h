/* probes_inside.h: what the files of the probes share: probes.c looks at the records, probes_office.c at
 * the operator's registers, probes_door.c asks at the service's own socket as a stranger,
 * probes_keeping.c looks at keys, backups and the ways out. */
#pragma once
#include "app/finding.h"
#include "app/probes.h"

typedef struct err probe_check(const struct probes_room *room, struct finding *f);

probe_check probe_cookies_register, probe_policy_reach, probe_field_unknown, probe_doors_closed,
    probe_limits_hold, probe_holds_terms, probe_disclosure_recount, probe_keys_epoch, probe_backups_age,
    probe_egress_list;
