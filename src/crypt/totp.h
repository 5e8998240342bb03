/* totp.h: one-time codes by the clock: RFC 6238 over HMAC-SHA-1, steps of 30 seconds, 6 digits.
 *
 * Contract   a code of the step before and of the step after is taken too, for clocks that differ; which step
 *            it was is told, so that its owner can refuse it a second time (factor.h). All three are compared
 *            whatever fits, in constant time.
 * Source     RFC 4226 (HOTP), RFC 6238 (TOTP), RFC 4648 (base32); the otpauth URI is Google Authenticator's
 *            "Key URI Format", which all of these programs read. SHA-1 is what they all know; as an HMAC it
 *            is sound.
 * Threads    any.
 */
#pragma once
#include "base/text.h"

enum { TOTP_SEED_BYTES = 20, TOTP_STEP_MS = 30000, TOTP_DIGITS = 6, TOTP_CODES = 1000000 };

/* The truncated value before it is cut to digits. */
uint32_t totp_value(struct text seed, uint64_t step);
struct text totp_code_in(struct arena *a, struct text seed, uint64_t step);

/* *step_out: the step that the code belongs to. */
bool totp_fits(struct text seed, int64_t now_ms, struct text given, uint64_t *step_out);

/* Base32 without padding, as it is typed; the letters of any case are read. */
struct text base32_in(struct arena *a, struct text bytes);
bool base32_read_in(struct arena *a, struct text given, struct text *out);

/* "otpauth://totp/Issuer:name?secret=…&issuer=Issuer" */
struct text totp_uri_in(struct arena *a, struct text issuer, struct text name, struct text seed);
