/* announcement.c: see announcement.h. */
#include "domain/announcement.h"
#include "base/clock.h"
#include "base/must.h"
#include "domain/consent.h"
#include "domain/outbox.h"

enum { BATCH_MAX = 1000 };

/* ---- the message ---- */

struct letter {
    struct text subject, body;
};

static struct letter letter_of(struct domain *d, const struct published *p) {
    struct arena *a = d->arena;
    struct text zh = TEXT(""), en = TEXT("");
    long long number = (long long)p->number;
    for (unsigned i = 0; i < CHANGE_KINDS; i++) {
        if (!(p->kinds & 1u << i))
            continue;
        zh = text_format_in(a, "%.*s  · %s\r\n", TEXT_ARG(zh),
                            facts_kind_says((enum policy_change_kind)i, false));
        en = text_format_in(a, "%.*s  - %s\r\n", TEXT_ARG(en),
                            facts_kind_says((enum policy_change_kind)i, true));
    }
    struct text date = clock_print_utc_in(a, p->effective_ms);
    return (struct letter){
        text_format_in(a, "%.*s：隐私政策有重大变更 / The privacy policy changes",
                       TEXT_ARG(d->service)),
        text_format_in(a,
                       "隐私政策第 %lld 版将于 %.*s (UTC) 生效，涉及：\r\n%.*s请登录后阅读 "
                       "/policy/%lld 及差异 "
                       "/policy/%lld...%lld，并选择同意或不同意。生效前您的 token "
                       "照常可用；生效后须同意方可继续使用，"
                       "导出与注销始终可用。\r\n\r\n"
                       "Version %lld of the privacy policy takes effect at %.*s (UTC). It "
                       "concerns:\r\n%.*sPlease log in, read "
                       "/policy/%lld and what differs, /policy/%lld...%lld, and agree or decline. "
                       "Your tokens work as before "
                       "until then; from then on they need your consent. Export and cancelling are "
                       "always open.",
                       number, TEXT_ARG(date), TEXT_ARG(zh), number, number - 1, number, number,
                       TEXT_ARG(date), TEXT_ARG(en), number, number - 1, number)};
}

/* ---- one person ---- */

struct person {
    int64_t account;
    struct identity to;
    struct text key;
    bool is_reachable, is_put;
};

static struct text key_in(struct arena *a, int64_t version, int64_t account) {
    return text_format_in(a, "n%lld_%lld", (long long)version, (long long)account);
}

static bool key_parse(struct text key, int64_t *version_out, int64_t *account_out) {
    struct text rest = text_from(key, 1), number;
    return text_starts(key, TEXT("n")) && text_cut(&rest, '_', &number) &&
           text_to_i64(number, version_out) && text_to_i64(rest, account_out);
}

bool announcement_is_of(struct text reference) {
    int64_t version, account;
    return key_parse(reference, &version, &account);
}

static struct err address_of(struct domain *d, const struct account *account, struct person *out) {
    out->is_reachable = account->email.length || account->phone.length;
    if (account->email.length)
        return identity_email(d, account->email, &out->to);
    return account->phone.length ? identity_phone(d, account->phone, &out->to) : ok;
}

/* *out is empty (account 0) where the person is leaving, or has agreed already. */
static struct err look_at(struct domain *d, int64_t version, int64_t number, struct person *out) {
    struct account account;
    struct agreement agreed;
    *out = (struct person){0};
    struct err e = account_read(d, number, &account);
    if (e.kind == ERR_NOT_FOUND || (!e.kind && account.is_erasing))
        return ok;
    try(e);
    try(agreement_of(d, number, "policy", &agreed));
    if (agreed.is_yes && agreed.version >= version)
        return ok;
    try(address_of(d, &account, out));
    out->account = number;
    out->key = key_in(d->arena, version, number);
    return ok;
}

/* ---- one batch ---- */

struct batch {
    const struct announcement *notice;
    struct person *persons;
    unsigned count, seen;
    int64_t reached;
};

static struct err gather(struct domain *d, const struct announcement *n, unsigned limit,
                         struct batch *b) {
    int64_t *numbers = arena_alloc(d->arena, limit * sizeof *numbers);
    struct statement *list = statement_for(d->store, SQL_NOTICE_ACCOUNTS);
    *b = (struct batch){.notice = n,
                        .persons = arena_alloc(d->arena, limit * sizeof *b->persons),
                        .reached = n->reached};
    statement_bind_i64(list, 1, n->reached);
    statement_bind_i64(list, 2, limit);
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            break;
        numbers[b->seen++] = column_i64(list, 0);
    }
    for (unsigned i = 0; i < b->seen; i++) {
        try(look_at(d, n->version, numbers[i], &b->persons[b->count]));
        b->count += b->persons[b->count].account != 0;
        b->reached = numbers[i];
    }
    return ok;
}

static struct err hide_all(struct domain *d, struct batch *b, const struct letter *letter) {
    for (unsigned i = 0; i < b->count; i++) {
        const struct person *p = &b->persons[i];
        const struct message message = {.kind = MESSAGE_NOTICE,
                                        .subject = letter->subject,
                                        .body = letter->body,
                                        .reference = p->key,
                                        .account = p->account};
        if (p->is_reachable)
            try(outbox_hide(d, &p->to, &message));
    }
    return ok;
}

static struct err put_rows(struct domain *d, void *with) {
    struct batch *b = with;
    int64_t put = 0, unreachable = 0;
    for (unsigned i = 0; i < b->count; i++) {
        struct person *p = &b->persons[i];
        uint64_t changed;
        struct statement *add = statement_for(d->store, SQL_NOTICE_PERSON_ADD);
        statement_bind_i64(add, 1, p->account);
        statement_bind_i64(add, 2, b->notice->version);
        statement_bind_text(
            add, 3, p->is_reachable ? text_c(identity_kind_name(p->to.kind)) : TEXT("none"));
        statement_bind_text(add, 4, p->is_reachable ? TEXT("put") : TEXT("none"));
        statement_bind_i64(add, 5, d->now_ms);
        try(statement_run(add, &changed));
        p->is_put = changed > 0 && p->is_reachable;
        if (p->is_put)
            try(outbox_expect(d, p->key, p->account));
        put += p->is_put;
        unreachable += changed > 0 && !p->is_reachable;
    }
    struct statement *reach = statement_for(d->store, SQL_NOTICE_REACH);
    statement_bind_i64(reach, 1, b->notice->version);
    statement_bind_i64(reach, 2, b->reached);
    statement_bind_i64(reach, 3, put);
    statement_bind_i64(reach, 4, unreachable);
    return statement_run(reach, NULL);
}

static struct err show_all(struct domain *d, const struct batch *b, enum announcement_step last) {
    for (unsigned i = 0; i < b->count; i++) {
        const struct person *p = &b->persons[i];
        if (p->is_reachable)
            try(p->is_put ? outbox_show(d, &p->to, p->key) : outbox_drop(d, &p->to, p->key));
        if (last == ANNOUNCE_SHOW_ONE)
            return ok;
    }
    return ok;
}

static struct err work_batch(struct domain *d, struct batch *b, const struct published *p,
                             enum announcement_step last) {
    struct letter letter = letter_of(d, p);
    try(hide_all(d, b, &letter));
    if (last == ANNOUNCE_HIDE)
        return ok;
    try(outbox_sync(d));
    if (last == ANNOUNCE_SYNC)
        return ok;
    try(domain_in_transaction(d, put_rows, b));
    return last == ANNOUNCE_ROWS ? ok : show_all(d, b, last);
}

/* ---- the job ---- */

static struct announcement from_row(struct statement *s) {
    return (struct announcement){column_i64(s, 0), column_i64(s, 1), column_i64(s, 2),
                                 column_i64(s, 3), column_i64(s, 4), column_i64(s, 5),
                                 column_i64(s, 6)};
}

static struct err one_notice(struct domain *d, enum store_sql query, struct announcement *out) {
    struct statement *s = statement_for(d->store, query);
    bool row;
    try(statement_step(s, &row));
    *out = row ? from_row(s) : (struct announcement){0};
    statement_done(s);
    return ok;
}

struct err announcement_last(struct domain *d, struct announcement *out) {
    return one_notice(d, SQL_NOTICE_LAST, out);
}

static struct err finish(struct domain *d, const struct announcement *n) {
    struct statement *done = statement_for(d->store, SQL_NOTICE_DONE);
    statement_bind_i64(done, 1, n->version);
    statement_bind_i64(done, 2, d->now_ms);
    return statement_run(done, NULL);
}

struct err announcement_work(struct domain *d, unsigned batch, enum announcement_step last,
                             bool *more_out) {
    struct announcement n;
    struct batch b;
    struct policy *policy;
    const struct published *list;
    *more_out = false;
    must(batch > 0 && batch <= BATCH_MAX);
    try(one_notice(d, SQL_NOTICE_NEXT, &n));
    if (!n.version)
        return ok;
    try(gather(d, &n, batch, &b));
    policy = arena_alloc(d->arena, sizeof *policy);
    try(publication_read(d, policy, &list));
    const struct published *p = &list[n.version - 1];
    if (b.seen == 0)
        return p->effective_ms <= d->now_ms ? finish(d, &n) : ok;
    *more_out = true;
    return work_batch(d, &b, p, last);
}

static struct err is_put(struct domain *d, struct text key, bool *out) {
    int64_t version, account;
    *out = false;
    if (!key_parse(key, &version, &account))
        return ok;
    struct statement *get = statement_for(d->store, SQL_NOTICE_PERSON_GET);
    bool row;
    statement_bind_i64(get, 1, account);
    statement_bind_i64(get, 2, version);
    try(statement_step(get, &row));
    *out = row && text_equal_c(column_text_in(get, d->arena, 1), "put");
    statement_done(get);
    return ok;
}

struct err announcement_resume(struct domain *d) {
    return outbox_settle(d, is_put);
}

/* ---- what became of it ---- */

struct bounce {
    int64_t version, account;
};

static struct err bounce_rows(struct domain *d, void *with) {
    const struct bounce *b = with;
    uint64_t changed;
    struct statement *person = statement_for(d->store, SQL_NOTICE_PERSON_BOUNCED);
    statement_bind_i64(person, 1, b->account);
    statement_bind_i64(person, 2, b->version);
    statement_bind_i64(person, 3, d->now_ms);
    try(statement_run(person, &changed));
    if (changed == 0)
        return ok; /* told before, or erased since */
    struct statement *sum = statement_for(d->store, SQL_NOTICE_BOUNCE);
    statement_bind_i64(sum, 1, b->version);
    return statement_run(sum, NULL);
}

struct err announcement_bounced(struct domain *d, struct text key) {
    struct bounce b;
    if (!key_parse(key, &b.version, &b.account))
        return err_make(ERR_NOT_FOUND, "the message is of no notice");
    return domain_in_transaction(d, bounce_rows, &b);
}

struct err announcement_each(struct domain *d, int64_t account,
                             void (*visit)(void *with, const struct announcement_person *p),
                             void *with) {
    struct statement *list = statement_for(d->store, SQL_NOTICE_PERSON_LIST);
    statement_bind_i64(list, 1, account);
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        struct announcement_person p = {column_i64(list, 0), column_i64(list, 3),
                                        column_text_in(list, d->arena, 1),
                                        column_text_in(list, d->arena, 2)};
        visit(with, &p);
    }
}
