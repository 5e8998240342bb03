/* meddle.h: what somebody does to the records who has the file and no scruples: SQL past the store, with the
 * triggers that keep the log taken away. */
#pragma once
#include "records.h"

#include <sqlite3.h>

static inline void meddle(struct records *r, const char *sql) {
    sqlite3 *db;
    char *say = NULL;
    want(sqlite3_open(r->main_path, &db) == SQLITE_OK);
    sqlite3_busy_timeout(db, 5000);
    want(sqlite3_exec(
             db,
             "DROP TRIGGER IF EXISTS audit_entry_stays; DROP TRIGGER IF EXISTS audit_node_stays;"
             "DROP TRIGGER IF EXISTS audit_node_remains; DROP TRIGGER IF EXISTS "
             "audit_checkpoint_stays;"
             "DROP TRIGGER IF EXISTS audit_checkpoint_remains;",
             NULL, NULL, NULL) == SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &say) != SQLITE_OK)
        fail_msg("%s: %s", sql, say);
    sqlite3_close(db);
}
