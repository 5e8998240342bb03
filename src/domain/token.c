/* token.c: see token.h. */
#include "domain/token.h"
#include "base/clock.h"
#include "base/limits.h"
#include "base/must.h"
#include "codec/ip.h"
#include "crypt/token.h"
#include "domain/audit.h"

/* ---- the list of changes ---- */

static struct err change_add(struct domain *d, const char *kind, uint64_t id) {
    struct statement *add = statement_for(d->store, SQL_CHANGE_ADD);
    statement_bind_text(add, 1, text_c(kind));
    statement_bind_i64(add, 2, (int64_t)id);
    return statement_run(add, NULL);
}

struct err change_of_account(struct domain *d, int64_t account) {
    struct statement *add = statement_for(d->store, SQL_CHANGE_ADD_TOKENS);
    statement_bind_i64(add, 1, account);
    return statement_run(add, NULL);
}

struct err change_next(struct domain *d, int64_t after, struct change *out) {
    struct statement *next = statement_for(d->store, SQL_CHANGE_NEXT);
    bool row;
    *out = (struct change){0};
    statement_bind_i64(next, 1, after);
    try(statement_step(next, &row));
    if (row)
        *out = (struct change){column_i64(next, 0),
                               text_equal_c(column_text_in(next, d->arena, 1), "plan"),
                               (uint64_t)column_i64(next, 2)};
    statement_done(next);
    return ok;
}

static struct err one_number(struct statement *s, int64_t *out) {
    bool row;
    try(statement_step(s, &row));
    *out = row ? column_i64(s, 0) : 0;
    statement_done(s);
    return ok;
}

struct err change_last(struct domain *d, int64_t *out) {
    return one_number(statement_for(d->store, SQL_CHANGE_LAST), out);
}

struct err change_forget(struct domain *d, int64_t until) {
    struct statement *forget = statement_for(d->store, SQL_CHANGE_FORGET);
    statement_bind_i64(forget, 1, until);
    return statement_run(forget, NULL);
}

/* ---- plans ---- */

static struct plan plan_from_row(struct statement *s, struct arena *a) {
    return (struct plan){column_i64(s, 0),           column_text_in(s, a, 1),
                         (uint32_t)column_i64(s, 2), (uint32_t)column_i64(s, 3),
                         (uint32_t)column_i64(s, 4), (uint32_t)column_i64(s, 5)};
}

static struct err plan_one(struct domain *d, struct statement *s, struct plan *out,
                           struct err missing) {
    bool row;
    try(statement_step(s, &row));
    if (!row)
        return missing;
    *out = plan_from_row(s, d->arena);
    statement_done(s);
    return ok;
}

struct err plan_find(struct domain *d, struct text name, struct plan *out) {
    struct statement *find = statement_for(d->store, SQL_PLAN_FIND);
    statement_bind_text(find, 1, name);
    struct err e =
        plan_one(d, find, out,
                 err_make(ERR_FIELD_INVALID, "there is no such plan; alapi plan list shows all"));
    if (e.kind == ERR_FIELD_INVALID)
        d->detail.field = "plan";
    return e;
}

struct err plan_by_id(struct domain *d, int64_t id, struct plan *out) {
    struct statement *get = statement_for(d->store, SQL_PLAN_GET);
    statement_bind_i64(get, 1, id);
    return plan_one(d, get, out, err_make(ERR_NOT_FOUND, "there is no such plan"));
}

struct err plan_each(struct domain *d, struct err (*visit)(void *with, const struct plan *p),
                     void *with) {
    struct statement *list = statement_for(d->store, SQL_PLAN_LIST);
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        struct plan p = plan_from_row(list, d->arena);
        struct err e = visit(with, &p);
        if (e.kind) {
            statement_done(list);
            return e;
        }
    }
}

static struct err plan_rows(struct domain *d, void *with) {
    struct plan *plan = with;
    if (plan->id == 0) {
        try(one_number(statement_for(d->store, SQL_PLAN_LAST), &plan->id));
        if (++plan->id >= (int64_t)LIMIT_PLANS)
            return err_make(ERR_LIMIT_REACHED, "there is no room for another plan");
    }
    struct statement *put = statement_for(d->store, SQL_PLAN_PUT);
    statement_bind_i64(put, 1, plan->id);
    statement_bind_text(put, 2, plan->name);
    statement_bind_i64(put, 3, plan->rate);
    statement_bind_i64(put, 4, plan->quota_day);
    statement_bind_i64(put, 5, plan->quota_month);
    statement_bind_i64(put, 6, plan->price_percent);
    try(statement_run(put, NULL));
    return change_add(d, "plan", (uint64_t)plan->id);
}

struct err plan_put(struct domain *d, struct plan *plan) {
    return domain_in_transaction(d, plan_rows, plan);
}

/* ---- tokens ---- */

static struct token token_from_row(struct statement *s, struct arena *a) {
    return (struct token){.id = (uint64_t)column_i64(s, 0),
                          .account = column_i64(s, 1),
                          .digest = column_text_in(s, a, 2),
                          .name_sealed = column_text_in(s, a, 3),
                          .plan = column_i64(s, 4),
                          .row = column_i64(s, 5),
                          .expires_s = column_i64(s, 6),
                          .created_ms = column_i64(s, 7),
                          .revoked_ms = column_i64(s, 8),
                          .plan_name = column_text_in(s, a, 9),
                          .account_state = column_text_in(s, a, 10),
                          .subject = (uint64_t)column_i64(s, 11)};
}

struct creation {
    const struct account *account;
    const struct new_token *with;
    struct token token;
    struct text name;
};

static struct err check_name(struct domain *d, struct text name) {
    if (!text_is_utf8(name) || text_has_control(name) || text_has_nul(name) ||
        text_runes(name) > TOKEN_NAME_RUNES_MAX)
        return domain_refuse(d, ERR_FIELD_INVALID, "name",
                             "a token's name has at most 64 characters");
    return ok;
}

static struct err check_rules(struct domain *d, const struct new_token *with) {
    struct ip_network network;
    if (with->network_count > TOKEN_RULES_MAX || with->api_count > TOKEN_RULES_MAX)
        return domain_refuse(d, ERR_FIELD_INVALID,
                             with->network_count > TOKEN_RULES_MAX ? "ips" : "apis",
                             "a token names at most 64 networks and 64 APIs");
    for (unsigned i = 0; i < with->network_count; i++)
        if (!ip_network_parse(with->networks[i], &network))
            return domain_refuse(d, ERR_FIELD_INVALID, "ips",
                                 text_say_in(d->arena,
                                             "%.*s is no address and no network such as 10.0.0.0/8",
                                             TEXT_ARG(with->networks[i])));
    return ok;
}

static struct err put_rules(struct domain *d, uint64_t token, const char *kind,
                            const struct text *values, unsigned count) {
    struct statement *clear = statement_for(d->store, SQL_RULE_CLEAR);
    statement_bind_i64(clear, 1, (int64_t)token);
    statement_bind_text(clear, 2, text_c(kind));
    try(statement_run(clear, NULL));
    for (unsigned i = 0; i < count; i++) {
        struct statement *put = statement_for(d->store, SQL_RULE_PUT);
        statement_bind_i64(put, 1, (int64_t)token);
        statement_bind_text(put, 2, text_c(kind));
        statement_bind_text(put, 3, values[i]);
        try(statement_run(put, NULL));
    }
    return ok;
}

static struct err take_row(struct domain *d, int64_t *row_out) {
    struct statement *next = statement_for(d->store, SQL_COUNTER_NEXT);
    bool row;
    statement_bind_text(next, 1, TEXT("ledger_row"));
    try(statement_step(next, &row));
    must(row);
    *row_out = column_i64(next, 0);
    try(statement_run(next, NULL));
    if (*row_out >= (int64_t)LIMIT_TOKENS)
        return err_make(ERR_LIMIT_REACHED, "this installation has given out all its tokens");
    return ok;
}

static struct err has_room(struct domain *d, int64_t account) {
    struct statement *count = statement_for(d->store, SQL_TOKEN_COUNT_LIVE);
    int64_t live;
    statement_bind_i64(count, 1, account);
    try(one_number(count, &live));
    if (live >= TOKENS_OF_ACCOUNT_MAX)
        return err_make(ERR_LIMIT_REACHED, "an account has at most 50 live tokens");
    return ok;
}

static struct err note(struct domain *d, const char *action, uint64_t subject, uint64_t token) {
    const struct account about = {.subject = subject};
    return audit_note(d, &(struct audit_event){.actor_kind = d->actor ? AUDIT_PERSON : AUDIT_OPERATOR,
                                               .actor = d->actor,
                                               .action = action,
                                               .about = &about,
                                               .object = token_id_print_in(d->arena, token),
                                               .purpose = "request"});
}

static struct err create_rows(struct domain *d, void *with) {
    struct creation *c = with;
    struct token *t = &c->token;
    try(has_room(d, c->account->number));
    try(take_row(d, &t->row));
    struct statement *add = statement_for(d->store, SQL_TOKEN_ADD);
    statement_bind_i64(add, 1, (int64_t)t->id);
    statement_bind_i64(add, 2, c->account->number);
    statement_bind_bytes(add, 3, t->digest);
    statement_bind_bytes(
        add, 4, account_seal(d, c->account, FIELD("token", "name", (int64_t)t->id), c->with->name));
    statement_bind_i64(add, 5, t->plan);
    statement_bind_i64(add, 6, t->row);
    statement_bind_i64(add, 7, c->with->expires_s);
    statement_bind_i64(add, 8, d->now_ms);
    try(statement_run(add, NULL));
    try(put_rules(d, t->id, "ip", c->with->networks, c->with->network_count));
    try(put_rules(d, t->id, "api", c->with->apis, c->with->api_count));
    try(note(d, "token.create", c->account->subject, t->id));
    return change_add(d, "token", t->id);
}

struct err token_create(struct domain *d, const struct account *account,
                        const struct new_token *with, struct text *secret_out, uint64_t *id_out) {
    struct creation c = {.account = account, .with = with};
    struct plan plan;
    char secret[TOKEN_LENGTH + 1];
    struct digest digest;
    _Static_assert((int)TOKEN_DIGEST_BYTES == (int)DIGEST_BYTES, "one size");
    try(check_name(d, with->name));
    try(check_rules(d, with));
    try(plan_find(d, with->plan.length ? with->plan : TEXT("free"), &plan));
    token_make(d->chance, secret, &c.token.id);
    token_digest(&d->keys->token, text_of(secret, TOKEN_LENGTH), digest.bytes);
    c.token.digest = digest_text(&digest);
    c.token.plan = plan.id;
    try(domain_in_transaction(d, create_rows, &c));
    *secret_out = text_copy_in(d->arena, text_of(secret, TOKEN_LENGTH));
    *id_out = c.token.id;
    secret_wipe(secret, sizeof secret);
    return ok;
}

struct err token_of(struct domain *d, int64_t account, uint64_t id, struct token *out) {
    struct statement *get = statement_for(d->store, SQL_TOKEN_GET);
    bool row;
    statement_bind_i64(get, 1, (int64_t)id);
    try(statement_step(get, &row));
    if (!row || (account && column_i64(get, 1) != account)) {
        statement_done(get);
        return err_make(ERR_NOT_FOUND, "there is no such token");
    }
    *out = token_from_row(get, d->arena);
    statement_done(get);
    return ok;
}

static struct err change_rows(struct domain *d, void *with) {
    struct creation *c = with;
    struct statement *set = statement_for(d->store, SQL_TOKEN_CHANGE);
    statement_bind_i64(set, 1, (int64_t)c->token.id);
    statement_bind_bytes(
        set, 2, account_seal(d, c->account, FIELD("token", "name", (int64_t)c->token.id), c->name));
    statement_bind_i64(set, 3, c->token.plan);
    statement_bind_i64(set, 4, c->with->expires_s >= 0 ? c->with->expires_s : c->token.expires_s);
    try(statement_run(set, NULL));
    if (c->with->networks)
        try(put_rules(d, c->token.id, "ip", c->with->networks, c->with->network_count));
    if (c->with->apis)
        try(put_rules(d, c->token.id, "api", c->with->apis, c->with->api_count));
    try(note(d, "token.change", c->account->subject, c->token.id));
    return change_add(d, "token", c->token.id);
}

struct err token_change(struct domain *d, const struct account *account, const struct token *token,
                        const struct new_token *with) {
    struct creation c = {.account = account, .with = with, .token = *token, .name = with->name};
    struct plan plan;
    try(check_name(d, with->name));
    try(check_rules(d, with));
    if (!with->name.bytes)
        try(token_name(d, account, token, &c.name));
    if (with->plan.bytes) {
        try(plan_find(d, with->plan, &plan));
        c.token.plan = plan.id;
    }
    return domain_in_transaction(d, change_rows, &c);
}

static struct err revoke_rows(struct domain *d, void *with) {
    const struct token *t = with;
    struct statement *revoke = statement_for(d->store, SQL_TOKEN_REVOKE);
    statement_bind_i64(revoke, 1, (int64_t)t->id);
    statement_bind_i64(revoke, 2, d->now_ms);
    try(statement_run(revoke, NULL));
    try(note(d, "token.revoke", t->subject, t->id));
    return change_add(d, "token", t->id);
}

struct err token_revoke(struct domain *d, const struct token *token) {
    struct token copy = *token;
    return domain_in_transaction(d, revoke_rows, &copy);
}

struct err token_each(struct domain *d, int64_t account,
                      struct err (*visit)(struct domain *d, void *with, const struct token *t),
                      void *with) {
    struct statement *list = statement_for(d->store, SQL_TOKEN_LIST);
    statement_bind_i64(list, 1, account);
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        struct token t = token_from_row(list, d->arena);
        struct err e = visit(d, with, &t);
        if (e.kind) {
            statement_done(list);
            return e;
        }
    }
}

struct err token_next(struct domain *d, uint64_t after, struct token *out) {
    struct statement *walk = statement_for(d->store, SQL_TOKEN_WALK);
    bool row;
    *out = (struct token){0};
    statement_bind_i64(walk, 1, (int64_t)after);
    statement_bind_i64(walk, 2, 1);
    try(statement_step(walk, &row));
    if (row)
        *out = token_from_row(walk, d->arena);
    statement_done(walk);
    return ok;
}

struct err token_rules_each(struct domain *d, uint64_t token,
                            void (*visit)(void *with, bool is_api, struct text value), void *with) {
    struct statement *list = statement_for(d->store, SQL_RULE_LIST);
    statement_bind_i64(list, 1, (int64_t)token);
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        visit(with, text_equal_c(column_text_in(list, d->arena, 0), "api"),
              column_text_in(list, d->arena, 1));
    }
}

struct err token_name(struct domain *d, const struct account *account, const struct token *t,
                      struct text *out) {
    return account_open(d, account, FIELD("token", "name", (int64_t)t->id), t->name_sealed, out);
}

struct err token_by_row(struct domain *d, uint32_t row_number, int64_t *account_out,
                        uint64_t *id_out) {
    struct statement *find = statement_for(d->store, SQL_TOKEN_BY_ROW);
    bool row;
    statement_bind_i64(find, 1, row_number);
    try(statement_step(find, &row));
    *id_out = row ? (uint64_t)column_i64(find, 0) : 0;
    *account_out = row ? column_i64(find, 1) : 0;
    statement_done(find);
    return ok;
}

struct err token_count(struct domain *d, uint64_t *out) {
    int64_t count;
    try(one_number(statement_for(d->store, SQL_TOKEN_COUNT), &count));
    *out = (uint64_t)count;
    return ok;
}

struct err token_expiry_parse(struct domain *d, struct text given, int64_t *expires_s_out) {
    struct date date;
    struct text day = text_part(given, 0, 10), time = text_from(given, 10), hour, minute, second,
                rest = time;
    uint64_t h, m, s;
    const struct err wrong =
        domain_refuse(d, ERR_FIELD_INVALID, "expires",
                      "expires is a day to come such as 2030-01-31, or 2030-01-31T12:00:00Z");
    if (!date_parse(day, &date))
        return wrong;
    int64_t at = (date_to_day(date) + 1) * 86400;
    if (time.length) {
        if (time.length != 10 || time.bytes[0] != 'T' || time.bytes[9] != 'Z')
            return wrong;
        rest = text_part(time, 1, 8);
        if (!text_cut(&rest, ':', &hour) || !text_cut(&rest, ':', &minute) ||
            !text_cut(&rest, ':', &second) || !text_to_u64(hour, &h) || !text_to_u64(minute, &m) ||
            !text_to_u64(second, &s) || h > 23 || m > 59 || s > 59)
            return wrong;
        at += (int64_t)(h * 3600 + m * 60 + s) - 86400;
    }
    if (at <= d->now_ms / 1000 || at > UINT32_MAX)
        return wrong;
    d->detail.field = NULL;
    *expires_s_out = at;
    return ok;
}
