/* cmd_token.c: alapi token create | list | revoke. */
#include "app/command.h"
#include "app/hand.h"
#include "domain/token.h"

#include <stdio.h>
#include <string.h>

static const struct option table[] = {
    OPTION_HOME,
    {"--account", false, false, "user name, e-mail address, number or #12 of the account"},
    {"--plan", false, false, "name of the plan; free without it"},
    {"--ip", false, true, "a network that may use it, such as 203.0.113.0/24; may be given again"},
    {"--api", false, true, "an API that it may call, such as /api/ip; may be given again"},
    {"--expires", false, false, "its last day, such as 2030-01-31"},
    {"--name", false, false, "what to call it"},
    {0}};

static struct text *texts_of(struct arena *a, const struct options *o, const char *name,
                             unsigned *count_out) {
    unsigned count = options_count(o, name);
    struct text *all = arena_alloc(a, sizeof *all * (count + 1));
    for (unsigned i = 0; i < count; i++)
        all[i] = text_c(options_at(o, name, i));
    *count_out = count;
    return all;
}

static struct err create(struct arena *a, struct hand *h, const struct options *o) {
    struct account account;
    struct new_token with = {.name = text_c(options_has(o, "--name") ? options_value(o, "--name") : "command line"),
                             .plan = text_c(options_value(o, "--plan"))};
    struct text secret;
    uint64_t id;
    if (!options_has(o, "--account"))
        return err_make(ERR_USAGE, "alapi token create needs --account NAME");
    try(hand_account(h, options_value(o, "--account"), &account));
    if (options_has(o, "--expires"))
        try(token_expiry_parse(&h->domain, text_c(options_value(o, "--expires")), &with.expires_s));
    with.networks = texts_of(a, o, "--ip", &with.network_count);
    with.apis = texts_of(a, o, "--api", &with.api_count);
    try(token_create(&h->domain, &account, &with, &secret, &id));
    try(hand_publish(a, h));
    printf("%.*s\n", TEXT_ARG(secret));
    return ok;
}

static struct err print(struct domain *d, void *with, const struct token *t) {
    struct account account;
    struct text name;
    (void)with;
    try(account_read(d, t->account, &account));
    try(token_name(d, &account, t, &name));
    printf("%.*s\t#%lld\t%.*s\t%s\t%.*s\n", TEXT_ARG(token_id_print_in(d->arena, t->id)), (long long)t->account,
           TEXT_ARG(t->plan_name), t->revoked_ms ? "revoked" : "live", TEXT_ARG(name));
    return ok;
}

static struct err list(struct hand *h, const struct options *o) {
    struct account account;
    int64_t number = 0;
    if (options_has(o, "--account")) {
        try(hand_account(h, options_value(o, "--account"), &account));
        return token_each(&h->domain, account.number, print, NULL);
    }
    for (;;) {
        try(account_next(&h->domain, number, &number));
        if (!number)
            return ok;
        try(token_each(&h->domain, number, print, NULL));
    }
}

static struct err revoke(struct arena *a, struct hand *h, const struct options *o) {
    struct token token;
    uint64_t id;
    struct text named = text_c(o->words[1]);
    if (named.length == TOKEN_LENGTH) /* the whole token is as good: it holds its id */
        named = text_part(named, sizeof "alk_live_" - 1, 10);
    if (!token_id_parse(named, &id))
        return err_make(ERR_USAGE, "name the token by its id: the 10 letters that alapi token list shows");
    try(token_of(&h->domain, 0, id, &token));
    try(token_revoke(&h->domain, &token));
    return hand_publish(a, h);
}

static int run_token(struct arena *a, int argc, char **argv) {
    struct options o;
    struct hand h;
    struct err e = options_parse(a, table, argc, argv, &o);
    const char *verb = o.word_count ? o.words[0] : "";
    bool is_known = (strcmp(verb, "create") == 0 && o.word_count == 1) || (strcmp(verb, "list") == 0 && o.word_count == 1) ||
                    (strcmp(verb, "revoke") == 0 && o.word_count == 2);
    if (!e.kind && !is_known)
        e = err_make(ERR_USAGE, "usage: alapi token create --account NAME [--plan PLAN] [--ip CIDR] [--api PATH] "
                                "[--expires DATE] | list [--account NAME] | revoke ID");
    if (!e.kind)
        e = hand_open(a, &o, &h);
    if (e.kind)
        return command_fail(e);
    e = verb[0] == 'c' ? create(a, &h, &o) : verb[0] == 'l' ? list(&h, &o) : revoke(a, &h, &o);
    int code = e.kind ? command_fail(e) : 0;
    hand_close(&h);
    return code;
}

const struct command command_token = {
    .name = "token",
    .usage = "create --account NAME | list | revoke ID",
    .says = "the tokens of all accounts",
    .run = run_token,
};
