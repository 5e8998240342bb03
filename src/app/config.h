/* config.h: the settings of an installation: DIR/alapi.conf, lines `name = value`.
 *
 * Contract   the table in config.c is the manual and the sample file too. A line that is not understood, a
 *            name that is unknown or a value out of its range is ERR_CONFIG with file, line and what is
 *            allowed. A missing file means the defaults. Secrets are never settings.
 */
#pragma once
#include "base/err.h"
#include "base/text.h"

#include <stdio.h>

struct config {
    uint64_t listen_port, nginx_workers, worker_processes, password_slots;
    uint64_t backup_hours, backup_keep;
    const char *backup_dir; /* empty: none is made */
    const char *listen_address, *zone, *user, *operator_name, *operator_contact;
    const char *operator_code, *operator_address, *operator_court; /* empty: not told */
};

[[nodiscard]] struct err config_load(struct arena *a, const char *path, struct config *out);

/* The commented sample. */
struct text config_sample_in(struct arena *a);
