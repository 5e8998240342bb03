/* canary.c: see canary.h. */
#include "domain/canary.h"
#include "base/must.h"
#include "domain/erasure.h"
#include "domain/outbox.h"

#include <string.h>

bool canary_is_address(const struct identity *address) {
    return address->kind == IDENTITY_EMAIL && text_ends(address->canonical, TEXT(".invalid"));
}

struct err canary_begin(struct domain *d, const struct identity *email) {
    struct digest digest;
    try(identity_digest(d, email, &digest));
    struct statement *add = statement_for(d->store, SQL_CANARY_ADD);
    must(canary_is_address(email));
    statement_bind_bytes(add, 1, digest_text(&digest));
    statement_bind_i64(add, 2, d->now_ms);
    return statement_run(add, NULL);
}

static struct err next_run(struct domain *d, struct digest *out, bool *found_out) {
    struct statement *next = statement_for(d->store, SQL_CANARY_NEXT);
    try(statement_step(next, found_out));
    struct text bytes = *found_out ? column_text_in(next, d->arena, 0) : TEXT("");
    statement_done(next);
    must(!*found_out || bytes.length == sizeof out->bytes);
    memcpy(out->bytes, bytes.bytes ? bytes.bytes : "", bytes.length);
    return ok;
}

static struct err erase_account(struct domain *d, const struct digest *digest) {
    struct statement *find = statement_for(d->store, SQL_BLIND_INDEX_FIND);
    struct account account;
    struct text receipt;
    bool row;
    statement_bind_text(find, 1, TEXT("email"));
    statement_bind_bytes(find, 2, digest_text(digest));
    try(statement_step(find, &row));
    int64_t number = row ? column_i64(find, 0) : 0;
    statement_done(find);
    if (!number)
        return ok;
    try(account_read(d, number, &account));
    if (!account.is_erasing)
        try(erasure_begin(d, &account, &receipt));
    return erasure_finish(d, ERASURE_ALL);
}

struct err canary_clear(struct domain *d) {
    struct digest digest;
    for (bool found;;) {
        try(next_run(d, &digest, &found));
        if (!found)
            return ok;
        try(erase_account(d, &digest));
        try(outbox_erase(d, &digest));
        struct statement *drop = statement_for(d->store, SQL_CANARY_DROP);
        statement_bind_bytes(drop, 1, digest_text(&digest));
        try(statement_run(drop, NULL));
    }
}

static struct err one_number(struct domain *d, enum store_sql query, uint64_t *out) {
    struct statement *s = statement_for(d->store, query);
    bool row;
    try(statement_step(s, &row));
    *out = row ? (uint64_t)column_i64(s, 0) : 0;
    statement_done(s);
    return ok;
}

struct err canary_accounts(struct domain *d, uint64_t *out) {
    return one_number(d, SQL_CANARY_ACCOUNTS, out);
}

struct err canary_calls(struct domain *d, uint64_t *out) {
    return one_number(d, SQL_CANARY_CALLS, out);
}

struct err canary_count_calls(struct domain *d, uint64_t calls) {
    struct statement *s = statement_for(d->store, SQL_CANARY_COUNT_CALLS);
    statement_bind_i64(s, 1, (int64_t)calls);
    return statement_run(s, NULL);
}
