/* passkey_fuzz.c: law: whatever comes as an attestation object or as an authenticator's data is taken
 * whole or refused as passkey_invalid; what is taken has an id, a key of one of three algorithms, and says
 * the same again. */
#include "fuzz.h"

#include "crypt/passkey.h"

static const struct passkey_ask asked = {.host = {"example.com", 11},
                                         .origin = {"https://example.com", 19},
                                         .challenge = {"Y2hhbGxlbmdlIG9mIHRoZSB0ZXN0cw", 30}};
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct arena a;
    struct passkey made, again;
    uint32_t counter;
    arena_init(&a, LIMIT_ARENA_BYTES);
    struct text given = fuzz_text(bytes, size);
    struct passkey_answer answer = {
        .client_data = TEXT("{\"type\":\"webauthn.create\",\"challenge\":\"Y2hhbGxlbmdlIG9mIHRoZSB0ZXN0cw\","
                            "\"origin\":\"https://example.com\",\"crossOrigin\":false}"),
        .attestation = given};
    struct err e = passkey_take(&a, &asked, &answer, &made);
    must(e.kind == ERR_NONE || (e.kind == ERR_PASSKEY_INVALID && e.say));
    if (e.kind == ERR_NONE) {
        must(made.id.length > 0 && made.id.length <= PASSKEY_ID_BYTES_MAX && made.key.length >= 32);
        must(passkey_take(&a, &asked, &answer, &again).kind == ERR_NONE);
        must(text_equal(made.id, again.id) && text_equal(made.key, again.key) &&
             made.counter == again.counter && made.algorithm == again.algorithm);
        answer.client_data = TEXT("{\"type\":\"webauthn.get\",\"challenge\":\"Y2hhbGxlbmdlIG9mIHRoZSB0ZXN0cw\","
                                  "\"origin\":\"https://example.com\"}");
        answer.authenticator_data = answer.signature = given;
        e = passkey_prove(&a, &asked, &made, &answer, &counter);
        must(e.kind == ERR_PASSKEY_INVALID); /* nobody signed anything */
    }
    arena_done(&a);
    return 0;
}
