/* report.c: see report.h. */
#include "domain/report.h"

struct err report_disclosures(struct domain *d, void (*visit)(void *with, const struct report_line *l),
                              void *with) {
    struct statement *list = statement_for(d->store, SQL_REPORT_DISCLOSURES);
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        struct report_line l = {column_text_in(list, d->arena, 0), column_text_in(list, d->arena, 1),
                                column_text_in(list, d->arena, 2), (int)column_i64(list, 3),
                                column_i64(list, 4)};
        visit(with, &l);
    }
}

struct err report_holds(struct domain *d, void (*visit)(void *with, const struct report_line *l),
                        void *with) {
    struct statement *list = statement_for(d->store, SQL_REPORT_HOLDS);
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        struct report_line l = {.half = column_text_in(list, d->arena, 0),
                                .decision = column_text_in(list, d->arena, 1),
                                .count = column_i64(list, 2)};
        visit(with, &l);
    }
}
