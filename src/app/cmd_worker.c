/* cmd_worker.c: alapi worker: the processes that run what is slow, hostile or asks the network. */
#include "app/command.h"
#include "app/options.h"
#include "app/worker.h"
#include "base/log.h"

static const struct option table[] = {
    {"--home", false, false, "the home directory"},
    {"--processes", false, false, "how many processes; default 2"},
    {"--user", false, false, "who to become where started as root; default www-data"},
    {"--resolver", false, false, "address of the DNS resolver, with :port; default what /etc/resolv.conf says"},
    {0},
};

static int run_worker(struct arena *a, int argc, char **argv) {
    struct options o;
    uint64_t processes;
    struct err e = options_parse(a, table, argc, argv, &o);
    if (!e.kind && o.word_count)
        e = err_make(ERR_USAGE, "usage: alapi worker [--home DIR] [--processes N] [--user NAME] [--resolver ADDRESS]");
    if (!e.kind)
        e = options_number(a, &o, "--processes", 1, WORKER_PROCESSES_MAX, WORKER_PROCESSES, &processes);
    if (e.kind)
        return command_fail(e);
    const char *user = options_value(&o, "--user");
    struct worker_settings settings = {
        .home = command_home(options_value(&o, "--home")),
        .data_folder = command_data_folder(a),
        .user = user ? user : "www-data",
        .resolver = options_value(&o, "--resolver"),
        .processes = (unsigned)processes,
    };
    log_as("worker");
    e = worker_run(a, &settings);
    return e.kind ? command_fail(e) : 0;
}

const struct command command_worker = {
    .name = "worker",
    .usage = "[--home DIR] [--processes N] [--user NAME] [--resolver ADDRESS]",
    .says = "runs the sandboxed processes that nginx hands slow and hostile calls to",
    .run = run_worker,
};
