/* cmd_staff.c: alapi staff list | invite NAME --role ROLE … | end NAME: the operator's people. */
#include "app/command.h"
#include "app/hand.h"
#include "base/clock.h"
#include "domain/staff.h"

#include <stdio.h>
#include <string.h>

static const struct option table[] = {
    OPTION_HOME,
    {"--role", false, true, "owner, support, privacy, auditor or reader; may be given again"},
    {0}};

static struct err print(struct domain *d, void *with, const struct staff_member *m) {
    struct account account;
    (void)with;
    try(account_read(d, m->account, &account));
    printf("#%lld\t%.*s\t%.*s\t%.*s\n", (long long)m->account, TEXT_ARG(account.username),
           TEXT_ARG(staff_roles_print_in(d->arena, m->roles)),
           TEXT_ARG(clock_print_utc_in(d->arena, m->since_ms)));
    return ok;
}

/* The token alone goes to stdout; where it is used, to whoever reads the help. */
static struct err invite(struct hand *h, const struct options *o) {
    struct account account;
    struct text token;
    unsigned roles = 0;
    for (unsigned i = 0; i < options_count(o, "--role"); i++) {
        unsigned role = staff_role_of(text_c(options_at(o, "--role", i)));
        if (!role)
            return err_make(ERR_USAGE, "--role is owner, support, privacy, auditor or reader");
        roles |= role;
    }
    if (!roles)
        return err_make(ERR_USAGE, "name a role: --role owner|support|privacy|auditor|reader");
    try(hand_account(h, o->words[1], &account));
    try(staff_invite(&h->domain, account.number, roles, 0, &token));
    printf("%.*s\n", TEXT_ARG(token));
    return ok;
}

static struct err end(struct hand *h, const char *name) {
    struct account account;
    struct staff_member who;
    try(hand_account(h, name, &account));
    try(staff_member(&h->domain, account.number, &who));
    return staff_end(&h->domain, &who, 0);
}

static int run_staff(struct arena *a, int argc, char **argv) {
    struct options o;
    struct hand h;
    struct err e = options_parse(a, table, argc, argv, &o);
    const char *verb = o.word_count ? o.words[0] : "";
    bool is_known = (o.word_count == 1 && strcmp(verb, "list") == 0) ||
                    (o.word_count == 2 && (strcmp(verb, "invite") == 0 || strcmp(verb, "end") == 0));
    if (!e.kind && !is_known)
        e = err_make(ERR_USAGE, "usage: alapi staff list | invite NAME --role ROLE … | end NAME");
    if (!e.kind)
        e = hand_open(a, &o, &h);
    if (e.kind)
        return command_fail(e);
    e = verb[0] == 'l'   ? staff_each(&h.domain, print, NULL)
        : verb[0] == 'i' ? invite(&h, &o)
                         : end(&h, o.words[1]);
    int code = e.kind ? command_fail(e) : 0;
    hand_close(&h);
    return code;
}

const struct command command_staff = {
    .name = "staff",
    .usage = "list | invite NAME --role ROLE … | end NAME",
    .says = "the operator's people; a token for /admin/join",
    .run = run_staff,
};
