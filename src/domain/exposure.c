/* exposure.c: see exposure.h. */
#include "domain/exposure.h"
#include "domain/audit.h"
#include "domain/notice.h"
#include "domain/token.h"

struct exposing {
    int64_t account;
    uint64_t token;
};

static struct err is_first(struct domain *d, uint64_t token, bool *out) {
    struct statement *add = statement_for(d->store, SQL_EXPOSURE_ADD);
    statement_bind_i64(add, 1, (int64_t)token);
    statement_bind_i64(add, 2, d->now_ms);
    try(statement_step(add, out));
    statement_done(add);
    return ok;
}

static struct err note(struct domain *d, void *with) {
    const struct exposing *e = with;
    struct account account;
    struct token token;
    struct text name;
    bool first;
    try(is_first(d, e->token, &first));
    if (!first)
        return ok;
    try(account_read(d, e->account, &account));
    try(token_of(d, e->account, e->token, &token));
    try(token_name(d, &account, &token, &name));
    try(audit_note(d, &(struct audit_event){.actor_kind = AUDIT_SYSTEM,
                                            .action = "token.exposed",
                                            .about = &account,
                                            .object = text_format_in(d->arena, "%llu", (unsigned long long)e->token),
                                            .purpose = "security"}));
    notice_send(d, &account, NOTICE_TOKEN_EXPOSED, name);
    return ok;
}

struct err exposure_note(struct domain *d, int64_t account, uint64_t token) {
    struct exposing e = {account, token};
    return domain_join_transaction(d, note, &e);
}
