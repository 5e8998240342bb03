/* hold_archive.c: see hold_archive.h.
 *
 * A row is its columns, each as LENGTH:BYTES with numbers as decimals; rows follow one another in a chunk
 * of at most 48 KiB, which is one row of the archive, sealed to its place, number and person. */
#include "domain/hold_archive.h"
#include "base/buf.h"
#include "base/must.h"

#include <stdio.h>

enum { CHUNK_BYTES = 48 << 10, ROW_BYTES_MAX = 12 << 10, COLUMNS_MAX = 12 };

struct part {
    const char *name, *columns;
    enum store_sql take, put, drop;
};

static const struct part parts[] = {
#define HOLD_PART(table, TABLE, columns)                                                                   \
    {#table, columns, SQL_HOLD_TAKE_##TABLE, SQL_HOLD_PUT_##TABLE, SQL_ERASE_ROWS_##TABLE},
#include "domain/hold_part.def"
#undef HOLD_PART
};

static struct seal_place place_of(const struct account *account, int64_t id) {
    return (struct seal_place){"archive", "sealed", id, account->subject};
}

/* ---- in ---- */

static struct err store_chunk(struct domain *d, const struct account *account, const struct part *part,
                              struct text plain) {
    int64_t id = (int64_t)(random_u64(d->chance) >> 1);
    struct seal_place place = place_of(account, id);
    struct text sealed;
    try(domain_seal(d, KEY_HOLD, &place, plain, &sealed));
    struct statement *add = statement_for(d->store, SQL_ARCHIVE_ADD);
    statement_bind_i64(add, 1, id);
    statement_bind_i64(add, 2, account->number);
    statement_bind_text(add, 3, text_c(part->name));
    statement_bind_bytes(add, 4, sealed);
    return statement_run(add, NULL);
}

static void add_row(struct domain *d, struct buf *out, const struct part *part, struct statement *s) {
    for (unsigned i = 0; part->columns[i]; i++) {
        char digits[24];
        bool is_number = part->columns[i] == 'n';
        int length = snprintf(digits, sizeof digits, "%lld", is_number ? (long long)column_i64(s, i) : 0);
        struct text value = is_number ? text_of(digits, (size_t)length) : column_text_in(s, d->arena, i);
        must(value.length <= ROW_BYTES_MAX);
        buf_format(out, "%zu:", value.length);
        buf_text(out, value);
    }
}

static struct err take_part(struct domain *d, const struct account *account, const struct part *part) {
    struct statement *take = statement_for(d->store, part->take);
    struct buf chunk;
    buf_init(&chunk, d->arena, CHUNK_BYTES + COLUMNS_MAX * ROW_BYTES_MAX);
    statement_bind_i64(take, 1, account->number);
    for (bool row = true; row;) {
        try(statement_step(take, &row));
        if (row)
            add_row(d, &chunk, part, take);
        must(!buf_is_over(&chunk));
        if (chunk.length > CHUNK_BYTES || (!row && chunk.length)) {
            try(store_chunk(d, account, part, buf_peek(&chunk)));
            chunk.length = 0;
        }
    }
    struct statement *drop = statement_for(d->store, part->drop);
    statement_bind_i64(drop, 1, account->number);
    return statement_run(drop, NULL);
}

struct err hold_archive_take(struct domain *d, const struct account *account) {
    for (size_t i = COUNT(parts); i > 0; i--) /* children first */
        try(take_part(d, account, &parts[i - 1]));
    return ok;
}

/* ---- out ---- */

static bool cut_value(struct text *rest, struct text *out) {
    struct text digits;
    uint64_t length;
    if (rest->length == 0 || !text_cut(rest, ':', &digits) || !text_to_u64(digits, &length) ||
        length > rest->length)
        return false;
    *out = text_part(*rest, 0, (size_t)length);
    *rest = text_from(*rest, (size_t)length);
    return true;
}

struct walk {
    const struct account *account;
    struct err (*visit)(struct domain *d, void *with, const struct hold_row *row);
    void *with;
};

static struct err walk_chunk(struct domain *d, const struct walk *w, const struct part *part,
                             struct text plain) {
    struct text values[COLUMNS_MAX];
    unsigned count = (unsigned)strlen(part->columns);
    must(count <= COLUMNS_MAX);
    while (plain.length) {
        for (unsigned i = 0; i < count; i++)
            if (!cut_value(&plain, &values[i]))
                return err_make(ERR_INTEGRITY_FAILED, "a row of the archive is broken");
        try(w->visit(d, w->with, &(struct hold_row){part->name, values, count}));
    }
    return ok;
}

static struct err next_chunk(struct domain *d, const struct account *account, const struct part *part,
                             int64_t *id, struct text *plain_out) {
    struct statement *next = statement_for(d->store, SQL_ARCHIVE_NEXT);
    bool row;
    statement_bind_i64(next, 1, account->number);
    statement_bind_text(next, 2, text_c(part->name));
    statement_bind_i64(next, 3, *id);
    try(statement_step(next, &row));
    *id = row ? column_i64(next, 0) : 0;
    struct text sealed = row ? column_text_in(next, d->arena, 1) : TEXT("");
    statement_done(next);
    if (!row)
        return ok;
    struct seal_place place = place_of(account, *id);
    return domain_unseal(d, KEY_HOLD, &place, sealed, plain_out);
}

struct err hold_archive_each(struct domain *d, const struct account *account,
                             struct err (*visit)(struct domain *d, void *with, const struct hold_row *row),
                             void *with) {
    struct walk w = {account, visit, with};
    for (size_t i = 0; i < COUNT(parts); i++) {
        struct text plain;
        for (int64_t id = -1;;) {
            try(next_chunk(d, account, &parts[i], &id, &plain));
            if (id == 0)
                break;
            try(walk_chunk(d, &w, &parts[i], plain));
        }
    }
    return ok;
}

static struct err put_row(struct domain *d, void *with, const struct hold_row *row) {
    const struct part *part = parts;
    int64_t number;
    (void)with;
    while (strcmp(part->name, row->part) != 0)
        part++;
    struct statement *put = statement_for(d->store, part->put);
    for (unsigned i = 0; i < row->count; i++) {
        if (part->columns[i] == 'n' && !text_to_i64(row->values[i], &number))
            return err_make(ERR_INTEGRITY_FAILED, "a number of the archive is broken");
        if (part->columns[i] == 'n')
            statement_bind_i64(put, i + 1, number);
        else if (part->columns[i] == 'b')
            statement_bind_bytes(put, i + 1, row->values[i]);
        else
            statement_bind_text(put, i + 1, row->values[i]);
    }
    return statement_run(put, NULL);
}

struct err hold_archive_put(struct domain *d, const struct account *account) {
    try(hold_archive_each(d, account, put_row, NULL));
    return hold_archive_drop(d, account->number);
}

struct err hold_archive_drop(struct domain *d, int64_t account) {
    struct statement *drop = statement_for(d->store, SQL_ARCHIVE_DROP);
    statement_bind_i64(drop, 1, account);
    return statement_run(drop, NULL);
}
