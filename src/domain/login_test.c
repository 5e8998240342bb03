/* login_test.c: the laws of log-in, its factors and its sessions, on a clock of the test's own. */
#include "domain/login.h"
#include "authenticator.h"
#include "base/clock.h"
#include "crypt/totp.h"
#include "domain/notice.h"
#include "domain/reset.h"
#include "domain/throttle.h"
#include "records.h"

#include <dirent.h>
#include <math.h>
#include <pthread.h>
#include <time.h>

static const char long_password[] = "correct horse battery staple 9";
static const struct passkey_place here = {{"example.com", 11}, {"https://example.com", 19}};

/* ---- a person of the tests ---- */

static void cheap(struct records *r) { password_desk_cost(r->d.passwords, 64, 1); }

static int64_t person(struct records *r, const char *name, const char *password) {
    char hash[PASSWORD_HASH_BYTES];
    struct new_account with = {.age = TEXT("adult"), .source = "subject", .password_hash = hash};
    int64_t number;
    want_ok(password_hash(r->d.passwords, text_c(password), hash));
    want_ok(identity_username(&r->d, text_c(name), &with.username));
    want_ok(identity_email(&r->d, text_format_in(&r->arena, "%s@example.com", name), &with.contact));
    want_ok(account_create(&r->d, &with, NULL, NULL, &number));
    return number;
}

static struct account account_of(struct records *r, int64_t number) {
    struct account a;
    want_ok(account_read(&r->d, number, &a));
    return a;
}

static struct visitor from(const char *prefix) {
    return (struct visitor){.prefix = text_c(prefix), .label = TEXT("Firefox · Linux")};
}

static struct err enter_with(struct records *r, const char *prefix, const char *name, const char *password,
                             struct login *out) {
    struct visitor v = from(prefix);
    *out = (struct login){.account = 0};
    return login(&r->d, &v, text_c(name), text_c(password), out);
}

/* Files of the outbox that hold the words; all are removed. */
static unsigned mails_with(struct records *r, const char *words) {
    unsigned found = 0;
    DIR *folder = opendir(r->outbox);
    for (struct dirent *e; (e = readdir(folder));) {
        char path[400], content[8192];
        if (e->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", r->outbox, e->d_name);
        FILE *f = fopen(path, "r");
        content[fread(content, 1, sizeof content - 1, f)] = 0;
        fclose(f);
        unlink(path);
        found += strstr(content, words) != NULL;
    }
    closedir(folder);
    return found;
}

static struct text seed_on(struct records *r, const struct account *a) {
    struct text seed;
    want_ok(totp_begin(&r->d, a, &seed));
    want_ok(totp_confirm(&r->d, a,
                         totp_code_in(&r->arena, seed, (uint64_t)(r->d.now_ms / TOTP_STEP_MS))));
    r->d.now_ms += TOTP_STEP_MS;
    return seed;
}

static struct text code_now(struct records *r, struct text seed) {
    return totp_code_in(&r->arena, seed, (uint64_t)(r->d.now_ms / TOTP_STEP_MS));
}

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
    /* Of two samples of one distribution, one pair in a hundred is below 0.01: three in a row, one in a million. */
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

TEST(row_B5__the_name_is_never_locked) {
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

TEST(row_B5__a_known_browser_that_guesses_is_slowed_down_too) {
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

TEST(row_B8__many_failures_are_told_once_a_day) {
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

TEST(row_B8__a_new_browser_is_told_but_the_first) {
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

TEST(row_B1__fifteen_characters_alone_and_eight_beside_a_second_factor) {
    struct records r;
    struct session session;
    struct text cookie;
    records_open(&r);
    cheap(&r);
    int64_t number = person(&r, "measured", long_password);
    struct account a = account_of(&r, number);
    want_ok(session_start(&r.d, number, &cookie));
    want_ok(session_find(&r.d, cookie, &session));
    want_err(password_change(&r.d, &a, &session, TEXT("k7#vQ2!m")), ERR_PASSWORD_WEAK);
    want_err(password_change(&r.d, &a, &session, TEXT("k7#vQ2!mk7#vQ2")), ERR_PASSWORD_WEAK);
    seed_on(&r, &a);
    want_err(password_change(&r.d, &a, &session, TEXT("k7#vQ2!")), ERR_PASSWORD_WEAK);
    want_err(password_change(&r.d, &a, &session, TEXT("measured!")), ERR_PASSWORD_WEAK);
    want_ok(password_change(&r.d, &a, &session, TEXT("k7#vQ2!m")));
    a = account_of(&r, number);
    /* The last second factor does not leave a short password alone. */
    want_err(totp_remove(&r.d, &a, TEXT("")), ERR_LAST_FACTOR);
    want_err(totp_remove(&r.d, &a, TEXT("wrong wrong wrong")), ERR_LOGIN_FAILED);
    want_err(totp_remove(&r.d, &a, TEXT("k7#vQ2!m")), ERR_LAST_FACTOR);
    want_ok(password_change(&r.d, &a, &session, text_c(long_password)));
    a = account_of(&r, number);
    want_ok(totp_remove(&r.d, &a, text_c(long_password)));
    want_err(totp_remove(&r.d, &a, text_c(long_password)), ERR_NOT_FOUND);
    records_close(&r);
}

/* ---- one-time codes ---- */

TEST(fault_47__a_code_is_good_once_and_for_its_steps_only) {
    struct records r;
    records_open(&r);
    cheap(&r);
    struct account a = account_of(&r, person(&r, "coder", long_password));
    struct text seed = seed_on(&r, &a), code = code_now(&r, seed);
    want_ok(totp_use(&r.d, &a, code));
    want_err(totp_use(&r.d, &a, code), ERR_CODE_USED);
    uint64_t now = (uint64_t)(r.d.now_ms / TOTP_STEP_MS);
    want_err(totp_use(&r.d, &a, totp_code_in(&r.arena, seed, now - 1)), ERR_CODE_USED);
    want_err(totp_use(&r.d, &a, totp_code_in(&r.arena, seed, now - 2)), ERR_CODE_WRONG);
    want_err(totp_use(&r.d, &a, totp_code_in(&r.arena, seed, now + 2)), ERR_CODE_WRONG);
    want_ok(totp_use(&r.d, &a, totp_code_in(&r.arena, seed, now + 1)));
    r.d.now_ms += TOTP_STEP_MS; /* its step came, and it was taken before */
    want_err(totp_use(&r.d, &a, totp_code_in(&r.arena, seed, now + 1)), ERR_CODE_USED);
    records_close(&r);
}

TEST(fault_47__the_seed_is_shown_once) {
    struct records r;
    struct text seed, again;
    struct factors f;
    records_open(&r);
    cheap(&r);
    struct account a = account_of(&r, person(&r, "seeded", long_password));
    want_ok(totp_begin(&r.d, &a, &seed));
    want_err(totp_begin(&r.d, &a, &again), ERR_SHOWN_ONCE);
    want_ok(factors_read(&r.d, a.number, &f));
    want(!f.has_totp && !factors_second(&f)); /* it counts from its first code on */
    want_err(totp_use(&r.d, &a, code_now(&r, seed)), ERR_CODE_WRONG);
    r.d.now_ms += TOTP_CONFIRM_MS;
    want_err(totp_confirm(&r.d, &a, code_now(&r, seed)), ERR_NOT_FOUND);
    want_ok(totp_begin(&r.d, &a, &again)); /* another one */
    want(!text_equal(seed, again));
    want_ok(totp_confirm(&r.d, &a, code_now(&r, again)));
    want_err(totp_begin(&r.d, &a, &again), ERR_SHOWN_ONCE);
    records_close(&r);
}

TEST(wrong_codes_slow_down) {
    struct records r;
    records_open(&r);
    cheap(&r);
    struct account a = account_of(&r, person(&r, "guesser", long_password));
    struct text seed = seed_on(&r, &a);
    struct text wrong = text_equal_c(code_now(&r, seed), "000000") ? TEXT("999999") : TEXT("000000");
    for (unsigned i = 0; i < 4; i++)
        want_err(totp_use(&r.d, &a, wrong), ERR_CODE_WRONG);
    want_err(totp_use(&r.d, &a, code_now(&r, seed)), ERR_TOO_MANY_REQUESTS);
    r.d.now_ms += 60000;
    want_ok(totp_use(&r.d, &a, code_now(&r, seed)));
    records_close(&r);
}

struct racer {
    struct records *r;
    struct account account;
    struct text code;
    bool won;
};

static void *race(void *with) {
    struct racer *racer = with;
    struct records own = *racer->r;
    struct store_options options = {own.main_path, own.keys_path, 0};
    arena_init(&own.arena, 64 << 20);
    own.chance = random_system();
    own.d.arena = &own.arena;
    own.d.chance = &own.chance;
    if (!store_open(&own.arena, &options, &own.d.store).kind) {
        racer->won = !totp_use(&own.d, &racer->account, racer->code).kind;
        store_close(own.d.store);
    }
    arena_done(&own.arena);
    return NULL;
}

TEST(fault_47__of_one_code_at_once_one_wins) {
    struct records r;
    struct racer racers[4];
    pthread_t threads[COUNT(racers)];
    unsigned won = 0;
    records_open(&r);
    cheap(&r);
    struct account a = account_of(&r, person(&r, "racing", long_password));
    struct text seed = seed_on(&r, &a);
    for (size_t i = 0; i < COUNT(racers); i++) {
        racers[i] = (struct racer){&r, a, code_now(&r, seed), false};
        want(pthread_create(&threads[i], NULL, race, &racers[i]) == 0);
    }
    for (size_t i = 0; i < COUNT(racers); i++) {
        pthread_join(threads[i], NULL);
        won += racers[i].won;
    }
    want_int(won, 1);
    records_close(&r);
}

TEST(row_B12__recovery_codes_are_long_good_once_and_replaced_as_a_set) {
    struct records r;
    struct text first[RECOVERY_CODES], second[RECOVERY_CODES];
    struct factors f;
    records_open(&r);
    cheap(&r);
    struct account a = account_of(&r, person(&r, "recover", long_password));
    want_err(recovery_make(&r.d, &a, first), ERR_CONFLICT);
    seed_on(&r, &a);
    want_ok(recovery_make(&r.d, &a, first));
    for (unsigned i = 0; i < RECOVERY_CODES; i++) {
        want_int(first[i].length, 27); /* 24 letters of 5 bits: 120 bits */
        for (unsigned j = 0; j < i; j++)
            want(!text_equal(first[i], first[j]));
    }
    want_ok(recovery_use(&r.d, &a, first[3]));
    want_err(recovery_use(&r.d, &a, first[3]), ERR_CODE_WRONG);
    struct text typed = text_format_in(&r.arena, " %.*s ", TEXT_ARG(first[4])); /* as it is typed */
    want_ok(recovery_use(&r.d, &a, typed));
    want_ok(factors_read(&r.d, a.number, &f));
    want_int(f.recovery_codes, 8);
    want_ok(recovery_make(&r.d, &a, second));
    want_err(recovery_use(&r.d, &a, first[0]), ERR_CODE_WRONG);
    want_ok(recovery_use(&r.d, &a, second[0]));
    struct account other = account_of(&r, person(&r, "stranger", long_password));
    seed_on(&r, &other);
    want_err(recovery_use(&r.d, &other, second[1]), ERR_CODE_WRONG);
    want_ok(totp_remove(&r.d, &a, text_c(long_password))); /* with the last factor they go */
    want_ok(factors_read(&r.d, a.number, &f));
    want_int(f.recovery_codes, 0);
    records_close(&r);
}

/* ---- the second step ---- */

TEST(row_B7__with_a_second_factor_the_password_alone_is_no_log_in) {
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

TEST(row_B12__a_second_step_has_five_tries) {
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

/* ---- passkeys ---- */

static struct passkey_ask ask_for(struct records *r, const struct step *step) {
    return (struct passkey_ask){here.host, here.origin, step_challenge(&r->d, step)};
}

static void register_key(struct records *r, const struct account *a, struct authenticator *it, const char *name) {
    struct step step = {.purpose = STEP_ADD, .account = a->number};
    want_ok(step_open(&r->d, NULL, &step));
    struct passkey_ask ask = ask_for(r, &step);
    struct passkey_answer made = authenticator_create(it, &r->arena, &ask);
    want_ok(passkeys_add(&r->d, a, &here, &step, &made, text_c(name)));
}

static struct err key_log_in(struct records *r, struct authenticator *it, struct step *step, struct login *out) {
    struct visitor v = from("p");
    struct passkey_ask ask = ask_for(r, step);
    struct passkey_proof with = {text_of(it->id, sizeof it->id), authenticator_get(it, &r->arena, &ask)};
    struct second second = {.passkey = &with, .place = here};
    return login_passkey(&r->d, &v, step->name, &second, out);
}

TEST(row_B7__a_passkey_is_a_whole_log_in_of_two_factors) {
    struct records r;
    struct authenticator it;
    struct login out;
    struct session session;
    records_open(&r);
    cheap(&r);
    struct account a = account_of(&r, person(&r, "keyholder", long_password));
    authenticator_open(&it, PASSKEY_EDDSA);
    register_key(&r, &a, &it, "my key");
    want_int(mails_with(&r, "my key"), 1);
    struct step step = {.purpose = STEP_LOGIN};
    want_ok(step_open(&r.d, NULL, &step));
    want_ok(key_log_in(&r, &it, &step, &out));
    want_int(out.account, a.number);
    want_ok(session_find(&r.d, out.cookie, &session));
    want_int(session.aal, 2);
    want_err(key_log_in(&r, &it, &step, &out), ERR_CODE_EXPIRED); /* a challenge is good once */
    want_ok(step_open(&r.d, NULL, &step));
    it.counter = 1;
    struct err e = key_log_in(&r, &it, &step, &out);
    want_err(e, ERR_PASSKEY_INVALID);
    want(strncmp(e.say, "counter", 7) == 0);
    authenticator_close(&it);
    records_close(&r);
}

TEST(fault_48__a_passkey_of_another_or_of_nobody_is_unknown) {
    struct records r;
    struct authenticator mine, theirs;
    struct login out;
    struct visitor v = from("p");
    records_open(&r);
    cheap(&r);
    struct account me = account_of(&r, person(&r, "myself", long_password)),
                   you = account_of(&r, person(&r, "yourself", long_password));
    authenticator_open(&mine, PASSKEY_ES256);
    authenticator_open(&theirs, PASSKEY_ES256);
    register_key(&r, &me, &mine, "mine");
    register_key(&r, &you, &theirs, "theirs");
    want_ok(enter_with(&r, "p", "myself", long_password, &out));
    want_int(out.methods, FACTOR_PASSKEY);
    struct step step = {.name = out.flow};
    struct passkey_ask ask = ask_for(&r, &step);
    struct passkey_proof with = {text_of(theirs.id, sizeof theirs.id), authenticator_get(&theirs, &r.arena, &ask)};
    struct second second = {.passkey = &with, .place = here};
    struct err e = login_second(&r.d, &v, out.flow, &second, &out);
    want_err(e, ERR_PASSKEY_INVALID);
    want(strncmp(e.say, "unknown", 7) == 0);
    /* My id over their signature. */
    with.credential = text_of(mine.id, sizeof mine.id);
    want_err(login_second(&r.d, &v, step.name, &second, &out), ERR_PASSKEY_INVALID);
    with = (struct passkey_proof){text_of(mine.id, sizeof mine.id), authenticator_get(&mine, &r.arena, &ask)};
    want_ok(login_second(&r.d, &v, step.name, &second, &out));
    /* What is registered cannot be registered by another. */
    struct step again = {.purpose = STEP_ADD, .account = you.number};
    want_ok(step_open(&r.d, NULL, &again));
    ask = ask_for(&r, &again);
    struct passkey_answer made = authenticator_create(&mine, &r.arena, &ask);
    want_err(passkeys_add(&r.d, &you, &here, &again, &made, TEXT("stolen")), ERR_PASSKEY_KNOWN);
    authenticator_close(&mine);
    authenticator_close(&theirs);
    records_close(&r);
}

static void count_line(void *with, const struct passkey_line *line) {
    if (line->name.length)
        ++*(unsigned *)with;
}

TEST(passkeys_are_named_listed_and_removed_by_their_owner) {
    struct records r;
    struct authenticator it, other;
    unsigned count = 0;
    struct text seed;
    records_open(&r);
    cheap(&r);
    struct account me = account_of(&r, person(&r, "ringbearer", long_password)),
                   you = account_of(&r, person(&r, "bystander", long_password));
    authenticator_open(&it, PASSKEY_ES256);
    authenticator_open(&other, PASSKEY_EDDSA);
    register_key(&r, &me, &it, "one");
    register_key(&r, &me, &other, "two");
    want_ok(passkeys_each(&r.d, &me, count_line, &count));
    want_int(count, 2);
    count = 0;
    want_ok(passkeys_each(&r.d, &you, count_line, &count));
    want_int(count, 0);
    struct statement *list = statement_for(r.d.store, SQL_PASSKEY_LIST);
    bool row;
    statement_bind_i64(list, 1, me.number);
    want_ok(statement_step(list, &row));
    uint64_t id = (uint64_t)column_i64(list, 0);
    statement_done(list);
    want_err(passkeys_remove(&r.d, &you, id, TEXT("")), ERR_NOT_FOUND);
    want_ok(passkeys_remove(&r.d, &me, id, TEXT("")));
    statement_bind_i64(list, 1, me.number);
    want_ok(statement_step(list, &row));
    id = (uint64_t)column_i64(list, 0);
    statement_done(list);
    want_err(passkeys_remove(&r.d, &me, id, TEXT("")), ERR_LAST_FACTOR);
    want_ok(totp_begin(&r.d, &me, &seed)); /* a seed that was not confirmed is no factor */
    want_err(passkeys_remove(&r.d, &me, id, TEXT("")), ERR_LAST_FACTOR);
    want_ok(totp_confirm(&r.d, &me, code_now(&r, seed)));
    want_ok(passkeys_remove(&r.d, &me, id, TEXT("")));
    authenticator_close(&it);
    authenticator_close(&other);
    records_close(&r);
}

TEST(a_challenge_is_of_its_session_and_purpose) {
    struct records r;
    struct session one, two;
    struct text cookie;
    struct step step = {.purpose = STEP_ADD}, found;
    records_open(&r);
    int64_t number = records_account(&r, "bound", NULL);
    want_ok(session_start(&r.d, number, &cookie));
    want_ok(session_find(&r.d, cookie, &one));
    want_ok(session_start(&r.d, number, &cookie));
    want_ok(session_find(&r.d, cookie, &two));
    step.account = number;
    want_ok(step_open(&r.d, &one, &step));
    want_err(step_try(&r.d, step.name, STEP_ADD, &two, &found), ERR_CODE_EXPIRED);
    want_err(step_try(&r.d, step.name, STEP_ADD, NULL, &found), ERR_CODE_EXPIRED);
    want_err(step_try(&r.d, step.name, STEP_FRESH, &one, &found), ERR_CODE_EXPIRED);
    want_ok(step_try(&r.d, step.name, STEP_ADD, &one, &found));
    want_int(found.account, number);
    want_ok(step_use(&r.d, &found));
    want_err(step_use(&r.d, &found), ERR_CODE_EXPIRED);
    records_close(&r);
}

/* ---- sessions ---- */

TEST(row_B15__a_remembered_session_lasts_but_is_not_trusted_as_much) {
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

TEST(row_B15__a_remembered_session_that_nobody_uses_ends_after_a_week) {
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

TEST(rows_B14_B17__a_proof_holds_for_ten_minutes_and_changes_the_cookie) {
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

TEST(row_B16__sessions_are_listed_and_ended_by_their_owner_only) {
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

TEST(row_B11__a_code_resets_once_and_ends_every_session) {
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

TEST(row_B11__a_code_does_not_go_round_the_second_factor) {
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

TEST(rows_B10_B11__asking_is_the_same_for_nobody_and_is_bounded) {
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
    for (unsigned i = 0; i < 5; i++) {
        with.flow = ask_reset(&r, "present");
        want_int(reset_code(&r).length, i == 0 ? 6 : 0); /* one a minute; the answer does not show it */
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
      RUN(fault_8__a_wrong_password_and_an_unknown_name_answer_alike), RUN(row_B5__the_name_is_never_locked),
      RUN(row_B5__a_known_browser_that_guesses_is_slowed_down_too),
      RUN(row_B8__many_failures_are_told_once_a_day), RUN(row_B8__a_new_browser_is_told_but_the_first),
      RUN(a_hash_of_a_lower_cost_is_made_anew_at_the_log_in),
      RUN(row_B1__fifteen_characters_alone_and_eight_beside_a_second_factor),
      RUN(fault_47__a_code_is_good_once_and_for_its_steps_only), RUN(fault_47__the_seed_is_shown_once),
      RUN(wrong_codes_slow_down), RUN(fault_47__of_one_code_at_once_one_wins),
      RUN(row_B12__recovery_codes_are_long_good_once_and_replaced_as_a_set),
      RUN(row_B7__with_a_second_factor_the_password_alone_is_no_log_in),
      RUN(row_B12__a_second_step_has_five_tries), RUN(row_B7__a_passkey_is_a_whole_log_in_of_two_factors),
      RUN(fault_48__a_passkey_of_another_or_of_nobody_is_unknown),
      RUN(passkeys_are_named_listed_and_removed_by_their_owner),
      RUN(a_challenge_is_of_its_session_and_purpose),
      RUN(row_B15__a_remembered_session_lasts_but_is_not_trusted_as_much),
      RUN(row_B15__a_remembered_session_that_nobody_uses_ends_after_a_week),
      RUN(rows_B14_B17__a_proof_holds_for_ten_minutes_and_changes_the_cookie),
      RUN(fault_10__a_changed_password_ends_every_other_session),
      RUN(row_B16__sessions_are_listed_and_ended_by_their_owner_only),
      RUN(row_B11__a_code_resets_once_and_ends_every_session),
      RUN(row_B11__a_code_does_not_go_round_the_second_factor),
      RUN(rows_B10_B11__asking_is_the_same_for_nobody_and_is_bounded))
