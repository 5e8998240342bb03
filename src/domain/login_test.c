/* login_test.c: the laws of log-in, its factors and its sessions, on a clock of the test's own. */
#include "domain/login_trace.h"
#include "domain/personal.h"
#include "domain/reset.h"
#include "domain/throttle.h"
#include "people.h"

#include <math.h>
#include <time.h>

/* ---- names that nobody has ---- */

enum { SAMPLES = 400 };

static double cpu_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static int by_value(const void *left, const void *right) {
    double l = *(const double *)left, r = *(const double *)right;
    return (l > r) - (l < r);
}

/* Kolmogorov and Smirnov's probability that two samples are of one distribution (Stephens' approximation). */
static double same_distribution(double *one, double *two, size_t n) {
    double most = 0, sum = 0;
    qsort(one, n, sizeof *one, by_value);
    qsort(two, n, sizeof *two, by_value);
    for (size_t i = 0, j = 0; i < n && j < n;) {
        double at = one[i] < two[j] ? one[i] : two[j];
        for (; i < n && one[i] <= at; i++)
            ;
        for (; j < n && two[j] <= at; j++)
            ;
        most = fmax(most, fabs((double)i - (double)j) / (double)n);
    }
    double root = sqrt((double)n / 2), lambda = (root + 0.12 + 0.11 / root) * most;
    if (lambda < 0.2)
        return 1;
    for (int k = 1; k <= 100; k++)
        sum += (k % 2 ? 2 : -2) * exp(-2.0 * k * k * lambda * lambda);
    return fmin(1, fmax(0, sum));
}

static double cost_of(struct records *r, const char *name, const char *password, unsigned n) {
    struct arena own, *before = r->d.arena;
    struct login out;
    struct visitor v = {.label = TEXT("x")};
    char prefix[24];
    snprintf(prefix, sizeof prefix, "10.%u.0.0", n);
    v.prefix = text_c(prefix);
    arena_init(&own, 8 << 20);
    r->d.arena = &own;
    double begun = cpu_ns();
    struct err e = login(&r->d, &v, text_c(name), text_c(password), &out);
    double spent = cpu_ns() - begun;
    want_err(e, ERR_LOGIN_FAILED);
    struct statement *forget = statement_for(r->d.store, SQL_LOGIN_FAILURE_REAP); /* or it has to work */
    statement_bind_i64(forget, 1, r->d.now_ms + 1);
    want_ok(statement_run(forget, NULL));
    r->d.arena = before;
    arena_done(&own);
    return spent;
}

/* Interleaved, in a random order within each pair. */
static double compare(struct records *r, const char *one, const char *two, const char *second_password) {
    static double first[SAMPLES], second[SAMPLES];
    static unsigned n;
    for (unsigned i = 0; i < SAMPLES; i++) {
        bool swapped = random_below(&r->chance, 2);
        if (swapped)
            second[i] = cost_of(r, two, second_password, n++);
        first[i] = cost_of(r, one, "wrong wrong wrong", n++);
        if (!swapped)
            second[i] = cost_of(r, two, second_password, n++);
    }
    return same_distribution(first, second, SAMPLES);
}

TEST(fault_8__a_name_that_nobody_has_costs_the_same_work) {
    struct records r;
    records_open(&r);
    password_desk_cost(r.d.passwords, 1024, 1);
    person(&r, "known_name", long_password);
    /* Of two samples of one distribution, one pair in a hundred is below 0.01: three in a row, one in a
     * million. */
    double p = 0;
    for (unsigned i = 0; i < 3 && p <= 0.01; i++)
        p = compare(&r, "known_name", "other_name", "wrong wrong wrong");
    want(p > 0.01);
    /* And the test can tell: without the hash's work the difference is plain. */
    password_desk_cost(r.d.passwords, 8, 1);
    char bad[] = "not UTF-8: \xff";
    want(compare(&r, "known_name", "other_name", bad) < 1e-6);
    records_close(&r);
}

TEST(fault_8__a_wrong_password_and_an_unknown_name_answer_alike) {
    struct records r;
    struct login out;
    records_open(&r);
    cheap(&r);
    person(&r, "somebody", long_password);
    static const char *const names[] = {"somebody", "nobody_at_all", "somebody@example.com", "x@example.com",
                                        "13800138000", "no name, no address", ""};
    for (size_t i = 0; i < COUNT(names); i++) {
        struct err e = enter_with(&r, names[i], names[i], "wrong wrong wrong", &out);
        want_err(e, ERR_LOGIN_FAILED);
        want_text(text_c(e.say), "the account or the password is wrong");
        want_int(out.flow.length + out.cookie.length, 0);
    }
    records_close(&r);
}

/* ---- guessing ---- */

TEST(checklist_B5__the_name_is_never_locked) {
    struct records r;
    struct login out;
    struct visitor known = from("1.2.3.0");
    records_open(&r);
    cheap(&r);
    int64_t number = person(&r, "victim", long_password);
    want_ok(enter_with(&r, "1.2.3.0", "victim", long_password, &out));
    known.device = out.device;
    /* An attacker behind the victim's own address. */
    for (unsigned i = 0; i < 30; i++)
        (void)!enter_with(&r, "1.2.3.0", "victim", "wrong wrong wrong", &out).kind;
    want_err(enter_with(&r, "1.2.3.0", "victim", long_password, &out), ERR_TOO_MANY_REQUESTS);
    want(r.d.detail.retry_after_s >= 1 && r.d.detail.retry_after_s <= 60);
    want_ok(login(&r.d, &known, TEXT("victim"), text_c(long_password), &out)); /* the browser is known */
    want_ok(enter_with(&r, "9.9.9.0", "victim", long_password, &out));         /* and so from elsewhere */
    struct visitor stolen = from("1.2.3.0"); /* another's cookie is no pass for this name */
    stolen.device = TEXT("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    want_err(login(&r.d, &stolen, TEXT("victim"), text_c(long_password), &out), ERR_TOO_MANY_REQUESTS);
    /* A passkey is asked for no name and waits for nobody. */
    struct account a = account_of(&r, number);
    struct authenticator it;
    authenticator_open(&it, PASSKEY_ES256);
    struct step add = {.purpose = STEP_ADD, .account = number};
    want_ok(step_open(&r.d, NULL, &add));
    struct passkey_ask ask = {here.host, here.origin, step_challenge(&r.d, &add)};
    struct passkey_answer made = authenticator_create(&it, &r.arena, &ask);
    want_ok(passkeys_add(&r.d, &a, &here, &add, &made, TEXT("key")));
    struct step in = {.purpose = STEP_LOGIN};
    want_ok(step_open(&r.d, NULL, &in));
    ask.challenge = step_challenge(&r.d, &in);
    struct passkey_proof step = {text_of(it.id, sizeof it.id), authenticator_get(&it, &r.arena, &ask)};
    struct second second = {.passkey = &step, .place = here};
    struct visitor slow = from("1.2.3.0");
    want_ok(login_passkey(&r.d, &slow, in.name, &second, &out));
    authenticator_close(&it);
    records_close(&r);
}

TEST(checklist_B5__a_known_browser_that_guesses_is_slowed_down_too) {
    struct records r;
    struct login out;
    struct visitor known = from("1.2.3.0");
    records_open(&r);
    cheap(&r);
    person(&r, "roommate", long_password);
    want_ok(enter_with(&r, "1.2.3.0", "roommate", long_password, &out));
    known.device = out.device;
    for (unsigned i = 0; i < 5; i++)
        (void)!login(&r.d, &known, TEXT("roommate"), TEXT("wrong wrong wrong"), &out).kind;
    want_err(login(&r.d, &known, TEXT("roommate"), text_c(long_password), &out), ERR_TOO_MANY_REQUESTS);
    r.d.now_ms += 60000;
    want_ok(login(&r.d, &known, TEXT("roommate"), text_c(long_password), &out));
    records_close(&r);
}

TEST(checklist_B8__many_failures_are_told_once_a_day) {
    struct records r;
    struct login out;
    records_open(&r);
    cheap(&r);
    person(&r, "target", long_password);
    char prefix[24];
    for (unsigned i = 0; i < 25; i++) {
        snprintf(prefix, sizeof prefix, "10.0.%u.0", i);
        want_err(enter_with(&r, prefix, "target", "wrong wrong wrong", &out), ERR_LOGIN_FAILED);
        want_err(enter_with(&r, prefix, "not_there", "wrong wrong wrong", &out), ERR_LOGIN_FAILED);
        want_ok(login_tell_failures(&r.d));
        want_int(mails_with(&r, "错误的密码"), i + 1 == LOGIN_FAILURES_TOLD);
    }
    r.d.now_ms += 86400000 + 1;
    for (unsigned i = 0; i < LOGIN_FAILURES_TOLD; i++)
        want_err(enter_with(&r, "10.9.9.0", "target", "wrong", &out), i < 4 ? ERR_LOGIN_FAILED
                                                                            : ERR_TOO_MANY_REQUESTS);
    want_ok(login_tell_failures(&r.d));
    want_int(mails_with(&r, "错误的密码"), 0);
    records_close(&r);
}

TEST(checklist_B8__a_new_browser_is_told_but_the_first) {
    struct records r;
    struct login out;
    struct visitor v = from("p");
    records_open(&r);
    cheap(&r);
    person(&r, "walker", long_password);
    want_ok(login(&r.d, &v, TEXT("walker"), text_c(long_password), &out));
    want_int(mails_with(&r, "新设备"), 0);
    v.device = out.device;
    want_ok(login(&r.d, &v, TEXT("walker"), text_c(long_password), &out));
    want(text_equal(v.device, out.device));
    want_int(mails_with(&r, "新设备"), 0);
    v.device = TEXT("BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"); /* planted: never given out */
    want_ok(login(&r.d, &v, TEXT("walker"), text_c(long_password), &out));
    want(!text_equal(v.device, out.device));
    want_int(mails_with(&r, "Firefox · Linux"), 1);
    records_close(&r);
}

/* ---- when far more fails than usual ---- */

/* The text that a client's work finds. */
static struct text worked(struct records *r, struct text challenge, unsigned bits) {
    struct text answer;
    unsigned i = 0;
    do
        answer = text_format_in(&r->arena, "%u", i++);
    while (!login_work_fits(challenge, bits, answer));
    return answer;
}

/* Guesses at many names from many networks. */
static void stuff(struct records *r, unsigned count) {
    struct login out;
    char prefix[24], name[24];
    for (unsigned i = 0; i < count; i++) {
        snprintf(prefix, sizeof prefix, "10.%u.%u.0", i / 256, i % 256);
        snprintf(name, sizeof name, "leaked_%u", i);
        want_err(enter_with(r, prefix, name, "wrong wrong wrong", &out), ERR_LOGIN_FAILED);
    }
}

static struct err enter_worked(struct records *r, const char *name, struct login_work work,
                               struct login *out) {
    struct visitor v = from("9.9.9.0");
    v.work = work;
    return login(&r->d, &v, text_c(name), text_c(long_password), out);
}

TEST(fault_9__a_flood_from_many_networks_makes_strangers_work_or_wait) {
    struct records r;
    struct login out, early;
    records_open(&r);
    cheap(&r);
    r.d.login_alarm = 40;
    person(&r, "victim", long_password);
    struct visitor known = from("1.2.3.0");
    want_ok(login(&r.d, &known, TEXT("victim"), text_c(long_password), &early));
    stuff(&r, 39);
    want_ok(enter_worked(&r, "victim", (struct login_work){{0}}, &out)); /* not yet */
    stuff(&r, 1);
    want_err(enter_worked(&r, "victim", (struct login_work){{0}}, &out), ERR_WORK_REQUIRED);
    struct text challenge = r.d.detail.challenge;
    want_int(r.d.detail.challenge_bits, LOGIN_WORK_BITS);
    want_int(r.d.detail.retry_after_s, 20);
    struct text answer = worked(&r, challenge, LOGIN_WORK_BITS);
    want_err(enter_worked(&r, "victim", (struct login_work){challenge, TEXT("x")}, &out), ERR_WORK_REQUIRED);
    want_err(enter_worked(&r, "another", (struct login_work){challenge, answer}, &out), ERR_WORK_REQUIRED);
    want_ok(enter_worked(&r, "victim", (struct login_work){challenge, answer}, &out));
    want_err(enter_worked(&r, "victim", (struct login_work){challenge, answer}, &out), ERR_WORK_REQUIRED);
    /* Without a computer of one's own: the same again once it is old enough, and once. */
    struct login_work waiting = {r.d.detail.challenge, TEXT("")};
    r.d.now_ms += 19999;
    want_err(enter_worked(&r, "victim", waiting, &out), ERR_WORK_REQUIRED);
    want(text_equal(r.d.detail.challenge, waiting.challenge) && r.d.detail.retry_after_s == 1);
    r.d.now_ms += 1;
    want_ok(enter_worked(&r, "victim", waiting, &out));
    want_err(enter_worked(&r, "victim", waiting, &out), ERR_WORK_REQUIRED);
    known.device = early.device; /* who was here before goes on as always */
    want_ok(login(&r.d, &known, TEXT("victim"), text_c(long_password), &out));
    waiting.challenge = r.d.detail.challenge;
    r.d.now_ms += LOGIN_WORK_LIFE_MS + 1;
    r.d.now_ms += 600000; /* and when it is over, everybody */
    want_ok(enter_worked(&r, "victim", (struct login_work){{0}}, &out));
    records_close(&r);
}

TEST(fault_9__what_is_asked_for_tells_nothing_of_the_name) {
    struct records r;
    struct login out;
    records_open(&r);
    cheap(&r);
    r.d.login_alarm = 40;
    person(&r, "somebody", long_password);
    stuff(&r, 40);
    static const char *const names[] = {"somebody", "nobody_at_all", "somebody@example.com", "x@example.com"};
    size_t length = 0;
    for (size_t i = 0; i < COUNT(names); i++) {
        want_err(enter_worked(&r, names[i], (struct login_work){{0}}, &out), ERR_WORK_REQUIRED);
        want(length == 0 || length == r.d.detail.challenge.length);
        length = r.d.detail.challenge.length;
        want_int(r.d.detail.challenge_bits, LOGIN_WORK_BITS);
    }
    records_close(&r);
}

TEST(checklist_B5__a_name_missed_too_often_costs_more_and_is_never_locked) {
    struct records r;
    struct login out;
    records_open(&r);
    cheap(&r);
    person(&r, "target", long_password);
    static const char *const names[] = {"target", "not_there"};
    for (size_t n = 0; n < COUNT(names); n++) {
        char prefix[24];
        for (unsigned i = 0; i < LOGIN_FAILURES_MANY; i++) {
            snprintf(prefix, sizeof prefix, "10.0.%u.0", i);
            want_err(enter_with(&r, prefix, names[n], "wrong wrong wrong", &out), ERR_LOGIN_FAILED);
        }
        want_err(enter_worked(&r, names[n], (struct login_work){{0}}, &out), ERR_WORK_REQUIRED);
        want_int(r.d.detail.retry_after_s, 60);
    }
    want_ok(login_tell_failures(&r.d));
    want_int(mails_with(&r, "错误的密码"), 1);
    want_err(enter_worked(&r, "target", (struct login_work){{0}}, &out), ERR_WORK_REQUIRED);
    struct text challenge = r.d.detail.challenge;
    struct text answer = worked(&r, challenge, r.d.detail.challenge_bits);
    want_ok(enter_worked(&r, "target", (struct login_work){challenge, answer}, &out));
    want_ok(enter_worked(&r, "target", (struct login_work){{0}}, &out)); /* it fitted: from the beginning */
    records_close(&r);
}

static int64_t rows_of(struct records *r, enum store_sql query, int64_t value) {
    struct statement *s = statement_for(r->d.store, query);
    int64_t count = 0;
    statement_bind_i64(s, 1, value);
    for (bool row;; count++) {
        want_ok(statement_step(s, &row));
        if (!row)
            return count;
    }
}

TEST(row_C1__a_failed_log_in_is_in_the_network_log_of_whom_it_was_meant_for) {
    struct records r;
    struct login out;
    records_open(&r);
    cheap(&r);
    struct account a = account_of(&r, person(&r, "meant", long_password));
    r.d.client = TEXT("203.0.113.9");
    want_err(enter_with(&r, "p", "meant", "wrong wrong wrong", &out), ERR_LOGIN_FAILED);
    want_err(enter_with(&r, "q", "nobody_at_all", "wrong wrong wrong", &out), ERR_LOGIN_FAILED);
    int64_t failed_ms = r.d.now_ms;
    want_int(rows_of(&r, SQL_LOGIN_TRACE_LIST, 9), 2); /* one each: the request does not know whose it is */
    r.d.now_ms += 5000;
    r.d.client = TEXT("");
    want_ok(login_trace_move(&r.d));
    want_int(rows_of(&r, SQL_LOGIN_TRACE_LIST, 9), 0);
    const struct store_table *log = personal_table("network_log");
    struct statement *first = statement_for(r.d.store, log->first);
    bool row;
    struct text address;
    statement_bind_i64(first, 1, a.number);
    statement_bind_i64(first, 2, 9);
    want_ok(statement_step(first, &row));
    want(row && column_i64(first, 1) == failed_ms + 180 * (int64_t)86400000);
    int64_t id = column_i64(first, 0);
    want(column_i64(first, 3) == failed_ms);
    want_text(column_text_in(first, &r.arena, 4), "login_failed");
    want_ok(account_open(&r.d, &a, FIELD("network_log", "address", id), column_text_in(first, &r.arena, 5),
                         &address));
    want_text(address, "203.0.113.9");
    want_ok(statement_step(first, &row));
    want(!row);
    records_close(&r);
}

/* ---- passwords ---- */

TEST(a_hash_of_a_lower_cost_is_made_anew_at_the_log_in) {
    struct records r;
    struct login out;
    records_open(&r);
    cheap(&r);
    int64_t number = person(&r, "older", long_password);
    struct text before = account_of(&r, number).password_sealed;
    want_ok(enter_with(&r, "p", "older", long_password, &out));
    want(text_equal(before, account_of(&r, number).password_sealed));
    password_desk_cost(r.d.passwords, 128, 1);
    want_err(enter_with(&r, "p", "older", "wrong wrong wrong", &out), ERR_LOGIN_FAILED);
    want(text_equal(before, account_of(&r, number).password_sealed));
    want_ok(enter_with(&r, "p", "older", long_password, &out));
    struct text after = account_of(&r, number).password_sealed;
    want(!text_equal(before, after));
    password_desk_cost(r.d.passwords, 64, 1); /* lowered: what is better stays */
    want_ok(enter_with(&r, "p", "older", long_password, &out));
    want(text_equal(after, account_of(&r, number).password_sealed));
    records_close(&r);
}

/* ---- the second step ---- */

TEST(checklist_B7__with_a_second_factor_the_password_alone_is_no_log_in) {
    struct records r;
    struct login out;
    struct session session;
    struct visitor v = from("p");
    records_open(&r);
    cheap(&r);
    struct account a = account_of(&r, person(&r, "twofold", long_password));
    struct text seed = seed_on(&r, &a), codes[RECOVERY_CODES];
    want_ok(recovery_make(&r.d, &a, codes));
    want_ok(enter_with(&r, "p", "twofold", long_password, &out));
    want_int(out.cookie.length, 0);
    want_int(out.methods, FACTOR_CODE | FACTOR_RECOVERY);
    struct second nothing = {.place = here}, code = {.code = code_now(&r, seed)},
                  recovery = {.recovery = codes[0]};
    struct text flow = out.flow;
    want_err(login_second(&r.d, &v, flow, &nothing, &out), ERR_FIELD_MISSING);
    want_err(login_second(&r.d, &v, TEXT("x"), &code, &out), ERR_CODE_EXPIRED);
    want_ok(login_second(&r.d, &v, flow, &code, &out));
    want_ok(session_find(&r.d, out.cookie, &session));
    want_int(session.aal, 2);
    want(session.is_fresh);
    r.d.now_ms += TOTP_STEP_MS;
    code.code = code_now(&r, seed);
    want_err(login_second(&r.d, &v, flow, &code, &out), ERR_CODE_EXPIRED); /* a flow is good once */
    want_ok(enter_with(&r, "p", "twofold", long_password, &out));
    r.d.now_ms += STEP_MS; /* and five minutes */
    want_err(login_second(&r.d, &v, out.flow, &recovery, &out), ERR_CODE_EXPIRED);
    want_ok(enter_with(&r, "p", "twofold", long_password, &out));
    want_ok(login_second(&r.d, &v, out.flow, &recovery, &out));
    records_close(&r);
}

TEST(checklist_B12__a_second_step_has_five_tries) {
    struct records r;
    struct login out;
    struct visitor v = from("p");
    records_open(&r);
    cheap(&r);
    struct account a = account_of(&r, person(&r, "tried", long_password));
    struct text seed = seed_on(&r, &a);
    want_ok(enter_with(&r, "p", "tried", long_password, &out));
    struct text flow = out.flow;
    struct second wrong = {.recovery = TEXT("nothing of the kind")}, right = {.place = here};
    for (int left = STEP_TRIES - 1; left >= 0; left--) {
        want_err(login_second(&r.d, &v, flow, &wrong, &out), ERR_CODE_WRONG);
        want_int(r.d.detail.tries_left, left);
        want_ok(throttle_forget(&r.d, "code", text_format_in(&r.arena, "%llu", (unsigned long long)a.subject)));
    }
    right.code = code_now(&r, seed);
    want_err(login_second(&r.d, &v, flow, &right, &out), ERR_CODE_EXPIRED);
    records_close(&r);
}

/* ---- sessions ---- */

TEST(checklist_B15__a_remembered_session_lasts_but_is_not_trusted_as_much) {
    struct records r;
    struct login out;
    struct session s;
    struct visitor v = from("p");
    int64_t hour_ms = 3600000, day_ms = 24 * hour_ms;
    records_open(&r);
    cheap(&r);
    struct account a = account_of(&r, person(&r, "stayer", long_password));
    struct text seed = seed_on(&r, &a);
    v.remember = true;
    want_ok(login(&r.d, &v, TEXT("stayer"), text_c(long_password), &out));
    struct second second = {.code = code_now(&r, seed)};
    struct visitor later = from("p"); /* what was chosen in the first step counts */
    want_ok(login_second(&r.d, &later, out.flow, &second, &out));
    want(out.is_remembered);
    int64_t began = r.d.now_ms;
    for (r.d.now_ms = began; r.d.now_ms < began + day_ms; r.d.now_ms += SESSION_IDLE_MS - 1) {
        want_ok(session_find(&r.d, out.cookie, &s));
        want_int(s.aal, 2);
    }
    r.d.now_ms = began + day_ms; /* two factors hold for a day */
    want_ok(session_find(&r.d, out.cookie, &s));
    want_int(s.aal, 1);
    want(!s.is_fresh);
    want_ok(session_rotate(&r.d, &s, 2)); /* proved again */
    want_ok(session_find(&r.d, s.cookie, &s));
    want_int(s.aal, 2);
    r.d.now_ms += SESSION_IDLE_MS; /* left alone for half an hour */
    want_ok(session_find(&r.d, s.cookie, &s));
    want_int(s.aal, 1);
    r.d.now_ms += 1;
    want_ok(session_find(&r.d, s.cookie, &s));
    want_int(s.aal, 1); /* and it stays so */
    for (r.d.now_ms = began + 2 * day_ms; r.d.now_ms < began + 30 * day_ms; r.d.now_ms += 6 * day_ms)
        want_ok(session_find(&r.d, s.cookie, &s));
    r.d.now_ms = began + 30 * day_ms;
    want_err(session_find(&r.d, s.cookie, &s), ERR_SESSION_ENDED);
    r.d.now_ms = began + 26 * day_ms;
    want_ok(session_find(&r.d, s.cookie, &s));
    want_ok(session_reap(&r.d));
    want_ok(session_find(&r.d, s.cookie, &s));
    records_close(&r);
}

TEST(checklist_B15__a_remembered_session_that_nobody_uses_ends_after_a_week) {
    struct records r;
    struct login out;
    struct session s;
    struct visitor v = from("p");
    records_open(&r);
    cheap(&r);
    person(&r, "leaver", long_password);
    v.remember = true;
    want_ok(login(&r.d, &v, TEXT("leaver"), text_c(long_password), &out));
    r.d.now_ms += 7 * (int64_t)86400000 - 1;
    want_ok(session_find(&r.d, out.cookie, &s));
    r.d.now_ms += 7 * (int64_t)86400000;
    want_err(session_find(&r.d, out.cookie, &s), ERR_SESSION_ENDED);
    records_close(&r);
}

TEST(checklist_B14_B17__a_proof_holds_for_ten_minutes_and_changes_the_cookie) {
    struct records r;
    struct login out;
    struct session s;
    struct second nothing = {.place = here};
    records_open(&r);
    cheap(&r);
    struct account a = account_of(&r, person(&r, "prover", long_password));
    want_ok(enter_with(&r, "p", "prover", long_password, &out));
    want_ok(session_find(&r.d, out.cookie, &s));
    want(s.is_fresh);
    r.d.now_ms += SESSION_FRESH_MS - 1;
    want_ok(session_find(&r.d, out.cookie, &s));
    want(s.is_fresh);
    r.d.now_ms += 1;
    want_ok(session_find(&r.d, out.cookie, &s));
    want(!s.is_fresh);
    want_err(login_again(&r.d, &a, &s, TEXT("wrong wrong wrong"), &nothing, TEXT("")), ERR_LOGIN_FAILED);
    want_err(login_again(&r.d, &a, &s, TEXT(""), &nothing, TEXT("")), ERR_FIELD_MISSING);
    want_ok(login_again(&r.d, &a, &s, text_c(long_password), &nothing, TEXT("")));
    want(!text_equal(s.cookie, out.cookie));
    struct session old;
    want_err(session_find(&r.d, out.cookie, &old), ERR_SESSION_ENDED);
    want_ok(session_find(&r.d, s.cookie, &s));
    want(s.is_fresh && s.aal == 1);
    struct text seed = seed_on(&r, &a);
    struct second code = {.code = code_now(&r, seed)};
    want_ok(login_again(&r.d, &a, &s, TEXT(""), &code, TEXT("")));
    want_int(s.aal, 2);
    records_close(&r);
}

TEST(fault_10__a_changed_password_ends_every_other_session) {
    struct records r;
    struct login one, two;
    struct session s, other;
    records_open(&r);
    cheap(&r);
    struct account a = account_of(&r, person(&r, "changer", long_password));
    want_ok(enter_with(&r, "p", "changer", long_password, &one));
    want_ok(enter_with(&r, "q", "changer", long_password, &two));
    mails_with(&r, "");
    want_ok(session_find(&r.d, one.cookie, &s));
    want_ok(password_change(&r.d, &a, &s, TEXT("quite another sentence 4")));
    want_err(session_find(&r.d, one.cookie, &other), ERR_SESSION_ENDED); /* mine has another cookie */
    want_err(session_find(&r.d, two.cookie, &other), ERR_SESSION_ENDED);
    want_ok(session_find(&r.d, s.cookie, &other));
    want_int(mails_with(&r, "密码已修改"), 1);
    want_err(enter_with(&r, "p", "changer", long_password, &one), ERR_LOGIN_FAILED);
    want_ok(enter_with(&r, "p", "changer", "quite another sentence 4", &one));
    records_close(&r);
}

static void note_line(void *with, const struct session_line *line) {
    if (!line->is_current)
        *(struct session_line *)with = *line;
}

TEST(checklist_B16__sessions_are_listed_and_ended_by_their_owner_only) {
    struct records r;
    struct login one, two, theirs;
    struct session s, other;
    struct session_line line = {0};
    struct visitor v = {.prefix = TEXT("203.0.113.0"), .label = TEXT("Safari · iOS")};
    records_open(&r);
    cheap(&r);
    struct account a = account_of(&r, person(&r, "lister", long_password)),
                   b = account_of(&r, person(&r, "intruder", long_password));
    want_ok(enter_with(&r, "p", "lister", long_password, &one));
    want_ok(login(&r.d, &v, TEXT("lister"), text_c(long_password), &two));
    want_ok(enter_with(&r, "p", "intruder", long_password, &theirs));
    want_ok(session_find(&r.d, one.cookie, &s));
    want_ok(session_each(&r.d, &a, &s, note_line, &line));
    want_text(line.label, "Safari · iOS");
    want_text(line.prefix, "203.0.113.0");
    want_err(session_end_id(&r.d, b.number, line.id), ERR_NOT_FOUND);
    want_ok(session_find(&r.d, two.cookie, &other));
    want_ok(session_end_id(&r.d, a.number, line.id));
    want_err(session_end_id(&r.d, a.number, line.id), ERR_NOT_FOUND);
    want_err(session_find(&r.d, two.cookie, &other), ERR_SESSION_ENDED);
    want_ok(session_find(&r.d, one.cookie, &other));
    want_ok(session_find(&r.d, theirs.cookie, &other));
    records_close(&r);
}

/* ---- reset ---- */

static struct text reset_code(struct records *r) {
    struct text code = TEXT("");
    DIR *folder = opendir(r->outbox);
    for (struct dirent *e; (e = readdir(folder));) {
        char path[400], content[8192], *at;
        if (e->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", r->outbox, e->d_name);
        FILE *f = fopen(path, "r");
        content[fread(content, 1, sizeof content - 1, f)] = 0;
        fclose(f);
        unlink(path);
        if ((at = strstr(content, "验证码是 ")))
            code = text_copy_in(&r->arena, text_of(at + strlen("验证码是 "), 6));
    }
    closedir(folder);
    return code;
}

static struct text ask_reset(struct records *r, const char *who) {
    struct visitor v = from("p");
    struct text flow;
    int64_t expires_ms;
    want_ok(reset_start(&r->d, &v, text_c(who), &flow, &expires_ms));
    want_int(expires_ms, r->d.now_ms + STEP_RESET_MS);
    want_int(flow.length, 43);
    want_ok(reset_send(&r->d));
    return flow;
}

static const char fresh_password[] = "entirely other words 12";

TEST(checklist_B11__a_code_resets_once_and_ends_every_session) {
    struct records r;
    struct login in, out;
    struct session s;
    records_open(&r);
    cheap(&r);
    person(&r, "forgetful", long_password);
    want_ok(enter_with(&r, "p", "forgetful", long_password, &in));
    struct text flow = ask_reset(&r, "forgetful@example.com"), code = reset_code(&r);
    want_int(code.length, 6);
    struct reset with = {.flow = flow, .code = text_equal_c(code, "000000") ? TEXT("000001") : TEXT("000000"),
                         .password = text_c(fresh_password)};
    want_err(reset_finish(&r.d, &with, &out), ERR_CODE_WRONG);
    want_int(r.d.detail.tries_left, 4);
    with.code = code;
    with.password = TEXT("short");
    want_err(reset_finish(&r.d, &with, &out), ERR_PASSWORD_WEAK);
    with.password = text_c(fresh_password);
    want_ok(reset_finish(&r.d, &with, &out));
    want_err(reset_finish(&r.d, &with, &out), ERR_CODE_EXPIRED);
    want_err(session_find(&r.d, in.cookie, &s), ERR_SESSION_ENDED);
    want_err(enter_with(&r, "p", "forgetful", long_password, &in), ERR_LOGIN_FAILED);
    want_ok(enter_with(&r, "p", "forgetful", fresh_password, &in));
    want_int(mails_with(&r, "密码已通过验证码重设"), 1);
    records_close(&r);
}

TEST(checklist_B11__a_code_does_not_go_round_the_second_factor) {
    struct records r;
    struct login out;
    records_open(&r);
    cheap(&r);
    struct account a = account_of(&r, person(&r, "careful", long_password));
    struct text seed = seed_on(&r, &a), codes[RECOVERY_CODES];
    want_ok(recovery_make(&r.d, &a, codes));
    reset_code(&r);
    struct reset with = {.flow = ask_reset(&r, "careful"), .password = text_c(fresh_password)};
    with.code = reset_code(&r);
    want_err(reset_finish(&r.d, &with, &out), ERR_SECOND_FACTOR_REQUIRED);
    want_int(out.methods, FACTOR_CODE | FACTOR_RECOVERY);
    with.second.code = TEXT("12345x");
    want_err(reset_finish(&r.d, &with, &out), ERR_CODE_WRONG);
    with.second.code = code_now(&r, seed);
    want_ok(reset_finish(&r.d, &with, &out));
    want_ok(enter_with(&r, "p", "careful", fresh_password, &out));
    want(out.flow.length > 0); /* and the log-in asks for it still */
    r.d.now_ms += 60000;
    with = (struct reset){.flow = ask_reset(&r, "careful"), .password = text_c(long_password)};
    with.code = reset_code(&r);
    with.second.recovery = codes[7];
    want_ok(reset_finish(&r.d, &with, &out));
    records_close(&r);
}

/* When a sender takes the only message that is there. */
static int64_t next_mail_ms(struct records *r) {
    int64_t time_ms = 0;
    DIR *folder = opendir(r->outbox);
    for (struct dirent *e; (e = readdir(folder));)
        if (e->d_name[0] != '.')
            time_ms = strtoll(e->d_name, NULL, 10);
    closedir(folder);
    return time_ms;
}

TEST(checklist_B11__a_second_code_that_was_asked_for_at_once_is_good_too) {
    struct records r;
    struct login out;
    records_open(&r);
    cheap(&r);
    person(&r, "hasty", long_password);
    struct text first = ask_reset(&r, "hasty"), first_code = reset_code(&r);
    struct reset with = {.password = text_c(fresh_password), .flow = ask_reset(&r, "hasty")};
    int64_t later_ms = next_mail_ms(&r);
    want(later_ms == r.d.now_ms + 60000);
    with.code = reset_code(&r);
    r.d.now_ms = later_ms + 1000;
    want(!text_equal(first, with.flow));
    if (!text_equal(first_code, with.code)) {
        struct reset crossed = {.flow = with.flow, .code = first_code, .password = with.password};
        want_err(reset_finish(&r.d, &crossed, &out), ERR_CODE_WRONG); /* each code is of its own flow */
    }
    want_ok(reset_finish(&r.d, &with, &out));
    records_close(&r);
}

TEST(checklist_B10_B11__asking_is_the_same_for_nobody_and_is_bounded) {
    struct records r;
    struct login out;
    struct visitor v = from("p");
    struct text flow;
    int64_t expires_ms;
    records_open(&r);
    cheap(&r);
    person(&r, "present", long_password);
    struct text nobody = ask_reset(&r, "absent@example.com");
    want_int(mails_with(&r, ""), 0);
    struct reset with = {.flow = nobody, .code = TEXT("123456"), .password = text_c(fresh_password)};
    for (int left = 4; left >= 0; left--) {
        want_err(reset_finish(&r.d, &with, &out), ERR_CODE_WRONG);
        want_int(r.d.detail.tries_left, left);
    }
    want_err(reset_finish(&r.d, &with, &out), ERR_CODE_EXPIRED);
    int64_t first_ms = r.d.now_ms;
    for (unsigned i = 0; i < 5; i++) {
        with.flow = ask_reset(&r, "present");
        want(next_mail_ms(&r) == first_ms + i * 60000); /* one a minute; the answer does not show it */
        want_int(reset_code(&r).length, 6);
        r.d.now_ms += 1000;
    }
    want_err(reset_start(&r.d, &v, TEXT("present"), &flow, &expires_ms), ERR_TOO_MANY_REQUESTS);
    for (unsigned i = 1; i < 5; i++)
        ask_reset(&r, "absent@example.com");
    want_err(reset_start(&r.d, &v, TEXT("absent@example.com"), &flow, &expires_ms), ERR_TOO_MANY_REQUESTS);
    r.d.now_ms += 3600000;
    with.flow = ask_reset(&r, "present");
    with.code = reset_code(&r);
    r.d.now_ms += STEP_RESET_MS; /* ten minutes */
    want_err(reset_finish(&r.d, &with, &out), ERR_CODE_EXPIRED);
    records_close(&r);
}

TESTS(RUN(fault_8__a_name_that_nobody_has_costs_the_same_work),
      RUN(fault_8__a_wrong_password_and_an_unknown_name_answer_alike),
      RUN(checklist_B5__the_name_is_never_locked),
      RUN(checklist_B5__a_known_browser_that_guesses_is_slowed_down_too),
      RUN(fault_9__a_flood_from_many_networks_makes_strangers_work_or_wait),
      RUN(fault_9__what_is_asked_for_tells_nothing_of_the_name),
      RUN(checklist_B5__a_name_missed_too_often_costs_more_and_is_never_locked),
      RUN(row_C1__a_failed_log_in_is_in_the_network_log_of_whom_it_was_meant_for),
      RUN(checklist_B8__many_failures_are_told_once_a_day),
      RUN(checklist_B8__a_new_browser_is_told_but_the_first),
      RUN(a_hash_of_a_lower_cost_is_made_anew_at_the_log_in),
      RUN(checklist_B7__with_a_second_factor_the_password_alone_is_no_log_in),
      RUN(checklist_B12__a_second_step_has_five_tries),
      RUN(checklist_B15__a_remembered_session_lasts_but_is_not_trusted_as_much),
      RUN(checklist_B15__a_remembered_session_that_nobody_uses_ends_after_a_week),
      RUN(checklist_B14_B17__a_proof_holds_for_ten_minutes_and_changes_the_cookie),
      RUN(fault_10__a_changed_password_ends_every_other_session),
      RUN(checklist_B16__sessions_are_listed_and_ended_by_their_owner_only),
      RUN(checklist_B11__a_code_resets_once_and_ends_every_session),
      RUN(checklist_B11__a_code_does_not_go_round_the_second_factor),
      RUN(checklist_B11__a_second_code_that_was_asked_for_at_once_is_good_too),
      RUN(checklist_B10_B11__asking_is_the_same_for_nobody_and_is_bounded))
