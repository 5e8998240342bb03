/* file.h: whole files in and out.
 *
 * Contract   file_write_whole leaves the old file or the new one, never half: it writes beside it, syncs,
 *            then renames. Errors are ERR_IO with a sentence that names the path and the reason.
 */
#pragma once
#include "base/err.h"
#include "base/text.h"

#include <sys/types.h>

/* The whole file in the arena, with a NUL behind it; longer than `limit` bytes is an error. */
[[nodiscard]] struct err file_read_in(struct arena *a, const char *path, size_t limit,
                                      struct text *out);
/* One of /proc, which tells no length. */
[[nodiscard]] struct err file_read_pseudo_in(struct arena *a, const char *path, size_t limit,
                                             struct text *out);
[[nodiscard]] struct err file_write_whole(struct arena *a, const char *path, struct text content,
                                          mode_t mode);
/* The same of another file, however long, with constant memory. */
[[nodiscard]] struct err file_copy_whole(struct arena *a, const char *from, const char *to, mode_t mode);
/* A folder that is there already is ok. */
[[nodiscard]] struct err file_make_folder(struct arena *a, const char *path, mode_t mode);
/* What was made, renamed or removed in the folder survives a power cut. */
[[nodiscard]] struct err file_sync_folder(struct arena *a, const char *path);
/* Writes chance over the file, syncs, removes it and syncs its folder; one that is not there is ok. What
 * the disk itself keeps of overwritten blocks (an SSD may) is out of reach from here. */
[[nodiscard]] struct err file_shred(struct arena *a, const char *path);
/* Waits until nobody else holds this file's lock; closing *fd_out lets go of it, as the process's end
 * does. */
[[nodiscard]] struct err file_lock(struct arena *a, const char *path, int *fd_out);
[[nodiscard]] struct err file_fault(struct arena *a, const char *what, const char *path); /* from errno */
