/* semver.h: versions of the form 1.2.3-rc.1+build, their order, and ranges of them.
 *
 * Contract   numbers have at most 15 digits; texts point into what was given. Ranges are npm's:
 *            comparators (>=1.2 <2),
 *            carets, tildes, hyphens (1.2 - 2.3), x-ranges, ||. A pre-release fits only a range that
 *            names one of the same
 *            three numbers.
 * Source     semver.org 2.0.0; node-semver's description of ranges.
 */
#pragma once
#include "base/text.h"

struct semver {
    uint64_t numbers[3]; /* major, minor, patch */
    struct text pre, build;
};

bool semver_parse(struct text t, struct semver *out); /* a leading v or = is skipped */
int semver_compare(const struct semver *a, const struct semver *b); /* -1 0 1; build says nothing */

enum semver_fit { SEMVER_NO, SEMVER_YES, SEMVER_BAD_RANGE };
enum semver_fit semver_fits(const struct semver *v, struct text range);
