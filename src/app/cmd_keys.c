/* cmd_keys.c: alapi keys status | rotate. */
#include "app/command.h"
#include "app/hand.h"
#include "base/clock.h"
#include "domain/epoch.h"

#include <stdio.h>
#include <string.h>

static const struct option table[] = {OPTION_HOME, {0}};

static struct err status(struct domain *d) {
    struct epoch_state s;
    struct text asked;
    try(epoch_state(d, &s));
    printf("epoch %lld of %.*s, %llu keys not yet wrapped by it\n", (long long)s.current,
           TEXT_ARG(clock_print_utc_in(d->arena, s.made_ms)), (unsigned long long)s.waiting);
    try(key_status_in(d->keys, d->arena, &asked));
    printf("asked of the key process since it started:\n%.*s", TEXT_ARG(asked));
    return ok;
}

static struct err rotate(struct domain *d) {
    unsigned destroyed;
    try(epoch_rotate(d, true, EPOCH_ALL, &destroyed));
    printf("%u old wrapping key(s) destroyed: copies from before open nothing any more\n",
           destroyed);
    return status(d);
}

static int run_keys(struct arena *a, int argc, char **argv) {
    struct options o;
    struct hand h;
    struct err e = options_parse(a, table, argc, argv, &o);
    const char *verb = o.word_count == 1 ? o.words[0] : "";
    if (!e.kind && strcmp(verb, "status") != 0 && strcmp(verb, "rotate") != 0)
        e = err_make(ERR_USAGE, "usage: alapi keys status | rotate");
    if (!e.kind)
        e = hand_open(a, &o, &h);
    if (e.kind)
        return command_fail(e);
    e = verb[0] == 's' ? status(&h.domain) : rotate(&h.domain);
    int code = e.kind ? command_fail(e) : 0;
    hand_close(&h);
    return code;
}

const struct command command_keys = {
    .name = "keys",
    .usage = "status | rotate",
    .says = "the wrapping keys of persons' keys, and what the key process was asked; rotate ends the current one now",
    .run = run_keys,
};
