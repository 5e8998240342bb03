/* notice.h: telling a person what was done to the account: at its address, in its language.
 *
 * Contract   one message to the e-mail address, or to the number where there is none; nobody is told who has
 *            neither. What cannot be told (a full disk) does not undo what was done. No code stands in one.
 */
#pragma once
#include "domain/account.h"

enum notice {
    NOTICE_PASSWORD_CHANGED,
    NOTICE_PASSWORD_RESET,
    NOTICE_TOTP_ADDED,
    NOTICE_TOTP_REMOVED,
    NOTICE_RECOVERY_MADE,
    NOTICE_RECOVERY_USED,
    NOTICE_PASSKEY_ADDED,
    NOTICE_PASSKEY_REMOVED,
    NOTICE_NEW_DEVICE,
    NOTICE_FAILURES,
    NOTICE_CONTACT_ASKED,
    NOTICE_TOKEN_EXPOSED,
    NOTICE_COUNT
};

/* `detail`: of the browser or the passkey, or empty. */
void notice_send(struct domain *d, const struct account *account, enum notice which, struct text detail);

/* Whether the person reads English rather than Chinese: as the policy was agreed to. */
[[nodiscard]] struct err person_is_english(struct domain *d, int64_t account, bool *out);

/* The address that the person is told at: false where there is none. */
bool person_address(struct domain *d, const struct account *account, struct identity *out);
