/* cmd_account.c: alapi account list | show NAME | create NAME. */
#include "app/command.h"
#include "app/hand.h"
#include "base/clock.h"

#include <stdio.h>
#include <string.h>

static const struct option table[] = {
    OPTION_HOME, {"--email", false, false, "its e-mail address"}, {0}};

static void print(struct arena *a, const struct account *account) {
    printf("#%lld\t%.*s\t%.*s\t%.*s\t%.*s\n", (long long)account->number, TEXT_ARG(account->username), TEXT_ARG(account->state),
           TEXT_ARG(account->email), TEXT_ARG(clock_print_utc_in(a, account->created_ms)));
}

static struct err list(struct arena *a, struct hand *h) {
    for (int64_t number = 0;;) {
        struct account account;
        try(account_next(&h->domain, number, &number));
        if (!number)
            return ok;
        try(account_read(&h->domain, number, &account));
        print(a, &account);
    }
}

static struct err show(struct arena *a, struct hand *h, const char *name) {
    struct account account;
    try(hand_account(h, name, &account));
    print(a, &account);
    return ok;
}

static struct err create(struct hand *h, const struct options *o) {
    struct new_account with = {.age = TEXT("adult"), .source = "operator"};
    int64_t number;
    try(identity_username(&h->domain, text_c(o->words[1]), &with.username));
    if (options_has(o, "--email"))
        try(identity_email(&h->domain, text_c(options_value(o, "--email")), &with.contact));
    try(account_create(&h->domain, &with, NULL, NULL, &number));
    printf("#%lld\n", (long long)number);
    return ok;
}

static int run_account(struct arena *a, int argc, char **argv) {
    struct options o;
    struct hand h;
    struct err e = options_parse(a, table, argc, argv, &o);
    const char *verb = o.word_count ? o.words[0] : "";
    bool is_known = (o.word_count == 1 && strcmp(verb, "list") == 0) ||
                    (o.word_count == 2 && (strcmp(verb, "show") == 0 || strcmp(verb, "create") == 0));
    if (!e.kind && !is_known)
        e = err_make(ERR_USAGE, "usage: alapi account list | show NAME | create NAME [--email ADDRESS]");
    if (!e.kind)
        e = hand_open(a, &o, &h);
    if (e.kind)
        return command_fail(e);
    e = verb[0] == 'l' ? list(a, &h) : verb[0] == 's' ? show(a, &h, o.words[1]) : create(&h, &o);
    int code = e.kind ? command_fail(e) : 0;
    hand_close(&h);
    return code;
}

const struct command command_account = {
    .name = "account",
    .usage = "list | show NAME | create NAME [--email ADDRESS]",
    .says = "accounts, by the operator's hand",
    .run = run_account,
};
