/* command.c: what the commands share. */
#include "app/command.h"

#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int command_fail(struct err e) {
    fprintf(stderr, "alapi: %s\n", e.say ? e.say : err_name(e.kind));
    if (e.kind == ERR_USAGE)
        return EXIT_USAGE;
    return e.kind == ERR_CONFIG ? EXIT_CONFIG : EXIT_FAILED;
}

const char *command_home(const char *option) {
    const char *set = getenv("ALAPI_HOME");
    if (option)
        return option;
    return set && *set ? set : "./run";
}

const char *command_path_in(struct arena *a, const char *path) {
    char here[4096];
    if (path[0] == '/' || !getcwd(here, sizeof here))
        return path;
    return text_say_in(a, "%s/%s", here, path);
}

const char *command_program(struct arena *a) {
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    return length < 0 ? "alapi" : text_c_in(a, text_of(path, (size_t)length));
}

const char *command_data_folder(struct arena *a) {
    const char *folder = dirname(text_c_in(a, text_c(command_program(a))));
    const char *beside = text_say_in(a, "%s/data", folder);
    if (access(beside, R_OK | X_OK) == 0)
        return beside;
    return text_say_in(a, "%s/../share/alapi/data", folder);
}
