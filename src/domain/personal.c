/* personal.c: see personal.h. */
#include "domain/personal.h"
#include "base/must.h"

#include <string.h>

struct text personal_word(const char *kind, const char *name, bool is_english) {
    for (const struct store_word *w = store_words; w->kind; w++)
        if (strcmp(w->kind, kind) == 0 && strcmp(w->name, name) == 0)
            return text_c(is_english ? w->en : w->zh);
    return text_c(name);
}

static struct text without(struct text name, struct text ending) {
    return text_ends(name, ending) ? text_part(name, 0, name.length - ending.length) : name;
}

struct text personal_name(const char *column) {
    return without(without(text_c(column), TEXT("_sealed")), TEXT("_ms"));
}

struct text personal_field(const char *column) {
    return without(text_c(column), TEXT("_sealed"));
}

bool personal_is_time(const char *column) {
    return text_ends(text_c(column), TEXT("_ms"));
}

struct text personal_period_in(struct arena *a, const char *retention, bool is_english) {
    struct text rest = text_c(retention), number;
    if (strcmp(retention, "account") == 0)
        return is_english ? TEXT("until you cancel the account") : TEXT("至注销账户");
    must(text_cut(&rest, ' ', &number));
    if (is_english)
        return text_c(retention);
    const char *unit = text_equal_c(rest, "days")    ? "天"
                       : text_equal_c(rest, "hours") ? "小时"
                                                     : "分钟";
    return text_format_in(a, "%.*s %s", TEXT_ARG(number), unit);
}

const struct store_table *personal_table(const char *name) {
    const struct store_table *t = store_tables;
    while (t->name && strcmp(t->name, name) != 0)
        t++;
    must(t->name != NULL);
    return t;
}

const struct store_retention *personal_retention(const char *table) {
    for (const struct store_retention *r = store_retentions; r->table; r++)
        if (strcmp(r->table, table) == 0)
            return r;
    return NULL;
}

/* ---- the register and what is really there ---- */

static bool lists(struct text table, struct text column) {
    for (const struct store_column *c = store_columns; c->table; c++)
        if (text_equal_c(table, c->table) && text_equal_c(column, c->column))
            return true;
    return false;
}

struct err personal_check(struct domain *d) {
    struct statement *list = statement_for(d->store, SQL_SCHEMA_COLUMNS);
    size_t listed = 0, there = 0;
    for (const struct store_column *c = store_columns; c->table; c++)
        listed++;
    for (bool row;; there++) {
        try(statement_step(list, &row));
        if (!row)
            break;
        struct text table = column_text_in(list, d->arena, 0),
                    column = column_text_in(list, d->arena, 1);
        if (lists(table, column))
            continue;
        statement_done(list);
        return err_make(ERR_CONFLICT,
                        text_say_in(d->arena,
                                    "the column %.*s.%.*s is not in the register of personal data",
                                    TEXT_ARG(table), TEXT_ARG(column)));
    }
    if (there != listed)
        return err_make(ERR_CONFLICT,
                        "the register of personal data lists columns that the records do not have");
    return ok;
}
