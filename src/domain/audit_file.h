/* audit_file.h: the checkpoints beside the records, one behind the other, for carrying off.
 *
 * Contract   append only: each note as it was signed, then an empty line, written at once and synced. What
 *            a power cut left half-written is cut off before the next. Whoever signs holds the lock, so the
 *            file is in the order of signing, over all processes.
 */
#pragma once
#include "domain/domain.h"

/* Opens and locks the file, made where it is missing; *fd_out -1 where the domain keeps none. */
[[nodiscard]] struct err audit_file_lock(struct domain *d, int *fd_out);
void audit_file_unlock(int fd);

/* The size that the last whole checkpoint in it speaks for; 0: none. */
[[nodiscard]] struct err audit_file_last(struct domain *d, int fd, uint64_t *size_out);
[[nodiscard]] struct err audit_file_append(struct domain *d, int fd, struct text note);
