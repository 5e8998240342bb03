/* store.h: the door to the records. Seven kinds of function; SQLite behind it (store_sqlite.c).
 *
 * Contract   every statement is a file's (sql/), known by its number and prepared when the store opens: no
 *            function here takes free text, and a typo does not wait for a customer. Parameters are $1, $2 ….
 *            What cannot be saved (disk full, I/O fault, locked too long) is ERR_STORAGE_UNAVAILABLE; a
 *            broken uniqueness is ERR_CONFLICT. `say` lives until the store's next error.
 * Files      the records, and beside them the file of persons' keys (schema "keys").
 * Threads    a store belongs to one thread at a time; open one for each.
 * Another engine   takes the same texts ($1 is PostgreSQL's own) with its own sql/<engine>/ beside.
 */
#pragma once
#include "base/err.h"
#include "base/text.h"
#include "store_sql.h"

struct store;
struct statement;

struct store_options {
    const char *main_path, *keys_path;
    unsigned fail_write; /* tests: the n-th write from now fails; 0 = none */
};

[[nodiscard]] struct err store_open(struct arena *a, const struct store_options *options,
                                    struct store **out);
void store_close(struct store *s);

/* Borrowed from the store and good until the same query is asked for again. statement_done lets go of its
 * rows early; statement_step does so itself at the end and at an error. */
struct statement *statement_for(struct store *s, enum store_sql query);
void statement_bind_i64(struct statement *s, unsigned parameter, int64_t value);
void statement_bind_text(struct statement *s, unsigned parameter, struct text value);
void statement_bind_bytes(struct statement *s, unsigned parameter, struct text value);
void statement_bind_none(struct statement *s, unsigned parameter);
[[nodiscard]] struct err statement_step(struct statement *s, bool *row_out);
[[nodiscard]] struct err statement_run(struct statement *s,
                                       uint64_t *changed_out); /* to its end; may be NULL */
void statement_done(struct statement *s);

int64_t column_i64(struct statement *s, unsigned column);
struct text column_text_in(struct statement *s, struct arena *a,
                           unsigned column); /* text or bytes */
bool column_is_none(struct statement *s, unsigned column);

/* One transaction at a time; after an error inside it, roll back. */
[[nodiscard]] struct err store_begin(struct store *s);
[[nodiscard]] struct err
store_begin_reading(struct store *s); /* one view of everything until the commit */
[[nodiscard]] struct err store_commit(struct store *s);
bool store_is_in_transaction(const struct store *s);
void store_rollback(struct store *s);

/* Changes with every commit of another connection. */
[[nodiscard]] struct err store_version(struct store *s, int64_t *out);

/* Moves everything from the logs into the files and empties the logs: what was deleted before is then in
 * no byte of any file. Waits for readers; ERR_STORAGE_UNAVAILABLE where they did not end. */
[[nodiscard]] struct err store_settle(struct store *s);

/* Tests: the n-th write from now fails. */
void store_fail_write(struct store *s, unsigned n);
