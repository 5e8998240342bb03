/* facts.h: the facts of this program and of this installation (domain/facts.h says what they are
 * for).
 *
 * Contract   facts_of_program is the same on every machine: the register of personal data, the
 * purposes, the cookies, the routes of persons, the classes of APIs that ask outside.
 * policy/N.facts in the repository holds it for the newest policy, and a test compares.
 * facts_of_home adds the operator's name and contacts, the hosts and processors of the settings,
 * and high risks.
 */
#pragma once
#include "app/config.h"
#include "domain/assessment.h"

struct text facts_of_program(struct arena *a);
void facts_add_home(struct facts *f, const struct config *config); /* of the settings */
[[nodiscard]] struct err facts_of_home(struct domain *d, const struct config *config,
                                       struct text *out);
