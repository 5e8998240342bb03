/* sender.h: takes mails and short messages out of the outbox and hands them over.
 *
 *     outbox/….eml  --> the operator's mail server   (fetch/smtp.h)     where smtp_host is set
 *     outbox/….sms  --> the provider                 (fetch/sms.h)      where sms_provider is set
 *
 * Contract   send_at_once messages are under way at one time. What hits every message alike (the
 * server is down, its certificate does not fit, the key is refused) stops the channel, from 1 s up
 * to 10 minutes: one message tries it then, not all. What hits one message puts off or ends that
 * one (domain/delivery.h). Without settings there is no sender, and the outbox stays as it is. Log
 * mail_sent, mail_refused, … with a word and a number of ours: never an address or a text of the
 *            other side.
 * Threads    sender_step belongs to one thread; it makes its helpers and ends them.
 */
#pragma once
#include "app/home.h"
#include "site/site.h"

struct sender;

/* Do the settings of both channels fit together, and are their secrets there? ERR_CONFIG with the
 * mend. */
[[nodiscard]] struct err sender_check(struct arena *a, const struct config *config);
bool sender_is_set(const struct config *config);

/* *out NULL: nothing is set. */
[[nodiscard]] struct err sender_open(struct arena *a, const struct home *home, struct sender **out);
void sender_close(struct sender *s);

/* One round over what is due, of two seconds and one message at most. `is_ending`: begin nothing
 * new. *more_out: look again at once. */
[[nodiscard]] struct err sender_step(struct sender *s, struct domain *d,
                                     const _Atomic bool *is_ending, struct site_health *health,
                                     bool *more_out);
