/* office_records.h: records with a staff in them, for the tests of the operator's side. */
#pragma once
#include "domain/office.h"
#include "records.h"

#include <dirent.h>

struct office {
    struct records r;
    struct staff_member owner, privacy, second, support, auditor, reader;
    struct account person; /* of nobody of the staff */
};

static inline struct staff_member office_member(struct office *o, const char *name, unsigned roles) {
    struct staff_member m;
    int64_t number = records_account(&o->r, name, NULL);
    want_ok(staff_set(&o->r.d, number, roles));
    want_ok(staff_member(&o->r.d, number, &m));
    return m;
}

static inline void office_open(struct office *o) {
    records_open(&o->r);
    o->owner = office_member(o, "the_owner", STAFF_OWNER);
    o->privacy = office_member(o, "the_officer", STAFF_PRIVACY);
    o->second = office_member(o, "the_second", STAFF_PRIVACY);
    o->support = office_member(o, "the_support", STAFF_SUPPORT);
    o->auditor = office_member(o, "the_auditor", STAFF_AUDITOR);
    o->reader = office_member(o, "the_reader", STAFF_READER);
    want_ok(account_read(&o->r.d, records_account(&o->r, "zqperson", "zqperson@example.com"), &o->person));
}

static inline void office_close(struct office *o) {
    DIR *folder = opendir(o->r.outbox);
    for (struct dirent *e; (e = readdir(folder));)
        unlinkat(dirfd(folder), e->d_name, 0);
    closedir(folder);
    records_close(&o->r);
}

/* How many entries of this action the audit log has. */
static inline unsigned office_noted(struct office *o, const char *action) {
    struct statement *count = statement_for(o->r.d.store, SQL_AUDIT_COUNT_OF_ACTION);
    bool row;
    statement_bind_text(count, 1, text_c(action));
    want_ok(statement_step(count, &row));
    unsigned found = (unsigned)column_i64(count, 0);
    statement_done(count);
    return found;
}
