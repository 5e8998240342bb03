/* staff.c: see staff.h. */
#include "domain/staff.h"
#include "base/must.h"
#include "domain/audit.h"

enum { INVITE_BYTES = 32 };

static const struct {
    const char *name;
    unsigned role;
} roles_known[] = {{"owner", STAFF_OWNER},
                   {"support", STAFF_SUPPORT},
                   {"privacy", STAFF_PRIVACY},
                   {"auditor", STAFF_AUDITOR},
                   {"reader", STAFF_READER}};

unsigned staff_role_of(struct text name) {
    for (size_t i = 0; i < COUNT(roles_known); i++)
        if (text_equal_c(name, roles_known[i].name))
            return roles_known[i].role;
    return 0;
}

struct text staff_roles_print_in(struct arena *a, unsigned roles) {
    struct text all = TEXT("");
    for (size_t i = 0; i < COUNT(roles_known); i++)
        if (roles & roles_known[i].role)
            all = text_format_in(a, "%.*s%s%s", TEXT_ARG(all), all.length ? "," : "",
                                 roles_known[i].name);
    return all;
}

/* ---- who is there ---- */

struct err staff_roles(struct domain *d, int64_t account, unsigned *roles_out) {
    struct statement *get = statement_for(d->store, SQL_STAFF_GET);
    bool row;
    statement_bind_i64(get, 1, account);
    try(statement_step(get, &row));
    *roles_out = row ? (unsigned)column_i64(get, 0) : 0;
    statement_done(get);
    return ok;
}

struct err staff_set(struct domain *d, int64_t account, unsigned roles) {
    struct statement *put = statement_for(d->store, SQL_STAFF_PUT);
    statement_bind_i64(put, 1, account);
    statement_bind_i64(put, 2, roles & STAFF_ANY);
    statement_bind_i64(put, 3, d->now_ms);
    return statement_run(put, NULL);
}

static struct staff_member read_row(struct statement *s) {
    return (struct staff_member){.account = column_i64(s, 0),
                                 .subject = (uint64_t)column_i64(s, 1),
                                 .roles = (unsigned)column_i64(s, 2),
                                 .since_ms = column_i64(s, 3)};
}

static struct err find_member(struct domain *d, enum store_sql query, int64_t key,
                              struct staff_member *out) {
    struct statement *get = statement_for(d->store, query);
    bool row;
    statement_bind_i64(get, 1, key);
    try(statement_step(get, &row));
    if (!row)
        return err_make(ERR_NOT_FOUND, "nobody of the staff has this name");
    *out = read_row(get);
    statement_done(get);
    return ok;
}

struct err staff_member(struct domain *d, int64_t account, struct staff_member *out) {
    return find_member(d, SQL_STAFF_MEMBER, account, out);
}

struct err staff_by_subject(struct domain *d, uint64_t subject, struct staff_member *out) {
    return find_member(d, SQL_STAFF_MEMBER_BY_SUBJECT, (int64_t)subject, out);
}

struct err staff_each(struct domain *d,
                      struct err (*visit)(struct domain *d, void *with,
                                          const struct staff_member *m),
                      void *with) {
    struct statement *list = statement_for(d->store, SQL_STAFF_LIST);
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        struct staff_member m = read_row(list);
        struct err e = visit(d, with, &m);
        if (e.kind) {
            statement_done(list);
            return e;
        }
    }
}

/* ---- coming in ---- */

static struct digest token_digest_of(struct domain *d, struct text token) {
    return hash_keyed(&d->keys->code, "staff_invite", PARTS(token));
}

static struct err note(struct domain *d, const char *action, uint64_t by,
                       const struct account *about, struct text object) {
    return audit_note(d, &(struct audit_event){.actor_kind = by ? AUDIT_STAFF : AUDIT_OPERATOR,
                                               .actor = by,
                                               .action = action,
                                               .about = about,
                                               .object = object,
                                               .purpose = "staff"});
}

struct invitation {
    const struct account *account;
    unsigned roles;
    uint64_t by;
    struct text token;
    struct digest digest;
};

static struct err invite_rows(struct domain *d, void *with) {
    const struct invitation *i = with;
    struct statement *add = statement_for(d->store, SQL_STAFF_INVITE_ADD);
    statement_bind_bytes(add, 1, digest_text(&i->digest));
    statement_bind_i64(add, 2, i->account->number);
    statement_bind_text(add, 3, i->roles ? TEXT("join") : TEXT("sign_in"));
    statement_bind_i64(add, 4, i->roles);
    statement_bind_i64(add, 5, (int64_t)i->by);
    statement_bind_i64(add, 6, d->now_ms + STAFF_INVITE_MS);
    try(statement_run(add, NULL));
    return note(d, i->roles ? "staff.invite" : "staff.link", i->by, i->account,
                staff_roles_print_in(d->arena, i->roles));
}

struct err staff_invite(struct domain *d, int64_t account, unsigned roles, uint64_t by,
                        struct text *token_out) {
    char raw[INVITE_BYTES];
    struct account who;
    try(account_read(d, account, &who));
    random_bytes(d->chance, raw, sizeof raw);
    struct invitation i = {
        &who, roles & STAFF_ANY, by, base64url_in(d->arena, text_of(raw, sizeof raw)), {{0}}};
    i.digest = token_digest_of(d, i.token);
    try(domain_in_transaction(d, invite_rows, &i));
    *token_out = i.token;
    return ok;
}

/* Takes the token away; whoever comes second finds nothing. */
static struct err spend(struct domain *d, struct text token, const char *kind, int64_t *account_out,
                        unsigned *roles_out) {
    struct digest digest = token_digest_of(d, token);
    struct statement *take = statement_for(d->store, SQL_STAFF_INVITE_TAKE);
    bool row;
    statement_bind_bytes(take, 1, digest_text(&digest));
    statement_bind_text(take, 2, text_c(kind));
    statement_bind_i64(take, 3, *account_out);
    statement_bind_i64(take, 4, d->now_ms);
    try(statement_step(take, &row));
    if (!row)
        return err_make(ERR_INVITE_SPENT,
                        "the invitation was used, is over, or is somebody else's");
    *account_out = column_i64(take, 0);
    *roles_out = (unsigned)column_i64(take, 1);
    statement_done(take);
    return ok;
}

struct joining {
    const struct account *account;
    struct text token;
};

static struct err join_rows(struct domain *d, void *with) {
    const struct joining *j = with;
    unsigned roles, had;
    int64_t number = j->account->number;
    try(spend(d, j->token, "join", &number, &roles));
    try(staff_roles(d, number, &had));
    try(staff_set(d, number, had | roles));
    return audit_note(d,
                      &(struct audit_event){.actor_kind = AUDIT_PERSON,
                                            .actor = j->account->subject,
                                            .action = "staff.join",
                                            .about = j->account,
                                            .object = staff_roles_print_in(d->arena, had | roles),
                                            .purpose = "staff"});
}

struct err staff_join(struct domain *d, const struct account *account, struct text token) {
    struct joining j = {account, token};
    return domain_in_transaction(d, join_rows, &j);
}

struct err staff_sign_in(struct domain *d, struct text token, int64_t *account_out) {
    struct staff_member m;
    unsigned roles;
    *account_out = 0;
    try(spend(d, token, "sign_in", account_out, &roles));
    return staff_member(d, *account_out, &m);
}

struct err staff_reap(struct domain *d) {
    struct statement *reap = statement_for(d->store, SQL_STAFF_INVITE_REAP);
    statement_bind_i64(reap, 1, d->now_ms);
    return statement_run(reap, NULL);
}

/* ---- leaving ---- */

struct leaving {
    const struct staff_member *who;
    uint64_t by;
};

static struct err end_rows(struct domain *d, void *with) {
    const struct leaving *l = with;
    struct account account;
    uint64_t changed;
    try(account_read(d, l->who->account, &account));
    struct statement *drop = statement_for(d->store, SQL_STAFF_DROP);
    statement_bind_i64(drop, 1, l->who->account);
    statement_bind_i64(drop, 2, STAFF_OWNER);
    try(statement_run(drop, &changed));
    if (changed == 0)
        return err_make(ERR_CONFLICT, "the last owner stays; invite another owner first");
    return note(d, "staff.end", l->by, &account, staff_roles_print_in(d->arena, l->who->roles));
}

struct err staff_end(struct domain *d, const struct staff_member *who, uint64_t by) {
    struct leaving l = {who, by};
    return domain_in_transaction(d, end_rows, &l);
}

struct err staff_second(uint64_t first, uint64_t second) {
    if (first == second)
        return err_make(ERR_FOUR_EYES_REQUIRED, "another person has to approve this");
    return ok;
}
