/* rights.h: which rights a person has: those of the version that the person agreed to, and whatever
 * came since.
 *
 * The idea   a new version may take a right away, but from nobody who has not agreed to it. So
 * whether a right can be used is not asked of the policy in force alone, but of the person too. A
 * right    is a sentence of the policy that promises.toml calls one, or that a route of the site
 * rests on (a line "right <id> …" of the facts). Contract   rights_open: the sentence stands in the
 * version in force, or in the one that binds the person; or no version ever had it, so that the
 * policy says nothing about it. Whoever never agreed to any version keeps all. rights_lost writes a
 * line for each right that `after` has no more or says otherwise, and gives their number.
 */
#pragma once
#include "base/buf.h"
#include "domain/policy.h"

bool rights_open(const struct policy *policy, int64_t agreed, struct text sentence);
unsigned rights_lost(struct text facts, const struct policy_version *before,
                     const struct policy_version *after, struct buf *why);
