/* consent.c: see consent.h. */
#include "domain/consent.h"
#include "domain/audit.h"
#include "domain/publication.h"
#include "domain/token.h"
#include "base/must.h"

#include <string.h>

#define POLICY "policy"

const struct consent_purpose consent_purposes[] = {
#define PURPOSE(name, zh, en) {#name, {zh, en}},
#include "domain/consent_purposes.def"
#undef PURPOSE
    {0},
};

static bool is_yes(struct text act) {
    return text_equal_c(act, "register") || text_equal_c(act, "guardian") ||
           text_equal_c(act, "agree") || text_equal_c(act, "next");
}

/* ---- what holds now ---- */

struct err agreement_of(struct domain *d, int64_t account, const char *purpose,
                        struct agreement *out) {
    struct statement *get = statement_for(d->store, SQL_AGREEMENT_GET);
    *out = (struct agreement){0};
    statement_bind_i64(get, 1, account);
    statement_bind_text(get, 2, text_c(purpose));
    try(statement_step(get, &out->is_known));
    if (out->is_known) {
        out->act = column_text_in(get, d->arena, 0);
        out->version = column_i64(get, 1);
        out->receipt = column_text_in(get, d->arena, 2);
        out->is_yes = is_yes(out->act);
    }
    statement_done(get);
    return ok;
}

static struct err is_person(struct domain *d, int64_t account, bool *out) {
    struct statement *get = statement_for(d->store, SQL_ACCOUNT_IS_PERSON);
    bool row;
    statement_bind_i64(get, 1, account);
    try(statement_step(get, &row));
    *out = row && column_i64(get, 0);
    statement_done(get);
    return ok;
}

struct err agreement_of_tokens(struct domain *d, int64_t account, struct token_consent *out) {
    struct agreement a;
    bool person = true;
    try(agreement_of(d, account, POLICY, &a));
    if (!a.is_known)
        try(is_person(d, account, &person));
    *out = (struct token_consent){a.is_known && !a.is_yes, !person, a.version};
    return ok;
}

struct err agreement_check(struct domain *d, const struct policy *policy, int64_t account) {
    struct policy_demand demand;
    struct token_consent held;
    try(publication_demand(d, &demand));
    try(agreement_of_tokens(d, account, &held));
    if (!held.is_declined && (held.is_program || held.version >= demand.now))
        return ok;
    d->detail.version = policy_in_force(policy)->version;
    d->detail.agreed = held.version;
    return err_make(ERR_POLICY_CONSENT_REQUIRED, "the version in force needs the person's consent");
}

/* ---- events ---- */

static struct err agreement_put(struct domain *d, int64_t account, const struct consent *c,
                                struct text receipt) {
    struct agreement before;
    bool is_policy = text_equal_c(c->purpose, POLICY);
    int64_t version = 0;
    try(agreement_of(d, account, text_c_in(d->arena, c->purpose), &before));
    if (is_policy && (!is_yes(c->act) || !text_to_i64(c->version, &version)))
        version = before.version;
    struct statement *put = statement_for(d->store, SQL_AGREEMENT_PUT);
    statement_bind_i64(put, 1, account);
    statement_bind_text(put, 2, c->purpose);
    statement_bind_text(put, 3, c->act);
    statement_bind_i64(put, 4, version);
    statement_bind_text(put, 5, receipt);
    return statement_run(put, NULL);
}

static struct err event_put(struct domain *d, int64_t account, const struct consent *c,
                            struct text receipt) {
    struct statement *add = statement_for(d->store, SQL_CONSENT_ADD);
    statement_bind_text(add, 1, receipt);
    statement_bind_i64(add, 2, account);
    statement_bind_text(add, 3, c->version);
    statement_bind_text(add, 4, c->text_hash);
    statement_bind_text(add, 5, c->act);
    statement_bind_text(add, 6, c->language);
    statement_bind_i64(add, 7, d->now_ms);
    statement_bind_text(add, 8, c->purpose);
    statement_bind_text(add, 9, c->served);
    return statement_run(add, NULL);
}

struct adding {
    int64_t account;
    struct consent consent;
    struct text receipt;
    bool holds; /* it says what holds from now on */
};

static const char *action_of(struct text act) {
    return is_yes(act) ? "consent.give" : text_equal_c(act, "decline") ? "consent.decline" : "consent.withdraw";
}

static struct err add(struct domain *d, void *with) {
    const struct adding *a = with;
    const struct consent *c = &a->consent;
    struct account about = {.number = a->account};
    try(event_put(d, a->account, c, a->receipt));
    if (a->holds)
        try(agreement_put(d, a->account, c, a->receipt));
    try(audit_subject(d, &about));
    return audit_note(d, &(struct audit_event){
                             .actor_kind = AUDIT_PERSON,
                             .actor = about.subject,
                             .action = action_of(c->act),
                             .about = &about,
                             .object = text_format_in(d->arena, "%.*s version %.*s text %.*s act %.*s purpose %.*s",
                                                      TEXT_ARG(a->receipt), TEXT_ARG(c->version),
                                                      TEXT_ARG(c->text_hash), TEXT_ARG(c->act),
                                                      TEXT_ARG(c->purpose)),
                             .purpose = "consent"});
}

struct err consent_add(struct domain *d, int64_t account, const struct consent *with,
                       struct text *receipt_out) {
    struct adding a = {account, *with, domain_receipt(d), true};
    if (a.consent.purpose.length == 0)
        a.consent.purpose = TEXT(POLICY);
    try(domain_join_transaction(d, add, &a));
    if (receipt_out)
        *receipt_out = a.receipt;
    return ok;
}

static struct err version_stale(struct domain *d, struct text now) {
    d->detail.version = now;
    return domain_refuse(d, ERR_POLICY_VERSION_STALE, "consent",
                         "another version of the policy is in force");
}

static struct err version_missing(struct domain *d, struct text now) {
    d->detail.version = now;
    return domain_refuse(d, ERR_CONSENT_REQUIRED, "consent",
                         "consent must name the policy's version");
}

struct err consent_check(struct domain *d, const struct policy *policy, struct text version) {
    struct text now = policy_in_force(policy)->version;
    if (version.length == 0)
        return version_missing(d, now);
    return text_equal(version, now) ? ok : version_stale(d, now);
}

/* The version in force, or one to come. */
static struct err version_of(struct domain *d, const struct policy *policy,
                             const struct consent_wish *wish, const struct policy_version **out) {
    struct text now = policy_in_force(policy)->version;
    if (wish->version.length == 0)
        return version_missing(d, now);
    for (unsigned i = policy->count - policy->scheduled - 1; i < policy->count; i++) {
        const struct policy_version *v = &policy->versions[i];
        if (!text_equal(wish->version, v->version))
            continue;
        if (wish->served.length && !text_equal(wish->served, digest_print_in(d->arena, &v->digest)))
            return version_stale(d, now); /* another text was shown */
        *out = v;
        return ok;
    }
    return version_stale(d, now);
}

struct giving {
    const struct account *account;
    struct consent *consent;
    bool is_ahead; /* of a version that is not in force yet */
};

/* To decline what is not in force yet is written down; it closes nothing before its day, when the
 * version itself will ask. */
static struct err decline_ahead(struct domain *d, const struct giving *g) {
    struct statement *find = statement_for(d->store, SQL_CONSENT_DECLINED);
    bool row;
    statement_bind_i64(find, 1, g->account->number);
    statement_bind_text(find, 2, g->consent->version);
    try(statement_step(find, &row));
    struct adding adding = {g->account->number, *g->consent, TEXT(""), false};
    adding.receipt = row ? column_text_in(find, d->arena, 0) : domain_receipt(d);
    statement_done(find);
    g->consent->receipt = adding.receipt;
    return row ? ok : add(d, &adding);
}

static struct err give_rows(struct domain *d, void *with) {
    struct giving *g = with;
    struct consent *c = g->consent;
    struct agreement before;
    int64_t version;
    bool is_policy = text_equal_c(c->purpose, POLICY);
    if (g->is_ahead && !is_yes(c->act))
        return decline_ahead(d, g);
    try(agreement_of(d, g->account->number, text_c_in(d->arena, c->purpose), &before));
    bool same_version = !is_policy || !is_yes(c->act) ||
                        (text_to_i64(c->version, &version) && version <= before.version);
    if (before.is_known && before.is_yes == is_yes(c->act) && same_version) {
        c->receipt = before.receipt; /* the same again: nothing new happened */
        return ok;
    }
    try(consent_add(d, g->account->number, c, &c->receipt));
    return is_policy ? change_of_account(d, g->account->number) : ok;
}

static struct err give_policy(struct domain *d, const struct policy *policy,
                              const struct consent_wish *wish, struct consent *out) {
    const struct policy_version *version = NULL;
    out->act = wish->act.length ? wish->act : TEXT("agree");
    if (!text_equal_c(out->act, "agree") && !text_equal_c(out->act, "next") &&
        !text_equal_c(out->act, "decline"))
        return domain_refuse(d, ERR_FIELD_INVALID, "act", "act is agree, next or decline");
    try(version_of(d, policy, wish, &version));
    out->version = version->version;
    out->text_hash = digest_print_in(d->arena, &version->digest);
    return ok;
}

static struct err give_purpose(struct domain *d, const struct policy *policy,
                               const struct account *account, const struct consent_wish *wish,
                               struct consent *out) {
    const struct consent_purpose *known = consent_purposes;
    const struct policy_version *now = policy_in_force(policy);
    while (known->name && !text_equal_c(wish->purpose, known->name))
        known++;
    if (!known->name)
        return domain_refuse(d, ERR_FIELD_INVALID, "purpose",
                             "there is no such purpose; GET /account/consents lists all");
    if (!text_equal_c(wish->act, "agree") && !text_equal_c(wish->act, "withdraw"))
        return domain_refuse(d, ERR_FIELD_INVALID, "act", "act is agree or withdraw");
    if (is_yes(wish->act) && (account->is_guarded || !text_equal_c(account->age, "adult")))
        return domain_refuse(d, ERR_MINOR_NOT_ALLOWED, "purpose",
                             "a minor's account takes no optional purpose");
    out->act = wish->act;
    out->version = now->version;
    out->text_hash = digest_print_in(d->arena, &now->digest);
    return ok;
}

struct err consent_give(struct domain *d, const struct policy *policy,
                        const struct account *account, const struct consent_wish *wish,
                        struct consent *out) {
    bool is_policy = wish->purpose.length == 0 || text_equal_c(wish->purpose, POLICY);
    *out = (struct consent){.purpose = is_policy ? TEXT(POLICY) : wish->purpose,
                            .language = wish->language,
                            .served = wish->served};
    try(is_policy ? give_policy(d, policy, wish, out)
                  : give_purpose(d, policy, account, wish, out));
    struct giving giving = {
        account, out, is_policy && !text_equal(out->version, policy_in_force(policy)->version)};
    return domain_in_transaction(d, give_rows, &giving);
}

struct err consent_list(struct domain *d, int64_t account,
                        void (*visit)(void *with, const struct consent *c), void *with) {
    struct statement *list = statement_for(d->store, SQL_CONSENT_LIST);
    statement_bind_i64(list, 1, account);
    for (bool row;;) {
        try(statement_step(list, &row));
        if (!row)
            return ok;
        struct consent c = {.receipt = column_text_in(list, d->arena, 0),
                            .version = column_text_in(list, d->arena, 1),
                            .text_hash = column_text_in(list, d->arena, 2),
                            .act = column_text_in(list, d->arena, 3),
                            .language = column_text_in(list, d->arena, 4),
                            .created_ms = column_i64(list, 5),
                            .purpose = column_text_in(list, d->arena, 6),
                            .served = column_text_in(list, d->arena, 7)};
        visit(with, &c);
    }
}
