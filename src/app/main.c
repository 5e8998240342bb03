/* main.c: alapi COMMAND …: finds the command and runs it. */
#include "app/command.h"
#include "base/limits.h"

#include <stdio.h>
#include <string.h>

static const struct command *const commands[] = {
    &command_run,  &command_serve, &command_worker, &command_call,   &command_api, &command_account,
    &command_token, &command_plan,   &command_audit, &command_canary, &command_policy, &command_doctor,
    &command_connector, &command_staff, &command_hold, &command_disclosure, &command_mail,
    &command_assessment, &command_transfer, &command_backup, &command_restore, &command_keys, &command_keyd,
    &command_reload, &command_retention, &command_prober, NULL,
};

static void print_usage(FILE *out) {
    fputs("usage: alapi COMMAND …\n\n", out);
    for (size_t i = 0; commands[i]; i++)
        fprintf(out, "  %-10s %-46s %s\n", commands[i]->name, commands[i]->usage, commands[i]->says);
    fputs("\nAll take --home DIR (or ALAPI_HOME; ./run without either).\n", out);
}

int main(int argc, char **argv) {
    if (argc < 2) {
        print_usage(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0) {
        print_usage(stdout);
        return 0;
    }
    for (size_t i = 0; commands[i]; i++) {
        if (strcmp(commands[i]->name, argv[1]) != 0)
            continue;
        struct arena a;
        arena_init(&a, LIMIT_ARENA_BYTES);
        int code = commands[i]->run(&a, argc - 2, argv + 2);
        arena_done(&a);
        return code;
    }
    fprintf(stderr, "alapi: there is no command %s; alapi help lists them\n", argv[1]);
    return EXIT_USAGE;
}
