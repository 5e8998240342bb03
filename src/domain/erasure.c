/* erasure.c: see erasure.h. */
#include "domain/erasure.h"
#include "domain/audit.h"
#include "domain/hold.h"
#include "domain/organisation.h"
#include "domain/epoch.h"
#include "domain/erasure_journal.h"
#include "domain/network_log.h"
#include "domain/outbox.h"
#include "domain/session.h"
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

static struct err text_of_row(struct domain *d, struct statement *s, struct text *out) {
    bool row;
    try(statement_step(s, &row));
    *out = row ? column_text_in(s, d->arena, 0) : TEXT("");
    statement_done(s);
    return ok;
}

static struct err receipt_begun(struct domain *d, int64_t account, struct text *out) {
    struct statement *s = statement_for(d->store, SQL_ERASURE_OF_ACCOUNT);
    statement_bind_i64(s, 1, account);
    return text_of_row(d, s, out);
}

static struct err journal_row(struct domain *d, struct text receipt, int64_t account, uint64_t subject) {
    struct statement *begin = statement_for(d->store, SQL_ERASURE_BEGIN);
    statement_bind_text(begin, 1, receipt);
    statement_bind_i64(begin, 2, account);
    statement_bind_i64(begin, 3, (int64_t)subject);
    statement_bind_i64(begin, 4, d->now_ms);
    return statement_run(begin, NULL);
}

/* Sessions end; each remembers for a day which receipt it ended with. */
static struct err end_sessions(struct domain *d, int64_t account, struct text receipt) {
    struct statement *echo = statement_for(d->store, SQL_ERASURE_ECHO_PUT);
    statement_bind_i64(echo, 1, account);
    statement_bind_text(echo, 2, receipt);
    statement_bind_i64(echo, 3, d->now_ms + 86400000);
    try(statement_run(echo, NULL));
    return run_for(d, SQL_SESSION_ERASE, account);
}

static struct err mark_and_revoke(struct domain *d, int64_t number) {
    struct statement *state = statement_for(d->store, SQL_ACCOUNT_SET_STATE);
    statement_bind_i64(state, 1, number);
    statement_bind_text(state, 2, TEXT("erasing"));
    try(statement_run(state, NULL));
    struct statement *revoke = statement_for(d->store, SQL_TOKEN_REVOKE_ALL);
    statement_bind_i64(revoke, 1, number);
    statement_bind_i64(revoke, 2, d->now_ms);
    try(statement_run(revoke, NULL));
    return change_of_account(d, number);
}

static struct err forget_target(struct domain *d, struct text shown) {
    struct identity who;
    if (shown.length == 0 || !identity_guess(d, shown, &who))
        return ok;
    return throttle_forget(d, "send_target", who.canonical);
}

static struct err is_there(struct domain *d, enum store_sql query, uint64_t subject, int64_t *number_out) {
    struct statement *s = statement_for(d->store, query);
    bool row;
    statement_bind_i64(s, 1, (int64_t)subject);
    try(statement_step(s, &row));
    *number_out = row ? column_i64(s, 0) : -1;
    statement_done(s);
    return ok;
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
    struct text begun;
    try(receipt_begun(d, number, &begun));
    if (begun.length) { /* another tab was faster */
        b->receipt = begun;
        return ok;
    }
    try(is_there(d, SQL_ACCOUNT_BY_SUBJECT, b->account->subject, &number));
    if (number < 0)
        return err_make(ERR_NOT_FOUND, "the account is erased already");
    try(network_log_note(d, b->account, NETWORK_CANCEL));
    try(journal_row(d, b->receipt, number, b->account->subject));
    try(end_sessions(d, number, b->receipt));
    try(mark_and_revoke(d, number));
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

struct err erasure_receipt_of(struct domain *d, struct text cookie, struct text *receipt_out) {
    struct digest digest = session_digest(d, cookie);
    struct statement *get = statement_for(d->store, SQL_ERASURE_ECHO_GET);
    statement_bind_bytes(get, 1, digest_text(&digest));
    statement_bind_i64(get, 2, d->now_ms);
    try(text_of_row(d, get, receipt_out));
    return receipt_out->length ? ok : err_make(ERR_NOT_FOUND, "no account was cancelled in this session");
}

struct open_erasure {
    struct text receipt;
    int64_t account, subject, journal_count;
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

static struct err mark_journal(struct domain *d, int64_t count) {
    struct statement *mark = statement_for(d->store, SQL_COUNTER_RAISE);
    statement_bind_text(mark, 1, TEXT("erasure_journal"));
    statement_bind_i64(mark, 2, count);
    return statement_run(mark, NULL);
}

static struct err erase_rows(struct domain *d, void *with) {
    const struct open_erasure *o = with;
    try(mark_journal(d, o->journal_count));
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
                                     column_i64(open, 2), 0};
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
        try(erasure_journal_add(d, (uint64_t)o.subject, &o.journal_count));
        if (last == ERASURE_JOURNAL)
            return ok;
        key_forget(d->keys, (uint64_t)o.subject);
        try(run_for(d, SQL_SUBJECT_KEY_ERASE, o.subject));
        if (last == ERASURE_KEY)
            return ok;
        try(domain_in_transaction(d, erase_rows, &o));
        if (last == ERASURE_ROWS)
            return ok;
    }
    return settle_all(d);
}

/* ---- records from before an erasure ---- */

/* *number_out: the account's; -1: it does not live here, or its erasure is under way. *has_key_out: a key
 * does. */
static struct err lives(struct domain *d, uint64_t subject, int64_t *number_out, bool *has_key_out) {
    int64_t key, under_way;
    try(is_there(d, SQL_ERASURE_OF_SUBJECT, subject, &under_way));
    try(is_there(d, SQL_SUBJECT_KEY_GET, subject, &key));
    try(is_there(d, SQL_ACCOUNT_BY_SUBJECT, subject, number_out));
    if (under_way >= 0)
        *number_out = -1;
    *has_key_out = key >= 0 && under_way < 0;
    return ok;
}

static struct err refuse_living(struct domain *d, void *with, uint64_t subject, int64_t time_ms) {
    int64_t number;
    bool has_key;
    (void)with;
    (void)time_ms;
    try(lives(d, subject, &number, &has_key));
    if (number < 0 && !has_key)
        return ok;
    return err_make(ERR_CONFIG, "restore_needs_erasure_replay: these records are from before an erasure; run alapi "
                                "restore --replay, which erases again whoever was erased since");
}

static struct err known_count(struct domain *d, int64_t *out) {
    struct statement *get = statement_for(d->store, SQL_COUNTER_GET);
    bool row;
    statement_bind_text(get, 1, TEXT("erasure_journal"));
    try(statement_step(get, &row));
    *out = row ? column_i64(get, 0) : 0;
    statement_done(get);
    return ok;
}

struct err erasure_replay_check(struct domain *d) {
    int64_t count, known;
    struct err e = erasure_journal_each(d, d->erasure_journal, refuse_living, NULL, &count);
    if (e.kind == ERR_INTEGRITY_FAILED)
        e.kind = ERR_CONFIG;
    try(e);
    try(known_count(d, &known));
    if (count < known)
        return err_make(ERR_CONFIG,
                        text_say_in(d->arena, "restore_needs_erasure_replay: the erasure journal %s has %lld lines and the "
                                              "records know of %lld: put it back from the copy beside the newest backup",
                                    d->erasure_journal, (long long)count, (long long)known));
    return ok;
}

struct replay {
    uint64_t subject;
    int64_t number;
    unsigned erased;
};

static struct err replay_rows(struct domain *d, void *with) {
    struct replay *r = with;
    struct text receipt = domain_receipt(d);
    try(journal_row(d, receipt, r->number, r->subject));
    try(end_sessions(d, r->number, receipt));
    return mark_and_revoke(d, r->number);
}

static struct err replay_one(struct domain *d, void *with, uint64_t subject, int64_t time_ms) {
    struct replay *r = with;
    bool has_key;
    (void)time_ms;
    try(lives(d, subject, &r->number, &has_key));
    key_forget(d->keys, subject);
    if (has_key)
        try(run_for(d, SQL_SUBJECT_KEY_ERASE, (int64_t)subject));
    r->subject = subject;
    if (r->number >= 0)
        try(domain_in_transaction(d, replay_rows, r));
    r->erased += r->number >= 0 || has_key;
    return ok;
}

struct err erasure_replay(struct domain *d, const char *journal, unsigned *erased_out) {
    struct replay r = {0};
    int64_t count;
    try(erasure_journal_each(d, journal, replay_one, &r, &count));
    *erased_out = r.erased;
    try(erasure_finish(d, ERASURE_ALL));
    return store_settle(d->store);
}
