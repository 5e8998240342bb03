/* cmd_backup.c: alapi backup DIR [--keys]. */
#include "app/backup.h"
#include "app/command.h"
#include "app/hand.h"

#include <stdio.h>
#include <stdlib.h>

static const struct option table[] = {
    OPTION_HOME,
    {"--keys", true, false, "copies the keys instead, which no other backup has"},
    {"--keep", false, false, "how many backups the folder keeps; all without it"},
    {0}};

static struct err make(struct hand *h, const struct options *o, const char *folder) {
    struct backup b;
    uint64_t keep;
    try(options_number(h->domain.arena, o, "--keep", 1, 4096, 0, &keep));
    try(backup_make(&h->domain, folder, (unsigned)keep, &b));
    puts(b.folder);
    return ok;
}

static struct err make_keys(struct hand *h, const char *folder) {
    try(backup_keys(&h->domain, folder));
    fprintf(stderr, "alapi: this folder opens everything: keep it apart from the backups, and make "
                    "it anew each week; an "
                    "older copy opens what was erased since\n");
    puts(folder);
    return ok;
}

static int run_backup(struct arena *a, int argc, char **argv) {
    struct options o;
    struct hand h;
    struct err e = options_parse(a, table, argc, argv, &o);
    if (!e.kind && o.word_count != 1)
        e = err_make(ERR_USAGE, "usage: alapi backup DIR [--keep N] | backup DIR --keys");
    if (e.kind)
        return command_fail(e);
    const char *folder = command_path_in(a, o.words[0]); /* the home becomes the working folder */
    e = hand_open(a, &o, &h);
    if (e.kind)
        return command_fail(e);
    e = options_has(&o, "--keys") ? make_keys(&h, folder) : make(&h, &o, folder);
    int code = e.kind ? command_fail(e) : 0;
    hand_close(&h);
    return code;
}

const struct command command_backup = {
    .name = "backup",
    .usage = "DIR [--keep N] | DIR --keys",
    .says = "a sealed copy of the records, while the service works; or of the keys",
    .run = run_backup,
};
