/* transfer.c: see transfer.h. */
#include "domain/transfer.h"
#include "domain/audit.h"
#include "domain/consent.h"
#include "domain/staff.h"

enum { TRANSFER_TEXT_MAX = 1000, PERSON_BYTES_MAX = 1 << 20 };

static struct transfer from_row(struct statement *s, struct arena *a) {
    return (struct transfer){column_text_in(s, a, 0),    column_text_in(s, a, 1),
                             column_text_in(s, a, 2),    column_text_in(s, a, 3),
                             (uint64_t)column_i64(s, 4), (uint64_t)column_i64(s, 5),
                             column_i64(s, 6),           column_i64(s, 7),
                             column_i64(s, 8),           column_i64(s, 9)};
}

static struct err get(struct domain *d, struct text id, struct transfer *out) {
    struct statement *s = statement_for(d->store, SQL_TRANSFER_GET);
    bool row;
    statement_bind_text(s, 1, id);
    try(statement_step(s, &row));
    if (!row)
        return err_make(ERR_NOT_FOUND, "there is no such transfer");
    *out = from_row(s, d->arena);
    statement_done(s);
    return ok;
}

struct err transfer_each(struct domain *d, void (*visit)(void *with, const struct transfer *t),
                         void *with) {
    struct statement *list = statement_for(d->store, SQL_TRANSFER_LIST);
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        struct transfer t = from_row(list, d->arena);
        visit(with, &t);
    }
}

static struct err note(struct domain *d, const char *action, struct text id, uint64_t by) {
    return audit_note(d, &(struct audit_event){.actor_kind = by ? AUDIT_STAFF : AUDIT_OPERATOR,
                                               .actor = by,
                                               .action = action,
                                               .object = id,
                                               .purpose = "law"});
}

static struct err open_rows(struct domain *d, void *with) {
    const struct transfer *t = with;
    struct statement *add = statement_for(d->store, SQL_TRANSFER_ADD);
    statement_bind_text(add, 1, t->id);
    statement_bind_text(add, 2, t->recipient);
    statement_bind_text(add, 3, t->contact);
    statement_bind_text(add, 4, t->reason);
    statement_bind_i64(add, 5, (int64_t)t->asked_by);
    statement_bind_i64(add, 6, d->now_ms);
    try(statement_run(add, NULL));
    return note(d, "transfer.open", t->id, t->asked_by);
}

struct err transfer_open(struct domain *d, const struct transfer *with, struct text *id_out) {
    struct transfer t = *with;
    const struct {
        const char *name;
        struct text value;
    } needed[] = {{"recipient", t.recipient}, {"contact", t.contact}, {"reason", t.reason}};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (needed[i].value.length == 0 || needed[i].value.length > TRANSFER_TEXT_MAX)
            return domain_refuse(d, ERR_FIELD_INVALID, needed[i].name,
                                 "the field has 1 to 1,000 bytes");
    t.id = domain_receipt(d);
    try(domain_in_transaction(d, open_rows, &t));
    *id_out = t.id;
    return ok;
}

struct approving {
    struct text id;
    uint64_t by;
};

static struct err approve_rows(struct domain *d, void *with) {
    const struct approving *p = with;
    struct transfer t;
    try(get(d, p->id, &t));
    try(staff_second(t.asked_by, p->by));
    if (t.approved_ms)
        return err_make(ERR_CONFLICT, "the transfer is approved already");
    struct statement *s = statement_for(d->store, SQL_TRANSFER_APPROVE);
    statement_bind_text(s, 1, p->id);
    statement_bind_i64(s, 2, (int64_t)p->by);
    statement_bind_i64(s, 3, d->now_ms);
    try(statement_run(s, NULL));
    return note(d, "transfer.approve", p->id, p->by);
}

struct err transfer_approve(struct domain *d, struct text id, uint64_t approver) {
    struct approving p = {id, approver};
    return domain_in_transaction(d, approve_rows, &p);
}

/* ---- handing over ---- */

static struct err next_willing(struct domain *d, int64_t after, int64_t *account_out) {
    struct statement *s = statement_for(d->store, SQL_AGREEMENT_WALK);
    bool row;
    statement_bind_text(s, 1, TEXT("transfer"));
    statement_bind_i64(s, 2, after);
    try(statement_step(s, &row));
    *account_out = row ? column_i64(s, 0) : 0;
    statement_done(s);
    return ok;
}

struct handing {
    const struct transfer *transfer;
    const struct account *account;
    int64_t persons;
};

static struct err person_rows(struct domain *d, void *with) {
    const struct handing *h = with;
    return audit_note(d, &(struct audit_event){.actor_kind = AUDIT_OPERATOR,
                                               .action = "transfer.person",
                                               .about = h->account,
                                               .object = h->transfer->id,
                                               .purpose = "consent"});
}

static struct err finish_rows(struct domain *d, void *with) {
    const struct handing *h = with;
    struct statement *s = statement_for(d->store, SQL_TRANSFER_EXPORTED);
    statement_bind_text(s, 1, h->transfer->id);
    statement_bind_i64(s, 2, d->now_ms);
    statement_bind_i64(s, 3, h->persons);
    try(statement_run(s, NULL));
    return note(d, "transfer.export", h->transfer->id, 0);
}

/* Whoever is handed over; account 0 in *h->account: not this one. */
static struct err hand_over(struct domain *d, const struct policy *policy, int64_t number,
                            struct handing *h, struct account *account) {
    *account = (struct account){0};
    struct err e = agreement_check(d, policy, number);
    if (e.kind == ERR_POLICY_CONSENT_REQUIRED)
        return ok; /* has not agreed to the change yet */
    try(e);
    try(account_read(d, number, account));
    return domain_in_transaction(d, person_rows, h);
}

static struct err each_willing(struct domain *d, const struct policy *policy, struct handing *h,
                               struct err (*give)(void *with, const struct account *a),
                               void *with) {
    struct account account;
    h->account = &account;
    for (int64_t number = 0;;) {
        arena_reset(d->arena);
        try(next_willing(d, number, &number));
        if (!number)
            return ok;
        try(hand_over(d, policy, number, h, &account));
        if (account.number)
            try(give(with, &account));
        h->persons += account.number != 0;
    }
}

/* The domain's arena is one a person meanwhile: there may be a million. */
struct err transfer_export(struct domain *d, const struct policy *policy, struct text id,
                           struct err (*give)(void *with, const struct account *a), void *with) {
    struct transfer t;
    struct handing h = {.transfer = &t};
    struct arena each, *whole = d->arena;
    try(get(d, id, &t));
    if (!t.approved_ms)
        return err_make(ERR_FOUR_EYES_REQUIRED,
                        "another person of the staff has to approve the transfer first");
    arena_init(&each, PERSON_BYTES_MAX);
    d->arena = &each;
    struct err e = each_willing(d, policy, &h, give, with);
    d->arena = whole;
    if (e.say)
        e.say = text_say_in(whole, "%s", e.say);
    arena_done(&each);
    return e.kind ? e : domain_in_transaction(d, finish_rows, &h);
}
