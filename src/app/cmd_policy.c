/* cmd_policy.c: alapi policy list | check FILE. */
#include "app/command.h"
#include "app/options.h"
#include "app/policy_check.h"
#include "domain/policy.h"

#include <stdio.h>
#include <string.h>

static const struct option table[] = {
    {"--home", false, false, "the home directory"},
    {0},
};

static int run_policy(struct arena *a, int argc, char **argv) {
    struct options o;
    struct policy *policy = arena_alloc(a, sizeof *policy);
    struct err e = options_parse(a, table, argc, argv, &o);
    if (!e.kind && o.word_count == 2 && strcmp(o.words[0], "check") == 0)
        return policy_check_run(a, o.words[1]);
    if (!e.kind && (o.word_count != 1 || strcmp(o.words[0], "list") != 0))
        e = err_make(ERR_USAGE, "usage: alapi policy list | check FILE");
    if (!e.kind)
        e = policy_read(a, policy_texts, policy);
    if (e.kind)
        return command_fail(e);
    for (unsigned i = 0; i < policy->count; i++) {
        const struct policy_version *v = &policy->versions[i];
        unsigned sentences = 0;
        for (unsigned k = 0; k < v->line_count; k++)
            sentences += !v->lines[k].is_heading;
        printf("%.*s\tpublished %.*s\teffective %.*s\t%u sentences\t%.*s%s\n", TEXT_ARG(v->version),
               TEXT_ARG(v->published), TEXT_ARG(v->effective), sentences,
               TEXT_ARG(digest_print_in(a, &v->digest)),
               v == policy_in_force(policy) ? "\tin force" : "");
    }
    return 0;
}

const struct command command_policy = {
    .name = "policy",
    .usage = "list | check FILE",
    .says = "the versions of the privacy policy",
    .run = run_policy,
};
