/* passkey_test.c: what an authenticator's answer must prove, with real keys and signatures. */
#include "crypt/passkey.h"
#include "authenticator.h"
#include "test.h"

static const struct passkey_ask asked = {.host = {"example.com", 11},
                                         .origin = {"https://example.com", 19},
                                         .challenge = {"Y2hhbGxlbmdlIG9mIHRoZSB0ZXN0cw", 30}};

static void want_class(struct err e, const char *class) {
    want_err(e, ERR_PASSKEY_INVALID);
    if (strncmp(e.say, class, strlen(class)) != 0 || e.say[strlen(class)] != ':')
        fail_msg("\"%s\" is not of the class %s", e.say, class);
}

TEST(every_algorithm_with_and_without_attestation) {
    static const int algorithms[] = {PASSKEY_ES256, PASSKEY_EDDSA, PASSKEY_RS256};
    struct arena a;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT(algorithms) * 2; i++) {
        struct authenticator it;
        struct passkey made;
        uint32_t counter;
        authenticator_open(&it, algorithms[i / 2]);
        it.is_self = i % 2;
        struct passkey_answer answer = authenticator_create(&it, &a, &asked);
        want_ok(passkey_take(&a, &asked, &answer, &made));
        want_int(made.algorithm, algorithms[i / 2]);
        want_int(made.counter, 1);
        want(text_equal(made.id, text_of(it.id, sizeof it.id)));
        answer = authenticator_get(&it, &a, &asked);
        want_ok(passkey_prove(&a, &asked, &made, &answer, &counter));
        want_int(counter, 2);
        authenticator_close(&it);
    }
    arena_done(&a);
}

/* One thing wrong at a time, at the creation and at the log-in alike. */
TEST(fault_48__each_wrong_answer_is_named_by_its_class) {
    static const struct {
        struct authenticator wrong;
        const char *class;
    } rows[] = {
        {{.origin = "https://evil.example"}, "origin"},
        {{.origin = "http://example.com"}, "origin"},
        {{.origin = "https://example.com.evil.example"}, "origin"},
        {{.extra = ",\"crossOrigin\":true"}, "origin"},
        {{.extra = ",\"crossOrigin\":\"false\""}, "origin"},
        {{.extra = ",\"crossOrigin\":false,\"topOrigin\":\"https://example.com\""}, "origin"},
        {{.extra = ",\"origin\":\"https://example.com\""}, "client_data"},
        {{.type = "webauthn.other"}, "type"},
        {{.host = "evil.example"}, "relying_party"},
        {{.host = "sub.example.com"}, "relying_party"},
        {{.unverified = true}, "user_verification"},
        {{.absent = true}, "user_verification"},
    };
    struct arena a;
    struct passkey made, other;
    struct authenticator it;
    uint32_t counter;
    arena_init(&a, 1 << 20);
    authenticator_open(&it, PASSKEY_ES256);
    struct passkey_answer answer = authenticator_create(&it, &a, &asked);
    want_ok(passkey_take(&a, &asked, &answer, &made));
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct authenticator wrong = it;
        wrong.origin = rows[i].wrong.origin, wrong.extra = rows[i].wrong.extra,
        wrong.type = rows[i].wrong.type;
        wrong.host = rows[i].wrong.host, wrong.unverified = rows[i].wrong.unverified;
        wrong.absent = rows[i].wrong.absent;
        answer = authenticator_create(&wrong, &a, &asked);
        want_class(passkey_take(&a, &asked, &answer, &other), rows[i].class);
        answer = authenticator_get(&wrong, &a, &asked);
        want_class(passkey_prove(&a, &asked, &made, &answer, &counter), rows[i].class);
    }
    struct passkey_ask later = asked;
    later.challenge = TEXT("b3RoZXI");
    answer = authenticator_get(&it, &a, &asked);
    want_class(passkey_prove(&a, &later, &made, &answer, &counter), "challenge");
    later.challenge = TEXT("");
    want_class(passkey_prove(&a, &later, &made, &answer, &counter), "challenge");
    struct passkey_answer created = authenticator_create(&it, &a, &asked);
    want_class(passkey_prove(&a, &asked, &made, &created, &counter), "type");
    authenticator_close(&it);
    arena_done(&a);
}

TEST(fault_48__the_counter_may_not_go_back) {
    static const struct {
        uint32_t stored, sent;
        bool fits;
    } rows[] = {{0, 0, true}, {0, 1, true}, {5, 6, true}, {5, 5, false}, {5, 4, false}, {5, 0, false}, {4294967294u, 4294967295u, true}};
    struct arena a;
    struct authenticator it;
    struct passkey made;
    uint32_t counter;
    arena_init(&a, 1 << 20);
    authenticator_open(&it, PASSKEY_EDDSA);
    struct passkey_answer answer = authenticator_create(&it, &a, &asked);
    want_ok(passkey_take(&a, &asked, &answer, &made));
    for (size_t i = 0; i < COUNT(rows); i++) {
        made.counter = rows[i].stored;
        it.counter = rows[i].sent ? rows[i].sent - 1 : 0;
        if (it.counter == 0 && rows[i].sent == 1)
            it.counter = 0;
        answer = authenticator_get(&it, &a, &asked);
        if (rows[i].sent == 1) { /* an authenticator that counts from nothing */
            it.counter = 1;
            answer.authenticator_data = authenticator_data(&it, &a, &asked, false);
            answer.signature = authenticator_sign(&it, &a, answer.authenticator_data, answer.client_data);
        }
        struct err e = passkey_prove(&a, &asked, &made, &answer, &counter);
        if (rows[i].fits)
            want_ok(e);
        else
            want_class(e, "counter");
    }
    authenticator_close(&it);
    arena_done(&a);
}

TEST(fault_48__another_key_does_not_sign_for_it) {
    struct arena a;
    struct authenticator one, two;
    struct passkey made;
    uint32_t counter;
    arena_init(&a, 1 << 20);
    authenticator_open(&one, PASSKEY_ES256);
    authenticator_open(&two, PASSKEY_ES256);
    struct passkey_answer answer = authenticator_create(&one, &a, &asked);
    want_ok(passkey_take(&a, &asked, &answer, &made));
    answer = authenticator_get(&two, &a, &asked);
    want_class(passkey_prove(&a, &asked, &made, &answer, &counter), "signature");
    answer = authenticator_get(&one, &a, &asked);
    answer.signature.length = 0;
    want_class(passkey_prove(&a, &asked, &made, &answer, &counter), "signature");
    one.is_self = true;
    answer = authenticator_create(&one, &a, &asked);
    struct passkey_answer forged = answer;
    forged.client_data = client_data_in(&one, &a, &asked, "webauthn.create");
    forged.client_data = text_format_in(&a, "%.*s ", TEXT_ARG(forged.client_data)); /* other bytes, same JSON */
    want_class(passkey_take(&a, &asked, &forged, &made), "attestation");
    authenticator_close(&one);
    authenticator_close(&two);
    arena_done(&a);
}

/* Every byte of a good answer changed, and every length cut: never taken as something else. */
TEST(fault_48__junk_for_an_attestation_is_refused) {
    struct arena a;
    struct authenticator it;
    struct passkey made;
    arena_init(&a, 32 << 20);
    authenticator_open(&it, PASSKEY_ES256);
    it.is_self = true;
    struct passkey_answer good = authenticator_create(&it, &a, &asked);
    char *bytes = text_c_in(&a, good.attestation);
    struct passkey_answer bad = good;
    for (size_t i = 0; i < good.attestation.length; i++) {
        bad.attestation = text_part(good.attestation, 0, i);
        want_err(passkey_take(&a, &asked, &bad, &made), ERR_PASSKEY_INVALID);
        bytes[i] ^= 0x55;
        bad.attestation = text_of(bytes, good.attestation.length);
        want_err(passkey_take(&a, &asked, &bad, &made), ERR_PASSKEY_INVALID);
        bytes[i] ^= 0x55;
    }
    static const char *const junk[] = {"", "\xff", "\xbf", "\xa0", "\xbb\xff\xff\xff\xff\xff\xff\xff\xff", "\x9b\x7f\xff\xff\xff\xff\xff\xff\xff"};
    for (size_t i = 0; i < COUNT(junk); i++) {
        bad.attestation = text_c(junk[i]);
        want_class(passkey_take(&a, &asked, &bad, &made), "format");
    }
    authenticator_close(&it);
    arena_done(&a);
}

TEST(a_key_of_another_algorithm_or_off_its_curve_is_refused) {
    struct arena a;
    struct authenticator it;
    struct passkey made;
    arena_init(&a, 1 << 20);
    authenticator_open(&it, PASSKEY_ES256);
    struct passkey_answer good = authenticator_create(&it, &a, &asked), bad = good;
    char *bytes = text_c_in(&a, good.attestation);
    bytes[good.attestation.length - 1] ^= 1; /* the last byte of y */
    bad.attestation = text_of(bytes, good.attestation.length);
    want_class(passkey_take(&a, &asked, &bad, &made), "format");
    bytes[good.attestation.length - 1] ^= 1;
    size_t at = text_find(good.attestation, text_of("\x03\x26\x20\x01", 4)); /* algorithm: -7; curve: 1 */
    want(at != SIZE_MAX);
    bytes[at + 1] = 0x28; /* -9 */
    want_class(passkey_take(&a, &asked, &bad, &made), "algorithm");
    bytes[at + 1] = 0x27; /* EdDSA, over a key of another kind */
    want_class(passkey_take(&a, &asked, &bad, &made), "format");
    authenticator_close(&it);
    arena_done(&a);
}

TESTS(RUN(every_algorithm_with_and_without_attestation),
      RUN(fault_48__each_wrong_answer_is_named_by_its_class), RUN(fault_48__the_counter_may_not_go_back),
      RUN(fault_48__another_key_does_not_sign_for_it), RUN(fault_48__junk_for_an_attestation_is_refused),
      RUN(a_key_of_another_algorithm_or_off_its_curve_is_refused))
