/* store_sqlite.c: store.h on SQLite.
 *
 * The connection holds the records as "main" and the persons' keys, attached, as "keys". A transaction over
 * both files is atomic in each one, not across them (WAL): so whoever writes both puts the key in first
 * and takes it out first, and a key without an account is harmless.
 */
#include "store/store.h"
#include "base/must.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WAIT_MS = 5000, SAY_BYTES = 320 };

struct statement {
    struct store *store;
    sqlite3_stmt *prepared;
    bool is_running;
};

struct store {
    sqlite3 *db;
    struct statement statements[SQL_COUNT];
    unsigned fail_write;
    bool is_open; /* a transaction is */
    char say[SAY_BYTES];
};

static struct err fault(struct store *s, int code) {
    int kind = code & 0xFF;
    snprintf(s->say, sizeof s->say, "the store: %s%s",
             s->db ? sqlite3_errmsg(s->db) : sqlite3_errstr(code),
             kind == SQLITE_FULL ? "; make room on the disk" : "");
    if (kind == SQLITE_CONSTRAINT)
        return err_make(ERR_CONFLICT, s->say);
    return err_make(ERR_STORAGE_UNAVAILABLE, s->say);
}

/* Counts writes down for the tests; true at the one that is to fail. */
static bool fails_now(struct store *s) {
    return s->fail_write > 0 && --s->fail_write == 0;
}

static struct err injected(struct store *s) {
    snprintf(s->say, sizeof s->say, "the store: a write failed on purpose");
    return err_make(ERR_STORAGE_UNAVAILABLE, s->say);
}

static struct err apply_script(struct store *s, const char *script) {
    int code = sqlite3_exec(s->db, script, NULL, NULL, NULL);
    return code == SQLITE_OK ? ok : fault(s, code);
}

static int read_number(void *out, int count, char **values, char **names) {
    (void)names;
    if (count == 1 && values[0])
        *(long *)out = strtol(values[0], NULL, 10);
    return 0;
}

/* Two programs may come at once: the loser finds the tables there, rolls back and reads the number again. */
static struct err apply_schema(struct store *s) {
    for (unsigned attempts = 0;; attempts++) {
        long version = 0;
        int code = sqlite3_exec(s->db, "PRAGMA main.user_version", read_number, &version, NULL);
        if (code != SQLITE_OK)
            return fault(s, code);
        if (version > STORE_SCHEMA_COUNT)
            return err_make(ERR_CONFIG,
                            "the records were written by a newer version of this program");
        if (version == STORE_SCHEMA_COUNT)
            return ok;
        struct err e = apply_script(s, store_schema[version]);
        if (e.kind && !sqlite3_get_autocommit(s->db))
            sqlite3_exec(s->db, store_sql_text[SQL_ROLLBACK], NULL, NULL, NULL);
        if (e.kind && attempts > STORE_SCHEMA_COUNT)
            return e;
    }
}

static struct err attach_keys(struct store *s, const char *path) {
    sqlite3_stmt *attach = NULL;
    int code = sqlite3_prepare_v2(s->db, "ATTACH DATABASE ? AS keys", -1, &attach, NULL);
    if (code == SQLITE_OK) {
        sqlite3_bind_text(attach, 1, path, -1, SQLITE_TRANSIENT);
        code = sqlite3_step(attach);
        sqlite3_finalize(attach);
    }
    return code == SQLITE_DONE ? ok : fault(s, code);
}

static struct err prepare_all(struct store *s) {
    for (unsigned i = 0; i < SQL_COUNT; i++) {
        struct statement *st = &s->statements[i];
        st->store = s;
        int code = sqlite3_prepare_v3(s->db, store_sql_text[i], -1, SQLITE_PREPARE_PERSISTENT,
                                      &st->prepared, NULL);
        if (code != SQLITE_OK)
            return fault(s, code);
    }
    return ok;
}

/* ---- files by relative paths ----
 *
 * SQLite turns every path into an absolute one before it opens it. A program that has given up root's
 * rights may not be allowed to walk there from the root, though its working directory is the home; so
 * the system's own file layer is used with this one function put in its place. */
#define RELATIVE_FILES "unix-relative"

static int keep_path(sqlite3_vfs *vfs, const char *path, int room, char *out) {
    (void)vfs;
    int length = snprintf(out, (size_t)room, "%s", path);
    return length < room ? SQLITE_OK : SQLITE_CANTOPEN;
}

static sqlite3_vfs relative_files;

static void relative_files_make(void) {
    const sqlite3_vfs *usual = sqlite3_vfs_find(NULL);
    must(usual != NULL);
    relative_files = *usual;
    relative_files.zName = RELATIVE_FILES;
    relative_files.xFullPathname = keep_path;
    relative_files.pNext = NULL;
    must(sqlite3_vfs_register(&relative_files, 0) == SQLITE_OK);
}

static struct err connect_both(struct store *s, const struct store_options *options) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, relative_files_make);
    int code = sqlite3_open_v2(options->main_path, &s->db,
                               SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
                                   SQLITE_OPEN_EXRESCODE,
                               RELATIVE_FILES);
    if (code != SQLITE_OK)
        return fault(s, code);
    sqlite3_busy_timeout(s->db, WAIT_MS);
    try(attach_keys(s, options->keys_path));
    try(apply_script(s, store_script_open));
    try(apply_schema(s));
    return prepare_all(s);
}

struct err store_open(struct arena *a, const struct store_options *options, struct store **out) {
    struct store *s = calloc(1, sizeof *s);
    must(s != NULL);
    struct err e = connect_both(s, options);
    if (e.kind) {
        e.say = text_say_in(a, "cannot open %s: %s", options->main_path, e.say);
        store_close(s);
        return e;
    }
    s->fail_write = options->fail_write;
    *out = s;
    return ok;
}

void store_close(struct store *s) {
    if (!s)
        return;
    for (unsigned i = 0; i < SQL_COUNT; i++)
        sqlite3_finalize(s->statements[i].prepared);
    sqlite3_close_v2(s->db);
    free(s);
}

struct statement *statement_for(struct store *s, enum store_sql query) {
    struct statement *st = &s->statements[query];
    sqlite3_reset(st->prepared);
    sqlite3_clear_bindings(st->prepared);
    st->is_running = false;
    return st;
}

/* By the name "$1": SQLite numbers parameters in the order in which they first appear. */
static int place_of(struct statement *s, unsigned parameter) {
    char name[16];
    snprintf(name, sizeof name, "$%u", parameter);
    int place = sqlite3_bind_parameter_index(s->prepared, name);
    must(place > 0);
    return place;
}

void statement_bind_i64(struct statement *s, unsigned parameter, int64_t value) {
    must(sqlite3_bind_int64(s->prepared, place_of(s, parameter), value) == SQLITE_OK);
}

void statement_bind_text(struct statement *s, unsigned parameter, struct text value) {
    must(sqlite3_bind_text64(s->prepared, place_of(s, parameter), value.length ? value.bytes : "",
                             value.length, SQLITE_TRANSIENT, SQLITE_UTF8) == SQLITE_OK);
}

void statement_bind_bytes(struct statement *s, unsigned parameter, struct text value) {
    must(sqlite3_bind_blob64(s->prepared, place_of(s, parameter), value.length ? value.bytes : "",
                             value.length, SQLITE_TRANSIENT) == SQLITE_OK);
}

void statement_bind_none(struct statement *s, unsigned parameter) {
    must(sqlite3_bind_null(s->prepared, place_of(s, parameter)) == SQLITE_OK);
}

void statement_done(struct statement *s) {
    sqlite3_reset(s->prepared);
    s->is_running = false;
}

struct err statement_step(struct statement *s, bool *row_out) {
    bool writes = !sqlite3_stmt_readonly(s->prepared);
    if (writes && !s->is_running && fails_now(s->store))
        return injected(s->store);
    s->is_running = true;
    int code = sqlite3_step(s->prepared);
    *row_out = code == SQLITE_ROW;
    if (code == SQLITE_ROW)
        return ok;
    struct err e = code == SQLITE_DONE ? ok : fault(s->store, code);
    statement_done(s);
    return e;
}

struct err statement_run(struct statement *s, uint64_t *changed_out) {
    bool more = true;
    while (more)
        try(statement_step(s, &more));
    if (changed_out)
        *changed_out = (uint64_t)sqlite3_changes64(s->store->db);
    return ok;
}

int64_t column_i64(struct statement *s, unsigned column) {
    return sqlite3_column_int64(s->prepared, (int)column);
}

struct text column_text_in(struct statement *s, struct arena *a, unsigned column) {
    const void *bytes = sqlite3_column_blob(s->prepared, (int)column);
    size_t length = (size_t)sqlite3_column_bytes(s->prepared, (int)column);
    return text_copy_in(a, text_of(bytes, length));
}

bool column_is_none(struct statement *s, unsigned column) {
    return sqlite3_column_type(s->prepared, (int)column) == SQLITE_NULL;
}

static struct err begin_with(struct store *s, enum store_sql how) {
    must(!s->is_open);
    try(statement_run(statement_for(s, how), NULL));
    s->is_open = true;
    return ok;
}

struct err store_begin(struct store *s) {
    return begin_with(s, SQL_BEGIN);
}
struct err store_begin_reading(struct store *s) {
    return begin_with(s, SQL_BEGIN_READING);
}

bool store_is_in_transaction(const struct store *s) {
    return s->is_open;
}

struct err store_commit(struct store *s) {
    must(s->is_open);
    if (fails_now(s))
        return injected(s);
    try(statement_run(statement_for(s, SQL_COMMIT), NULL));
    s->is_open = false;
    return ok;
}

void store_rollback(struct store *s) {
    for (unsigned i = 0; i < SQL_COUNT; i++)
        if (s->statements[i].is_running)
            statement_done(&s->statements[i]);
    if (!sqlite3_get_autocommit(s->db))
        (void)sqlite3_step(statement_for(s, SQL_ROLLBACK)->prepared);
    statement_done(&s->statements[SQL_ROLLBACK]);
    s->is_open = false;
}

struct err store_version(struct store *s, int64_t *out) {
    struct statement *st = statement_for(s, SQL_DATA_VERSION);
    bool row;
    try(statement_step(st, &row));
    *out = row ? column_i64(st, 0) : 0;
    statement_done(st);
    return ok;
}

static struct err settle_one(struct store *s, enum store_sql which) {
    struct statement *st = statement_for(s, which);
    bool row;
    try(statement_step(st, &row));
    bool was_busy = !row || column_i64(st, 0) != 0;
    statement_done(st);
    if (was_busy)
        return err_make(ERR_STORAGE_UNAVAILABLE,
                        "the store: a reader kept its log from being emptied");
    return ok;
}

struct err store_settle(struct store *s) {
    try(settle_one(s, SQL_SETTLE_KEYS));
    return settle_one(s, SQL_SETTLE_MAIN);
}

void store_fail_write(struct store *s, unsigned n) {
    s->fail_write = n;
}
