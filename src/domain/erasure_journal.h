/* erasure_journal.h: which random numbers were erased, in a file beside the records.
 *
 * A copy of the records from before an erasure would bring the person back. So every erasure writes its
 * random number here before the key is destroyed; a program that opens records in which such a number
 * still lives refuses (restore_needs_erasure_replay) until they are erased again.
 *
 *     sequence (10 digits)  subject (20)  time in ms (15)  MAC (64 hex) over these and the MAC before
 *
 * Contract   append only, synced, safe between programs. A half-written last line is taken away by the
 *            next append; any other change is ERR_INTEGRITY_FAILED. The records know how many lines there
 *            were: a journal that was cut is noticed.
 */
#pragma once
#include "domain/domain.h"

[[nodiscard]] struct err erasure_journal_add(struct domain *d, uint64_t subject,
                                             int64_t *count_out);

/* Every line, checked. Of a journal that is not there: none. */
[[nodiscard]] struct err erasure_journal_each(struct domain *d, const char *path,
                                              struct err (*visit)(struct domain *d, void *with,
                                                                  uint64_t subject,
                                                                  int64_t time_ms),
                                              void *with, int64_t *count_out);
