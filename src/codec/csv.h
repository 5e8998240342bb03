/* csv.h: CSV out (RFC 4180), safe to open in a spreadsheet.
 *
 * Contract   a value that begins with = + - @ tab or CR gets an apostrophe before it, so that no program
 *            takes it for a formula (OWASP ASVS 5.0, 1.2.10); one that holds a comma, a quote or a line
 *            end is quoted. A number that was written as such is left alone.
 */
#pragma once
#include "base/buf.h"

void csv_text(struct buf *out, struct text value);
void csv_number(struct buf *out, int64_t value);
void csv_next(struct buf *out); /* between two values */
void csv_end(struct buf *out);  /* of the line */
