/* consent.c: see consent.h. */
#include "domain/consent.h"
#include "domain/audit.h"

struct adding {
    int64_t account;
    const struct consent *consent;
    struct text receipt;
};

static struct err add(struct domain *d, void *with) {
    const struct adding *a = with;
    const struct consent *c = a->consent;
    struct account about = {.number = a->account};
    struct statement *put = statement_for(d->store, SQL_CONSENT_ADD);
    statement_bind_text(put, 1, a->receipt);
    statement_bind_i64(put, 2, a->account);
    statement_bind_text(put, 3, c->version);
    statement_bind_text(put, 4, c->text_hash);
    statement_bind_text(put, 5, c->act);
    statement_bind_text(put, 6, c->language);
    statement_bind_i64(put, 7, d->now_ms);
    try(statement_run(put, NULL));
    try(audit_subject(d, &about));
    return audit_note(d, &(struct audit_event){
                             .actor_kind = AUDIT_PERSON,
                             .actor = about.subject,
                             .action = "consent.give",
                             .about = &about,
                             .object = text_format_in(d->arena, "%.*s version %.*s text %.*s act %.*s",
                                                      TEXT_ARG(a->receipt), TEXT_ARG(c->version),
                                                      TEXT_ARG(c->text_hash), TEXT_ARG(c->act)),
                             .purpose = "consent"});
}

struct err consent_add(struct domain *d, int64_t account, const struct consent *with,
                       struct text *receipt_out) {
    struct adding a = {account, with, domain_receipt(d)};
    try(domain_join_transaction(d, add, &a));
    if (receipt_out)
        *receipt_out = a.receipt;
    return ok;
}

struct err consent_check(struct domain *d, const struct policy *policy, struct text version) {
    const struct policy_version *now = policy_in_force(policy);
    d->detail.version = now->version;
    if (version.length == 0)
        return domain_refuse(d, ERR_CONSENT_REQUIRED, "consent",
                             "consent must name the policy's version");
    if (!text_equal(version, now->version))
        return domain_refuse(d, ERR_POLICY_VERSION_STALE, "consent",
                             "another version of the policy is in force");
    d->detail.version = TEXT("");
    return ok;
}

struct err consent_give(struct domain *d, const struct policy *policy, int64_t account,
                        struct text version, struct text language, struct text *receipt_out) {
    bool row;
    try(consent_check(d, policy, version));
    struct statement *known = statement_for(d->store, SQL_CONSENT_OF_VERSION);
    statement_bind_i64(known, 1, account);
    statement_bind_text(known, 2, version);
    try(statement_step(known, &row));
    if (row)
        *receipt_out = column_text_in(known, d->arena, 0);
    statement_done(known);
    if (row)
        return ok;
    const struct consent consent = {.version = version,
                                    .text_hash =
                                        digest_print_in(d->arena, &policy_in_force(policy)->digest),
                                    .act = TEXT("agree"),
                                    .language = language};
    return consent_add(d, account, &consent, receipt_out);
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
                            .created_ms = column_i64(list, 5)};
        visit(with, &c);
    }
}
