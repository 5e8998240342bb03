/* prober_token.c: the account and the token that the prober asks with. */
#include "app/prober.h"
#include "base/clock.h"
#include "base/file.h"
#include "domain/token.h"
#include "domain/usage.h"

#include <unistd.h>

static struct err own_account(struct domain *d, struct account *out) {
    struct new_account with = {.age = TEXT("adult"), .source = "operator"};
    struct statement *find = statement_for(d->store, SQL_UNCOUNTED_FIND);
    bool row;
    int64_t number;
    try(statement_step(find, &row));
    number = row ? column_i64(find, 0) : 0;
    statement_done(find);
    if (number)
        return account_read(d, number, out);
    try(identity_username(d, TEXT("alapi_prober"), &with.username));
    try(account_find(d, &with.username, &number));
    if (!number)
        try(account_create(d, &with, NULL, NULL, &number));
    try(account_read(d, number, out));
    if (!text_equal_c(out->source, "operator"))
        return err_make(ERR_CONFLICT,
                        "the name alapi_prober is a person's, so the prober has no account");
    return uncounted_add(d, number);
}

/* It works no more, or its file is gone. */
static struct err end_token(struct domain *d, void *with, const struct token *t) {
    (void)with;
    return t->revoked_ms ? ok : token_revoke(d, t);
}

static struct err make(struct domain *d, struct text *out) {
    const struct new_token new = {.name = TEXT("prober"), .plan = TEXT("unlimited")};
    struct account account;
    uint64_t id;
    try(own_account(d, &account));
    try(token_each(d, account.number, end_token, NULL));
    return token_create(d, &account, &new, out, &id);
}

static struct err make_token(struct arena *a, struct home *home, struct text *out) {
    struct random chance = random_system();
    struct store *store;
    try(home_store(a, &store));
    struct domain d = home_domain(home, a, store, &chance, clock_now_ms());
    struct err e = make(&d, out);
    if (e.say)
        e.say = text_say_in(a, "%s", e.say);
    store_close(store);
    if (!e.kind)
        e = file_write_whole(a, HOME_PROBE_TOKEN, text_format_in(a, "%.*s\n", TEXT_ARG(*out)),
                             0400);
    return e;
}

struct err prober_token(struct arena *a, struct home *home, bool is_refused, struct text *out) {
    if (!is_refused && access(HOME_PROBE_TOKEN, F_OK) == 0)
        return home_secret(a, HOME_PROBE_TOKEN, out);
    return make_token(a, home, out);
}
