/* cmd_audit.c: alapi audit usage. */
#include "app/command.h"
#include "app/usage_audit.h"

#include <stdio.h>
#include <string.h>

static const struct option table[] = {OPTION_HOME, {0}};

static int run_audit(struct arena *a, int argc, char **argv) {
    struct options o;
    struct hand h;
    struct usage_audit audit;
    struct err e = options_parse(a, table, argc, argv, &o);
    if (!e.kind && (o.word_count != 1 || strcmp(o.words[0], "usage") != 0))
        e = err_make(ERR_USAGE, "usage: alapi audit usage");
    if (!e.kind)
        e = hand_open(a, &o, &h);
    if (e.kind)
        return command_fail(e);
    e = usage_audit(a, &h, &audit);
    hand_close(&h);
    if (e.kind)
        return command_fail(e);
    if (audit.is_wrong)
        return command_fail(err_make(ERR_CONFLICT, audit.first_wrong));
    printf("granted = left + spent + reserved holds for %llu tokens of %llu accounts; %llu units "
           "spent this month\n",
           (unsigned long long)audit.tokens, (unsigned long long)audit.accounts,
           (unsigned long long)audit.units_month);
    return 0;
}

const struct command command_audit = {
    .name = "audit",
    .usage = "usage",
    .says = "proves that what was charged is what was counted",
    .run = run_audit,
};
