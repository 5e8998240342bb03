/* login.c: see login.h. */
#include "domain/login.h"
#include "domain/network_log.h"
#include "domain/session.h"
#include "domain/throttle.h"

enum { PASSWORD_BYTES_MAX = 1024 };

struct attempt {
    struct text pair;
    const struct account *account; /* NULL: nobody's */
};

static struct err note_failure(struct domain *d, void *with) {
    const struct attempt *a = with;
    if (a->account)
        try(network_log_note(d, a->account, NETWORK_LOGIN_FAILED));
    return throttle_failed(d, "login", a->pair);
}

/* The account behind the name, or none; a broken or half-erased one is none. */
static struct err find_account(struct domain *d, struct text who, struct account *account,
                               bool *found_out) {
    struct identity identity;
    int64_t number = 0;
    *found_out = false;
    if (!identity_guess(d, who, &identity))
        return ok;
    try(account_find(d, &identity, &number));
    if (number == 0)
        return ok;
    struct err e = account_read(d, number, account);
    if (e.kind == ERR_NOT_FOUND)
        return ok;
    *found_out = !e.kind && !account->is_erasing;
    return e;
}

struct err login(struct domain *d, struct text who, struct text password, struct text prefix,
                 int64_t *account_out, struct text *cookie_out) {
    struct identity identity;
    struct account account;
    struct text normal;
    bool found;
    if (password.length > PASSWORD_BYTES_MAX || !identity_normal_password(d, password, &normal))
        return err_make(ERR_LOGIN_FAILED, "the account or the password is wrong");
    struct text name = identity_guess(d, who, &identity) ? identity.canonical : who;
    struct attempt attempt = {
        text_format_in(d->arena, "%.*s %.*s", TEXT_ARG(name), TEXT_ARG(prefix)), NULL};
    try(throttle_may_try(d, "login", attempt.pair));
    try(find_account(d, who, &account, &found));
    struct err e = account_check_password(d, found ? &account : NULL, normal);
    attempt.account = found ? &account : NULL;
    if (e.kind == ERR_LOGIN_FAILED)
        try(domain_in_transaction(d, note_failure, &attempt));
    if (e.kind)
        return e;
    if (!account.is_active)
        return err_make(ERR_ACCOUNT_SUSPENDED, "the account is suspended");
    try(throttle_forget(d, "login", attempt.pair));
    try(session_start(d, account.number, cookie_out));
    *account_out = account.number;
    return ok;
}
