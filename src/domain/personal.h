/* personal.h: the register of personal data (sql/personal.tsv), with its words.
 *
 * Contract   export, erasure, retention and the public page are loops over this; nothing about a column is
 *            written anywhere else. word() never fails for a category, purpose or basis: the build does.
 */
#pragma once
#include "domain/domain.h"

/* The words of a name: kind is "category" "purpose" "basis" "table"; a table without words is its name. */
struct text personal_word(const char *kind, const char *name, bool is_english);

/* What a column is called outside: without "_sealed"; a time without its "_ms". */
struct text personal_name(const char *column);
struct text personal_field(const char *column); /* as its seals name it: without "_sealed" alone */
bool personal_is_time(const char *column);

/* "90 天" "90 days"; "至注销" "until you cancel". */
struct text personal_period_in(struct arena *a, const char *retention, bool is_english);

const struct store_table *personal_table(const char *name); /* must be there */
const struct store_retention *
personal_retention(const char *table); /* NULL: as long as the account */

/* Says what the records' real columns and the register do not both have; ERR_CONFLICT with the first of
 * them. */
[[nodiscard]] struct err personal_check(struct domain *d);
