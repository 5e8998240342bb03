/* identity.h: names, addresses and numbers of persons: one spelling for each, or a refusal.
 *
 * Contract   the canonical form is what the blind index is made of; the shown form is what is kept.
 *            e-mail: ASCII local part of at most 64 characters without quotes, host by IDNA, no trailing
 *            dot, 254 characters at most; the local part is lower-cased in the canonical form only.
 *            phone: a mainland China mobile number, +86 and full-width digits taken; kept as E.164.
 *            user name: NFKC; 3 to 32 letters, digits, Han, _ or -; not digits alone; no mixture of Latin
 *            with Cyrillic or Greek look-alikes. Canonical: lower case.
 *            password: NFC; 15 characters to 1,024 bytes, without the user name or the address, and nothing
 *            that is widely known, not even with digits and signs around it or said twice.
 */
#pragma once
#include "domain/domain.h"

enum identity_kind { IDENTITY_USERNAME, IDENTITY_EMAIL, IDENTITY_PHONE };

struct identity {
    enum identity_kind kind;
    struct text shown, canonical;
};

const char *identity_kind_name(enum identity_kind kind); /* "username" "email" "phone" */

[[nodiscard]] struct err identity_email(struct domain *d, struct text given, struct identity *out);
[[nodiscard]] struct err identity_phone(struct domain *d, struct text given, struct identity *out);
[[nodiscard]] struct err identity_username(struct domain *d, struct text given,
                                           struct identity *out);

/* Whatever was typed at the log-in: an address, a number or a name. False where it is none of them. */
bool identity_guess(struct domain *d, struct text given, struct identity *out);

[[nodiscard]] struct err identity_digest(struct domain *d, const struct identity *identity,
                                         struct digest *out);

/* The password as it is hashed; *out lives in the arena. `name` and `contact` must not be in it. */
[[nodiscard]] struct err identity_password(struct domain *d, struct text given,
                                           const struct identity *name,
                                           const struct identity *contact, struct text *out);

/* The same for whoever has a second factor: 8 characters are enough beside it (NIST SP 800-63B-4,
 * 3.1.1.2). */
enum { PASSWORD_RUNES_ALONE = 15, PASSWORD_RUNES_BESIDE = 8 };
[[nodiscard]] struct err identity_password_of(struct domain *d, struct text given, unsigned runes_min,
                                              const struct identity *name,
                                              const struct identity *contact, struct text *out);

/* A password as typed, in the one form that is hashed; false where it is not UTF-8. */
bool identity_normal_password(struct domain *d, struct text given, struct text *out);
