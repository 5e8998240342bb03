/* cmd_serve.c: alapi serve: the control plane, in the foreground. */
#include "app/command.h"
#include "app/options.h"
#include "app/serve.h"
#include "app/supervisor.h"
#include "base/log.h"

static const struct option table[] = {
    {"--home", false, false, "the home directory"},
    {"--supervised", true, false, "the socket is there: descriptor 3, and so is a key process (for alapi run)"},
    {"--development", true, false, "show the outbox at /dev/outbox"},
    {0},
};

static int run_serve(struct arena *a, int argc, char **argv) {
    struct options o;
    struct home home;
    struct err e = options_parse(a, table, argc, argv, &o);
    if (e.kind)
        return command_fail(e);
    if (o.word_count)
        return command_fail(err_make(ERR_USAGE, "usage: alapi serve [--home DIR] [--development]"));
    log_as("serve");
    e = home_prepare(a, command_home(options_value(&o, "--home")),
                     options_has(&o, "--supervised") ? HOME_KEYD_AWAIT : HOME_KEYD_ANY, &home);
    if (e.kind)
        return command_fail(e);
    const struct serve_options how = {.is_development = options_has(&o, "--development"),
                                      .listener = options_has(&o, "--supervised") ? SUPERVISED_LISTENER : -1};
    e = serve_run(a, &home, &how);
    home_leave(&home);
    return e.kind ? command_fail(e) : 0;
}

const struct command command_serve = {
    .name = "serve",
    .usage = "[--home DIR] [--development]",
    .says = "the control plane: accounts, tokens, usage, pages",
    .run = run_serve,
};
