/* hold_archive.h: what a legal hold takes out of the records, sealed under the key of holds.
 *
 * The rows of the tables in hold_part.def leave the records for the archive as they are (what in them
 * is sealed under the person's key stays so), so nothing but storage happens to them: no query of the
 * house finds them, and this file and hold.c alone know the key.
 *
 * Contract   hold_archive_take and _put join the caller's transaction; taking twice adds what is new, putting
 *            back gives every row its place again. Reading is for hold.c, which asks for case and second
 *            person.
 */
#pragma once
#include "domain/account.h"

struct hold_row {
    const char *part;
    const struct text *values; /* numbers as decimals */
    unsigned count;
};

[[nodiscard]] struct err hold_archive_take(struct domain *d, const struct account *account);
[[nodiscard]] struct err hold_archive_put(struct domain *d, const struct account *account);
[[nodiscard]] struct err hold_archive_drop(struct domain *d, int64_t account);
[[nodiscard]] struct err hold_archive_each(struct domain *d, const struct account *account,
                                           struct err (*visit)(struct domain *d, void *with,
                                                               const struct hold_row *row),
                                           void *with);
