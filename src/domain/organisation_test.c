/* organisation_test.c: who may do what in an organisation, who comes in, and what is left when
 * somebody goes. */
#include "domain/claims.h"
#include "domain/erasure.h"
#include "domain/invitation.h"
#include "domain/token.h"
#include "base/file.h"
#include "records.h"

#include <dirent.h>

struct people {
    struct records r;
    struct account organisation, owner, admin, developer, reader, stranger;
};

static struct account person(struct records *r, const char *name) {
    struct account account;
    const char *mail = text_say_in(&r->arena, "%s@example.com", name);
    want_ok(account_read(&r->d, records_account(r, name, mail), &account));
    return account;
}

static struct text id_of(struct records *r, const struct account *account) {
    return text_format_in(&r->arena, "%llu", (unsigned long long)account->subject);
}

static unsigned files_in(struct records *r) {
    unsigned count = 0;
    DIR *folder = opendir(r->outbox);
    for (struct dirent *e; (e = readdir(folder));)
        count += e->d_name[0] != '.';
    closedir(folder);
    return count;
}

/* The code in the only message of the outbox, which is taken out. */
static struct text take_code(struct records *r) {
    struct text code = TEXT(""), content;
    DIR *folder = opendir(r->outbox);
    for (struct dirent *e; (e = readdir(folder));) {
        if (e->d_name[0] == '.')
            continue;
        const char *path = text_say_in(&r->arena, "%s/%s", r->outbox, e->d_name);
        want_ok(file_read_in(&r->arena, path, 64 << 10, &content));
        size_t at = text_find(content, TEXT("enter the code "));
        if (at != SIZE_MAX)
            code = text_part(text_from(content, at + 15), 0, INVITATION_CODE_LETTERS);
        unlink(path);
    }
    closedir(folder);
    return code;
}

static struct text invite(struct people *p, const char *mail, const char *role) {
    struct new_invitation with = {
        .email = text_c(mail), .role = text_c(role), .prefix = TEXT("198.51.100.0")};
    struct invitation made;
    want_ok(invitation_send(&p->r.d, &p->organisation, &with, &made));
    return take_code(&p->r);
}

static struct err accept(struct people *p, const struct account *who, struct text code) {
    struct account joined;
    enum organisation_role role;
    return invitation_accept(&p->r.d, who, code, TEXT("membership"), &joined, &role);
}

static void people_open(struct people *p) {
    records_open(&p->r);
    p->owner = person(&p->r, "owner");
    p->admin = person(&p->r, "admin_one");
    p->developer = person(&p->r, "developer");
    p->reader = person(&p->r, "reader");
    p->stranger = person(&p->r, "stranger");
    p->r.d.actor = p->owner.subject;
    want_ok(
        organisation_create(&p->r.d, &p->owner, TEXT("南昌 Example 有限公司"), &p->organisation));
    want_ok(accept(p, &p->admin, invite(p, "admin_one@example.com", "admin")));
    want_ok(accept(p, &p->developer, invite(p, "developer@example.com", "developer")));
    want_ok(accept(p, &p->reader, invite(p, "reader@example.com", "reader")));
}

static void people_close(struct people *p) {
    (void)!take_code(&p->r).length;
    records_close(&p->r);
}

static enum organisation_role role_in(struct people *p, const struct account *who) {
    struct account organisation;
    struct place place;
    struct err e = organisation_enter(&p->r.d, who, id_of(&p->r, &p->organisation), RIGHT_SEE,
                                      &organisation, &place);
    return e.kind ? ROLE_COUNT : place.role;
}

TEST(fault_20_a_stranger_is_told_that_there_is_none) {
    struct people p;
    struct account out;
    struct place place;
    static const char *const no_ids[] = {
        "0", "1", "-1", "x", "", "18446744073709551615", "9223372036854775808"};
    people_open(&p);
    want_err(organisation_enter(&p.r.d, &p.stranger, id_of(&p.r, &p.organisation), RIGHT_SEE, &out,
                                &place),
             ERR_NOT_FOUND);
    for (size_t i = 0; i < COUNT(no_ids); i++)
        want_err(organisation_enter(&p.r.d, &p.owner, text_c(no_ids[i]), RIGHT_SEE, &out, &place),
                 ERR_NOT_FOUND);
    want_err(organisation_enter(&p.r.d, &p.owner, id_of(&p.r, &p.owner), RIGHT_SEE, &out, &place),
             ERR_NOT_FOUND);
    want_err(member_remove(&p.r.d, &p.organisation, &p.stranger, id_of(&p.r, &p.stranger)),
             ERR_NOT_FOUND);
    want_err(member_remove(&p.r.d, &p.organisation, &p.stranger, id_of(&p.r, &p.reader)),
             ERR_NOT_FOUND);
    want_err(member_set_role(&p.r.d, &p.organisation, &p.stranger, id_of(&p.r, &p.reader),
                             TEXT("admin")),
             ERR_NOT_FOUND);
    people_close(&p);
}

TEST(each_role_has_its_rights_and_no_other) {
    struct people p;
    struct account out;
    struct place place;
    people_open(&p);
    const struct {
        const struct account *who;
        unsigned rights;
    } rows[] = {{&p.reader, RIGHT_SEE},
                {&p.developer, RIGHT_SEE | RIGHT_TOKENS},
                {&p.admin, RIGHT_SEE | RIGHT_TOKENS | RIGHT_MEMBERS},
                {&p.owner, RIGHT_SEE | RIGHT_TOKENS | RIGHT_MEMBERS | RIGHT_OWN}};
    for (size_t i = 0; i < COUNT(rows); i++)
        for (unsigned right = RIGHT_SEE; right <= RIGHT_OWN; right <<= 1) {
            struct err e = organisation_enter(&p.r.d, rows[i].who, id_of(&p.r, &p.organisation),
                                              (enum organisation_right)right, &out, &place);
            want_int(e.kind, rows[i].rights & right ? ERR_NONE : ERR_ROLE_MISSING);
        }
    people_close(&p);
}

TEST(who_may_change_whom) {
    struct people p;
    people_open(&p);
    struct domain *d = &p.r.d;
    const struct account *o = &p.organisation;
    /* a reader and a developer: nobody but themselves, and only out */
    want_err(member_set_role(d, o, &p.reader, id_of(&p.r, &p.reader), TEXT("admin")),
             ERR_ROLE_MISSING);
    want_err(member_remove(d, o, &p.developer, id_of(&p.r, &p.reader)), ERR_ROLE_MISSING);
    /* an admin: all but owners, and makes none */
    want_ok(member_set_role(d, o, &p.admin, id_of(&p.r, &p.reader), TEXT("developer")));
    want_err(member_set_role(d, o, &p.admin, id_of(&p.r, &p.reader), TEXT("owner")),
             ERR_ROLE_MISSING);
    want_err(member_set_role(d, o, &p.admin, id_of(&p.r, &p.admin), TEXT("owner")),
             ERR_ROLE_MISSING);
    want_err(member_set_role(d, o, &p.admin, id_of(&p.r, &p.owner), TEXT("reader")),
             ERR_ROLE_MISSING);
    want_err(member_remove(d, o, &p.admin, id_of(&p.r, &p.owner)), ERR_ROLE_MISSING);
    want_err(member_set_role(d, o, &p.admin, id_of(&p.r, &p.reader), TEXT("king")),
             ERR_FIELD_INVALID);
    /* the last owner stays, until there is another */
    want_err(member_remove(d, o, &p.owner, id_of(&p.r, &p.owner)), ERR_LAST_OWNER);
    want_err(member_set_role(d, o, &p.owner, id_of(&p.r, &p.owner), TEXT("admin")), ERR_LAST_OWNER);
    want_ok(member_set_role(d, o, &p.owner, id_of(&p.r, &p.admin), TEXT("owner")));
    want_ok(member_set_role(d, o, &p.owner, id_of(&p.r, &p.owner), TEXT("reader")));
    want_err(member_remove(d, o, &p.admin, id_of(&p.r, &p.admin)), ERR_LAST_OWNER);
    want_ok(member_remove(d, o, &p.owner, id_of(&p.r, &p.owner)));
    want_int(role_in(&p, &p.owner), ROLE_COUNT);
    want_int(role_in(&p, &p.admin), ROLE_OWNER);
    people_close(&p);
}

TEST(a_code_lets_one_in_once_who_agrees) {
    struct people p;
    struct account joined;
    enum organisation_role role;
    people_open(&p);
    struct text code = invite(&p, "somebody@elsewhere.example", "reader");
    want_int(code.length, INVITATION_CODE_LETTERS);
    want_err(invitation_accept(&p.r.d, &p.stranger, code, TEXT(""), &joined, &role),
             ERR_CONSENT_REQUIRED);
    want_err(invitation_accept(&p.r.d, &p.reader, code, TEXT("membership"), &joined, &role),
             ERR_CONFLICT);
    struct text typed = text_format_in(&p.r.arena, " %.*s-%.*s ",
                                       TEXT_ARG(text_lower_in(&p.r.arena, text_part(code, 0, 5))),
                                       TEXT_ARG(text_from(code, 5)));
    want_ok(accept(&p, &p.stranger, typed));
    want_int(role_in(&p, &p.stranger), ROLE_READER);
    want_ok(member_remove(&p.r.d, &p.organisation, &p.stranger, id_of(&p.r, &p.stranger)));
    want_err(accept(&p, &p.stranger, code), ERR_CODE_EXPIRED);
    code = invite(&p, "somebody@elsewhere.example", "reader");
    p.r.d.now_ms += INVITATION_DAYS * 86400000ll;
    want_err(accept(&p, &p.stranger, code), ERR_CODE_EXPIRED);
    want_ok(invitation_reap(&p.r.d));
    people_close(&p);
}

static void note_id(void *with, const struct invitation *i) {
    *(uint64_t *)with = i->id;
}

TEST(invitations_are_bounded_withdrawn_and_guessing_slows_down) {
    struct people p;
    struct new_invitation with = {
        .email = TEXT("a@b.example"), .role = TEXT("reader"), .prefix = TEXT("x")};
    struct invitation made;
    uint64_t id = 0;
    people_open(&p);
    with.role = TEXT("owner");
    want_err(invitation_send(&p.r.d, &p.organisation, &with, &made), ERR_FIELD_INVALID);
    with.role = TEXT("reader");
    for (int i = 0; i < 3; i++)
        want_ok(invitation_send(&p.r.d, &p.organisation, &with, &made));
    want_err(invitation_send(&p.r.d, &p.organisation, &with, &made), ERR_TOO_MANY_REQUESTS);
    want_int(files_in(&p.r), 3);
    want_ok(invitation_each(&p.r.d, &p.organisation, note_id, &id));
    struct text name = text_format_in(&p.r.arena, "%llu", (unsigned long long)id);
    want_ok(invitation_withdraw(&p.r.d, &p.organisation, name));
    want_err(invitation_withdraw(&p.r.d, &p.organisation, name), ERR_NOT_FOUND);
    for (int i = 0; i < 4; i++)
        want_err(accept(&p, &p.stranger, TEXT("0000000000")), ERR_CODE_EXPIRED);
    want_err(accept(&p, &p.stranger, TEXT("0000000000")), ERR_TOO_MANY_REQUESTS);
    people_close(&p);
}

TEST(names_hold_no_links) {
    static const char *const no[] = {
        "",     "a",        "visit http://x", "a@b",     "www.example.com",
        "a\nb", "<b>x</b>", "C:\\x",          "\xff\xff"};
    struct people p;
    struct account out;
    people_open(&p);
    for (size_t i = 0; i < COUNT(no); i++)
        want_err(organisation_create(&p.r.d, &p.owner, text_c(no[i]), &out), ERR_FIELD_INVALID);
    want_ok(organisation_rename(&p.r.d, &p.organisation, TEXT(" 新名字 Ltd. ")));
    want_ok(account_read(&p.r.d, p.organisation.number, &out));
    want_text(out.username, "新名字 Ltd.");
    want_ok(organisation_create(&p.r.d, &p.owner, TEXT("新名字 Ltd."),
                                &out)); /* names are not unique */
    people_close(&p);
}

static struct err note_after(void *with, const struct place *p) {
    *(enum organisation_after *)with = p->after;
    return ok;
}

static void leave_service(struct records *r, const struct account *who) {
    struct text receipt;
    r->d.actor = who->subject;
    want_ok(erasure_begin(&r->d, who, &receipt));
    want_ok(erasure_finish(&r->d, ERASURE_ALL));
}

TEST(row_S5_a_last_owner_who_cancels_is_not_held_up) {
    struct people p;
    enum organisation_after after;
    people_open(&p);
    want_ok(organisation_each(&p.r.d, p.owner.number, note_after, &after));
    want_int(after, AFTER_PASSES_ON);
    want_ok(organisation_each(&p.r.d, p.reader.number, note_after, &after));
    want_int(after, AFTER_STAYS);
    leave_service(&p.r, &p.owner);
    want_int(role_in(&p, &p.admin), ROLE_OWNER);
    want_int(files_in(&p.r), 1); /* he is told */
    leave_service(&p.r, &p.admin);
    want_int(role_in(&p, &p.developer), ROLE_OWNER);
    leave_service(&p.r, &p.reader);
    want_ok(organisation_each(&p.r.d, p.developer.number, note_after, &after));
    want_int(after, AFTER_ENDS);
    leave_service(&p.r, &p.developer);
    struct account gone;
    want_err(account_read(&p.r.d, p.organisation.number, &gone), ERR_NOT_FOUND);
    people_close(&p);
}

static bool file_holds(struct records *r, const char *path, struct text mark) {
    struct text content;
    if (access(path, F_OK) != 0)
        return false;
    want_ok(file_read_in(&r->arena, path, 64 << 20, &content));
    return text_find(content, mark) != SIZE_MAX;
}

/* As it stands in its row. */
static struct text sealed_name(struct people *p) {
    struct statement *get = statement_for(p->r.d.store, SQL_ACCOUNT_GET);
    bool row;
    statement_bind_i64(get, 1, p->organisation.number);
    want_ok(statement_step(get, &row));
    struct text sealed = column_text_in(get, &p->r.arena, 4);
    statement_done(get);
    return sealed;
}

TEST(an_organisation_that_ends_leaves_nothing) {
    struct people p;
    struct new_token with = {.name = TEXT("shared")};
    struct text secret, receipt;
    struct token token;
    uint64_t id;
    people_open(&p);
    struct text sealed = sealed_name(&p);
    want_ok(store_settle(p.r.d.store));
    want(file_holds(&p.r, p.r.main_path, sealed));
    want_ok(token_create(&p.r.d, &p.organisation, &with, &secret, &id));
    want_ok(organisation_end(&p.r.d, &p.organisation, &receipt));
    want_int(role_in(&p, &p.owner), ROLE_COUNT); /* from this moment on */
    want_int(files_in(&p.r), 3);                 /* the three others are told */
    want_ok(erasure_finish(&p.r.d, ERASURE_ALL));
    want_err(token_of(&p.r.d, 0, id, &token), ERR_NOT_FOUND);
    want(!file_holds(&p.r, p.r.main_path, sealed) && !file_holds(&p.r, p.r.keys_path, sealed));
    struct account still;
    want_ok(account_read(&p.r.d, p.reader.number, &still));
    people_close(&p);
}

static int64_t persons(struct records *r) {
    struct statement *count = statement_for(r->d.store, SQL_ACCOUNT_COUNT_LIVE);
    bool row;
    want_ok(statement_step(count, &row));
    int64_t found = column_i64(count, 0);
    statement_done(count);
    return found;
}

TEST(row_X9_an_organisation_is_no_registered_user) {
    struct people p;
    struct account another;
    people_open(&p);
    int64_t before = persons(&p.r);
    want_int(before, 5);
    want_ok(organisation_create(&p.r.d, &p.owner, TEXT("Another"), &another));
    want_int(persons(&p.r), before);
    people_close(&p);
}

static void keep_partners(void *with, const struct claim *c) {
    if (strcmp(c->id, "partners") == 0)
        *(struct claim *)with = *c;
}

/* What is counted for the claim, by the job. */
static int64_t partners_claimed(struct records *r) {
    struct claim_facts facts = {0};
    struct claim claim = {0};
    r->d.now_ms += 11 * 60000;
    want_ok(claims_follow(&r->d));
    want_ok(claims_each(&r->d, &facts, keep_partners, &claim));
    want(!claim.is_shown); /* hundreds are missing */
    return claim.value;
}

TEST(row_X3_partner_enterprises_are_those_that_were_verified) {
    struct people p;
    struct organisation_line line;
    uint64_t count;
    people_open(&p);
    struct text id = id_of(&p.r, &p.organisation);
    want_ok(organisation_count_verified(&p.r.d, &count));
    want_int(count, 0);
    want_ok(organisation_verify(&p.r.d, 7, id, TEXT("register 91360100MA")));
    want_ok(organisation_count_verified(&p.r.d, &count));
    want_int(count, 1);
    want_int(partners_claimed(&p.r), 1);
    want_ok(organisation_next(&p.r.d, 0, &line));
    want_text(line.evidence, "register 91360100MA");
    want_int(line.member_count, 4);
    want_ok(organisation_next(&p.r.d, line.account, &line));
    want_int(line.account, 0);
    want_err(organisation_verify(&p.r.d, 7, id_of(&p.r, &p.owner), TEXT("x")), ERR_NOT_FOUND);
    want_ok(organisation_verify(&p.r.d, 7, id, TEXT("")));
    want_ok(organisation_count_verified(&p.r.d, &count));
    want_int(count, 0);
    want_int(partners_claimed(&p.r), 0);
    people_close(&p);
}

TESTS(RUN(fault_20_a_stranger_is_told_that_there_is_none),
      RUN(each_role_has_its_rights_and_no_other), RUN(who_may_change_whom),
      RUN(a_code_lets_one_in_once_who_agrees),
      RUN(invitations_are_bounded_withdrawn_and_guessing_slows_down), RUN(names_hold_no_links),
      RUN(row_S5_a_last_owner_who_cancels_is_not_held_up),
      RUN(an_organisation_that_ends_leaves_nothing),
      RUN(row_X9_an_organisation_is_no_registered_user),
      RUN(row_X3_partner_enterprises_are_those_that_were_verified))
