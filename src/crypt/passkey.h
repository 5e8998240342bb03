/* passkey.h: the server's side of WebAuthn: whether an authenticator's answer proves what it must.
 *
 * Contract   an answer counts only for the challenge, the origin and the relying party that it was asked for,
 *            never from a frame of another origin, and only with the user verified (so a passkey is two
 *            factors by itself). The sign counter may not go back. Keys are ES256, EdDSA (Ed25519) or RS256;
 *            attestation is none or self: we do not ask whose make an authenticator is. What does not hold is
 *            ERR_PASSKEY_INVALID, whose sentence begins with the class of the reason: client_data, type,
 *            challenge, origin, relying_party, user_verification, format, algorithm, attestation, counter,
 *            signature, unknown.
 * Source     Web Authentication level 2 (W3C 2021), 7.1 and 7.2; signatures are checked by libfido2.
 * Threads    any.
 * Not here   whose passkey it is and that a challenge is used once (domain/passkeys.h, domain/step.h).
 */
#pragma once
#include "base/err.h"
#include "base/text.h"

enum { PASSKEY_ES256 = -7, PASSKEY_EDDSA = -8, PASSKEY_RS256 = -257, PASSKEY_ID_BYTES_MAX = 1023 };

/* Whom the answer must have been made for. */
struct passkey_ask {
    struct text host;      /* the relying party's id: the host without its port */
    struct text origin;    /* "https://host:port" */
    struct text challenge; /* base64url, as it was sent */
};

struct passkey {
    struct text id, key; /* the key as libfido2 has it: x and y; 32 bytes; modulus and exponent */
    int64_t algorithm;
    uint32_t counter;
};

/* What the browser hands back, as bytes. `attestation` at the creation; the other two at a log-in. */
struct passkey_answer {
    struct text client_data, attestation, authenticator_data, signature;
};

[[nodiscard]] struct err passkey_take(struct arena *a, const struct passkey_ask *ask,
                                      const struct passkey_answer *answer, struct passkey *out);
[[nodiscard]] struct err passkey_prove(struct arena *a, const struct passkey_ask *ask,
                                       const struct passkey *passkey, const struct passkey_answer *answer,
                                       uint32_t *counter_out);
