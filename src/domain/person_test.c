/* person_test.c: the laws of accounts, codes and sessions. */
#include "domain/flow.h"
#include "domain/login.h"
#include "domain/registration.h"
#include "domain/session.h"
#include "domain/throttle.h"
#include "base/file.h"
#include "records.h"

#include <dirent.h>
#include <pthread.h>

static const struct embedded texts[] = {
    {"1.zh.md", {"version: 1\npublished: a\neffective: b\ntitle: c\n## 一 {#x}\n[a] 甲\n", 62}},
    {"1.en.md", {"version: 1\npublished: a\neffective: b\ntitle: c\n## 1 {#x}\n[a] A\n", 58}},
    {0},
};
static const char good_password[] = "correct horse battery staple 9";

static struct policy *policy_of(struct records *r) {
    struct policy *p = arena_alloc(&r->arena, sizeof *p);
    struct embedded *fit = arena_alloc(&r->arena, sizeof texts);
    for (unsigned i = 0; i < 2; i++)
        fit[i] = (struct embedded){texts[i].name, text_c(texts[i].content.bytes)};
    want_ok(policy_read(&r->arena, fit, p));
    return p;
}

static struct registration form(const char *name, const char *email) {
    return (struct registration){.username = text_c(name),
                                 .password = text_c(good_password),
                                 .email = text_c(email),
                                 .consent = TEXT("1"),
                                 .age = TEXT("adult"),
                                 .language = TEXT("en"),
                                 .prefix = TEXT("p")};
}

/* The code of the newest mail, then the outbox is emptied; empty where there is none. */
static struct text take_code(struct records *r) {
    struct text code = TEXT("");
    DIR *folder = opendir(r->outbox);
    for (struct dirent *e; (e = readdir(folder));) {
        char path[400], content[4096];
        if (e->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", r->outbox, e->d_name);
        FILE *f = fopen(path, "r");
        size_t length = fread(content, 1, sizeof content - 1, f);
        content[length] = 0;
        fclose(f);
        unlink(path);
        char *found = strstr(content, "Your code is ");
        if (found)
            code = text_copy_in(&r->arena, text_of(found + 13, 6));
    }
    closedir(folder);
    return code;
}

TEST(a_code_has_five_tries) {
    struct records r;
    struct flow_promise promise;
    struct verified done;
    records_open(&r);
    struct registration f = form("tries", "tries@example.com");
    want_ok(registration_start(&r.d, policy_of(&r), &f, &promise));
    struct text code = take_code(&r),
                wrong = text_equal_c(code, "000000") ? TEXT("000001") : TEXT("000000");
    for (int left = 4; left >= 0; left--) {
        want_err(registration_verify(&r.d, promise.flow, wrong, &done), ERR_CODE_WRONG);
        want_int(r.d.detail.tries_left, left);
    }
    want_err(registration_verify(&r.d, promise.flow, code, &done), ERR_CODE_EXPIRED);
    records_close(&r);
}

TEST(a_code_lives_ten_minutes) {
    struct records r;
    struct flow_promise promise;
    struct verified done;
    records_open(&r);
    struct registration f = form("late", "late@example.com");
    want_ok(registration_start(&r.d, policy_of(&r), &f, &promise));
    struct text code = take_code(&r);
    r.d.now_ms += 10 * 60000;
    want_err(registration_verify(&r.d, promise.flow, code, &done), ERR_CODE_EXPIRED);
    r.d.now_ms -= 1;
    want_ok(registration_verify(&r.d, promise.flow, code, &done));
    want(done.is_created);
    records_close(&r);
}

TEST(a_code_fits_its_own_flow_only) {
    struct records r;
    struct flow_promise one, two;
    struct verified done;
    records_open(&r);
    struct registration f = form("flow_a", "a@example.com"), g = form("flow_b", "b@example.com");
    want_ok(registration_start(&r.d, policy_of(&r), &f, &one));
    struct text code_one = take_code(&r);
    want_ok(registration_start(&r.d, policy_of(&r), &g, &two));
    struct text code_two = take_code(&r);
    if (!text_equal(code_one, code_two))
        want_err(registration_verify(&r.d, two.flow, code_one, &done), ERR_CODE_WRONG);
    want_ok(registration_verify(&r.d, one.flow, code_one, &done));
    records_close(&r);
}

struct racer {
    struct records *r;
    struct flow_promise promise;
    struct text code;
    bool won;
};

static void *race(void *with) {
    struct racer *racer = with;
    struct records own = *racer->r;
    struct verified done;
    arena_init(&own.arena, 64 << 20);
    own.chance = random_system();
    own.d.arena = &own.arena;
    own.d.chance = &own.chance;
    struct store_options options = {own.main_path, own.keys_path, 0};
    if (!store_open(&own.arena, &options, &own.d.store).kind) {
        racer->won =
            !registration_verify(&own.d, racer->promise.flow, racer->code, &done).kind;
        store_close(own.d.store);
    }
    arena_done(&own.arena);
    return NULL;
}

TEST(of_many_right_codes_at_once_one_wins) {
    struct records r;
    struct racer racers[4];
    pthread_t threads[COUNT(racers)];
    unsigned won = 0;
    records_open(&r);
    struct registration f = form("racing", "race@example.com");
    struct racer first = {.r = &r};
    want_ok(registration_start(&r.d, policy_of(&r), &f, &first.promise));
    first.code = take_code(&r);
    for (size_t i = 0; i < COUNT(racers); i++) {
        racers[i] = first;
        want(pthread_create(&threads[i], NULL, race, &racers[i]) == 0);
    }
    for (size_t i = 0; i < COUNT(racers); i++) {
        pthread_join(threads[i], NULL);
        won += racers[i].won;
    }
    want_int(won, 1);
    records_close(&r);
}

TEST(a_flow_is_taken_once) {
    struct records r;
    struct identity target;
    struct flow flow = {.purpose = FLOW_CONTACT, .data = TEXT("x")}, found;
    records_open(&r);
    want_ok(identity_email(&r.d, TEXT("once@example.com"), &target));
    want_ok(flow_open(&r.d, &flow, &target, true));
    want_ok(flow_try(&r.d, flow.name, flow.code, &found));
    want_ok(flow_use(&r.d, &found));
    want_err(flow_use(&r.d, &found), ERR_CODE_EXPIRED);
    records_close(&r);
}

TEST(a_known_address_never_verifies) {
    struct records r;
    struct flow_promise promise;
    records_open(&r);
    records_account(&r, "known", "Known@example.com");
    struct registration f = form("other", "known@EXAMPLE.com");
    want_ok(registration_start(&r.d, policy_of(&r), &f, &promise));
    want_int(take_code(&r).length, 0);
    want_int(promise.flow.length, 43);
    records_close(&r);
}

TEST(one_spelling_for_each_address) {
    static const struct {
        const char *given, *shown;
    } mails[] = {{"A.b+tag@Example.COM", "A.b+tag@example.com"},
                 {" a@b.cn ", "a@b.cn"},
                 {"a@例子.中国", "a@xn--fsqu00a.xn--fiqs8s"}};
    static const char *const no_mails[] = {
        "a",       "a@",           "@b.cn",        "a@b",
        "a@b.cn.", "\"a b\"@b.cn", "a..b@b.cn",    "a@b.cn\r\nBcc: c@d.cn",
        "a@b cn",  "a@b@c.cn",     "a@http://b.cn"};
    static const char *const phones[] = {"13800138000", "+86 138-0013-8000",
                                         "１３８００１３８０００", "0086 13800138000"};
    static const char *const no_phones[] = {"1380013800", "12800138000", "+1 212 555 0100", "",
                                            "138001380001"};
    static const char *const no_names[] = {"ab", "123456", "a b c", "аlice", "a@b", "", "a\nbc"};
    struct records r;
    struct identity who;
    records_open(&r);
    for (size_t i = 0; i < COUNT(mails); i++) {
        want_ok(identity_email(&r.d, text_c(mails[i].given), &who));
        want_text(who.shown, mails[i].shown);
    }
    for (size_t i = 0; i < COUNT(no_mails); i++)
        want_err(identity_email(&r.d, text_c(no_mails[i]), &who), ERR_EMAIL_INVALID);
    for (size_t i = 0; i < COUNT(phones); i++) {
        want_ok(identity_phone(&r.d, text_c(phones[i]), &who));
        want_text(who.canonical, "+8613800138000");
    }
    for (size_t i = 0; i < COUNT(no_phones); i++)
        want_err(identity_phone(&r.d, text_c(no_phones[i]), &who), ERR_PHONE_INVALID);
    for (size_t i = 0; i < COUNT(no_names); i++)
        want_err(identity_username(&r.d, text_c(no_names[i]), &who), ERR_USERNAME_INVALID);
    records_close(&r);
}

TEST(the_blind_index_is_of_the_canonical_form) {
    struct records r;
    struct identity a, b, c;
    records_open(&r);
    want_ok(identity_email(&r.d, TEXT("Anna@Example.com"), &a));
    want_ok(identity_email(&r.d, TEXT("anna@example.COM"), &b));
    want_ok(identity_username(&r.d, TEXT("anna"), &c));
    struct digest x, y, z;
    want_ok(identity_digest(&r.d, &a, &x));
    want_ok(identity_digest(&r.d, &b, &y));
    want_ok(identity_digest(&r.d, &c, &z));
    want(digest_equal(&x, &y) && !digest_equal(&x, &z));
    records_close(&r);
}

TEST(a_session_ends_by_itself) {
    struct records r;
    struct session s;
    struct text cookie;
    records_open(&r);
    int64_t number = records_account(&r, "idle", NULL), began = r.d.now_ms;
    want_ok(session_start(&r.d, number, &cookie));
    r.d.now_ms += SESSION_IDLE_MS - 1;
    want_ok(session_find(&r.d, cookie, &s));
    r.d.now_ms += SESSION_IDLE_MS;
    want_err(session_find(&r.d, cookie, &s), ERR_SESSION_ENDED);
    r.d.now_ms = began;
    want_ok(session_start(&r.d, number, &cookie));
    for (; r.d.now_ms < began + SESSION_WHOLE_MS; r.d.now_ms += SESSION_IDLE_MS / 2)
        want_ok(session_find(&r.d, cookie, &s));
    want_err(session_find(&r.d, cookie, &s), ERR_SESSION_ENDED);
    want(session_csrf_fits(&r.d, cookie, session_csrf(&r.d, cookie)));
    want(!session_csrf_fits(&r.d, cookie, TEXT("x")));
    records_close(&r);
}

TEST(waiting_doubles_and_is_bounded) {
    struct records r;
    records_open(&r);
    for (int i = 0; i < 20; i++)
        want_ok(throttle_failed(&r.d, "login", TEXT("a 1")));
    want_err(throttle_may_try(&r.d, "login", TEXT("a 1")), ERR_TOO_MANY_REQUESTS);
    want_int(r.d.detail.retry_after_s, 60);
    want_ok(throttle_may_try(&r.d, "login", TEXT("a 2")));
    r.d.now_ms += 60000;
    want_ok(throttle_may_try(&r.d, "login", TEXT("a 1")));
    records_close(&r);
}

static struct registration child_form(const char *name) {
    struct registration f = form(name, "small@example.com");
    f.age = TEXT("child");
    f.guardian_email = TEXT("parent@example.com");
    return f;
}

static struct text take_guardian_code(struct records *r) {
    struct text code = TEXT("");
    DIR *folder = opendir(r->outbox);
    for (struct dirent *e; (e = readdir(folder));) {
        char path[400];
        struct text content;
        if (e->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", r->outbox, e->d_name);
        want_ok(file_read_in(&r->arena, path, 65536, &content));
        unlink(path);
        size_t at = text_find(content, TEXT("code: "));
        want(text_find(content, TEXT("parent@example.com")) != SIZE_MAX);
        if (at != SIZE_MAX)
            code = text_part(content, at + 6, 6);
    }
    closedir(folder);
    return code;
}

static unsigned flows_in(struct records *r) {
    unsigned count = 0;
    struct statement *list = statement_for(r->d.store, SQL_FLOW_COUNT);
    bool row;
    want_ok(statement_step(list, &row));
    count = (unsigned)column_i64(list, 0);
    statement_done(list);
    return count;
}

TEST(row_D5_below_14_a_guardian_consents_first_and_then_the_child_proves_its_address) {
    struct records r;
    struct flow_promise promise;
    struct verified done;
    struct account child;
    records_open(&r);
    struct registration f = child_form("small_one");
    want_ok(registration_start(&r.d, policy_of(&r), &f, &promise));
    struct text code = take_guardian_code(&r);
    want_int(code.length, 6);
    want_int(promise.expires_ms - r.d.now_ms, 72 * 3600000ll);
    want_ok(registration_verify(&r.d, promise.flow, code, &done));
    want_int(done.account, 0);
    want_err(registration_verify(&r.d, promise.flow, code, &done), ERR_CODE_EXPIRED); /* once */
    want_ok(registration_verify(&r.d, done.next.flow, take_code(&r), &done));
    want(done.is_created);
    want_ok(account_read(&r.d, done.account, &child));
    want(child.is_guarded);
    want_text(child.age, "teen");
    records_close(&r);
}

TEST(row_D5_what_no_guardian_agreed_to_is_gone_after_72_hours) {
    struct records r;
    struct flow_promise promise;
    struct verified done;
    records_open(&r);
    struct registration f = child_form("small_two");
    want_ok(registration_start(&r.d, policy_of(&r), &f, &promise));
    struct text code = take_guardian_code(&r);
    r.d.now_ms += 72 * 3600000ll - 1;
    want_ok(flow_reap(&r.d));
    want_int(flows_in(&r), 1);
    r.d.now_ms += 1;
    want_ok(flow_reap(&r.d));
    want_int(flows_in(&r), 0);
    want_err(registration_verify(&r.d, promise.flow, code, &done), ERR_CODE_EXPIRED);
    records_close(&r);
}

TEST(fault_24_a_guardian_is_somebody_else) {
    struct records r;
    struct flow_promise promise;
    records_open(&r);
    struct registration f = child_form("small_three");
    f.guardian_email = TEXT("");
    want_err(registration_start(&r.d, policy_of(&r), &f, &promise), ERR_GUARDIAN_CONSENT_REQUIRED);
    f.guardian_email = TEXT("SMALL@example.com");
    want_err(registration_start(&r.d, policy_of(&r), &f, &promise), ERR_GUARDIAN_CONTACT_SAME);
    want_int(flows_in(&r), 0);
    records_close(&r);
}

static bool one_word(const void *with, struct text password) {
    return text_equal_c(password, with) || text_equal_c(password, "dragon");
}

TEST(fault_5_widely_known_passwords_are_refused_in_every_dress) {
    static const char *const bad[] = {"correcthorsebatterystaple", "CorrectHorseBatteryStaple2026!",
                                      "dragoncorrecthorsebatterystaple", "###dragon2026-11-24"};
    struct records r;
    struct text out;
    records_open(&r);
    r.d.known_passwords = (struct password_list){one_word, "correcthorsebatterystaple"};
    for (size_t i = 0; i < COUNT(bad); i++)
        want_err(identity_password(&r.d, text_c(bad[i]), NULL, NULL, &out), ERR_PASSWORD_WEAK);
    want_ok(identity_password(&r.d, TEXT("dragon eats seven lamps"), NULL, NULL, &out));
    records_close(&r);
}

TESTS(RUN(row_D5_below_14_a_guardian_consents_first_and_then_the_child_proves_its_address),
      RUN(row_D5_what_no_guardian_agreed_to_is_gone_after_72_hours),
      RUN(fault_24_a_guardian_is_somebody_else),
      RUN(fault_5_widely_known_passwords_are_refused_in_every_dress),
      RUN(a_code_has_five_tries), RUN(a_code_lives_ten_minutes), RUN(a_code_fits_its_own_flow_only),
      RUN(of_many_right_codes_at_once_one_wins), RUN(a_flow_is_taken_once),
      RUN(a_known_address_never_verifies), RUN(one_spelling_for_each_address),
      RUN(the_blind_index_is_of_the_canonical_form), RUN(a_session_ends_by_itself),
      RUN(waiting_doubles_and_is_bounded))
