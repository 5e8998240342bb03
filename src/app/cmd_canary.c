/* cmd_canary.c: alapi canary: one life of the person that does not exist. */
#include "app/canary.h"
#include "app/command.h"
#include "base/file.h"

#include <stdio.h>
#include <unistd.h>

enum { DOOR_BYTES_MAX = 300 };

static const struct option table[] = {
    OPTION_HOME,
    {"--door", false, false, "address:port of the front door; else where `run` last opened it"},
    {0}};

/* Where nginx listens. */
static struct err find_door(struct arena *a, const struct options *o, const struct home *home,
                            const char **out) {
    struct text door;
    *out = options_value(o, "--door");
    if (*out)
        return ok;
    if (access(HOME_DOOR, F_OK) == 0) {
        try(file_read_in(a, HOME_DOOR, DOOR_BYTES_MAX, &door));
        *out = text_c_in(a, text_trim(door));
        return ok;
    }
    *out = text_say_in(a, "%s:%llu", home->config.listen_address,
                       (unsigned long long)home->config.listen_port);
    return ok;
}

static struct err live(struct arena *a, const struct options *o, struct hand *h) {
    const char *door;
    int role;
    try(home_take_role(a, "canary", &role));
    struct err e = find_door(a, o, &h->home, &door);
    if (!e.kind)
        e = canary_live(h, door);
    close(role);
    return e;
}

static int run_canary(struct arena *a, int argc, char **argv) {
    struct options o;
    struct hand h;
    struct err e = options_parse(a, table, argc, argv, &o);
    if (!e.kind && o.word_count)
        e = err_make(ERR_USAGE, "usage: alapi canary [--door ADDRESS:PORT]");
    if (!e.kind)
        e = hand_open(a, &o, &h);
    if (e.kind)
        return command_fail(e);
    e = live(a, &o, &h);
    hand_close(&h);
    if (e.kind)
        return command_fail(e);
    puts("the canary has lived, and nothing of it is left");
    return 0;
}

const struct command command_canary = {
    .name = "canary",
    .usage = "[--door ADDRESS:PORT]",
    .says = "a person that does not exist lives a whole life here; each step is a probe",
    .run = run_canary,
};
