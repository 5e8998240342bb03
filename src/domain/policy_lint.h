/* policy_lint.h: whether a text is fit to be the policy.
 *
 * Faults     a section is missing or out of place; a word for sensitive information is not in bold type; an
 *            address or a number of somebody stands in the text; a mark does not end, or names what is not
 *            there; a date is none, or it takes effect before it is published.
 * Notes      sentences that cite a law or a standard that was replaced: no fault, but to be looked at.
 * Source     the words for sensitive information are those of the Personal Information Protection Law,
 *            art. 28, and those that policies before it used to name.
 */
#pragma once
#include "base/buf.h"
#include "domain/policy.h"

/* The seven sections that every policy has, in this order. */
enum { POLICY_SECTIONS = 7 };
extern const char *const policy_sections[POLICY_SECTIONS];

/* Each writes a line for each finding and gives their number. */
unsigned policy_lint(const struct policy_version *v, struct buf *faults);
unsigned policy_law_drift(const struct policy_version *v, struct buf *notes);
