/* office.c: see office.h. */
#include "domain/office.h"
#include "domain/claims.h"
#include "domain/disclosure.h"
#include "domain/duty.h"
#include "domain/hold.h"

enum { ACTS_MAX = 20 };

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

struct err office_acts_each(struct domain *d, uint64_t subject,
                            void (*visit)(void *with, const struct office_act *act), void *with) {
    struct statement *list = statement_for(d->store, SQL_AUDIT_OF_ACTOR);
    statement_bind_i64(list, 1, (int64_t)subject);
    statement_bind_i64(list, 2, ACTS_MAX);
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        struct office_act act = {column_i64(list, 1), column_text_in(list, d->arena, 2),
                                 column_text_in(list, d->arena, 3), column_text_in(list, d->arena, 4)};
        visit(with, &act);
    }
}
