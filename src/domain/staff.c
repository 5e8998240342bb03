/* staff.c: see staff.h. */
#include "domain/staff.h"

struct err staff_roles(struct domain *d, int64_t account, unsigned *roles_out) {
    struct statement *get = statement_for(d->store, SQL_STAFF_GET);
    bool row;
    statement_bind_i64(get, 1, account);
    try(statement_step(get, &row));
    *roles_out = row ? (unsigned)column_i64(get, 0) : 0;
    statement_done(get);
    return ok;
}

struct err staff_set(struct domain *d, int64_t account, unsigned roles) {
    struct statement *put = statement_for(d->store, SQL_STAFF_PUT);
    statement_bind_i64(put, 1, account);
    statement_bind_i64(put, 2, roles & STAFF_ANY);
    statement_bind_i64(put, 3, d->now_ms);
    return statement_run(put, NULL);
}

struct err staff_second(uint64_t first, uint64_t second) {
    if (first == second)
        return err_make(ERR_FOUR_EYES_REQUIRED, "another person has to approve this");
    return ok;
}
