/* matrix_test.c: every route of every table, taken by everybody, compared with what its needs and roles
 * say. No list is kept by hand: a route that is added is tested. */
#include "codec/json_in.h"
#include "crypt/token.h"
#include "domain/disclosure.h"
#include "domain/hold.h"
#include "domain/token.h"
#include "office_records.h"
#include "site/visit.h"

static const struct route *const tables[] = {
#define ROUTES(table) table,
#include "site/routes.def"
#undef ROUTES
};

enum who { ANONYMOUS, OTHER, SUSPENDED, OWNER, SUPPORT, PRIVACY, AUDITOR, READER, WHO_COUNT };
static const char *const who_names[] = {"anonymous", "another person", "suspended", "owner",
                                        "support",   "privacy",        "auditor",   "reader"};
enum gate { OPEN, NO_SESSION, NOTHING_HERE, NO_ROLE, FROZEN };
static const char *const gate_names[] = {"let in", "401 session_ended", "404 nothing here",
                                         "403 role_missing", "403 account_suspended"};

struct stage {
    struct office o;
    struct site site;
    struct policy policy;
    struct site_health health;
    int64_t accounts[WHO_COUNT];
    unsigned roles[WHO_COUNT];
    struct text ids[8]; /* of the person's things */
    unsigned id_count;
    unsigned aal;   /* of the sessions */
    int64_t age_ms; /* and how old they are */
};

static struct text api_path(uint32_t id) {
    return id == 1 ? TEXT("/api/one") : TEXT("");
}
static bool api_known(struct text path) {
    return text_equal_c(path, "/api/one");
}
static const struct endpoint *const no_apis[] = {NULL};

/* The person has a token, a hold that came and went, a disclosure that he was told of. */
static void give_things(struct stage *s) {
    static const char pdf[] = "%PDF-1.7\n%%EOF\n";
    struct domain *d = &s->o.r.d;
    struct new_token with = {.name = TEXT("zqperson-token")};
    struct new_disclosure asked = {.authority = TEXT("A"),
                                   .jurisdiction = TEXT("CN"),
                                   .doc_type = TEXT("inquiry"),
                                   .doc_no = TEXT("1"),
                                   .document = text_of(pdf, sizeof pdf - 1),
                                   .statute = TEXT("S"),
                                   .scope = TEXT("email"),
                                   .exception = TEXT("2"),
                                   .evidence = {{TEXT("case_number"), TEXT("7")}},
                                   .evidence_count = 1,
                                   .account = s->o.person.number};
    struct text secret, approval;
    struct approval a;
    struct person_view view;
    uint64_t id;
    want_ok(token_create(d, &s->o.person, &with, &secret, &id));
    s->ids[s->id_count++] = token_id_print_in(d->arena, id);
    want_ok(disclosure_record(d, &s->o.privacy, &asked, &s->ids[s->id_count], &approval));
    want_ok(office_decide(d, &s->o.second, approval, true, &a));
    want_ok(disclosure_release(d, &s->o.privacy, s->ids[s->id_count++], TEXT("email"), &view));
    s->ids[s->id_count++] = approval;
    s->ids[s->id_count++] = text_format_in(d->arena, "%llu", (unsigned long long)s->o.person.subject);
    s->ids[s->id_count++] = text_format_in(d->arena, "%lld", (long long)s->o.person.number);
}

static void stage_open(struct stage *s) {
    memset(s, 0, sizeof *s);
    s->aal = 2;
    office_open(&s->o);
    struct domain *d = &s->o.r.d;
    const struct staff_member *members[] = {&s->o.owner, &s->o.support, &s->o.privacy, &s->o.auditor,
                                            &s->o.reader};
    want_ok(policy_read(d->arena, policy_texts, &s->policy));
    s->site = (struct site){.policy = &s->policy,
                            .operator_name = TEXT("x"),
                            .operator_contact = TEXT("x@example.com"),
                            .version = TEXT("0"),
                            .health = &s->health,
                            .api_path = api_path,
                            .api_known = api_known,
                            .catalog = no_apis};
    s->accounts[OTHER] = records_account(&s->o.r, "another", NULL);
    s->accounts[SUSPENDED] = office_member(&s->o, "suspended", STAFF_ANY).account;
    for (unsigned i = 0; i < COUNT(members); i++) {
        s->accounts[OWNER + i] = members[i]->account;
        s->roles[OWNER + i] = members[i]->roles;
    }
    struct statement *suspend = statement_for(d->store, SQL_ACCOUNT_SET_STATE);
    statement_bind_i64(suspend, 1, s->accounts[SUSPENDED]);
    statement_bind_text(suspend, 2, TEXT("suspended"));
    want_ok(statement_run(suspend, NULL));
    give_things(s);
}

/* Both holes of the pattern get the id. */
static struct text path_in(struct arena *a, const char *pattern, struct text id) {
    struct text rest = text_c(pattern), all = TEXT("");
    for (size_t hole; (hole = text_find(rest, TEXT("{}"))) != SIZE_MAX; rest = text_from(rest, hole + 2))
        all = text_format_in(a, "%.*s%.*s%.*s", TEXT_ARG(all), TEXT_ARG(text_part(rest, 0, hole)),
                             TEXT_ARG(id));
    return text_format_in(a, "%.*s%.*s", TEXT_ARG(all), TEXT_ARG(rest));
}

/* Fresh, and of two factors, but where a test says otherwise: what is refused has other reasons. */
static void begin_session(struct stage *s, enum who who, struct text *cookie_out) {
    struct account account;
    struct new_session with = {.account = &account, .aal = s->aal};
    want_ok(account_read(&s->o.r.d, s->accounts[who], &account));
    s->o.r.d.now_ms -= s->age_ms;
    want_ok(session_begin(&s->o.r.d, &with, cookie_out));
    s->o.r.d.now_ms += s->age_ms;
}

static struct answer take(struct stage *s, const struct route *route, enum who who, struct text id) {
    struct domain *d = &s->o.r.d;
    struct text cookie = TEXT("");
    struct answer answer;
    if (who != ANONYMOUS)
        begin_session(s, who, &cookie);
    struct request q = {.method = text_c(route->method),
                        .path = path_in(d->arena, route->path, id),
                        .origin = TEXT("http://here"),
                        .host = TEXT("here"),
                        .cookie = text_format_in(d->arena, "sid=%.*s", TEXT_ARG(cookie)),
                        .content_type = TEXT("application/json"),
                        .body = TEXT("{}")};
    site_answer(&s->site, d, &q, &answer);
    return answer;
}

static struct text member_of(struct stage *s, const struct answer *answer, const char *name) {
    json_t *json;
    if (answer->status < 400 || json_parse(s->o.r.d.arena, answer->body, &json).kind)
        return TEXT("");
    struct text found = text_copy_in(s->o.r.d.arena, json_member_text(json, name));
    json_decref(json);
    return found;
}

static enum gate gate_of(struct stage *s, const struct answer *answer) {
    struct text error = member_of(s, answer, "error");
    if (text_equal_c(error, "session_ended"))
        return NO_SESSION;
    if (text_equal_c(error, "role_missing") && answer->status == 403)
        return NO_ROLE;
    if (text_equal_c(error, "account_suspended"))
        return FROZEN;
    if (answer->status == 405 ||
        text_equal_c(member_of(s, answer, "detail"), "there is nothing at this path"))
        return NOTHING_HERE;
    return OPEN;
}

static enum gate wanted_of(struct stage *s, const struct route *route, enum who who) {
    bool changes = strcmp(route->method, "GET") != 0;
    if (route->needs & ROUTE_DEVELOPMENT)
        return NOTHING_HERE;
    if (!(route->needs & (ROUTE_SESSION | ROUTE_STAFF)))
        return OPEN;
    if (who == ANONYMOUS)
        return NO_SESSION;
    if ((route->needs & ROUTE_STAFF) && s->roles[who] == 0)
        return NOTHING_HERE;
    if ((route->needs & ROUTE_STAFF) && !(s->roles[who] & route->roles))
        return NO_ROLE;
    if (who == SUSPENDED && changes && !(route->needs & ROUTE_UNAGREED))
        return FROZEN;
    return OPEN;
}

TEST(row_S8a__every_route_lets_in_whom_its_needs_name) {
    struct stage *s = malloc(sizeof *s);
    unsigned checked = 0;
    stage_open(s);
    for (size_t t = 0; t < COUNT(tables); t++) {
        for (const struct route *r = tables[t]; r->path; r++) {
            want((r->needs & ROUTE_STAFF) ? r->roles && !(r->roles & ~(unsigned)STAFF_ANY) : !r->roles);
            for (int who = 0; who < WHO_COUNT; who++, checked++) {
                struct answer answer = take(s, r, (enum who)who, TEXT("nothing"));
                enum gate got = gate_of(s, &answer), wanted = wanted_of(s, r, (enum who)who);
                bool is_stricter = who == SUSPENDED && got == FROZEN && !(r->needs & ROUTE_UNAGREED);
                if (got != wanted && !is_stricter)
                    fail_msg("%s %s by %s: %s (%d), not %s", r->method, r->path, who_names[who],
                             gate_names[got], answer.status, gate_names[wanted]);
            }
        }
    }
    want(checked >= 60 * WHO_COUNT);
    office_close(&s->o);
    free(s);
}

/* One factor is not enough for the staff, and what needs a fresh proof wants one. */
TEST(row_S8a__a_session_has_the_proofs_that_a_route_needs) {
    struct stage *s = malloc(sizeof *s);
    stage_open(s);
    s->aal = 1;
    for (size_t t = 0; t < COUNT(tables); t++) {
        for (const struct route *r = tables[t]; r->path; r++) {
            struct answer answer = take(s, r, OWNER, TEXT("nothing"));
            if ((r->needs & ROUTE_STAFF) && (r->roles & STAFF_OWNER))
                want_text(member_of(s, &answer, "error"), "second_factor_required");
        }
    }
    s->aal = 2;
    s->age_ms = SESSION_FRESH_MS + 1;
    for (size_t t = 0; t < COUNT(tables); t++) {
        for (const struct route *r = tables[t]; r->path; r++) {
            bool is_asked = (r->needs & ROUTE_FRESH) && wanted_of(s, r, OTHER) == OPEN;
            struct answer answer = is_asked ? take(s, r, OTHER, TEXT("nothing")) : (struct answer){0};
            if (is_asked)
                want_text(member_of(s, &answer, "error"), "fresh_login_required");
        }
    }
    office_close(&s->o);
    free(s);
}

/* Whatever the id, whoever asks: of another person's things there are none. */
TEST(fault_20__anothers_things_are_not_there) {
    struct stage *s = malloc(sizeof *s);
    stage_open(s);
    for (size_t t = 0; t < COUNT(tables); t++) {
        for (const struct route *r = tables[t]; r->path; r++) {
            if (!(r->needs & ROUTE_SESSION))
                continue;
            bool has_id = strstr(r->path, "{}") != NULL;
            for (unsigned i = 0; i < (has_id ? s->id_count : 1); i++) {
                for (enum who who = OTHER; who < WHO_COUNT; who++) {
                    struct answer answer = take(s, r, who, s->ids[i]);
                    if (text_find(answer.body, TEXT("zqperson")) != SIZE_MAX)
                        fail_msg("%s %s shows %s another's data", r->method, r->path, who_names[who]);
                    if (has_id && gate_of(s, &answer) == OPEN && answer.status != 404 &&
                        answer.status != 422)
                        fail_msg("%s %s by %s: %d, not 404", r->method, r->path, who_names[who],
                                 answer.status);
                }
            }
        }
    }
    struct token token;
    uint64_t id;
    want(token_id_parse(s->ids[0], &id));
    want_ok(token_of(&s->o.r.d, s->o.person.number, id, &token)); /* nobody took it away */
    want_int(token.revoked_ms, 0);
    office_close(&s->o);
    free(s);
}

TEST(row_S8c__the_staffs_lists_show_nobodys_data) {
    struct stage *s = malloc(sizeof *s);
    stage_open(s);
    for (size_t t = 0; t < COUNT(tables); t++)
        for (const struct route *r = tables[t]; r->path; r++)
            for (enum who who = OWNER; who < WHO_COUNT; who++) {
                bool is_list = (r->needs & ROUTE_STAFF) && strcmp(r->method, "GET") == 0 &&
                               !strstr(r->path, "/extract");
                struct answer answer = is_list ? take(s, r, who, s->ids[1]) : (struct answer){0};
                if (text_find(answer.body, TEXT("zqperson")) != SIZE_MAX)
                    fail_msg("%s %s shows %s a person's data", r->method, r->path, who_names[who]);
            }
    office_close(&s->o);
    free(s);
}

TESTS(RUN(row_S8a__every_route_lets_in_whom_its_needs_name),
      RUN(row_S8a__a_session_has_the_proofs_that_a_route_needs), RUN(fault_20__anothers_things_are_not_there),
      RUN(row_S8c__the_staffs_lists_show_nobodys_data))
