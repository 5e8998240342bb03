/* backup.h: copies of the records that bring nobody back.
 *
 *     FOLDER/<time>/main.db.sealed   the records without what can be made again (sql/sqlite/backup.sql)
 *     FOLDER/<time>/alapi.conf.sealed, log.sealed   the settings, the checkpoints of the audit log
 *     FOLDER/<time>/erasures.log     the erasure journal as it was then: random numbers and times
 *     FOLDER/erasures.log            the journal as of the last minute: younger than the newest backup
 *     FOLDER/<time>/manifest         when, which schema, each file's length and digest, a MAC over it all
 *
 * Contract   made while the service works; whole or not there (made beside, then renamed); 0700 and 0600;
 *            each file sealed under a key of its own, which the key process makes of its name. No key of
 *            any person is in it: what is sealed in the records opens only with the keys of now, and after
 *            seven days (epoch.h) with none for whoever was erased. The keys are copied apart, by the
 *            operator's own hand (backup_keys).
 * Not here   the ledger: what it counts is in the records within a second, and a copy of a
 *            file that others are writing would be torn. At most that last second of counts is missing.
 */
#pragma once
#include "app/home.h"

enum { BACKUP_FILES_MAX = 8, BACKUP_NAME_BYTES = 32 };

struct backup_file {
    struct text name;
    uint64_t bytes;
    struct text digest; /* hex */
};

struct backup {
    const char *folder; /* FOLDER/<time> */
    struct text name;   /* <time> */
    int64_t time_ms;
    unsigned schema;
    struct backup_file files[BACKUP_FILES_MAX];
    unsigned count;
};

/* *out: what was made. Backups beyond the newest `keep` are removed (0: none is). */
[[nodiscard]] struct err backup_make(struct domain *d, const char *folder, unsigned keep,
                                     struct backup *out);

/* The backup at `folder`, or the newest in it; checked: manifest, lengths, digests. ERR_CONFIG where
 * there is none. */
[[nodiscard]] struct err backup_find(struct domain *d, const char *folder, struct backup *out);
/* When the newest was made; 0: there is none. */
[[nodiscard]] struct err backup_newest(struct domain *d, const char *folder, int64_t *time_out);

/* A sealed file of it, opened into `to`. ERR_NOT_FOUND where the backup has none of that name. */
[[nodiscard]] struct err backup_open(struct domain *d, const struct backup *b, const char *name,
                                     const char *to);

/* Brings FOLDER/erasures.log up to date, where it is not. */
[[nodiscard]] struct err backup_ship_journal(struct domain *d, const char *folder);

/* Copies master.key, the wrapping keys and keys.db into the folder, and destroys an older copy there: it
 * would open what was erased since. */
[[nodiscard]] struct err backup_keys(struct domain *d, const char *folder);
