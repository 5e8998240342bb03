/* publication.h: the versions of the policy as this installation published them, for ever.
 *
 * The idea   the program ships texts; the first start puts them into the records, and from then on
 * the records are the policy. A new version is a publication: two persons, a date, the kinds of
 * major change. It takes effect by the clock alone; nobody has to do anything on that day. Contract
 * rows are never changed (the store itself refuses). One version may be scheduled at a time.
 *            publication_put refuses with ERR_POLICY_CHANGE_MAJOR, and a line for each reason in
 * `why`, where what the system does or the rights in the text differ in a way that the declared
 * kinds do not name; ERR_POLICY_CONFLICT where the text, its dates or another publication do not
 * fit. A version with a kind demands consent from whoever was there before, and is told to
 * everybody (announcement.h); it takes effect `notice_days` after its publication at the earliest. Days
 * are of the service's zone: zone_hours ahead of UTC.
 */
#pragma once
#include "domain/facts.h"
#include "domain/domain.h"
#include "domain/policy.h"

struct published {
    int64_t number, published_ms, effective_ms;
    struct text digest, facts, prev, zh, en;
    unsigned kinds;
    bool demands;
    uint64_t by, second; /* subjects; 0: none */
};

/* Puts the shipped texts there as in force, where there is none yet: nobody has agreed to anything
 * else. */
[[nodiscard]] struct err publication_first(struct domain *d, const struct embedded *texts,
                                           struct text facts);

/* All of them as the policy of this moment; *list_out (may be NULL) has policy_out->count rows. In
 * the domain's arena. */
[[nodiscard]] struct err publication_read(struct domain *d, struct policy *policy_out,
                                          const struct published **list_out);

struct new_version {
    struct text zh, en;   /* the whole files */
    struct text facts;    /* of today */
    unsigned kinds;       /* declared, as bits */
    int64_t effective_ms; /* 0: as the text says */
    unsigned notice_days;
    int64_t zone_hours;
    int64_t by, second; /* accounts of the staff; 0: none */
};

[[nodiscard]] struct err publication_put(struct domain *d, const struct new_version *with,
                                         struct buf *why, int64_t *number_out);

/* How many versions there are and are in force; what consent is demanded. */
struct policy_demand {
    int64_t count, in_force;
    int64_t now;           /* number of the version that everybody must have agreed to; 0: none */
    int64_t next, next_ms; /* that everybody will have to; 0: none */
};
[[nodiscard]] struct err publication_demand(struct domain *d, struct policy_demand *out);

/* "2030-01-31" (its first moment in the zone) or "2030-01-31T12:00:00Z". */
bool publication_moment(struct text t, int64_t zone_hours, int64_t *ms_out);
