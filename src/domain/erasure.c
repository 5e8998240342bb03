/* erasure.c: see erasure.h. */
#include "domain/erasure.h"
#include "domain/audit.h"
#include "domain/hold.h"
#include "domain/organisation.h"
#include "domain/outbox.h"
#include "domain/throttle.h"
#include "domain/token.h"

#include <string.h>

static struct err run_for(struct domain *d, enum store_sql query, int64_t account) {
    struct statement *s = statement_for(d->store, query);
    statement_bind_i64(s, 1, account);
    return statement_run(s, NULL);
}

struct beginning {
    const struct account *account;
    struct text receipt;
};

static struct err forget_target(struct domain *d, struct text shown) {
    struct identity who;
    if (shown.length == 0 || !identity_guess(d, shown, &who))
        return ok;
    return throttle_forget(d, "send_target", who.canonical);
}

static struct err begin_rows(struct domain *d, void *with);

/* An organisation that nobody else has a place in goes with its owner; one that a hold keeps goes when the
 * hold ends (ask_hold saw to it). */
static struct err begin_with_him(struct domain *d, int64_t organisation) {
    struct account account;
    bool frozen;
    try(hold_is_frozen(d, organisation, &frozen));
    if (frozen)
        return ok;
    try(account_read(d, organisation, &account));
    return begin_rows(d, &(struct beginning){&account, domain_receipt(d)});
}

static struct err begin_rows(struct domain *d, void *with) {
    struct beginning *b = with;
    int64_t number = b->account->number;
    struct statement *begin = statement_for(d->store, SQL_ERASURE_BEGIN);
    statement_bind_text(begin, 1, b->receipt);
    statement_bind_i64(begin, 2, number);
    statement_bind_i64(begin, 3, (int64_t)b->account->subject);
    statement_bind_i64(begin, 4, d->now_ms);
    try(statement_run(begin, NULL));
    struct statement *state = statement_for(d->store, SQL_ACCOUNT_SET_STATE);
    statement_bind_i64(state, 1, number);
    statement_bind_text(state, 2, TEXT("erasing"));
    try(statement_run(state, NULL));
    try(run_for(d, SQL_SESSION_ERASE, number));
    struct statement *revoke = statement_for(d->store, SQL_TOKEN_REVOKE_ALL);
    statement_bind_i64(revoke, 1, number);
    statement_bind_i64(revoke, 2, d->now_ms);
    try(statement_run(revoke, NULL));
    try(change_of_account(d, number));
    try(organisation_person_goes(d, b->account, begin_with_him));
    try(audit_note(d, &(struct audit_event){.actor_kind = AUDIT_PERSON,
                                            .actor = d->actor ? d->actor : b->account->subject,
                                            .action = "account.erase",
                                            .about = b->account,
                                            .object = b->receipt,
                                            .purpose = "request"}));
    try(forget_target(d, b->account->email)); /* while the address can still be read */
    return forget_target(d, b->account->phone);
}

/* Before the transaction: a hold on an organisation that would go with him is told that it is to go. It does
 * not hold him up. */
static struct err ask_hold(void *with, const struct place *p) {
    struct domain *d = with;
    struct account organisation;
    if (p->after != AFTER_ENDS)
        return ok;
    try(account_read(d, p->organisation, &organisation));
    struct err e = hold_check(d, &organisation);
    return e.kind == ERR_LEGAL_HOLD ? ok : e;
}

struct err erasure_begin(struct domain *d, const struct account *account,
                         struct text *receipt_out) {
    try(hold_check(d, account));
    try(organisation_each(d, account->number, ask_hold, d));
    struct beginning b = {account, domain_receipt(d)};
    try(domain_in_transaction(d, begin_rows, &b));
    *receipt_out = b.receipt;
    return ok;
}

struct open_erasure {
    struct text receipt;
    int64_t account, subject;
};

static struct err erase_mails(struct domain *d, int64_t account) {
    struct statement *list = statement_for(d->store, SQL_BLIND_INDEX_OF);
    statement_bind_i64(list, 1, account);
    for (bool row;;) {
        struct digest digest;
        try(statement_step(list, &row));
        if (!row)
            return ok;
        struct text bytes = column_text_in(list, d->arena, 1);
        if (bytes.length != sizeof digest.bytes)
            continue;
        memcpy(digest.bytes, bytes.bytes, bytes.length);
        struct err e = outbox_erase(d, &digest);
        if (e.kind) {
            statement_done(list);
            return e;
        }
    }
}

static struct err erase_rows(struct domain *d, void *with) {
    const struct open_erasure *o = with;
    try(change_of_account(d, o->account)); /* so the publisher takes the tokens out */
    for (const enum store_sql *query = store_erasures; *query != SQL_COUNT; query++)
        try(run_for(d, *query, o->account));
    struct statement *forget = statement_for(d->store, SQL_ERASURE_FORGET);
    statement_bind_text(forget, 1, o->receipt);
    return statement_run(forget, NULL);
}

static struct err next_open(struct domain *d, struct open_erasure *out, bool *found_out) {
    struct statement *open = statement_for(d->store, SQL_ERASURE_OPEN);
    try(statement_step(open, found_out));
    if (*found_out)
        *out = (struct open_erasure){column_text_in(open, d->arena, 0), column_i64(open, 1),
                                     column_i64(open, 2)};
    statement_done(open);
    return ok;
}

/* What the receipt proves from here on: it names nobody, not even by a number. */
static struct err note_done(struct domain *d, void *with) {
    const struct text *receipt = with;
    struct statement *done = statement_for(d->store, SQL_ERASURE_DONE);
    statement_bind_text(done, 1, *receipt);
    statement_bind_i64(done, 2, d->now_ms);
    try(statement_run(done, NULL));
    return audit_note(d, &(struct audit_event){.actor_kind = AUDIT_SYSTEM,
                                               .action = "account.erased",
                                               .object = *receipt,
                                               .purpose = "request"});
}

static struct err settle_all(struct domain *d) {
    for (bool row;;) {
        struct statement *next = statement_for(d->store, SQL_ERASURE_UNSETTLED);
        try(statement_step(next, &row));
        if (!row)
            return ok;
        struct text receipt = column_text_in(next, d->arena, 0);
        statement_done(next);
        try(store_settle(d->store));
        try(domain_in_transaction(d, note_done, &receipt));
    }
}

struct err erasure_finish(struct domain *d, enum erasure_step last) {
    struct open_erasure o;
    for (bool found;;) {
        try(next_open(d, &o, &found));
        if (!found)
            break;
        try(erase_mails(d, o.account));
        if (last == ERASURE_OUTBOX)
            return ok;
        try(run_for(d, SQL_SUBJECT_KEY_ERASE, o.subject));
        if (last == ERASURE_KEY)
            return ok;
        try(domain_in_transaction(d, erase_rows, &o));
        if (last == ERASURE_ROWS)
            return ok;
    }
    return settle_all(d);
}
