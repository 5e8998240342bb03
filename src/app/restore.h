/* restore.h: from a backup to a service, without anybody who was erased.
 *
 *   1 a mark says that a restore is under way: no program opens the home before it is done
 *   2 the records of the backup stand in the place of those that were there
 *   3 whoever is in the erasure journal (the home's, the backup's, the one given) is erased again
 *   4 the blind index is made anew from the sealed names and contacts; the published catalogue too
 *   5 the mark goes
 *
 * Contract   any step may be the last; `alapi restore --replay` goes on from the mark. What was changed
 *            since the backup is as it was then (passwords, revoked tokens): the command says so.
 */
#pragma once
#include "app/backup.h"
#include "app/home.h"

struct restore_options {
    const char *backup;  /* NULL: the records that are there already are gone on with */
    const char *keys;    /* a copy of the keys; NULL: the home's own */
    const char *journal; /* a newer copy of the erasure journal; NULL: none */
};

struct restore_report {
    int64_t backup_ms;
    unsigned erased;           /* again */
    uint64_t accounts, unread; /* unread: without a key, or damaged */
};

[[nodiscard]] struct err restore_run(struct arena *a, const char *folder,
                                     const struct restore_options *options,
                                     struct restore_report *out);

/* A rehearsal: the newest backup is opened beside the service, checked and read with the keys of now. */
struct drill_report {
    int64_t backup_ms, took_ms; /* what would be lost: all since backup_ms */
    uint64_t accounts, read;
    bool is_good;
};
[[nodiscard]] struct err restore_drill(struct domain *d, const char *folder,
                                       struct drill_report *out);
