/* export.c: see export.h. */
#include "domain/export.h"
#include "crypt/merkle.h"
#include "domain/audit.h"
#include "domain/personal.h"
#include "base/buf.h"
#include "base/must.h"
#include "codec/base64.h"

#include <string.h>

enum {
    KEY_MAX = 8,
    VALUES_MAX = 64,
    CURSOR_BYTES_MAX = 2048,
    ROW_BYTES_MAX = 4 << 20,
    HEAD_COLUMNS = 2
};

/* ---- where a page begins ---- */

struct key_part {
    enum column_kind kind;
    int64_t number;
    struct text text;
};

struct place {
    unsigned table; /* in store_tables */
    bool is_inside; /* behind the key; else at the table's beginning */
    struct key_part key[KEY_MAX];
};

static const struct account_field cursor_field = {"export", "cursor", 0};

static struct text cursor_print(struct domain *d, const struct account *account,
                                const struct place *place) {
    const struct store_table *table = &store_tables[place->table];
    struct buf b;
    buf_init(&b, d->arena, CURSOR_BYTES_MAX);
    buf_text(&b, text_c(table->name));
    buf_char(&b, 0);
    if (place->is_inside)
        buf_add(&b, "i", 2); /* with its NUL */
    for (unsigned i = 0; place->is_inside && i < table->key_count; i++) {
        const struct key_part *part = &place->key[i];
        buf_char(&b, part->kind == COLUMN_NUMBER ? 'n' : part->kind == COLUMN_TEXT ? 't' : 'b');
        if (part->kind == COLUMN_NUMBER)
            buf_i64(&b, part->number);
        else
            buf_text(&b, base64url_in(d->arena, part->text));
        buf_char(&b, 0);
    }
    must(!buf_is_over(&b));
    return base64url_in(d->arena, account_seal(d, account, cursor_field, buf_peek(&b)));
}

static bool key_read(struct domain *d, struct text piece, struct key_part *out) {
    char kind = piece.length ? piece.bytes[0] : 0;
    struct text value = text_from(piece, 1);
    if (kind == 'n') {
        out->kind = COLUMN_NUMBER;
        return text_to_i64(value, &out->number);
    }
    out->kind = kind == 't' ? COLUMN_TEXT : COLUMN_BYTES;
    return (kind == 't' || kind == 'b') && base64_decode_in(d->arena, value, &out->text);
}

static struct err cursor_read(struct domain *d, const struct account *account, struct text given,
                              struct place *out) {
    const struct err wrong = domain_refuse(d, ERR_PARAMETER_INVALID, "after",
                                           "after must be the next of an earlier page");
    struct text sealed, plain, piece;
    *out = (struct place){0};
    if (given.length == 0)
        return ok;
    if (given.length > 2 * CURSOR_BYTES_MAX || !base64_decode_in(d->arena, given, &sealed) ||
        account_open(d, account, cursor_field, sealed, &plain).kind || !text_cut(&plain, 0, &piece))
        return wrong;
    while (store_tables[out->table].name && !text_equal_c(piece, store_tables[out->table].name))
        out->table++;
    if (!store_tables[out->table].name)
        return wrong;
    out->is_inside = text_cut(&plain, 0, &piece);
    for (unsigned i = 0; out->is_inside && i < store_tables[out->table].key_count; i++)
        if (!text_cut(&plain, 0, &piece) || !key_read(d, piece, &out->key[i]))
            return wrong;
    return ok;
}

/* ---- one table ---- */

struct reading {
    struct domain *d;   /* its arena holds one row */
    struct arena *keys; /* holds the place */
    const struct account *account;
    struct place *place;
    unsigned rows_left;
    const struct export_visitor *visitor;
    bool is_full;
};

static void bind_key(struct statement *s, const struct place *place, unsigned count) {
    for (unsigned i = 0; i < count; i++) {
        const struct key_part *part = &place->key[i];
        if (part->kind == COLUMN_NUMBER)
            statement_bind_i64(s, 3 + i, part->number);
        else if (part->kind == COLUMN_TEXT)
            statement_bind_text(s, 3 + i, part->text);
        else
            statement_bind_bytes(s, 3 + i, part->text);
    }
}

static void take_key(struct reading *r, struct statement *s, unsigned count) {
    r->place->is_inside = true;
    for (unsigned i = 0; i < count; i++) {
        struct key_part *part = &r->place->key[i];
        part->kind = column_kind_of(s, HEAD_COLUMNS + i);
        part->number = column_i64(s, HEAD_COLUMNS + i);
        if (part->kind != COLUMN_NUMBER)
            part->text = column_text_in(s, r->keys, HEAD_COLUMNS + i);
    }
}

static struct export_value value_of(struct reading *r, struct statement *s, unsigned at,
                                    int64_t row, const struct store_column *column) {
    struct export_value v = {.column = column, .kind = column_kind_of(s, at)};
    if (v.kind == COLUMN_NUMBER)
        v.number = column_i64(s, at);
    if (v.kind == COLUMN_TEXT || v.kind == COLUMN_BYTES)
        v.text = column_text_in(s, r->d->arena, at);
    if (strcmp(column->kept, "sealed") != 0 || v.kind == COLUMN_NONE || v.text.length == 0)
        return v;
    struct text name = personal_field(column->column);
    struct account_field field = FIELD(column->table, text_c_in(r->d->arena, name), row);
    v.is_broken = account_open(r->d, r->account, field, v.text, &v.text).kind != ERR_NONE;
    v.kind = v.is_broken ? COLUMN_NONE : COLUMN_TEXT;
    return v;
}

static bool tell_row(struct reading *r, struct statement *s, const struct store_table *table) {
    struct export_value values[VALUES_MAX];
    unsigned at = HEAD_COLUMNS + table->key_count, count = 0;
    int64_t row = column_i64(s, 0);
    for (unsigned i = 0; i < table->column_count; i++) {
        const struct store_column *column = &store_columns[table->first_column + i];
        if (!column->exported || strcmp(column->exported, "export") != 0)
            continue;
        must(count < VALUES_MAX);
        values[count++] = value_of(r, s, at++, row, column);
    }
    const struct export_row told = {table, column_i64(s, 1), values, count};
    take_key(r, s, table->key_count);
    return r->visitor->run(r->visitor->with, &told);
}

static struct err read_table(struct reading *r) {
    const struct store_table *table = &store_tables[r->place->table];
    bool is_next = r->place->is_inside;
    if (is_next && table->next == SQL_COUNT)
        return ok; /* one row, and it was told */
    struct statement *s = statement_for(r->d->store, is_next ? table->next : table->first);
    statement_bind_i64(s, 1, r->account->number);
    statement_bind_i64(s, 2, r->rows_left);
    if (is_next)
        bind_key(s, r->place, table->key_count);
    for (bool row;;) {
        try(statement_step(s, &row));
        if (!row)
            return ok;
        r->rows_left--;
        r->is_full = !tell_row(r, s, table) || r->rows_left == 0;
        arena_reset(r->d->arena);
        if (r->is_full)
            break;
    }
    statement_done(s);
    return ok;
}

/* ---- the whole ---- */

static struct err read_all(struct reading *r) {
    for (; store_tables[r->place->table].name; r->place->table++, r->place->is_inside = false) {
        if (store_tables[r->place->table].first == SQL_COUNT)
            continue;
        try(read_table(r));
        if (r->is_full)
            break;
    }
    return ok;
}

struct err export_page(struct domain *d, const struct account *account, struct text after,
                       unsigned rows, const struct export_visitor *visitor, struct text *next_out) {
    struct place place;
    struct arena row;
    struct domain of_row = *d;
    must(rows > 0);
    try(cursor_read(d, account, after, &place));
    arena_init(&row, ROW_BYTES_MAX);
    of_row.arena = &row;
    struct reading r = {&of_row, d->arena, account, &place, rows, visitor, false};
    struct err e = read_all(&r);
    if (e.say)
        e.say = text_say_in(d->arena, "%s", e.say);
    arena_done(&row);
    if (!e.kind)
        *next_out = r.is_full ? cursor_print(d, account, &place) : TEXT("");
    return e;
}

struct err export_counts(struct domain *d, const struct account *account, struct export_count **out,
                         uint64_t *total_out) {
    size_t tables = 0, at = 0;
    while (store_tables[tables].name)
        tables++;
    *out = arena_alloc(d->arena, (tables + 1) * sizeof **out);
    *total_out = 0;
    for (const struct store_table *t = store_tables; t->name; t++) {
        bool row;
        if (t->count == SQL_COUNT)
            continue;
        struct statement *s = statement_for(d->store, t->count);
        statement_bind_i64(s, 1, account->number);
        try(statement_step(s, &row));
        (*out)[at] = (struct export_count){t, row ? (uint64_t)column_i64(s, 0) : 0};
        *total_out += (*out)[at++].rows;
        statement_done(s);
    }
    return ok;
}

struct err export_note(struct domain *d, const struct account *account,
                       const struct export_count *counts, struct text receipt, struct text given) {
    struct buf detail;
    struct digest digest = sha256_of(given);
    struct text object = text_format_in(d->arena, "%.*s sha256 %.*s", TEXT_ARG(receipt),
                                        TEXT_ARG(digest_print_in(d->arena, &digest)));
    buf_init(&detail, d->arena, 8192);
    buf_format(&detail, "schema=%d", (int)STORE_SCHEMA_COUNT);
    for (; counts->table; counts++)
        buf_format(&detail, " %s=%llu", counts->table->name, (unsigned long long)counts->rows);
    return audit_note(d, &(struct audit_event){.actor_kind = AUDIT_PERSON,
                                               .actor = account->subject,
                                               .action = "account.export",
                                               .about = account,
                                               .object = object,
                                               .purpose = "request",
                                               .detail = buf_peek(&detail)});
}
