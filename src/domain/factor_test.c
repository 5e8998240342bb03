/* factor_test.c: the laws of what one has beside the password: codes, recovery codes, passkeys. */
#include "domain/throttle.h"
#include "people.h"

#include <pthread.h>

TEST(checklist_B1__fifteen_characters_alone_and_eight_beside_a_second_factor) {
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

TEST(checklist_B12__recovery_codes_are_long_good_once_and_replaced_as_a_set) {
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

/* ---- passkeys ---- */

static struct err key_log_in(struct records *r, struct authenticator *it, struct step *step,
                             struct login *out) {
    struct visitor v = from("p");
    struct passkey_ask ask = ask_for(r, step);
    struct passkey_proof with = {text_of(it->id, sizeof it->id), authenticator_get(it, &r->arena, &ask)};
    struct second second = {.passkey = &with, .place = here};
    return login_passkey(&r->d, &v, step->name, &second, out);
}

TEST(checklist_B7__a_passkey_is_a_whole_log_in_of_two_factors) {
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

TESTS(RUN(checklist_B1__fifteen_characters_alone_and_eight_beside_a_second_factor),
      RUN(fault_47__a_code_is_good_once_and_for_its_steps_only),
      RUN(fault_47__the_seed_is_shown_once),
      RUN(wrong_codes_slow_down),
      RUN(fault_47__of_one_code_at_once_one_wins),
      RUN(checklist_B12__recovery_codes_are_long_good_once_and_replaced_as_a_set),
      RUN(checklist_B7__a_passkey_is_a_whole_log_in_of_two_factors),
      RUN(fault_48__a_passkey_of_another_or_of_nobody_is_unknown),
      RUN(passkeys_are_named_listed_and_removed_by_their_owner),
      RUN(a_challenge_is_of_its_session_and_purpose))
