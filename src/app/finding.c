/* finding.c: see finding.h. */
#include "app/finding.h"

void finding_bad(struct finding *f, struct text detail) {
    if (f->is_good)
        *f = (struct finding){false, detail};
}
