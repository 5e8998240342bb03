/* publication.c: see publication.h. */
#include "domain/publication.h"
#include "base/clock.h"
#include "base/must.h"
#include "domain/audit.h"
#include "domain/rights.h"
#include "domain/staff.h"

#include <string.h>

static const int64_t day_ms = 86400000, hour_ms = 3600000;

/* ---- dates ---- */

bool publication_moment(struct text t, int64_t zone_hours, int64_t *ms_out) {
    struct date date;
    struct text rest = text_part(t, 11, 8), part;
    uint64_t clock[3];
    if (!date_parse(text_part(t, 0, 10), &date))
        return false;
    *ms_out = date_to_day(date) * day_ms - zone_hours * hour_ms;
    if (t.length == 10)
        return true;
    if (t.length != 20 || t.bytes[10] != 'T' || t.bytes[19] != 'Z')
        return false;
    for (unsigned i = 0; i < 3; i++)
        if (!text_cut(&rest, ':', &part) || part.length != 2 || !text_to_u64(part, &clock[i]))
            return false;
    if (clock[0] > 23 || clock[1] > 59 || clock[2] > 59)
        return false;
    *ms_out =
        date_to_day(date) * day_ms + (int64_t)(clock[0] * 3600 + clock[1] * 60 + clock[2]) * 1000;
    return true;
}

static struct text day_in(struct arena *a, int64_t ms, int64_t zone_hours) {
    int64_t local = ms + zone_hours * hour_ms;
    return date_print_in(a, date_from_day(local / day_ms));
}

/* ---- reading ---- */

static struct published from_row(struct statement *s, struct arena *a) {
    return (struct published){.number = column_i64(s, 0),
                              .published_ms = column_i64(s, 1),
                              .effective_ms = column_i64(s, 2),
                              .digest = column_text_in(s, a, 3),
                              .zh = column_text_in(s, a, 4),
                              .en = column_text_in(s, a, 5),
                              .facts = column_text_in(s, a, 6),
                              .kinds = (unsigned)column_i64(s, 7),
                              .demands = column_i64(s, 8) != 0,
                              .prev = column_text_in(s, a, 9),
                              .by = (uint64_t)column_i64(s, 10),
                              .second = (uint64_t)column_i64(s, 11)};
}

static struct err read_rows(struct domain *d, struct published *list, unsigned *count_out) {
    struct statement *s = statement_for(d->store, SQL_POLICY_VERSION_LIST);
    for (*count_out = 0;;) {
        bool row;
        try(statement_step(s, &row));
        if (!row)
            return ok;
        must(*count_out < POLICY_VERSIONS_MAX);
        list[(*count_out)++] = from_row(s, d->arena);
    }
}

/* Two texts a version, and the empty entry. */
struct shelf {
    struct embedded texts[2 * POLICY_VERSIONS_MAX + 1];
    unsigned count;
};

static void shelve(struct arena *a, struct shelf *shelf, struct text zh, struct text en) {
    unsigned number = shelf->count / 2 + 1;
    must(number <= POLICY_VERSIONS_MAX);
    shelf->texts[shelf->count++] = (struct embedded){text_say_in(a, "%u.zh.md", number), zh};
    shelf->texts[shelf->count++] = (struct embedded){text_say_in(a, "%u.en.md", number), en};
    shelf->texts[shelf->count] = (struct embedded){0};
}

static struct shelf *shelf_of(struct arena *a, const struct published *list, unsigned count) {
    struct shelf *shelf = arena_alloc(a, sizeof *shelf);
    shelf->count = 0;
    for (unsigned i = 0; i < count; i++)
        shelve(a, shelf, list[i].zh, list[i].en);
    return shelf;
}

/* A text that does not have the digest that it was published with is not shown to anybody. */
static struct err check_digests(struct domain *d, const struct published *list,
                                const struct policy *policy) {
    for (unsigned i = 0; i < policy->count; i++)
        if (!text_equal(list[i].digest, digest_print_in(d->arena, &policy->versions[i].digest)))
            return err_make(
                ERR_INTEGRITY_FAILED,
                text_say_in(d->arena, "policy %u is not the text that was published", i + 1));
    return ok;
}

struct err publication_read(struct domain *d, struct policy *policy_out,
                            const struct published **list_out) {
    struct published *list = arena_alloc(d->arena, POLICY_VERSIONS_MAX * sizeof *list);
    unsigned count;
    try(read_rows(d, list, &count));
    if (count == 0)
        return err_make(ERR_NOT_FOUND, "no policy has been published; start the service once");
    try(policy_read(d->arena, shelf_of(d->arena, list, count)->texts, policy_out));
    must(policy_out->count == count);
    try(check_digests(d, list, policy_out));
    for (unsigned i = count; i > 0 && list[i - 1].effective_ms > d->now_ms; i--)
        policy_out->scheduled++;
    if (list_out)
        *list_out = list;
    return ok;
}

struct err publication_demand(struct domain *d, struct policy_demand *out) {
    struct statement *s = statement_for(d->store, SQL_POLICY_VERSION_STATE);
    bool row;
    statement_bind_i64(s, 1, d->now_ms);
    try(statement_step(s, &row));
    must(row);
    *out = (struct policy_demand){column_i64(s, 0), column_i64(s, 1), column_i64(s, 2),
                                  column_i64(s, 3), column_i64(s, 4)};
    statement_done(s);
    return ok;
}

/* ---- writing ---- */

static struct err add_row(struct domain *d, const struct published *p) {
    struct statement *s = statement_for(d->store, SQL_POLICY_VERSION_ADD);
    statement_bind_i64(s, 1, p->number);
    statement_bind_i64(s, 2, p->published_ms);
    statement_bind_i64(s, 3, p->effective_ms);
    statement_bind_text(s, 4, p->digest);
    statement_bind_text(s, 5, p->zh);
    statement_bind_text(s, 6, p->en);
    statement_bind_text(s, 7, p->facts);
    statement_bind_i64(s, 8, p->kinds);
    statement_bind_i64(s, 9, p->demands);
    statement_bind_text(s, 10, p->prev);
    statement_bind_i64(s, 11, (int64_t)p->by);
    statement_bind_i64(s, 12, (int64_t)p->second);
    return statement_run(s, NULL);
}

static int64_t not_after(int64_t ms, int64_t now_ms) {
    return ms < now_ms ? ms : now_ms;
}

struct first {
    const struct embedded *texts;
    const struct policy *policy;
    struct text facts;
};

static struct text text_named(const struct embedded *texts, const char *name) {
    while (texts->name && strcmp(texts->name, name) != 0)
        texts++;
    return texts->content;
}

static struct err first_rows(struct domain *d, void *with) {
    const struct first *f = with;
    struct policy_demand demand;
    struct text prev = TEXT("");
    try(publication_demand(d, &demand));
    for (unsigned i = demand.count ? f->policy->count : 0; i < f->policy->count; i++) {
        const struct policy_version *v = &f->policy->versions[i];
        struct published p = {.number = i + 1,
                              .digest = digest_print_in(d->arena, &v->digest),
                              .prev = prev,
                              .zh = text_named(f->texts, text_say_in(d->arena, "%u.zh.md", i + 1)),
                              .en = text_named(f->texts, text_say_in(d->arena, "%u.en.md", i + 1)),
                              .facts = i + 1 == f->policy->count ? f->facts : TEXT("")};
        if (!publication_moment(v->published, 0, &p.published_ms) ||
            !publication_moment(v->effective, 0, &p.effective_ms))
            p.published_ms = p.effective_ms = d->now_ms;
        p.effective_ms = not_after(p.effective_ms, d->now_ms);
        p.published_ms = not_after(p.published_ms, p.effective_ms);
        try(add_row(d, &p));
        try(audit_note(d, &(struct audit_event){.actor_kind = AUDIT_SYSTEM,
                                                .action = "policy.publish",
                                                .object = v->version,
                                                .purpose = "law"}));
        prev = p.digest;
    }
    return ok;
}

struct err publication_first(struct domain *d, const struct embedded *texts, struct text facts) {
    struct policy *policy = arena_alloc(d->arena, sizeof *policy);
    struct policy_demand demand;
    try(publication_demand(d, &demand));
    if (demand.count)
        return ok;
    try(policy_read(d->arena, texts, policy));
    struct first first = {texts, policy, facts};
    return domain_in_transaction(d, first_rows, &first);
}

/* ---- a new one ---- */

struct publishing {
    const struct new_version *with;
    struct published fresh;
    const struct published *last;
    const struct policy_version *before, *after;
};

static struct err conflict(struct domain *d, const char *say) {
    (void)d;
    return err_make(ERR_POLICY_CONFLICT, say);
}

static bool says_the_same(const struct policy_version *a, const struct policy_version *b) {
    if (a->line_count != b->line_count)
        return false;
    for (unsigned i = 0; i < a->line_count; i++)
        if (!text_equal(a->lines[i].id, b->lines[i].id) ||
            !text_equal(a->lines[i].say[0], b->lines[i].say[0]) ||
            !text_equal(a->lines[i].say[1], b->lines[i].say[1]))
            return false;
    return true;
}

static struct err check_dates(struct domain *d, struct publishing *p) {
    const struct new_version *w = p->with;
    struct arena *a = d->arena;
    struct text today = day_in(a, d->now_ms, w->zone_hours);
    int64_t effective = w->effective_ms,
            earliest = d->now_ms + (w->kinds ? w->notice_days * day_ms : 0);
    if (!text_equal(p->after->published, today))
        return conflict(d, text_say_in(a, "the text says published: %.*s; today is %.*s",
                                       TEXT_ARG(p->after->published), TEXT_ARG(today)));
    if (!effective && !publication_moment(p->after->effective, w->zone_hours, &effective))
        return conflict(d, "the text's effective: is no day such as 2030-01-31");
    if (!w->effective_ms && text_equal(p->after->effective, today))
        effective = d->now_ms; /* from now on, not since midnight */
    if (!text_equal(p->after->effective, day_in(a, effective, w->zone_hours)))
        return conflict(
            d,
            text_say_in(a, "the text says effective: %.*s, which is another day than was asked for",
                        TEXT_ARG(p->after->effective)));
    if (effective < earliest)
        return conflict(
            d, text_say_in(
                   a,
                   "it can take effect at %.*s at the earliest: a major change is told %u days "
                   "before",
                   TEXT_ARG(clock_print_utc_in(a, earliest)), w->notice_days));
    p->fresh.published_ms = d->now_ms;
    p->fresh.effective_ms = effective;
    return ok;
}

static struct err check_kinds(struct domain *d, struct publishing *p, struct buf *why) {
    const struct new_version *w = p->with;
    unsigned found = facts_compare(p->last->facts, w->facts, why);
    bool is_same = says_the_same(p->before, p->after);
    if (rights_lost(w->facts, p->before, p->after, why))
        found |= 1u << CHANGE_RIGHTS;
    if (rights_lost(p->last->facts, p->before, p->after,
                    &(struct buf){.arena = d->arena, .limit = FACTS_BYTES_MAX}))
        found |= 1u << CHANGE_RIGHTS;
    if (found & ~w->kinds)
        return err_make(
            ERR_POLICY_CHANGE_MAJOR,
            text_say_in(d->arena,
                        "what has changed since the last version is of kind %.*s; declare it with "
                        "--major",
                        TEXT_ARG(facts_kinds_in(d->arena, found & ~w->kinds))));
    if (is_same)
        return conflict(
            d, found ? "what the system does has changed and the text says nothing new of it"
                     : "the text says what the last version says");
    return ok;
}

/* A role that may publish; *subject_out 0 where nobody is named. */
static struct err check_staff(struct domain *d, int64_t account, uint64_t *subject_out) {
    struct account staff;
    unsigned roles;
    *subject_out = 0;
    if (!account)
        return ok;
    try(account_read(d, account, &staff));
    try(staff_roles(d, account, &roles));
    if (!(roles & (STAFF_OWNER | STAFF_PRIVACY)))
        return err_make(ERR_ROLE_MISSING,
                        "who publishes is an owner or a privacy officer of the staff");
    *subject_out = staff.subject;
    return ok;
}

static struct err check_persons(struct domain *d, struct publishing *p) {
    struct statement *any = statement_for(d->store, SQL_CONSENT_ANY);
    bool row;
    try(statement_step(any, &row));
    bool needs_two = row && column_i64(any, 0);
    statement_done(any);
    try(check_staff(d, p->with->by, &p->fresh.by));
    try(check_staff(d, p->with->second, &p->fresh.second));
    if (p->fresh.second)
        try(staff_second(p->fresh.by, p->fresh.second));
    if (needs_two && (!p->fresh.by || !p->fresh.second))
        return err_make(
            ERR_FOUR_EYES_REQUIRED,
            "persons have agreed to the policy: name two of the staff with --by and --second");
    return ok;
}

static struct err put_rows(struct domain *d, void *with) {
    const struct publishing *p = with;
    const struct published *f = &p->fresh;
    try(add_row(d, f));
    if (f->demands) {
        struct statement *open = statement_for(d->store, SQL_NOTICE_OPEN);
        statement_bind_i64(open, 1, f->number);
        statement_bind_i64(open, 2, d->now_ms);
        try(statement_run(open, NULL));
    }
    struct text object =
        text_format_in(d->arena, "version %lld text %.*s kinds %.*s second %llu",
                       (long long)f->number, TEXT_ARG(f->digest),
                       TEXT_ARG(facts_kinds_in(d->arena, f->kinds)), (unsigned long long)f->second);
    return audit_note(d, &(struct audit_event){.actor_kind = f->by ? AUDIT_STAFF : AUDIT_OPERATOR,
                                               .actor = f->by,
                                               .action = "policy.publish",
                                               .object = object,
                                               .purpose = "law"});
}

static struct err read_new(struct domain *d, const struct new_version *w,
                           const struct policy *policy, const struct published *list,
                           struct policy *all) {
    struct shelf *shelf = shelf_of(d->arena, list, policy->count);
    if (policy->scheduled)
        return conflict(
            d, text_say_in(
                   d->arena, "version %u takes effect at %.*s; publish the next one after that",
                   policy->count,
                   TEXT_ARG(clock_print_utc_in(d->arena, list[policy->count - 1].effective_ms))));
    if (policy->count == POLICY_VERSIONS_MAX)
        return err_make(ERR_LIMIT_REACHED, "there are as many versions as this program can hold");
    shelve(d->arena, shelf, w->zh, w->en);
    struct err e = policy_read(d->arena, shelf->texts, all);
    return e.kind == ERR_CONFIG ? conflict(d, e.say) : e;
}

struct err publication_put(struct domain *d, const struct new_version *with, struct buf *why,
                           int64_t *number_out) {
    struct policy *old = arena_alloc(d->arena, sizeof *old),
                  *all = arena_alloc(d->arena, sizeof *all);
    const struct published *list;
    try(publication_read(d, old, &list));
    try(read_new(d, with, old, list, all));
    struct publishing p = {.with = with,
                           .last = &list[old->count - 1],
                           .before = &all->versions[old->count - 1],
                           .after = &all->versions[old->count]};
    p.fresh = (struct published){.number = old->count + 1,
                                 .zh = with->zh,
                                 .en = with->en,
                                 .facts = with->facts,
                                 .kinds = with->kinds,
                                 .demands = with->kinds != 0,
                                 .prev = p.last->digest,
                                 .digest = digest_print_in(d->arena, &p.after->digest)};
    try(check_dates(d, &p));
    try(check_kinds(d, &p, why));
    try(check_persons(d, &p));
    struct err e = domain_in_transaction(d, put_rows, &p);
    if (e.kind == ERR_CONFLICT)
        return conflict(d, "somebody else published at the same time");
    try(e);
    *number_out = p.fresh.number;
    return ok;
}
