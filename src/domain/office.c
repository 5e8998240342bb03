/* office.c: see office.h. */
#include "domain/office.h"
#include "domain/claims.h"
#include "domain/disclosure.h"
#include "domain/duty.h"
#include "domain/hold.h"

struct deciding {
    const struct staff_member *by;
    struct text approval;
    bool grants;
    struct approval *out;
};

static struct err decide_rows(struct domain *d, void *with) {
    const struct deciding *x = with;
    try(approval_decide(d, x->approval, x->by, x->grants, x->out));
    switch (x->out->kind) {
    case APPROVAL_HOLD:
        return hold_decided(d, x->out);
    case APPROVAL_HOLD_END:
        return hold_end_decided(d, x->out);
    case APPROVAL_DISCLOSURE:
        return disclosure_decided(d, x->out);
    default:
        return ok; /* whoever asked looks at the decision when he comes again */
    }
}

struct err office_decide(struct domain *d, const struct staff_member *by, struct text approval, bool grants,
                         struct approval *out) {
    struct deciding x = {by, approval, grants, out};
    return domain_in_transaction(d, decide_rows, &x);
}

struct err office_follow(struct domain *d) {
    try(hold_follow(d));
    try(disclosure_follow(d));
    try(staff_reap(d));
    try(duty_follow(d));
    return claims_follow(d);
}
