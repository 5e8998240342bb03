/* outbox.h: mails and short messages as files, until a sender takes them.
 *
 *     OUTBOX/<time>-<mark>-<random>[-<reference>].eml   an e-mail (RFC 5322, UTF-8, 8bit)
 *                                               .sms   a short message
 *                                            .canary   what goes to ".invalid": no sender takes it (canary.h)
 *
 * Contract   mode 0600. The mark is part of the blind index of the address, so that all of one person's
 *            can be found and removed without keeping who got what. Addresses were checked by identity.h: no
 *            line end can get into a header. Lines X-Alapi-… are for the sender (delivery.h) and go no
 *            further.
 * Fate       who gives a reference can ask later what became of the message (outbox_fate): the row is made
 *            with the message, in the caller's transaction if there is one, and goes with the account or
 *            after OUTBOX_FATE_DAYS.
 */
#pragma once
#include "domain/identity.h"

enum { OUTBOX_NAME_MAX = 128, OUTBOX_REFERENCE_MAX = 40, OUTBOX_FATE_DAYS = 180 };

/* What it is, for the providers of short messages, who send approved templates only: news that stands on a
 * page; a code; word that there is an account already; a code for a child's guardian; a code that
 * lets one into an organisation. */
enum message_kind {
    MESSAGE_NOTICE,
    MESSAGE_CODE,
    MESSAGE_KNOWN,
    MESSAGE_GUARDIAN,
    MESSAGE_INVITATION,
    MESSAGE_KINDS
};

const char *message_kind_name(enum message_kind kind); /* "notice" "code" "known" … */

struct message {
    enum message_kind kind;
    struct text subject, body;
    struct text code;      /* where it has one */
    int64_t until_ms;      /* of no use after this; 0: as long as the sender tries */
    int64_t from_ms;       /* no sender takes it before this; 0: now */
    struct text reference; /* small letters, digits and _; empty: nobody will ask */
    int64_t account;       /* of the reference: whose; 0: nobody's */
};

[[nodiscard]] struct err outbox_send(struct domain *d, const struct identity *to,
                                     const struct message *message);
/* News, without a reference. */
[[nodiscard]] struct err outbox_put(struct domain *d, const struct identity *to,
                                    struct text subject, struct text body);

enum outbox_fate { OUTBOX_UNKNOWN, OUTBOX_WAITING, OUTBOX_DELIVERED, OUTBOX_BOUNCED, OUTBOX_EXPIRED };

/* OUTBOX_UNKNOWN: no message had this reference, or it is long ago. */
[[nodiscard]] struct err outbox_fate(struct domain *d, struct text reference, enum outbox_fate *out);

[[nodiscard]] struct err outbox_erase(struct domain *d,
                                      const struct digest *address);       /* of this address */
[[nodiscard]] struct err outbox_reap(struct domain *d, int64_t before_ms); /* older ones, of all */

/* ---- messages that must be made exactly once ----
 *
 * A hidden message is a file that no sender sees and that is the same however often it is made: its name is
 * its reference. When the caller's records say that it is meant, it is shown: renamed, once. Whoever is
 * killed in between finds it at the next start and shows or drops it, as the records say (outbox_settle).
 * outbox_erase finds hidden ones too. */
[[nodiscard]] struct err outbox_hide(struct domain *d, const struct identity *to,
                                     const struct message *message);
[[nodiscard]] struct err outbox_sync(struct domain *d); /* what was hidden outlives a power cut */
/* In the caller's transaction: somebody will ask for the fate of this reference. */
[[nodiscard]] struct err outbox_expect(struct domain *d, struct text reference, int64_t account);
/* One that is not there (any more) is no fault. */
[[nodiscard]] struct err outbox_show(struct domain *d, const struct identity *to, struct text reference);
[[nodiscard]] struct err outbox_drop(struct domain *d, const struct identity *to, struct text reference);
/* Those that are there; `is_meant` says whether each is shown or dropped. */
[[nodiscard]] struct err
outbox_settle(struct domain *d, struct err (*is_meant)(struct domain *d, struct text reference, bool *out));
