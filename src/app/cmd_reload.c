/* cmd_reload.c: alapi reload: the settings are read anew by what runs, without a request being dropped.
 *
 * What can be seen from here (a line that is not understood, a certificate that is not there) is said
 * here, and nothing is asked. The rest is `alapi run`'s: it lets nginx look at the new configuration
 * first, and its log has reloaded, or reload_refused and why.
 */
#include "app/command.h"
#include "app/hand.h"
#include "app/home.h"
#include "app/options.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { NUMBER_BYTES_MAX = 32 };

static const struct option table[] = {OPTION_HOME, {0}};

static struct err can_be_read(struct arena *a, const char *path) {
    if (!*path || access(path, R_OK) == 0)
        return ok;
    return err_make(ERR_CONFIG, text_say_in(a, "%s cannot be read: %s; mend tls_certificate or tls_key in alapi.conf", path,
                                            strerror(errno)));
}

/* Who has the role `run` in this home; ERR_CONFLICT where nobody has. */
static struct err find_run(struct arena *a, pid_t *out) {
    struct text line;
    uint64_t number;
    int lock = open(HOME_RUN_LOCK, O_RDONLY | O_CLOEXEC);
    bool is_free = lock < 0 || flock(lock, LOCK_SH | LOCK_NB) == 0;
    if (lock >= 0)
        close(lock);
    if (is_free)
        return err_make(ERR_CONFLICT, "no `alapi run` is at work in this home; the next one reads the settings at its start");
    try(file_read_in(a, HOME_RUN_LOCK, NUMBER_BYTES_MAX, &line));
    if (!text_to_u64(text_trim(line), &number) || number < 2 || number > INT32_MAX)
        return err_make(ERR_CONFLICT, HOME_RUN_LOCK " does not name a process; start `alapi run` again");
    *out = (pid_t)number;
    return ok;
}

static struct err ask_for_reload(struct arena *a, const char *home) {
    struct config config;
    pid_t run;
    if (chdir(home) != 0)
        return err_make(ERR_CONFIG, text_say_in(a, "there is no home %s (%s)", home, strerror(errno)));
    try(config_load(a, "alapi.conf", &config));
    try(can_be_read(a, config.tls_certificate));
    try(can_be_read(a, config.tls_key));
    try(find_run(a, &run));
    if (kill(run, SIGHUP) != 0)
        return file_fault(a, "cannot signal", "`alapi run`");
    printf("alapi run (%d) reads its settings anew; its log says reloaded, or reload_refused and why\n", (int)run);
    return ok;
}

static int run_reload(struct arena *a, int argc, char **argv) {
    struct options o;
    struct err e = options_parse(a, table, argc, argv, &o);
    if (!e.kind && o.word_count)
        e = err_make(ERR_USAGE, "usage: alapi reload [--home DIR]");
    if (!e.kind)
        e = ask_for_reload(a, command_home(options_value(&o, "--home")));
    return e.kind ? command_fail(e) : 0;
}

const struct command command_reload = {
    .name = "reload",
    .usage = "",
    .says = "settings and certificates anew, no request dropped",
    .run = run_reload,
};
