/* policy_shelf.h: the policy of this moment, for whoever answers requests, and the job that keeps
 * it.
 *
 * The idea   the records are asked twice a second how many versions there are and how many are in
 * force. When that changes, a new shelf is read and put in the old one's place: a publication, or a
 * version's day, is seen within a second and without a restart. Old shelves stay until the end: a
 * request may still read one, and there are as many as publications. The same job tells persons of
 * a major change (domain/announcement.h), and compares what the system does with what the policy in force
 * was published with. Threads    policy_shelf_now from any; the rest from the job's.
 */
#pragma once
#include "app/home.h"
#include "site/site.h"

struct policy_shelf;

/* Fills the records at the first start. */
[[nodiscard]] struct err policy_shelf_open(struct arena *a, const struct home *home,
                                           struct site_health *health, struct policy_shelf **out);
void policy_shelf_close(struct policy_shelf *s);

const struct policy *policy_shelf_now(void *shelf);

/* One round: follow, tell a batch. *more_out: go on at once. */
[[nodiscard]] struct err policy_shelf_follow(struct policy_shelf *s, bool *more_out);
