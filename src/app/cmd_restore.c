/* cmd_restore.c: alapi restore DIR | --replay | --drill [DIR]. */
#include "app/command.h"
#include "app/hand.h"
#include "app/restore.h"
#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>

static const struct option table[] = {
    OPTION_HOME,
    {"--keys", false, false, "a copy of the keys, where the home has none"},
    {"--journal", false, false, "a newer copy of the erasure journal"},
    {"--replay", true, false,
     "goes on with a restore, or erases again in records that were put there by hand"},
    {"--drill", true, false,
     "a rehearsal: opens the newest backup beside the service and reads it"},
    {0}};

static const char usage[] = "usage: alapi restore DIR [--keys DIR] [--journal FILE] | restore "
                            "--replay | restore --drill [DIR]";

static const char *full(struct arena *a, const char *path) {
    return path ? command_path_in(a, path) : NULL;
}

static struct err restore(struct arena *a, const struct options *o) {
    struct restore_report r;
    struct restore_options with = {full(a, o->word_count ? o->words[0] : NULL),
                                   full(a, options_value(o, "--keys")),
                                   full(a, options_value(o, "--journal"))};
    try(restore_run(a, command_home(options_value(o, "--home")), &with, &r));
    if (r.backup_ms)
        printf("restored to %.*s: passwords and tokens are as they were then\n",
               TEXT_ARG(clock_print_utc_in(a, r.backup_ms)));
    printf("%u erased again, %llu accounts, %llu of them cannot be read\n", r.erased,
           (unsigned long long)r.accounts, (unsigned long long)r.unread);
    return ok;
}

static struct err drill(struct arena *a, const struct options *o) {
    const char *folder = full(a, o->word_count ? o->words[0] : NULL);
    struct hand h;
    struct drill_report r;
    try(hand_open(a, o, &h));
    if (!folder)
        folder = h.home.config.backup_dir;
    struct err e =
        folder[0]
            ? restore_drill(&h.domain, folder, &r)
            : err_make(ERR_USAGE, "name the backups' folder, or set backup_dir in alapi.conf");
    if (e.say)
        e.say = text_say_in(a, "%s", e.say);
    hand_close(&h);
    try(e);
    printf("RPO %lld s (backup of %.*s)\nRTO %lld ms (opened, checked, read)\n%llu accounts, %llu "
           "read with the keys of now\n",
           (long long)((clock_now_ms() - r.backup_ms) / 1000),
           TEXT_ARG(clock_print_utc_in(a, r.backup_ms)), (long long)r.took_ms,
           (unsigned long long)r.accounts, (unsigned long long)r.read);
    return r.is_good ? ok : err_make(ERR_INTEGRITY_FAILED, "the backup does not read as it should");
}

static int run_restore(struct arena *a, int argc, char **argv) {
    struct options o;
    struct err e = options_parse(a, table, argc, argv, &o);
    bool is_drill = !e.kind && options_has(&o, "--drill"),
         is_replay = !e.kind && options_has(&o, "--replay");
    bool is_known = is_drill    ? o.word_count <= 1 && !is_replay
                    : is_replay ? o.word_count == 0
                                : o.word_count == 1;
    if (!e.kind && !is_known)
        e = err_make(ERR_USAGE, usage);
    if (!e.kind)
        e = is_drill ? drill(a, &o) : restore(a, &o);
    return e.kind ? command_fail(e) : 0;
}

const struct command command_restore = {
    .name = "restore",
    .usage = "DIR [--keys DIR] | --replay | --drill [DIR]",
    .says = "from a backup to a service, without whoever was erased",
    .run = run_restore,
};
