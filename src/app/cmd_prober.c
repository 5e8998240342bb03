/* cmd_prober.c: alapi prober: looks at the service from outside; alapi prober verify: whether what it saw
 * was left as it was. */
#include "app/command.h"
#include "app/options.h"
#include "app/prober.h"
#include "base/clock.h"
#include "base/log.h"
#include "domain/claims.h"
#include "domain/probe_log.h"

#include <stdio.h>
#include <string.h>

static const struct option table[] = {
    {"--home", false, false, "the home directory"},
    {"--door", false, false, "address:port of the front door; else where `run` last opened it"},
    {0}};

static void take_line(void *with, const struct probe_line *line) {
    availability_put(with, line->slot, line->state);
}

static struct err verify(struct arena *a, const struct home *home) {
    struct availability *seen = availability_new();
    struct probe_log_place place = prober_place(a, home, true);
    struct probe_log log;
    struct err e = probe_log_open(a, &place, take_line, seen, &log);
    struct availability_sum sum = availability_sum(seen, clock_now_ms() / (SLOT_S * 1000));
    availability_free(seen);
    try(e);
    if (log.fault[0])
        return err_make(ERR_INTEGRITY_FAILED,
                        text_say_in(a, "the prober's log is damaged: %s", log.fault));
    printf("the prober's log is whole: %llu lines; of the last 30 days %lld s up, %lld s down, "
           "%lld s unknown\n",
           (unsigned long long)log.lines, (long long)sum.up_s, (long long)sum.down_s,
           (long long)sum.unknown_s);
    return ok;
}

static int run_prober(struct arena *a, int argc, char **argv) {
    struct options o;
    struct home home;
    struct err e = options_parse(a, table, argc, argv, &o);
    bool is_verify = !e.kind && o.word_count == 1 && strcmp(o.words[0], "verify") == 0;
    if (!e.kind && o.word_count && !is_verify)
        e = err_make(ERR_USAGE, "usage: alapi prober [--door ADDRESS:PORT] | prober verify");
    log_as("prober");
    if (!e.kind)
        e = home_enter(a, command_home(options_value(&o, "--home")), &home);
    if (e.kind)
        return command_fail(e);
    e = is_verify ? verify(a, &home) : prober_run(a, &home, options_value(&o, "--door"));
    home_leave(&home);
    return e.kind ? command_fail(e) : 0;
}

const struct command command_prober = {
    .name = "prober",
    .usage = "[--door ADDRESS:PORT] | verify",
    .says =
        "asks at the front door every ten seconds; the public state and availability come from it",
    .run = run_prober,
};
