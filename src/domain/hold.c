/* hold.c: see hold.h. */
#include "domain/hold.h"
#include "base/must.h"
#include "codec/base64.h"
#include "domain/access.h"
#include "domain/audit.h"
#include "domain/erasure.h"
#include "domain/hold_archive.h"
#include "domain/token.h"

enum { WORDS_BYTES_MAX = 300, REASON_BYTES_MAX = 2000 };
static const int64_t day_ms = 86400000;

static struct err note(struct domain *d, const char *action, uint64_t by, const struct account *about,
                       const struct text words[2]) {
    return audit_note(d, &(struct audit_event){.actor_kind = by ? AUDIT_STAFF : AUDIT_SYSTEM,
                                               .actor = by,
                                               .action = action,
                                               .about = about,
                                               .object = words[0],
                                               .purpose = text_c_in(d->arena, words[1])});
}

/* ---- opening ---- */

static struct err lacks(struct domain *d, const char *field, const char *say) {
    return domain_refuse(d, ERR_HOLD_NEEDS_BASIS, field, say);
}

static bool is_words(struct text t, size_t most) {
    return t.length > 0 && t.length <= most && !text_has_control(t) && text_is_utf8(t);
}

static bool is_sha256(struct arena *a, struct text t) {
    struct text bytes;
    return t.length == 64 && hex_decode_in(a, t, &bytes) && text_equal(t, text_lower_in(a, t));
}

static struct err check_basis(struct domain *d, const struct new_hold *with) {
    if (!is_words(with->statute, WORDS_BYTES_MAX))
        return lacks(d, "statute", "a hold names the statute that it rests on");
    if (!is_words(with->article, WORDS_BYTES_MAX))
        return lacks(d, "article", "a hold names the article of its statute");
    if (!is_words(with->authority, WORDS_BYTES_MAX))
        return lacks(d, "authority", "a hold names the authority that asks for it");
    if (!is_sha256(d->arena, with->document_sha256))
        return lacks(d, "document", "a hold names the SHA-256 of its document, 64 small hex digits");
    if (!is_words(with->reason, REASON_BYTES_MAX))
        return lacks(d, "reason", "a hold has a reason of at most 2,000 bytes");
    if (with->until_ms <= d->now_ms)
        return lacks(d, "until", "a hold has an end, later than now");
    if (with->until_ms > d->now_ms + (int64_t)d->hold_days_max * day_ms)
        return lacks(d, "until", "a hold lasts no longer than the setting hold_days_max allows");
    if (with->secret_until_ms &&
        (with->secret_until_ms <= d->now_ms || with->secret_until_ms > with->until_ms))
        return lacks(d, "secret_until", "an order of secrecy ends later than now and not after the hold");
    if (with->account_count == 0 || with->account_count > HOLD_ACCOUNTS_MAX)
        return lacks(d, "accounts", "a hold concerns 1 to 64 accounts");
    return ok;
}

struct opening {
    const struct staff_member *by;
    const struct new_hold *with;
    unsigned approvers;
    struct text id, *approvals;
};

static struct err add_hold(struct domain *d, const struct opening *o) {
    const struct new_hold *with = o->with;
    struct text reason;
    try(domain_office_seal(d, "hold.reason", o->id, 0, with->reason, &reason));
    struct statement *add = statement_for(d->store, SQL_HOLD_ADD);
    statement_bind_text(add, 1, o->id);
    statement_bind_text(add, 2, with->statute);
    statement_bind_text(add, 3, with->article);
    statement_bind_text(add, 4, with->authority);
    statement_bind_text(add, 5, with->document_sha256);
    statement_bind_bytes(add, 6, reason);
    statement_bind_i64(add, 7, o->approvers);
    statement_bind_i64(add, 8, (int64_t)o->by->subject);
    statement_bind_i64(add, 9, d->now_ms);
    statement_bind_i64(add, 10, with->until_ms);
    statement_bind_i64(add, 11, with->secret_until_ms);
    return statement_run(add, NULL);
}

static struct err open_rows(struct domain *d, void *with) {
    struct opening *o = with;
    try(add_hold(d, o));
    for (unsigned i = 0; i < o->with->account_count; i++) {
        struct account account;
        try(account_read(d, o->with->accounts[i], &account));
        struct statement *add = statement_for(d->store, SQL_HELD_ADD);
        statement_bind_text(add, 1, o->id);
        statement_bind_i64(add, 2, account.number);
        try(statement_run(add, NULL));
        try(note(d, "hold.ask", o->by->subject, &account, (struct text[]){o->id, TEXT("law")}));
    }
    for (unsigned i = 0; i < o->approvers; i++)
        try(approval_ask(d, APPROVAL_HOLD, o->id, o->by->subject, &o->approvals[i]));
    return ok;
}

struct err hold_open(struct domain *d, const struct staff_member *by, const struct new_hold *with,
                     struct text *id_out, struct text approvals_out[static 2]) {
    struct opening o = {by, with, with->account_count > 1 ? 2 : 1, domain_receipt(d), approvals_out};
    try(check_basis(d, with));
    approvals_out[0] = approvals_out[1] = TEXT("");
    struct err e = domain_in_transaction(d, open_rows, &o);
    if (e.kind == ERR_CONFLICT)
        return lacks(d, "accounts", "an account is named twice");
    *id_out = o.id;
    return e;
}

/* ---- reading the register ---- */

static struct hold read_row(struct domain *d, struct statement *s) {
    struct arena *a = d->arena;
    return (struct hold){.id = column_text_in(s, a, 0),
                         .statute = column_text_in(s, a, 1),
                         .article = column_text_in(s, a, 2),
                         .authority = column_text_in(s, a, 3),
                         .document_sha256 = column_text_in(s, a, 4),
                         .reason_sealed = column_text_in(s, a, 5),
                         .state = column_text_in(s, a, 6),
                         .approvers = (unsigned)column_i64(s, 7),
                         .opened_by = (uint64_t)column_i64(s, 8),
                         .opened_ms = column_i64(s, 9),
                         .until_ms = column_i64(s, 10),
                         .secret_until_ms = column_i64(s, 11),
                         .ended_ms = column_i64(s, 12),
                         .ended_by = (uint64_t)column_i64(s, 13)};
}

struct err hold_find(struct domain *d, struct text id, struct hold *out) {
    struct statement *get = statement_for(d->store, SQL_HOLD_GET);
    bool row;
    statement_bind_text(get, 1, id);
    try(statement_step(get, &row));
    if (!row)
        return err_make(ERR_NOT_FOUND, "there is no such hold");
    *out = read_row(d, get);
    statement_done(get);
    return ok;
}

static struct err visit_rows(struct domain *d, struct statement *list,
                             void (*visit)(void *with, const struct hold *h), void *with) {
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        struct hold h = read_row(d, list);
        visit(with, &h);
    }
}

struct err hold_each(struct domain *d, void (*visit)(void *with, const struct hold *h), void *with) {
    return visit_rows(d, statement_for(d->store, SQL_HOLD_LIST), visit, with);
}

struct err hold_of_account(struct domain *d, int64_t account,
                           void (*visit)(void *with, const struct hold *h), void *with) {
    struct statement *list = statement_for(d->store, SQL_HOLD_OF_ACCOUNT);
    statement_bind_i64(list, 1, account);
    return visit_rows(d, list, visit, with);
}

struct text hold_reason(struct domain *d, const struct hold *h) {
    struct text reason;
    return domain_office_open(d, "hold.reason", h->id, 0, h->reason_sealed, &reason).kind ? TEXT("")
                                                                                          : reason;
}

static struct err count_of(struct domain *d, enum store_sql query, int64_t account, bool *out) {
    struct statement *count = statement_for(d->store, query);
    bool row;
    statement_bind_i64(count, 1, account);
    try(statement_step(count, &row));
    *out = row && column_i64(count, 0) > 0;
    statement_done(count);
    return ok;
}

struct err hold_is_frozen(struct domain *d, int64_t account, bool *out) {
    return count_of(d, SQL_HELD_IS_FROZEN, account, out);
}

/* ---- what it stops ---- */

static struct err remember_erasure(struct domain *d, void *with) {
    const struct account *account = with;
    struct statement *ask = statement_for(d->store, SQL_HELD_ASK_ERASURE);
    uint64_t changed;
    statement_bind_i64(ask, 1, account->number);
    statement_bind_i64(ask, 2, d->now_ms);
    try(statement_run(ask, &changed));
    if (changed == 0)
        return ok; /* it was asked for before */
    return audit_note(d, &(struct audit_event){.actor_kind = AUDIT_PERSON,
                                               .actor = account->subject,
                                               .action = "hold.stop_erasure",
                                               .about = account,
                                               .purpose = "law"});
}

struct stopped {
    struct domain *d;
    bool any;
};

static void take_basis(void *with, const struct hold *h) {
    struct stopped *s = with;
    struct detail *detail = &s->d->detail;
    if (!s->any)
        detail->until_ms = h->until_ms; /* the latest comes first */
    if (h->secret_until_ms <= s->d->now_ms && detail->basis.length == 0)
        detail->basis = text_format_in(s->d->arena, "%.*s, %.*s (%.*s)", TEXT_ARG(h->statute),
                                       TEXT_ARG(h->article), TEXT_ARG(h->authority));
    s->any = true;
}

struct err hold_forbids(struct domain *d, int64_t account) {
    struct stopped s = {d, false};
    try(hold_of_account(d, account, take_basis, &s));
    return s.any ? err_make(ERR_LEGAL_HOLD, "a legal hold forbids it until it ends; see /account/holds") : ok;
}

struct err hold_check(struct domain *d, const struct account *account) {
    struct err e = hold_forbids(d, account->number);
    if (e.kind == ERR_LEGAL_HOLD)
        try(domain_in_transaction(d, remember_erasure, (void *)(uintptr_t)account));
    return e;
}

/* ---- in force ---- */

static struct err next_held(struct domain *d, struct text hold, int64_t *number, bool *waits_out) {
    struct statement *next = statement_for(d->store, SQL_HELD_NEXT);
    bool row;
    statement_bind_text(next, 1, hold);
    statement_bind_i64(next, 2, *number);
    try(statement_step(next, &row));
    *number = row ? column_i64(next, 0) : 0;
    *waits_out = row && !column_is_none(next, 1);
    statement_done(next);
    return ok;
}

static struct err set_state(struct domain *d, struct text id, const char *from, const char *to,
                            uint64_t by) {
    struct statement *set = statement_for(d->store, SQL_HOLD_SET_STATE);
    uint64_t changed;
    bool ends = strcmp(to, "active") != 0;
    statement_bind_text(set, 1, id);
    statement_bind_text(set, 2, text_c(to));
    statement_bind_none(set, 3);
    statement_bind_none(set, 4);
    if (ends) {
        statement_bind_i64(set, 3, d->now_ms);
        statement_bind_i64(set, 4, (int64_t)by);
    }
    statement_bind_text(set, 5, text_c(from));
    try(statement_run(set, &changed));
    return changed == 1 ? ok : err_make(ERR_CONFLICT, "the hold is not in that state any more");
}

static struct err set_active(struct domain *d, struct text id, bool is_active) {
    struct statement *set = statement_for(d->store, SQL_HELD_SET_ACTIVE);
    statement_bind_text(set, 1, id);
    statement_bind_i64(set, 2, is_active);
    return statement_run(set, NULL);
}

static struct err activate(struct domain *d, struct text id, uint64_t by) {
    bool waits;
    try(set_state(d, id, "asked", "active", by));
    try(set_active(d, id, true));
    for (int64_t number = 0;;) {
        struct account account;
        try(next_held(d, id, &number, &waits));
        if (number == 0)
            return ok;
        try(account_read(d, number, &account));
        try(hold_archive_take(d, &account));
        try(change_of_account(d, number)); /* the tokens stop */
        try(note(d, "hold.open", by, &account, (struct text[]){id, TEXT("law")}));
    }
}

struct err hold_decided(struct domain *d, const struct approval *a) {
    struct hold h;
    unsigned granted;
    try(hold_find(d, a->object, &h));
    if (!text_equal_c(a->decision, "approved")) {
        try(set_state(d, h.id, "asked", "refused", a->approved_by));
        return statement_run(statement_for(d->store, SQL_HOLD_LAPSE_HELD), NULL);
    }
    if (h.until_ms <= d->now_ms)
        return err_make(ERR_CONFLICT, "the hold's end is past; open another");
    try(approval_count(d, APPROVAL_HOLD, h.id, &granted));
    return granted >= h.approvers ? activate(d, h.id, a->approved_by) : ok;
}

/* ---- the end ---- */

static struct err drop_held(struct domain *d, struct text id, int64_t account) {
    struct statement *drop = statement_for(d->store, SQL_HELD_DROP);
    statement_bind_text(drop, 1, id);
    statement_bind_i64(drop, 2, account);
    return statement_run(drop, NULL);
}

/* An account after this hold: still under another, about to be erased, or as before. */
static struct err let_go(struct domain *d, struct text id, int64_t number, uint64_t by, bool waits_here) {
    struct account account;
    bool is_frozen, waits;
    const char *after = "restore";
    try(account_read(d, number, &account));
    try(hold_is_frozen(d, number, &is_frozen));
    try(count_of(d, SQL_HELD_WAITS, number, &waits));
    if (is_frozen) {
        after = "other_hold";
    } else if (waits) {
        after = "erase";
    } else {
        try(hold_archive_put(d, &account));
        try(change_of_account(d, number));
    }
    if (!waits_here) /* else the row says that an erasure waits, and goes with it */
        try(drop_held(d, id, number));
    return note(d, "hold.end", by, &account, (struct text[]){id, text_c(after)});
}

static struct err end_hold(struct domain *d, struct text id, uint64_t by) {
    bool waits;
    try(set_state(d, id, "active", "ended", by));
    try(set_active(d, id, false));
    for (int64_t number = 0;;) {
        try(next_held(d, id, &number, &waits));
        if (number == 0)
            return ok;
        try(let_go(d, id, number, by, waits));
    }
}

struct ending {
    const struct staff_member *by;
    struct text id, *approval_out;
};

static struct err ask_end_rows(struct domain *d, void *with) {
    const struct ending *e = with;
    return approval_ask(d, APPROVAL_HOLD_END, e->id, e->by->subject, e->approval_out);
}

struct err hold_ask_end(struct domain *d, const struct staff_member *by, struct text id,
                        struct text *approval_out) {
    struct ending e = {by, id, approval_out};
    struct approval standing;
    struct hold h;
    bool found;
    try(hold_find(d, id, &h));
    if (!text_equal_c(h.state, "active"))
        return err_make(ERR_CONFLICT, "the hold is not in force");
    try(approval_standing(d, APPROVAL_HOLD_END, id, by->subject, &standing, &found));
    if (!found)
        return domain_in_transaction(d, ask_end_rows, &e);
    *approval_out = standing.id;
    return ok;
}

struct err hold_end_decided(struct domain *d, const struct approval *a) {
    return text_equal_c(a->decision, "approved") ? end_hold(d, a->object, a->approved_by) : ok;
}

/* ---- the archive ---- */

struct reading {
    const struct hold_reading *with;
    struct account account;
    struct text object, approval;
};

static struct err ask_reading(struct domain *d, void *with) {
    struct reading *r = with;
    if (r->object.length && r->approval.length == 0)
        try(approval_ask(d, APPROVAL_ARCHIVE, r->object, r->with->by->subject, &r->approval));
    return note(d, "hold.refuse_archive", r->with->by->subject, &r->account,
                (struct text[]){r->with->hold, TEXT("law")});
}

static struct err tell_reading(struct domain *d, void *with) {
    const struct reading *r = with;
    try(access_tell(d, r->with->by, &r->account, ACCESS_LAW, TEXT("archive"), r->with->reference));
    return note(d, "hold.read_archive", r->with->by->subject, &r->account,
                (struct text[]){r->with->hold, TEXT("law")});
}

static struct err check_held(struct domain *d, const struct hold_reading *with) {
    struct statement *has = statement_for(d->store, SQL_HELD_HAS);
    bool row;
    statement_bind_text(has, 1, with->hold);
    statement_bind_i64(has, 2, with->account);
    try(statement_step(has, &row));
    statement_done(has);
    return row ? ok : err_make(ERR_NOT_FOUND, "the hold does not concern this account");
}

struct err hold_read_archive(struct domain *d, const struct hold_reading *with,
                             struct err (*visit)(struct domain *d, void *with, const struct hold_row *row),
                             void *visit_with) {
    struct reading r = {.with = with};
    struct approval a;
    bool found = false;
    try(check_held(d, with));
    try(account_read(d, with->account, &r.account));
    if (!is_words(with->reference, WORDS_BYTES_MAX)) {
        try(domain_in_transaction(d, ask_reading, &r));
        return domain_refuse(d, ERR_CASE_NUMBER_REQUIRED, "reference",
                             "the archive opens with a case number only");
    }
    struct digest reference;
    try(domain_hash(d, KEY_OFFICE, "archive", PARTS(with->reference), &reference));
    r.object = text_format_in(d->arena, "%.*s/%llu/%.*s", TEXT_ARG(with->hold),
                              (unsigned long long)r.account.subject,
                              TEXT_ARG(digest_print_in(d->arena, &reference)));
    try(approval_standing(d, APPROVAL_ARCHIVE, r.object, with->by->subject, &a, &found));
    if (!found || a.decision.length == 0) {
        r.approval = found ? a.id : TEXT("");
        try(domain_in_transaction(d, ask_reading, &r));
        d->detail.approval = r.approval;
        return err_make(ERR_APPROVAL_NEEDED, "another person has to approve the reading of the archive");
    }
    try(domain_in_transaction(d, tell_reading, &r));
    return hold_archive_each(d, &r.account, visit, visit_with);
}

/* ---- the job ---- */

static struct err end_one(struct domain *d, void *with) {
    return end_hold(d, *(const struct text *)with, 0);
}

static struct err lapse(struct domain *d, void *with) {
    struct statement *lapse = statement_for(d->store, SQL_HOLD_LAPSE);
    uint64_t changed;
    (void)with;
    statement_bind_i64(lapse, 1, d->now_ms);
    statement_bind_i64(lapse, 2, d->now_ms - APPROVAL_MS);
    try(statement_run(lapse, &changed));
    return changed ? statement_run(statement_for(d->store, SQL_HOLD_LAPSE_HELD), NULL) : ok;
}

static struct err end_all_over(struct domain *d) {
    for (bool row;;) {
        struct statement *over = statement_for(d->store, SQL_HOLD_OVER);
        statement_bind_i64(over, 1, d->now_ms);
        try(statement_step(over, &row));
        if (!row)
            return ok;
        struct text id = column_text_in(over, d->arena, 0);
        statement_done(over);
        try(domain_in_transaction(d, end_one, &id));
    }
}

struct err hold_follow(struct domain *d) {
    try(domain_in_transaction(d, lapse, NULL));
    try(end_all_over(d));
    for (bool row;;) {
        struct statement *waiting = statement_for(d->store, SQL_HELD_WAITING);
        struct account account;
        struct text receipt;
        try(statement_step(waiting, &row));
        if (!row)
            return ok;
        int64_t number = column_i64(waiting, 0);
        statement_done(waiting);
        try(account_read(d, number, &account));
        try(erasure_begin(d, &account, &receipt));
    }
}
