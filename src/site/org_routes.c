/* org_routes.c: organisations: who has a place there, and their shared tokens and usage.
 *
 * A request that acts for an organisation goes through `enter`, which finds the person's place and
 * checks his right; then the handlers of tokens and usage run with the organisation's account
 * instead of his own. */
#include "domain/erasure.h"
#include "domain/hold.h"
#include "domain/invitation.h"
#include "site/visit.h"

enum { ADMIN_PAGE = 200 };

static void put_number(struct visit *v, const char *name, uint64_t number) {
    json_put_text(&v->json, name, text_format_in(v->d->arena, "%llu", (unsigned long long)number));
}

static struct err enter(struct visit *v, enum organisation_right right, struct account *out,
                        struct place *place) {
    try(organisation_enter(v->d, &v->account, v->id, right, out, place));
    return right == RIGHT_SEE ? ok : hold_forbids(v->d, out->number); /* a hold on the organisation itself */
}

/* ---- the organisations of a person ---- */

static const char *after_word(enum organisation_after after) {
    return after == AFTER_STAYS ? "stays" : after == AFTER_PASSES_ON ? "passes_on" : "ends";
}

static struct err put_place(void *with, const struct place *p) {
    struct visit *v = with;
    struct account organisation;
    try(account_read(v->d, p->organisation, &organisation));
    json_open_object(&v->json);
    put_number(v, "id", p->subject);
    json_put_text(&v->json, "name", organisation.username);
    json_put_c(&v->json, "role", organisation_role_name(p->role));
    json_put_text(&v->json, "since", visit_time(v, p->since_ms));
    json_put_i64(&v->json, "members", p->member_count);
    json_put_bool(&v->json, "verified", p->verified_ms > 0);
    json_put_c(&v->json, "when_you_leave_the_service", after_word(p->after));
    json_close_object(&v->json);
    return ok;
}

struct err organisations_put(struct visit *v) {
    json_name(&v->json, "organisations");
    json_open_list(&v->json);
    try(organisation_each(v->d, v->account.number, put_place, v));
    json_close_list(&v->json);
    return ok;
}

static struct err run_list(struct visit *v) {
    visit_json(v, 200);
    try(organisations_put(v));
    visit_end(v);
    return ok;
}

static struct err run_create(struct visit *v) {
    struct account organisation;
    struct text name;
    try(visit_needed_text(v, "name", &name));
    try(organisation_create(v->d, &v->account, name, &organisation));
    struct json *j = visit_json(v, 201);
    put_number(v, "id", organisation.subject);
    json_put_text(j, "name", organisation.username);
    json_put_c(j, "role", organisation_role_name(ROLE_OWNER));
    visit_end(v);
    return ok;
}

/* ---- one of them ---- */

static void put_member(void *with, const struct member *m) {
    struct visit *v = with;
    json_open_object(&v->json);
    put_number(v, "id", m->subject);
    json_put_text(&v->json, "username", m->username);
    json_put_c(&v->json, "role", organisation_role_name(m->role));
    json_put_text(&v->json, "since", visit_time(v, m->since_ms));
    json_put_bool(&v->json, "you", m->account == v->account.number);
    json_close_object(&v->json);
}

static struct err answer_organisation(struct visit *v, const struct account *organisation,
                                      const struct place *p) {
    struct json *j = visit_json(v, 200);
    put_number(v, "id", organisation->subject);
    json_put_text(j, "name", organisation->username);
    json_put_text(j, "created", visit_time(v, organisation->created_ms));
    json_put_bool(j, "verified", p->verified_ms > 0);
    json_put_c(j, "role", organisation_role_name(p->role));
    json_name(j, "members");
    json_open_list(j);
    try(member_each(v->d, organisation->number, put_member, v));
    json_close_list(j);
    visit_end(v);
    return ok;
}

static struct err run_show(struct visit *v) {
    struct account organisation;
    struct place p;
    try(enter(v, RIGHT_SEE, &organisation, &p));
    return answer_organisation(v, &organisation, &p);
}

static struct err run_rename(struct visit *v) {
    struct account organisation;
    struct place p;
    struct text name;
    try(enter(v, RIGHT_MEMBERS, &organisation, &p));
    try(visit_needed_text(v, "name", &name));
    try(organisation_rename(v->d, &organisation, name));
    try(enter(v, RIGHT_SEE, &organisation, &p));
    return answer_organisation(v, &organisation, &p);
}

static struct err run_end(struct visit *v) {
    struct account organisation;
    struct place p;
    struct text receipt;
    try(enter(v, RIGHT_OWN, &organisation, &p));
    try(organisation_end(v->d, &organisation, &receipt));
    struct json *j = visit_json(v, 200);
    json_put_text(j, "receipt", receipt);
    visit_end(v);
    /* From here on it goes on whatever happens: the jobs finish what fails now. */
    visit_published(v);
    (void)!erasure_finish(v->d, ERASURE_ALL).kind;
    return ok;
}

/* ---- members ---- */

static struct err run_set_role(struct visit *v) {
    struct account organisation;
    struct place p;
    struct text role;
    try(enter(v, RIGHT_SEE, &organisation, &p));
    try(visit_needed_text(v, "role", &role));
    try(member_set_role(v->d, &organisation, &v->account, v->id2, role));
    try(enter(v, RIGHT_SEE, &organisation, &p));
    return answer_organisation(v, &organisation, &p);
}

static struct err run_remove(struct visit *v) {
    struct account organisation;
    struct place p;
    try(enter(v, RIGHT_SEE, &organisation, &p));
    try(member_remove(v->d, &organisation, &v->account, v->id2));
    visit_none(v);
    return ok;
}

/* ---- invitations ---- */

static void put_invitation(void *with, const struct invitation *i) {
    struct visit *v = with;
    json_open_object(&v->json);
    put_number(v, "id", i->id);
    json_put_text(&v->json, "contact", i->contact);
    json_put_c(&v->json, "role", organisation_role_name(i->role));
    json_put_text(&v->json, "expires", visit_time(v, i->expires_ms));
    json_close_object(&v->json);
}

static struct err run_invitations(struct visit *v) {
    struct account organisation;
    struct place p;
    try(enter(v, RIGHT_MEMBERS, &organisation, &p));
    struct json *j = visit_json(v, 200);
    json_name(j, "invitations");
    json_open_list(j);
    try(invitation_each(v->d, &organisation, put_invitation, v));
    json_close_list(j);
    visit_end(v);
    return ok;
}

static struct err run_invite(struct visit *v) {
    struct new_invitation with = {.prefix = v->prefix};
    struct account organisation;
    struct place p;
    struct invitation made;
    try(enter(v, RIGHT_MEMBERS, &organisation, &p));
    try(visit_text(v, "email", &with.email));
    try(visit_text(v, "phone", &with.phone));
    try(visit_needed_text(v, "role", &with.role));
    try(invitation_send(v->d, &organisation, &with, &made));
    struct json *j = visit_json(v, 202);
    put_number(v, "id", made.id);
    json_put_text(j, "expires", visit_time(v, made.expires_ms));
    visit_end(v);
    return ok;
}

static struct err run_withdraw(struct visit *v) {
    struct account organisation;
    struct place p;
    try(enter(v, RIGHT_MEMBERS, &organisation, &p));
    try(invitation_withdraw(v->d, &organisation, v->id2));
    visit_none(v);
    return ok;
}

static struct err run_accept(struct visit *v) {
    struct text code, agrees;
    struct account organisation;
    enum organisation_role role;
    try(visit_needed_text(v, "code", &code));
    try(visit_text(v, "consent", &agrees));
    try(invitation_accept(v->d, &v->account, code, agrees, &organisation, &role));
    struct json *j = visit_json(v, 201);
    put_number(v, "id", organisation.subject);
    json_put_text(j, "name", organisation.username);
    json_put_c(j, "role", organisation_role_name(role));
    visit_end(v);
    return ok;
}

/* ---- its tokens and usage ---- */

static struct err act(struct visit *v, enum organisation_right right,
                      struct err (*run)(struct visit *v)) {
    struct account organisation;
    struct place p;
    try(enter(v, right, &organisation, &p));
    v->account = organisation;
    v->id = v->id2;
    return run(v);
}

static struct err run_tokens(struct visit *v) {
    return act(v, RIGHT_SEE, tokens_list);
}

static struct err run_token_create(struct visit *v) {
    return act(v, RIGHT_TOKENS, tokens_create);
}

static struct err run_token_change(struct visit *v) {
    return act(v, RIGHT_TOKENS, tokens_change);
}

static struct err run_token_revoke(struct visit *v) {
    return act(v, RIGHT_TOKENS, tokens_revoke);
}

static struct err run_usage(struct visit *v) {
    return act(v, RIGHT_SEE, usage_show);
}

/* ---- by the operator's staff ---- */

static void put_line(struct visit *v, const struct organisation_line *line) {
    struct json *j = &v->json;
    json_open_object(j);
    put_number(v, "id", line->subject);
    json_put_text(j, "name", line->name);
    json_put_i64(j, "members", line->member_count);
    json_put_text(j, "verified", visit_time(v, line->verified_ms));
    json_put_text(j, "evidence", line->evidence);
    json_close_object(j);
}

/* A page of them; `next` goes into ?after= for what comes behind, and is 0 at the end. */
static struct err run_admin_list(struct visit *v) {
    struct organisation_line line = {.account = 0};
    struct text after;
    uint64_t verified;
    unsigned count = 0;
    try(visit_query(v, "after", &after));
    if (after.length && !text_to_i64(after, &line.account))
        return domain_refuse(v->d, ERR_PARAMETER_INVALID, "after",
                             "after is a number, as `next` told it");
    struct json *j = visit_json(v, 200);
    json_name(j, "organisations");
    json_open_list(j);
    do {
        try(organisation_next(v->d, line.account, &line));
        if (line.account)
            put_line(v, &line);
    } while (line.account && ++count < ADMIN_PAGE);
    json_close_list(j);
    json_put_i64(j, "next", line.account);
    try(organisation_count_verified(v->d, &verified));
    json_put_i64(j, "partner_enterprises", (int64_t)verified);
    visit_end(v);
    return ok;
}

static struct err run_verify(struct visit *v) {
    struct text evidence;
    try(visit_needed_text(v, "evidence", &evidence));
    try(organisation_verify(v->d, v->account.subject, v->id, evidence));
    visit_none(v);
    return ok;
}

static struct err run_unverify(struct visit *v) {
    try(organisation_verify(v->d, v->account.subject, v->id, TEXT("")));
    visit_none(v);
    return ok;
}

#define ORGANISATION "/account/organisations/{}"
#define TOKEN_FIELDS "name|plan|expires|ips|apis"
#define VERIFIED     "/admin/organisations/{}/verification"

enum { VERIFIERS = STAFF_OWNER | STAFF_SUPPORT };

const struct route org_routes[] = {
    {"GET", "/account/organisations", run_list, NULL, ROUTE_SESSION},
    {"POST", "/account/organisations", run_create, "name", ROUTE_SESSION},
    {"GET", ORGANISATION, run_show, NULL, ROUTE_SESSION},
    {"PATCH", ORGANISATION, run_rename, "name", ROUTE_SESSION},
    {"DELETE", ORGANISATION, run_end, NULL, ROUTE_SESSION | ROUTE_FRESH},
    {"PATCH", ORGANISATION "/members/{}", run_set_role, "role", ROUTE_SESSION},
    {"DELETE", ORGANISATION "/members/{}", run_remove, NULL, ROUTE_SESSION | ROUTE_UNAGREED},
    {"GET", ORGANISATION "/invitations", run_invitations, NULL, ROUTE_SESSION},
    {"POST", ORGANISATION "/invitations", run_invite, "email|phone|role", ROUTE_SESSION},
    {"DELETE", ORGANISATION "/invitations/{}", run_withdraw, NULL, ROUTE_SESSION},
    {"POST", "/account/invitations", run_accept, "code|consent", ROUTE_SESSION},
    {"GET", ORGANISATION "/tokens", run_tokens, NULL, ROUTE_SESSION},
    {"POST", ORGANISATION "/tokens", run_token_create, TOKEN_FIELDS, ROUTE_SESSION},
    {"PATCH", ORGANISATION "/tokens/{}", run_token_change, TOKEN_FIELDS, ROUTE_SESSION},
    {"DELETE", ORGANISATION "/tokens/{}", run_token_revoke, NULL, ROUTE_SESSION},
    {"GET", ORGANISATION "/usage", run_usage, NULL, ROUTE_SESSION},
    {"GET", "/admin/organisations", run_admin_list, NULL, ROUTE_STAFF, STAFF_ANY},
    {"PUT", VERIFIED, run_verify, "evidence", ROUTE_STAFF, VERIFIERS},
    {"DELETE", VERIFIED, run_unverify, NULL, ROUTE_STAFF, VERIFIERS},
    {0},
};
