/* otp.h: one-time codes of any digest, length and step.
 *
 * Source     RFC 4226 (HOTP), RFC 6238 (TOTP).
 * Not here   the codes of our own accounts: crypt/totp.h.
 */
#pragma once
#include "base/text.h"

/* `digest` is sha1, sha256 or sha512; digits 6 to 8. False where there is no such digest. */
bool otp_code(struct text digest, struct text secret, uint64_t counter, unsigned digits, char out[static 9]);
