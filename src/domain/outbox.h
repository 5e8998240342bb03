/* outbox.h: mails and short messages as files, until a sender takes them.
 *
 * Contract   an e-mail is OUTBOX/<time>-<mark>-<random>.eml (RFC 5322, UTF-8, 8bit), a short message .sms;
 *            mode 0600. The mark is part of the blind index of the address, so that all of one person's
 *            can be found and removed without keeping who got what. Addresses were checked by
 *            identity.h: no line end can get into a header.
 */
#pragma once
#include "domain/identity.h"

[[nodiscard]] struct err outbox_put(struct domain *d, const struct identity *to,
                                    struct text subject, struct text body);
[[nodiscard]] struct err outbox_erase(struct domain *d,
                                      const struct digest *address);       /* of this address */
[[nodiscard]] struct err outbox_reap(struct domain *d, int64_t before_ms); /* older ones, of all */

/* ---- messages that must be made exactly once ----
 *
 * A hidden message is a file that no sender sees and that is the same however often it is made: its name is
 * the caller's key. When the caller's records say that it is meant, it is shown: renamed, once. Whoever is
 * killed in between finds it at the next start and shows or drops it, as the records say (outbox_settle).
 * outbox_erase finds hidden ones too. */
enum { OUTBOX_KEY_MAX = 32 };

[[nodiscard]] struct err outbox_hide(struct domain *d, const struct identity *to, struct text key,
                                     struct text subject, struct text body);
[[nodiscard]] struct err outbox_sync(struct domain *d); /* what was hidden outlives a power cut */
/* One that is not there (any more) is no fault. */
[[nodiscard]] struct err outbox_show(struct domain *d, const struct identity *to, struct text key);
[[nodiscard]] struct err outbox_drop(struct domain *d, const struct identity *to, struct text key);
/* Those that are there; `is_meant` says whether each is shown or dropped. */
[[nodiscard]] struct err outbox_settle(struct domain *d,
                                       struct err (*is_meant)(struct domain *d, struct text key, bool *out));
