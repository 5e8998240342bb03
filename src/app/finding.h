/* finding.h: what a check found: good, or the first thing that is wrong, in words that name nobody. */
#pragma once
#include "base/text.h"

struct finding {
    bool is_good;
    struct text detail;
};

/* The first thing that is wrong is what is told. */
void finding_bad(struct finding *f, struct text detail);
