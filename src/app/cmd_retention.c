/* cmd_retention.c: alapi retention status | reap. */
#include "app/command.h"
#include "app/hand.h"
#include "app/keeper.h"
#include "domain/clock_watch.h"
#include "domain/retention.h"

#include <stdio.h>
#include <string.h>

static const struct option table[] = {OPTION_HOME, {0}};

static struct err line(void *with, const struct retention_line *l) {
    (void)with;
    printf("%s\t%llu\t%llu\n", l->table, (unsigned long long)l->rows, (unsigned long long)l->overdue);
    return ok;
}

/* Everything that is over, at once: what the keeper does in pieces. */
static struct err reap(struct domain *d) {
    const struct clock_reading now = keeper_clock_in(d->arena);
    uint64_t gone, all = 0;
    try(clock_watch(d, &now));
    do {
        try(retention_reap(d, 100, &gone));
        all += gone;
    } while (gone >= RETENTION_BATCH);
    printf("%llu rows gone\n", (unsigned long long)all);
    return ok;
}

static int run_retention(struct arena *a, int argc, char **argv) {
    struct options o;
    struct hand h;
    struct err e = options_parse(a, table, argc, argv, &o);
    const char *verb = o.word_count == 1 ? o.words[0] : "";
    if (!e.kind && strcmp(verb, "status") != 0 && strcmp(verb, "reap") != 0)
        e = err_make(ERR_USAGE, "usage: alapi retention status | reap");
    if (!e.kind)
        e = hand_open(a, &o, &h);
    if (e.kind)
        return command_fail(e);
    e = verb[0] == 's' ? retention_each(&h.domain, line, NULL) : reap(&h.domain);
    int code = e.kind ? command_fail(e) : 0;
    hand_close(&h);
    return code;
}

const struct command command_retention = {
    .name = "retention",
    .usage = "status | reap",
    .says = "tables with a period: rows there, rows past their time; reap ends those now",
    .run = run_retention,
};
