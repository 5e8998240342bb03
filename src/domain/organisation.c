/* organisation.c: see organisation.h. */
#include "domain/organisation.h"
#include "base/must.h"
#include "domain/audit.h"
#include "domain/erasure.h"
#include "domain/outbox.h"

enum { EVIDENCE_RUNES_MAX = 200 };

/* The one table of rights. */
static const struct {
    const char *name;
    unsigned rights;
} roles[ROLE_COUNT] = {
    [ROLE_READER] = {"reader", RIGHT_SEE},
    [ROLE_DEVELOPER] = {"developer", RIGHT_SEE | RIGHT_TOKENS},
    [ROLE_ADMIN] = {"admin", RIGHT_SEE | RIGHT_TOKENS | RIGHT_MEMBERS},
    [ROLE_OWNER] = {"owner", RIGHT_SEE | RIGHT_TOKENS | RIGHT_MEMBERS | RIGHT_OWN},
};

const char *organisation_role_name(enum organisation_role role) {
    must(role < ROLE_COUNT);
    return roles[role].name;
}

bool organisation_role_parse(struct text name, enum organisation_role *out) {
    for (unsigned i = 0; i < ROLE_COUNT; i++) {
        if (!text_equal_c(name, roles[i].name))
            continue;
        *out = (enum organisation_role)i;
        return true;
    }
    return false;
}

bool organisation_may(enum organisation_role role, enum organisation_right right) {
    return (roles[role].rights & right) != 0;
}

static struct err not_there(void) {
    return err_make(ERR_NOT_FOUND, "there is no such organisation");
}

static struct err last_owner(void) {
    return err_make(ERR_LAST_OWNER, "it would be left without an owner");
}

/* ---- what is written of it ---- */

static struct err note(struct domain *d, const char *action, const struct account *organisation,
                       struct text object) {
    return audit_note(d, &(struct audit_event){.actor_kind = AUDIT_PERSON,
                                               .actor = d->actor,
                                               .action = action,
                                               .about = organisation,
                                               .object = object,
                                               .purpose = "request"});
}

static struct text number_in(struct domain *d, uint64_t subject) {
    return text_format_in(d->arena, "%llu", (unsigned long long)subject);
}

/* A word to a member, in both languages; whoever has no address left is not told. */
static struct err tell(struct domain *d, int64_t person, struct text subject, struct text body) {
    struct account account;
    struct identity to;
    struct err e = account_read(d, person, &account);
    if (e.kind == ERR_NOT_FOUND)
        return ok;
    try(e);
    struct text contact = account.email.length ? account.email : account.phone;
    if (contact.length == 0 || !identity_guess(d, contact, &to))
        return ok;
    return outbox_put(d, &to, subject, body);
}

/* ---- making one ---- */

/* It stands in messages to strangers: so it holds nothing that a mail program makes a link of. */
static struct err check_name(struct domain *d, struct text given, struct text *out) {
    static const char *const no[] = {"/", "\\", "@", "<", ">", ":", "\"", "\n", "\r", "\t", "www."};
    struct text name = text_trim(given), lower = text_lower_in(d->arena, name);
    bool fits = text_is_utf8(name) && !text_has_control(name) && text_runes(name) >= 2 &&
                text_runes(name) <= ORGANISATION_NAME_RUNES_MAX;
    for (size_t i = 0; i < COUNT(no); i++)
        fits = fits && text_find(lower, text_c(no[i])) == SIZE_MAX;
    if (!fits)
        return domain_refuse(
            d, ERR_FIELD_INVALID, "name",
            "an organisation's name has 2 to 60 characters, without / \\ @ < > : \"");
    *out = name;
    return ok;
}

static struct err one_number(struct statement *s, int64_t *out) {
    bool row;
    try(statement_step(s, &row));
    *out = row ? column_i64(s, 0) : 0;
    statement_done(s);
    return ok;
}

static struct err check_room(struct domain *d, int64_t person) {
    struct statement *count = statement_for(d->store, SQL_MEMBER_COUNT_OF);
    int64_t places;
    statement_bind_i64(count, 1, person);
    try(one_number(count, &places));
    if (places >= ORGANISATIONS_OF_PERSON_MAX)
        return err_make(ERR_LIMIT_REACHED, "a person has a place in at most 20 organisations");
    return ok;
}

struct err member_add(struct domain *d, int64_t organisation, int64_t person,
                      enum organisation_role role) {
    struct statement *add = statement_for(d->store, SQL_MEMBER_ADD);
    try(check_room(d, person));
    statement_bind_i64(add, 1, organisation);
    statement_bind_i64(add, 2, person);
    statement_bind_text(add, 3, text_c(organisation_role_name(role)));
    statement_bind_i64(add, 4, d->now_ms);
    return statement_run(add, NULL);
}

static struct err create_rows(struct domain *d, void *with, const struct account *organisation) {
    const struct account *person = with;
    struct statement *add = statement_for(d->store, SQL_ORGANISATION_ADD);
    statement_bind_i64(add, 1, organisation->number);
    try(statement_run(add, NULL));
    try(member_add(d, organisation->number, person->number, ROLE_OWNER));
    return note(d, "organisation.create", organisation, TEXT(""));
}

struct err organisation_create(struct domain *d, const struct account *person, struct text name,
                               struct account *out) {
    struct account owner = *person;
    struct text plain;
    int64_t number;
    try(check_name(d, name, &plain));
    try(account_create_shared(d, plain, create_rows, &owner, &number));
    return account_read(d, number, out);
}

/* ---- a person's places ---- */

static struct err role_of(struct text name, enum organisation_role *out) {
    return organisation_role_parse(name, out)
               ? ok
               : err_make(ERR_IO, "a member has no role that we know");
}

struct err organisation_enter(struct domain *d, const struct account *person, struct text id,
                              enum organisation_right right, struct account *out,
                              struct place *place_out) {
    struct place p = {.organisation = 0};
    uint64_t subject;
    bool row;
    if (!text_to_u64(id, &subject) || subject > INT64_MAX)
        return not_there();
    struct statement *enter = statement_for(d->store, SQL_ORGANISATION_ENTER);
    statement_bind_i64(enter, 1, (int64_t)subject);
    statement_bind_i64(enter, 2, person->number);
    try(statement_step(enter, &row));
    if (!row)
        return not_there();
    p = (struct place){.organisation = column_i64(enter, 0),
                       .since_ms = column_i64(enter, 2),
                       .verified_ms = column_i64(enter, 3),
                       .subject = subject};
    struct err e = role_of(column_text_in(enter, d->arena, 1), &p.role);
    statement_done(enter);
    try(e);
    if (!organisation_may(p.role, right))
        return err_make(ERR_ROLE_MISSING, "your role in this organisation may not do this");
    try(account_read(d, p.organisation, out));
    *place_out = p;
    return ok;
}

static struct place place_from_row(struct statement *s, struct text role) {
    int64_t members = column_i64(s, 5), owners = column_i64(s, 6);
    struct place p = {.organisation = column_i64(s, 0),
                      .since_ms = column_i64(s, 2),
                      .verified_ms = column_i64(s, 3),
                      .subject = (uint64_t)column_i64(s, 4),
                      .member_count = members};
    if (!organisation_role_parse(role, &p.role))
        p.role = ROLE_READER;
    bool is_last = p.role == ROLE_OWNER && owners == 1;
    p.after = !is_last ? AFTER_STAYS : members > 1 ? AFTER_PASSES_ON : AFTER_ENDS;
    return p;
}

/* All at once, since what is done with one may ask for others. */
static struct err places_of(struct domain *d, int64_t person,
                            struct place list[static ORGANISATIONS_OF_PERSON_MAX],
                            unsigned *count_out) {
    struct statement *s = statement_for(d->store, SQL_ORGANISATION_OF);
    statement_bind_i64(s, 1, person);
    *count_out = 0;
    for (bool row;;) {
        try(statement_step(s, &row));
        if (!row)
            return ok;
        must(*count_out < ORGANISATIONS_OF_PERSON_MAX);
        list[(*count_out)++] = place_from_row(s, column_text_in(s, d->arena, 1));
    }
}

struct err organisation_each(struct domain *d, int64_t person,
                             struct err (*visit)(void *with, const struct place *p), void *with) {
    struct place list[ORGANISATIONS_OF_PERSON_MAX];
    unsigned count;
    try(places_of(d, person, list, &count));
    for (unsigned i = 0; i < count; i++)
        try(visit(with, &list[i]));
    return ok;
}

struct renaming {
    const struct account *organisation;
    struct text name;
};

static struct err rename_rows(struct domain *d, void *with) {
    struct renaming *r = with;
    try(account_rename_shared(d, r->organisation, r->name));
    return note(d, "organisation.rename", r->organisation, TEXT(""));
}

struct err organisation_rename(struct domain *d, const struct account *organisation,
                               struct text name) {
    struct renaming r = {.organisation = organisation};
    try(check_name(d, name, &r.name));
    return domain_in_transaction(d, rename_rows, &r);
}

/* ---- members ---- */

static struct err read_members(struct domain *d, int64_t organisation, struct member *list,
                               unsigned *count_out) {
    struct statement *s = statement_for(d->store, SQL_MEMBER_LIST);
    statement_bind_i64(s, 1, organisation);
    *count_out = 0;
    for (bool row;;) {
        try(statement_step(s, &row));
        if (!row)
            return ok;
        must(*count_out < MEMBERS_MAX);
        struct member *m = &list[(*count_out)++];
        *m = (struct member){.account = column_i64(s, 0),
                             .subject = (uint64_t)column_i64(s, 1),
                             .since_ms = column_i64(s, 3)};
        if (!organisation_role_parse(column_text_in(s, d->arena, 2), &m->role))
            m->role = ROLE_READER;
    }
}

static struct err all_members(struct domain *d, int64_t organisation, struct member **list_out,
                              unsigned *count_out) {
    *list_out = arena_alloc(d->arena, MEMBERS_MAX * sizeof **list_out);
    return read_members(d, organisation, *list_out, count_out);
}

struct err member_each(struct domain *d, int64_t organisation,
                       void (*visit)(void *with, const struct member *m), void *with) {
    struct member *list;
    unsigned count;
    try(all_members(d, organisation, &list, &count));
    for (unsigned i = 0; i < count; i++) {
        struct account account;
        struct err e = account_read(d, list[i].account, &account);
        if (e.kind == ERR_NOT_FOUND) /* he is leaving at this moment */
            continue;
        try(e);
        list[i].username = account.username;
        visit(with, &list[i]);
    }
    return ok;
}

struct change_of_member {
    const struct account *organisation, *person; /* who asks */
    struct text id;                              /* of whom */
    enum organisation_role role;                 /* the new one */
    bool is_removal, is_self;
};

/* ERR_NOT_FOUND where the subject has no place there. */
static struct err find_member(struct domain *d, int64_t organisation, uint64_t subject,
                              int64_t *account_out, enum organisation_role *role_out) {
    struct statement *find = statement_for(d->store, SQL_MEMBER_BY_SUBJECT);
    bool row;
    statement_bind_i64(find, 1, organisation);
    statement_bind_i64(find, 2, (int64_t)subject);
    try(statement_step(find, &row));
    if (!row)
        return err_make(ERR_NOT_FOUND, "there is no such member");
    *account_out = column_i64(find, 0);
    struct err e = role_of(column_text_in(find, d->arena, 1), role_out);
    statement_done(find);
    return e;
}

static struct err owners_of(struct domain *d, int64_t organisation, int64_t *out) {
    struct statement *count = statement_for(d->store, SQL_MEMBER_COUNT);
    bool row;
    statement_bind_i64(count, 1, organisation);
    try(statement_step(count, &row));
    must(row);
    *out = column_i64(count, 1);
    statement_done(count);
    return ok;
}

/* Who asks may have lost his role, and two owners may step down, at this very moment: so all is
 * looked at inside the transaction. */
static struct err may_change(struct domain *d, const struct change_of_member *c,
                             enum organisation_role role) {
    enum organisation_role mine;
    int64_t me, owners;
    bool is_owner = role == ROLE_OWNER, will_be = !c->is_removal && c->role == ROLE_OWNER;
    try(find_member(d, c->organisation->number, c->person->subject, &me, &mine));
    if (!organisation_may(mine, RIGHT_MEMBERS) && !(c->is_removal && c->is_self))
        return err_make(ERR_ROLE_MISSING, "your role in this organisation may not do this");
    if ((is_owner || will_be) && !organisation_may(mine, RIGHT_OWN))
        return err_make(ERR_ROLE_MISSING, "only an owner may make, change or remove an owner");
    try(owners_of(d, c->organisation->number, &owners));
    return is_owner && !will_be && owners == 1 ? last_owner() : ok;
}

static struct err change_rows(struct domain *d, void *with) {
    struct change_of_member *c = with;
    enum organisation_role role;
    uint64_t subject;
    int64_t whom;
    if (!text_to_u64(c->id, &subject) || subject > INT64_MAX)
        return err_make(ERR_NOT_FOUND, "there is no such member");
    c->is_self = subject == c->person->subject;
    try(find_member(d, c->organisation->number, subject, &whom, &role));
    try(may_change(d, c, role));
    enum store_sql query = c->is_removal ? SQL_MEMBER_DROP : SQL_MEMBER_SET_ROLE;
    struct statement *s = statement_for(d->store, query);
    statement_bind_i64(s, 1, c->organisation->number);
    statement_bind_i64(s, 2, whom);
    if (!c->is_removal)
        statement_bind_text(s, 3, text_c(organisation_role_name(c->role)));
    try(statement_run(s, NULL));
    if (c->is_removal)
        return note(d, c->is_self ? "member.leave" : "member.remove", c->organisation,
                    number_in(d, subject));
    return note(d, "member.role", c->organisation,
                text_format_in(d->arena, "%llu %s", (unsigned long long)subject,
                               organisation_role_name(c->role)));
}

struct err member_set_role(struct domain *d, const struct account *organisation,
                           const struct account *person, struct text id, struct text role) {
    struct change_of_member c = {.organisation = organisation, .person = person, .id = id};
    if (!organisation_role_parse(role, &c.role))
        return domain_refuse(d, ERR_FIELD_INVALID, "role",
                             "a role is owner, admin, developer or reader");
    return domain_in_transaction(d, change_rows, &c);
}

struct err member_remove(struct domain *d, const struct account *organisation,
                         const struct account *person, struct text id) {
    struct change_of_member c = {
        .organisation = organisation, .person = person, .id = id, .is_removal = true};
    return domain_in_transaction(d, change_rows, &c);
}

/* ---- the end of one ---- */

static struct err tell_of_end(struct domain *d, const struct account *organisation,
                              const struct member *list, unsigned count, uint64_t but) {
    struct text subject = text_format_in(d->arena, "%.*s：组织已解散 / an organisation has ended",
                                         TEXT_ARG(d->service));
    struct text body =
        text_format_in(d->arena,
                       "组织“%.*s”已由其所有者解散，其 token 已全部失效，数据已删除。\r\nThe "
                       "organisation \"%.*s\" was ended by its "
                       "owner: its tokens no longer work and its data is erased.",
                       TEXT_ARG(organisation->username), TEXT_ARG(organisation->username));
    for (unsigned i = 0; i < count; i++)
        if (list[i].subject != but)
            try(tell(d, list[i].account, subject, body));
    return ok;
}

struct err organisation_end(struct domain *d, const struct account *organisation,
                            struct text *receipt_out) {
    struct member *list;
    unsigned count;
    try(all_members(d, organisation->number, &list, &count));
    try(erasure_begin(d, organisation, receipt_out));
    return tell_of_end(d, organisation, list, count, d->actor);
}

static struct err tell_heir(struct domain *d, const struct account *organisation, int64_t heir) {
    return tell(
        d, heir,
        text_format_in(d->arena, "%.*s：您已成为组织所有者 / you own an organisation now",
                       TEXT_ARG(d->service)),
        text_format_in(
            d->arena,
            "组织“%.*s”的最后一位所有者注销了账户，您现在是其所有者。\r\nThe last owner of the "
            "organisation \"%.*s\" has left the service; you are its owner now.",
            TEXT_ARG(organisation->username), TEXT_ARG(organisation->username)));
}

static struct err pass_on(struct domain *d, const struct account *person, const struct place *p) {
    struct statement *find = statement_for(d->store, SQL_MEMBER_HEIR);
    struct account organisation;
    int64_t heir;
    statement_bind_i64(find, 1, p->organisation);
    statement_bind_i64(find, 2, person->number);
    try(one_number(find, &heir));
    if (heir ==
        0) /* all others are suspended: the first that is let in again needs an owner's help */
        return ok;
    struct statement *set = statement_for(d->store, SQL_MEMBER_SET_ROLE);
    statement_bind_i64(set, 1, p->organisation);
    statement_bind_i64(set, 2, heir);
    statement_bind_text(set, 3, TEXT("owner"));
    try(statement_run(set, NULL));
    try(account_read(d, p->organisation, &organisation));
    try(note(d, "organisation.pass_on", &organisation, TEXT("")));
    return tell_heir(d, &organisation, heir);
}

struct err organisation_person_goes(struct domain *d, const struct account *person,
                                    struct err (*end)(struct domain *d, int64_t organisation)) {
    struct place list[ORGANISATIONS_OF_PERSON_MAX];
    unsigned count;
    try(places_of(d, person->number, list, &count));
    for (unsigned i = 0; i < count; i++) {
        if (list[i].after == AFTER_PASSES_ON)
            try(pass_on(d, person, &list[i]));
        if (list[i].after == AFTER_ENDS)
            try(end(d, list[i].organisation));
    }
    struct statement *drop = statement_for(d->store, SQL_MEMBER_DROP_ALL);
    statement_bind_i64(drop, 1, person->number);
    return statement_run(drop, NULL);
}

/* ---- by the operator's staff ---- */

static struct err read_line(struct domain *d, struct organisation_line *line) {
    struct account account;
    try(account_read(d, line->account, &account));
    line->name = account.username;
    struct statement *get = statement_for(d->store, SQL_ORGANISATION_EVIDENCE);
    bool row;
    statement_bind_i64(get, 1, line->account);
    try(statement_step(get, &row));
    struct text sealed = row ? column_text_in(get, d->arena, 2) : TEXT("");
    statement_done(get);
    line->evidence = TEXT("");
    if (sealed.length)
        try(account_open(d, &account, FIELD("organisation", "evidence", line->account), sealed,
                         &line->evidence));
    return ok;
}

struct err organisation_next(struct domain *d, int64_t after, struct organisation_line *out) {
    struct statement *walk = statement_for(d->store, SQL_ORGANISATION_WALK);
    bool row;
    *out = (struct organisation_line){.account = 0};
    statement_bind_i64(walk, 1, after);
    try(statement_step(walk, &row));
    if (row)
        *out = (struct organisation_line){.account = column_i64(walk, 0),
                                          .verified_ms = column_i64(walk, 1),
                                          .subject = (uint64_t)column_i64(walk, 2),
                                          .member_count = column_i64(walk, 3)};
    statement_done(walk);
    return row ? read_line(d, out) : ok;
}

struct verifying {
    struct account organisation;
    uint64_t staff;
    struct text evidence;
};

static struct err verify_rows(struct domain *d, void *with) {
    struct verifying *v = with;
    bool is_given = v->evidence.length > 0;
    int64_t number = v->organisation.number;
    struct statement *set = statement_for(d->store, SQL_ORGANISATION_VERIFY);
    statement_bind_i64(set, 1, number);
    statement_bind_i64(set, 2, is_given ? d->now_ms : 0);
    statement_bind_i64(set, 3, is_given ? (int64_t)v->staff : 0);
    statement_bind_bytes(set, 4,
                         is_given
                             ? account_seal(d, &v->organisation,
                                            FIELD("organisation", "evidence", number), v->evidence)
                             : TEXT(""));
    try(statement_run(set, NULL));
    return audit_note(d, &(struct audit_event){.actor_kind = AUDIT_STAFF,
                                               .actor = v->staff,
                                               .action = is_given ? "organisation.verify"
                                                                  : "organisation.unverify",
                                               .about = &v->organisation,
                                               .object = TEXT(""),
                                               .purpose = "partner_register"});
}

struct err organisation_verify(struct domain *d, uint64_t staff, struct text id,
                               struct text evidence) {
    struct verifying v = {.staff = staff, .evidence = text_trim(evidence)};
    struct statement *find = statement_for(d->store, SQL_ORGANISATION_BY_SUBJECT);
    uint64_t subject;
    int64_t number;
    if (!text_to_u64(id, &subject) || subject > INT64_MAX)
        return not_there();
    if (text_runes(v.evidence) > EVIDENCE_RUNES_MAX || text_has_control(v.evidence))
        return domain_refuse(d, ERR_FIELD_INVALID, "evidence",
                             "the evidence has at most 200 characters");
    statement_bind_i64(find, 1, (int64_t)subject);
    try(one_number(find, &number));
    if (number == 0)
        return not_there();
    try(account_read(d, number, &v.organisation));
    return domain_in_transaction(d, verify_rows, &v);
}

struct err organisation_count_verified(struct domain *d, uint64_t *out) {
    int64_t count;
    try(one_number(statement_for(d->store, SQL_ORGANISATION_COUNT_VERIFIED), &count));
    *out = (uint64_t)count;
    return ok;
}
