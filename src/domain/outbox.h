/* outbox.h: mails and short messages as files, until a sender takes them.
 *
 * Contract   an e-mail is OUTBOX/<time>-<mark>-<random>.eml (RFC 5322, UTF-8, 8bit), a short message .sms;
 *            mode 0600. What goes to ".invalid" is .canary, which no sender takes (canary.h). The mark is
 *            part of the blind index of the address, so that all of one person's can be found and removed
 *            without keeping who got what. Addresses were checked by identity.h: no line end can get into
 *            a header.
 */
#pragma once
#include "domain/identity.h"

[[nodiscard]] struct err outbox_put(struct domain *d, const struct identity *to,
                                    struct text subject, struct text body);
[[nodiscard]] struct err outbox_erase(struct domain *d,
                                      const struct digest *address);       /* of this address */
[[nodiscard]] struct err outbox_reap(struct domain *d, int64_t before_ms); /* older ones, of all */
