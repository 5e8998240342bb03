/* export.h: everything that is held about a person, table by table, as the register says.
 *
 * Contract   a loop over store_tables: every table whose rows have an owner, every column that the register
 *            exports, sealed ones opened. So it is complete by the register, and erasure (a loop over the
 *            same register) takes the same rows. Values that do not open are told as broken, and the rest
 *            goes on. Pages are in a fixed order; the cursor behind one is sealed under the person's key
 *            and good in any later session. Rows that come or go meanwhile are told as they are then.
 * Memory     one row at a time; what a visitor is handed is gone when it returns.
 */
#pragma once
#include "domain/account.h"

struct export_value {
    const struct store_column *column;
    enum column_kind kind; /* COLUMN_NONE too where it is broken */
    struct text text;      /* of texts and bytes */
    int64_t number;
    bool is_broken; /* damaged or changed */
};

struct export_row {
    const struct store_table *table;
    int64_t ends_ms; /* 0: with the account */
    const struct export_value *values;
    unsigned count;
};

/* Whom to tell; run says false where this row is to be the page's last. */
struct export_visitor {
    bool (*run)(void *with, const struct export_row *row);
    void *with;
};

struct export_count {
    const struct store_table *table;
    uint64_t rows;
};
/* Of every table that an export has; ended by a NULL table. */
[[nodiscard]] struct err export_counts(struct domain *d, const struct account *account,
                                       struct export_count **out, uint64_t *total_out);

/* From the cursor on (empty: the beginning), `rows` rows at most. *next_out: the cursor behind, empty at
 * the end. ERR_PARAMETER_INVALID where the cursor is none of this person's. */
[[nodiscard]] struct err export_page(struct domain *d, const struct account *account,
                                     struct text after, unsigned rows,
                                     const struct export_visitor *visitor, struct text *next_out);

/* That an export was made, for the audit log: its receipt, the digest of the bytes that were given
 * (whoever has both proves what he was given), and the counts of rows. */
[[nodiscard]] struct err export_note(struct domain *d, const struct account *account,
                                     const struct export_count *counts, struct text receipt,
                                     struct text given);
