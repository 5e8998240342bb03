/* command.h: the subcommands of alapi, one file each.
 *
 * Contract   a command returns its exit code: 0, 1 (it failed), 64 (wrong usage), 78 (wrong configuration).
 *            An error is one sentence on stderr; stdout holds results only.
 */
#pragma once
#include "base/err.h"
#include "base/text.h"

enum { EXIT_FAILED = 1, EXIT_USAGE = 64, EXIT_CONFIG = 78 };

struct command {
    const char *name, *usage, *says;
    int (*run)(struct arena *a, int argc, char **argv); /* the words behind the command's name */
};

/* Prints "alapi: <sentence>" and gives the exit code that fits the kind. */
int command_fail(struct err e);

/* The home directory: --home, else ALAPI_HOME, else ./run. */
const char *command_home(const char *option);

/* A path as it was given, good after the working folder has changed. */
const char *command_path_in(struct arena *a, const char *path);

/* The path of this program. */
const char *command_program(struct arena *a);

/* Where the installation keeps its files: beside the program, else ../share/alapi. */
const char *command_data_folder(struct arena *a);

extern const struct command command_account, command_api, command_assessment, command_audit,
    command_backup, command_call, command_connector,
    command_canary, command_keyd, command_keys, command_prober, command_restore, command_retention,
    command_disclosure, command_doctor, command_hold, command_mail, command_plan, command_policy,
    command_reload, command_run,
    command_serve, command_staff, command_token, command_transfer, command_worker;
