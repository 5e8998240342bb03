/* register_test.c: the register of personal data against the records that are really there, and the
 * export against the register: every table is filled for one person, whatever tables there are, and each
 * value is looked for.
 *
 * The rows are made beside the program, by SQLite itself: so a table that nobody thought of is filled too.
 */
#include "domain/erasure.h"
#include "domain/export.h"
#include "domain/personal.h"
#include "records.h"

#include <sqlite3.h>

enum { ROW_NUMBER = 424242, SUBJECT_NUMBER = 515151 };

struct filler {
    struct records *r;
    struct account account;
    sqlite3 *raw;
};

static void run_raw(struct filler *f, const char *sql) {
    char *why = NULL;
    if (sqlite3_exec(f->raw, sql, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s: %s", sql, why);
}

/* The mark of a column: what the export must show. Numbers are told apart by their place in the register.
 *  */
static struct text mark_of(struct filler *f, const struct store_column *c) {
    return text_format_in(&f->r->arena, "mark-%s-%s", c->table, c->column);
}
static int64_t number_of(const struct store_column *c) {
    return 7000000 + (c - store_columns);
}

static bool is_key_like(const char *name) {
    static const char *const names[] = {"id", "token", "number", "ticket"};
    for (size_t i = 0; i < COUNT(names); i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

/* "text" "integer" "blob", as the schema declares it. */
static struct text type_of(struct filler *f, const struct store_column *c) {
    sqlite3_stmt *s;
    struct text type = TEXT("");
    want_int(sqlite3_prepare_v2(f->raw, "SELECT type FROM pragma_table_info(?) WHERE name = ?", -1,
                                &s, NULL),
             0);
    sqlite3_bind_text(s, 1, c->table, -1, SQLITE_STATIC);
    sqlite3_bind_text(s, 2, c->column, -1, SQLITE_STATIC);
    if (sqlite3_step(s) == SQLITE_ROW)
        type = text_lower_in(&f->r->arena, text_c((const char *)sqlite3_column_text(s, 0)));
    sqlite3_finalize(s);
    return type;
}

static struct text literal_of(struct filler *f, const struct store_column *c) {
    struct arena *a = &f->r->arena;
    if (strcmp(c->column, "account") == 0)
        return text_format_in(a, "%lld", (long long)f->account.number);
    if (strcmp(c->column, "subject") == 0)
        return text_format_in(a, "%lld", (long long)f->account.subject);
    if (is_key_like(c->column))
        return text_format_in(a, "%d", ROW_NUMBER);
    if (strcmp(c->column, "digest") == 0)
        return TEXT("x'6469676573742d6f662d736f6d65626f6479'");
    struct text type = type_of(f, c);
    if (text_equal_c(type, "integer"))
        return text_format_in(a, "%lld", (long long)number_of(c));
    return text_format_in(a, text_equal_c(type, "blob") ? "CAST('%.*s' AS BLOB)" : "'%.*s'",
                          TEXT_ARG(mark_of(f, c)));
}

static void fill(struct filler *f, const struct store_table *t) {
    struct arena *a = &f->r->arena;
    struct text names = TEXT(""), values = TEXT("");
    for (unsigned i = 0; i < t->column_count; i++) {
        const struct store_column *c = &store_columns[t->first_column + i];
        names = text_format_in(a, "%.*s%s%s", TEXT_ARG(names), i ? ", " : "", c->column);
        values = text_format_in(a, "%.*s%s%.*s", TEXT_ARG(values), i ? ", " : "",
                                TEXT_ARG(literal_of(f, c)));
    }
    run_raw(f, text_say_in(a, "INSERT OR REPLACE INTO %s (%.*s) VALUES (%.*s)", t->name,
                           TEXT_ARG(names), TEXT_ARG(values)));
}

/* The number that the row's seals name, as the export's query tells it. */
static int64_t row_of(struct filler *f, const struct store_table *t) {
    bool row;
    struct statement *s = statement_for(f->r->d.store, t->first);
    statement_bind_i64(s, 1, f->account.number);
    statement_bind_i64(s, 2, 1);
    want_ok(statement_step(s, &row));
    if (!row)
        fail_msg(
            "%s: the row that was made is not found by its owner: say in personal.tsv how it is",
            t->name);
    int64_t number = column_i64(s, 0);
    statement_done(s);
    return number;
}

static void seal_columns(struct filler *f, const struct store_table *t) {
    int64_t row = row_of(f, t);
    for (unsigned i = 0; i < t->column_count; i++) {
        const struct store_column *c = &store_columns[t->first_column + i];
        sqlite3_stmt *s;
        if (!c->kept || strcmp(c->kept, "sealed") != 0)
            continue;
        const char *name = text_c_in(&f->r->arena, personal_field(c->column));
        struct text sealed =
            account_seal(&f->r->d, &f->account, FIELD(t->name, name, row), mark_of(f, c));
        const char *sql =
            text_say_in(&f->r->arena, "UPDATE %s SET %s = ? WHERE %s = CAST('%.*s' AS BLOB)",
                        t->name, c->column, c->column, TEXT_ARG(mark_of(f, c)));
        want_int(sqlite3_prepare_v2(f->raw, sql, -1, &s, NULL), 0);
        sqlite3_bind_blob(s, 1, sealed.bytes, (int)sealed.length, SQLITE_STATIC);
        want_int(sqlite3_step(s), SQLITE_DONE);
        sqlite3_finalize(s);
    }
}

static bool is_account(const struct store_table *t) {
    return strcmp(t->name, "account") == 0;
}

static void filler_open(struct filler *f, struct records *r) {
    *f = (struct filler){.r = r};
    records_open(r);
    want_ok(account_read(&r->d, records_account(r, "register_person", "register@example.com"),
                         &f->account));
    want_int(sqlite3_open(r->main_path, &f->raw), 0);
    run_raw(f, "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;");
    for (const struct store_table *t = store_tables; t->name; t++)
        if (t->first != SQL_COUNT && !is_account(t))
            fill(f, t);
    for (const struct store_table *t = store_tables; t->name; t++)
        if (t->first != SQL_COUNT && !is_account(t))
            seal_columns(f, t);
}

static void filler_close(struct filler *f) {
    sqlite3_close(f->raw);
    records_close(f->r);
}

/* ---- what the export showed ---- */

struct shown {
    struct filler *f;
    bool seen[4096]; /* by place in the register */
    unsigned rows, broken, stop_after;
};

static bool is_right(struct filler *f, const struct export_value *v) {
    const struct store_column *c = v->column;
    if (is_account(personal_table(c->table)))
        return v->kind == COLUMN_NUMBER || v->text.length > 0;
    if (v->kind == COLUMN_NUMBER)
        return v->number == number_of(c) || v->number == ROW_NUMBER;
    return text_equal(v->text, mark_of(f, c));
}

static bool look(void *with, const struct export_row *row) {
    struct shown *s = with;
    s->rows++;
    for (unsigned i = 0; i < row->count; i++) {
        const struct export_value *v = &row->values[i];
        s->broken += v->is_broken;
        if (is_right(s->f, v))
            s->seen[v->column - store_columns] = true;
    }
    return s->stop_after == 0 || s->rows % s->stop_after != 0;
}

TEST(rows_D2_C1__the_register_lists_what_is_there_and_nothing_else) {
    struct records r;
    records_open(&r);
    want_ok(personal_check(&r.d));
    records_close(&r);
}

TEST(rows_D2_C1__a_column_that_is_not_listed_is_found) {
    struct records r;
    sqlite3 *raw;
    records_open(&r);
    want_int(sqlite3_open(r.main_path, &raw), 0);
    want_int(
        sqlite3_exec(raw, "ALTER TABLE account ADD COLUMN shoe_size INTEGER", NULL, NULL, NULL), 0);
    sqlite3_close(raw);
    struct err e = personal_check(&r.d);
    want_err(e, ERR_CONFLICT);
    want(text_find(text_c(e.say), TEXT("shoe_size")) != SIZE_MAX);
    records_close(&r);
}

TEST(row_C6__the_export_has_every_column_that_the_register_exports) {
    struct records r;
    struct filler f;
    struct shown s = {.f = &f};
    struct text next;
    filler_open(&f, &r);
    want_ok(
        export_page(&r.d, &f.account, TEXT(""), 1000, &(struct export_visitor){look, &s}, &next));
    want_int(next.length, 0);
    want_int(s.broken, 0);
    for (const struct store_column *c = store_columns; c->table; c++)
        if (c->exported && strcmp(c->exported, "export") == 0 &&
            personal_table(c->table)->first != SQL_COUNT && !s.seen[c - store_columns])
            fail_msg("the export lacks %s.%s", c->table, c->column);
    filler_close(&f);
}

/* fault 28: cut off behind any row, it goes on where it was. */
TEST(fault_28__an_export_goes_on_behind_any_row) {
    struct records r;
    struct filler f;
    struct shown whole = {.f = &f}, parts = {.f = &f, .stop_after = 1};
    struct text next = TEXT(""), none;
    filler_open(&f, &r);
    want_ok(export_page(&r.d, &f.account, TEXT(""), 1000, &(struct export_visitor){look, &whole},
                        &none));
    do
        want_ok(export_page(&r.d, &f.account, text_copy_in(&r.arena, next), 3,
                            &(struct export_visitor){look, &parts}, &next));
    while (next.length);
    want_int(parts.rows, whole.rows);
    want(memcmp(parts.seen, whole.seen, sizeof whole.seen) == 0);
    want_err(export_page(&r.d, &f.account, TEXT("bm90IG1pbmU"), 3,
                         &(struct export_visitor){look, &parts}, &next),
             ERR_PARAMETER_INVALID);
    filler_close(&f);
}

TEST(row_C6__the_counts_told_first_are_those_of_the_rows) {
    struct records r;
    struct filler f;
    struct shown s = {.f = &f};
    struct export_count *counts;
    struct text next;
    uint64_t total;
    filler_open(&f, &r);
    want_ok(export_counts(&r.d, &f.account, &counts, &total));
    want_ok(
        export_page(&r.d, &f.account, TEXT(""), 1000, &(struct export_visitor){look, &s}, &next));
    want_int(s.rows, total);
    want_ok(export_note(&r.d, &f.account, counts, TEXT("receipt"), TEXT("bytes")));
    filler_close(&f);
}

/* What the register calls sealed is sealed: a version byte, and the mark is in no byte of the file. */
TEST(rows_D2_S7__sealed_columns_hold_sealed_bytes) {
    struct records r;
    struct filler f;
    filler_open(&f, &r);
    for (const struct store_column *c = store_columns; c->table; c++) {
        sqlite3_stmt *s;
        if (!c->kept || strcmp(c->kept, "sealed") != 0 || strcmp(c->exported, "export") != 0)
            continue;
        want_int(sqlite3_prepare_v2(f.raw,
                                    text_say_in(&r.arena, "SELECT %s FROM %s", c->column, c->table),
                                    -1, &s, NULL),
                 0);
        while (sqlite3_step(s) == SQLITE_ROW) {
            const unsigned char *bytes = sqlite3_column_blob(s, 0);
            want(sqlite3_column_bytes(s, 0) > 46);
            want_int(bytes[0], 1);
        }
        sqlite3_finalize(s);
    }
    filler_close(&f);
}

/* fault 29: a byte that is flipped, a value that is moved: that value alone is told as broken. */
TEST(fault_29__a_changed_value_is_broken_alone) {
    struct records r;
    struct filler f;
    struct shown s = {.f = &f}, moved = {.f = &f};
    struct text next;
    struct account other;
    filler_open(&f, &r);
    run_raw(
        &f,
        "DELETE FROM contact WHERE kind NOT IN ('email', 'phone')"); /* no kind that the house knows */
    run_raw(&f, "UPDATE token SET name_sealed = CAST(substr(name_sealed, 1, 60) || x'00' || "
                "substr(name_sealed, 62) AS BLOB)");
    want_ok(
        export_page(&r.d, &f.account, TEXT(""), 1000, &(struct export_visitor){look, &s}, &next));
    want_int(s.broken, 1);
    want_ok(account_read(&r.d, f.account.number, &other)); /* and the account goes on */
    run_raw(
        &f,
        "UPDATE contact SET sealed = (SELECT username_sealed FROM account) WHERE kind = 'email'");
    want_err(account_read(&r.d, f.account.number, &other), ERR_INTEGRITY_FAILED);
    want_ok(account_read(&r.d, records_account(&r, "another", "another@example.com"), &other));
    want_ok(export_page(&r.d, &f.account, TEXT(""), 1000, &(struct export_visitor){look, &moved},
                        &next));
    want_int(moved.broken, 2);
    filler_close(&f);
}

/* Two persons' cipher texts, exchanged, open for neither. */
TEST(row_S7__what_is_moved_to_another_person_does_not_open) {
    struct records r;
    sqlite3 *raw;
    struct account account;
    records_open(&r);
    int64_t one = records_account(&r, "one", "one@example.com"),
            two = records_account(&r, "two", "two@example.com");
    want_int(sqlite3_open(r.main_path, &raw), 0);
    const char *swap = text_say_in(
        &r.arena,
        "CREATE TEMP TABLE old AS SELECT account, sealed FROM contact; UPDATE contact SET sealed = "
        "(SELECT sealed FROM old WHERE old.account = %lld - contact.account)",
        (long long)(one + two));
    want_int(sqlite3_exec(raw, swap, NULL, NULL, NULL), 0);
    sqlite3_close(raw);
    want_err(account_read(&r.d, one, &account), ERR_INTEGRITY_FAILED);
    want_err(account_read(&r.d, two, &account), ERR_INTEGRITY_FAILED);
    records_close(&r);
}

/* Whatever tables there are: an erasure leaves no row of the person, and no sealed byte. */
TEST(row_S5__an_erasure_takes_every_row_of_the_register) {
    struct records r;
    struct filler f;
    struct text receipt;
    filler_open(&f, &r);
    want_ok(erasure_begin(&r.d, &f.account, &receipt));
    want_ok(erasure_finish(&r.d, ERASURE_ALL));
    for (const struct store_table *t = store_tables; t->name; t++) {
        bool row;
        if (t->count == SQL_COUNT)
            continue;
        struct statement *s = statement_for(r.d.store, t->count);
        statement_bind_i64(s, 1, f.account.number);
        want_ok(statement_step(s, &row));
        if (column_i64(s, 0) != 0)
            fail_msg("%s still has a row", t->name);
        statement_done(s);
    }
    sqlite3_stmt *s;
    want_int(sqlite3_prepare_v2(f.raw,
                                "SELECT count(*) FROM network_log WHERE length(address_sealed) > 0",
                                -1, &s, NULL),
             0);
    want_int(sqlite3_step(s), SQLITE_ROW);
    want_int(sqlite3_column_int(s, 0), 0);
    sqlite3_finalize(s);
    filler_close(&f);
}

TEST(row_C7__no_other_source_is_taken_by_the_records) {
    struct records r;
    sqlite3 *raw;
    records_open(&r);
    records_account(&r, "somebody", NULL);
    want_int(sqlite3_open(r.main_path, &raw), 0);
    want(sqlite3_exec(raw, "UPDATE account SET source = 'bought'", NULL, NULL, NULL) ==
         SQLITE_CONSTRAINT);
    sqlite3_close(raw);
    records_close(&r);
}

TESTS(RUN(rows_D2_C1__the_register_lists_what_is_there_and_nothing_else),
      RUN(rows_D2_C1__a_column_that_is_not_listed_is_found),
      RUN(row_C6__the_export_has_every_column_that_the_register_exports),
      RUN(fault_28__an_export_goes_on_behind_any_row),
      RUN(row_C6__the_counts_told_first_are_those_of_the_rows),
      RUN(rows_D2_S7__sealed_columns_hold_sealed_bytes),
      RUN(fault_29__a_changed_value_is_broken_alone),
      RUN(row_S7__what_is_moved_to_another_person_does_not_open),
      RUN(row_S5__an_erasure_takes_every_row_of_the_register),
      RUN(row_C7__no_other_source_is_taken_by_the_records))
