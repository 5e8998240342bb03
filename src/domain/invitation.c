/* invitation.c: see invitation.h. */
#include "domain/invitation.h"
#include "base/must.h"
#include "domain/audit.h"
#include "domain/outbox.h"
#include "domain/throttle.h"

enum { TARGET_HOUR_MAX = 3, CODE_BITS_OF_LETTER = 5 };

static const char letters[] =
    "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; /* Crockford's 32: none is mistaken for another */

/* ---- codes ---- */

static struct text code_make(struct domain *d) {
    char *code = arena_alloc(d->arena, INVITATION_CODE_LETTERS + 1);
    uint64_t bits = random_u64(d->chance);
    for (unsigned i = 0; i < INVITATION_CODE_LETTERS; i++)
        code[i] = letters[bits >> (i * CODE_BITS_OF_LETTER) & 31];
    return text_of(code, INVITATION_CODE_LETTERS);
}

/* As somebody copies it: small letters, blanks, dashes, O for 0, I and L for 1. Empty: no code. */
static struct text code_normal(struct domain *d, struct text given) {
    char *code = arena_alloc(d->arena, INVITATION_CODE_LETTERS + 1);
    size_t length = 0;
    for (size_t i = 0; i < given.length; i++) {
        char c = given.bytes[i];
        if (c == '-' || c == ' ')
            continue;
        c = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
        c = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
        if (length == INVITATION_CODE_LETTERS || c == '\0' || !strchr(letters, c))
            return TEXT("");
        code[length++] = c;
    }
    return length == INVITATION_CODE_LETTERS ? text_of(code, length) : TEXT("");
}

static struct digest code_digest(struct domain *d, struct text code) {
    return hash_keyed(&d->keys->code, "invitation", PARTS(code));
}

/* ---- inviting ---- */

static struct err check_room(struct domain *d, int64_t organisation) {
    struct statement *count = statement_for(d->store, SQL_INVITATION_COUNT);
    bool row;
    statement_bind_i64(count, 1, organisation);
    statement_bind_i64(count, 2, d->now_ms);
    try(statement_step(count, &row));
    must(row);
    int64_t open = column_i64(count, 0);
    statement_done(count);
    if (open >= INVITATIONS_OPEN_MAX)
        return err_make(ERR_LIMIT_REACHED, "an organisation has at most 50 open invitations");
    return ok;
}

struct sending {
    const struct account *organisation;
    const struct new_invitation *with;
    struct identity to;
    struct invitation invitation;
    struct text code;
};

static struct err note(struct domain *d, const char *action, const struct account *organisation,
                       uint64_t id) {
    return audit_note(
        d, &(struct audit_event){.actor_kind = AUDIT_PERSON,
                                 .actor = d->actor,
                                 .action = action,
                                 .about = organisation,
                                 .object = text_format_in(d->arena, "%llu", (unsigned long long)id),
                                 .purpose = "request"});
}

static struct err send_message(struct domain *d, const struct sending *s) {
    struct text name = s->organisation->username, code = s->code;
    struct message m = {
        .kind = MESSAGE_INVITATION,
        .code = code,
        .until_ms = s->invitation.expires_ms,
        .subject = text_format_in(d->arena, "%.*s：组织邀请 / an invitation", TEXT_ARG(d->service)),
        .body = text_format_in(
            d->arena,
            "组织“%.*s”邀请您加入。登录后输入邀请码 %.*s 即可加入，%d 天内有效，只能使用一次。\r\n"
            "加入即表示同意组织成员看到您的用户名、角色和加入时间；您可随时退出。如不认识该组织，请"
            "忽略。\r\n\r\n"
            "The organisation \"%.*s\" invites you. Log in and enter the code %.*s; it is good for "
            "%d days and for "
            "one use.\r\nBy joining you agree that its members see your user name, your role and "
            "since when; you "
            "can leave at any time. If you do not know it, ignore this message.",
            TEXT_ARG(name), TEXT_ARG(code), INVITATION_DAYS, TEXT_ARG(name), TEXT_ARG(code),
            INVITATION_DAYS)};
    return outbox_send(d, &s->to, &m);
}

static struct err send_rows(struct domain *d, void *with) {
    struct sending *s = with;
    struct digest digest = code_digest(d, s->code);
    const struct invitation *i = &s->invitation;
    try(check_room(d, s->organisation->number));
    try(throttle_event(d, "send_prefix", s->with->prefix, d->sends_hour_prefix, NULL));
    try(throttle_event(d, "invite_target", s->to.canonical, TARGET_HOUR_MAX, NULL));
    struct statement *add = statement_for(d->store, SQL_INVITATION_ADD);
    statement_bind_i64(add, 1, (int64_t)i->id);
    statement_bind_i64(add, 2, s->organisation->number);
    statement_bind_bytes(add, 3, digest_text(&digest));
    statement_bind_text(add, 4, text_c(organisation_role_name(i->role)));
    struct account_field contact = FIELD("invitation", "contact", (int64_t)i->id);
    statement_bind_bytes(add, 5, account_seal(d, s->organisation, contact, i->contact));
    statement_bind_i64(add, 6, i->expires_ms);
    try(statement_run(add, NULL));
    try(note(d, "invitation.send", s->organisation, i->id));
    return send_message(d, s);
}

static struct err one_contact(struct domain *d, const struct new_invitation *with,
                              struct identity *out) {
    if (with->email.length && with->phone.length)
        return domain_refuse(d, ERR_FIELD_INVALID, "phone",
                             "send either an e-mail address or a phone number");
    if (with->email.length)
        return identity_email(d, with->email, out);
    if (with->phone.length)
        return identity_phone(d, with->phone, out);
    return domain_refuse(d, ERR_FIELD_MISSING, "email",
                         "an e-mail address or a phone number is needed");
}

struct err invitation_send(struct domain *d, const struct account *organisation,
                           const struct new_invitation *with, struct invitation *out) {
    struct sending s = {.organisation = organisation, .with = with, .code = code_make(d)};
    if (!organisation_role_parse(with->role, &s.invitation.role) || s.invitation.role == ROLE_OWNER)
        return domain_refuse(
            d, ERR_FIELD_INVALID, "role",
            "one is invited as admin, developer or reader; an owner is made of a member");
    try(one_contact(d, with, &s.to));
    s.invitation.id = random_u64(d->chance) >> 1;
    s.invitation.contact = s.to.shown;
    s.invitation.expires_ms = d->now_ms + INVITATION_DAYS * 86400000ll;
    try(domain_in_transaction(d, send_rows, &s));
    *out = s.invitation;
    return ok;
}

struct err invitation_each(struct domain *d, const struct account *organisation,
                           void (*visit)(void *with, const struct invitation *i), void *with) {
    struct statement *list = statement_for(d->store, SQL_INVITATION_LIST);
    statement_bind_i64(list, 1, organisation->number);
    statement_bind_i64(list, 2, d->now_ms);
    for (bool row;;) {
        struct invitation i;
        try(statement_step(list, &row));
        if (!row)
            return ok;
        i = (struct invitation){.id = (uint64_t)column_i64(list, 0),
                                .expires_ms = column_i64(list, 3)};
        if (!organisation_role_parse(column_text_in(list, d->arena, 1), &i.role))
            i.role = ROLE_READER;
        struct err e = account_open(d, organisation, FIELD("invitation", "contact", (int64_t)i.id),
                                    column_text_in(list, d->arena, 2), &i.contact);
        if (e.kind) {
            statement_done(list);
            return e;
        }
        visit(with, &i);
    }
}

struct withdrawing {
    const struct account *organisation;
    uint64_t id;
};

static struct err withdraw_rows(struct domain *d, void *with) {
    struct withdrawing *w = with;
    uint64_t changed;
    struct statement *drop = statement_for(d->store, SQL_INVITATION_DROP);
    statement_bind_i64(drop, 1, w->organisation->number);
    statement_bind_i64(drop, 2, (int64_t)w->id);
    try(statement_run(drop, &changed));
    if (changed == 0)
        return err_make(ERR_NOT_FOUND, "there is no such invitation");
    return note(d, "invitation.withdraw", w->organisation, w->id);
}

struct err invitation_withdraw(struct domain *d, const struct account *organisation,
                               struct text id) {
    struct withdrawing w = {.organisation = organisation};
    if (!text_to_u64(id, &w.id) || w.id > INT64_MAX)
        return err_make(ERR_NOT_FOUND, "there is no such invitation");
    return domain_in_transaction(d, withdraw_rows, &w);
}

/* ---- joining ---- */

struct joining {
    const struct account *person;
    struct digest digest;
    struct account organisation;
    enum organisation_role role;
};

static struct err members_have_room(struct domain *d, int64_t organisation) {
    struct statement *count = statement_for(d->store, SQL_MEMBER_COUNT);
    bool row;
    statement_bind_i64(count, 1, organisation);
    try(statement_step(count, &row));
    must(row);
    int64_t members = column_i64(count, 0);
    statement_done(count);
    if (members >= MEMBERS_MAX)
        return err_make(ERR_LIMIT_REACHED, "an organisation has at most 200 members");
    return ok;
}

static struct err join_rows(struct domain *d, void *with) {
    struct joining *j = with;
    struct statement *take = statement_for(d->store, SQL_INVITATION_TAKE);
    bool row;
    statement_bind_bytes(take, 1, digest_text(&j->digest));
    statement_bind_i64(take, 2, d->now_ms);
    try(statement_step(take, &row));
    if (!row)
        return domain_refuse(d, ERR_CODE_EXPIRED, "code", "the code is no longer valid");
    int64_t number = column_i64(take, 0);
    struct text role = column_text_in(take, d->arena, 1);
    try(statement_run(take, NULL));
    if (!organisation_role_parse(role, &j->role))
        return err_make(ERR_IO, "an invitation has no role that we know");
    try(account_read(d, number, &j->organisation));
    if (j->organisation.is_erasing)
        return domain_refuse(d, ERR_CODE_EXPIRED, "code", "the code is no longer valid");
    try(members_have_room(d, number));
    try(member_add(d, number, j->person->number, j->role));
    try(note(d, "member.join", &j->organisation, j->person->subject));
    struct text where =
        text_format_in(d->arena, "%llu", (unsigned long long)j->organisation.subject);
    return audit_note(d, &(struct audit_event){.actor_kind = AUDIT_PERSON,
                                               .actor = j->person->subject,
                                               .action = "consent.membership",
                                               .about = j->person,
                                               .object = where,
                                               .purpose = "membership"});
}

struct err invitation_accept(struct domain *d, const struct account *person, struct text code,
                             struct text agrees, struct account *organisation_out,
                             enum organisation_role *role_out) {
    struct text who = text_format_in(d->arena, "%llu", (unsigned long long)person->subject);
    struct text normal = code_normal(d, code);
    struct joining j = {.person = person, .digest = code_digest(d, normal)};
    if (!text_equal_c(agrees, "membership"))
        return domain_refuse(
            d, ERR_CONSENT_REQUIRED, "consent",
            "send consent \"membership\": its members will see your user name, role and "
            "since when");
    try(throttle_may_try(d, "invitation", who));
    struct err e = normal.length
                       ? domain_in_transaction(d, join_rows, &j)
                       : domain_refuse(d, ERR_CODE_EXPIRED, "code", "the code is no longer valid");
    if (e.kind == ERR_CODE_EXPIRED)
        try(throttle_failed(d, "invitation", who));
    if (e.kind == ERR_CONFLICT)
        return err_make(ERR_CONFLICT, "you have a place in this organisation already");
    try(e);
    try(throttle_forget(d, "invitation", who));
    *organisation_out = j.organisation;
    *role_out = j.role;
    return ok;
}

struct err invitation_reap(struct domain *d) {
    struct statement *reap = statement_for(d->store, SQL_INVITATION_REAP);
    statement_bind_i64(reap, 1, d->now_ms);
    return statement_run(reap, NULL);
}
