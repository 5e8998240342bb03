/* session_routes.c: in and out. */
#include "domain/login.h"
#include "domain/network_log.h"
#include "domain/retention.h"
#include "site/visit.h"

static struct err run_login(struct visit *v) {
    struct text who, password, cookie;
    int64_t number;
    struct account account;
    try(visit_needed_text(v, "login", &who));
    try(visit_needed_text(v, "password", &password));
    try(login(v->d, who, password, v->prefix, &number, &cookie));
    try(account_read(v->d, number, &account));
    try(network_log_note(v->d, &account, NETWORK_LOGIN));
    try(dormancy_seen(v->d, number));
    visit_set_session(v, cookie);
    struct json *j = visit_json(v, 200);
    json_put_text(j, "account",
                  text_format_in(v->d->arena, "%llu", (unsigned long long)account.subject));
    json_put_text(j, "csrf", v->answer->csrf);
    visit_end(v);
    return ok;
}

static struct err run_logout(struct visit *v) {
    try(session_end(v->d, &v->session));
    try(network_log_note(v->d, &v->account, NETWORK_LOGOUT));
    visit_set_session(v, TEXT(""));
    visit_none(v);
    return ok;
}

const struct route session_routes[] = {
    {"POST", "/account/login", run_login, "login|password", ROUTE_OPEN},
    {"POST", "/account/logout", run_logout, NULL, ROUTE_SESSION | ROUTE_UNAGREED},
    {0},
};
