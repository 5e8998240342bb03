/* ticket_mail.h: what people are told by mail about their tickets, and the staff about its clocks.
 *
 * Contract   a mail about a ticket names its number and its clocks; the text of a request is in none, and an
 *            answer goes to a proved address only. The mark by which a reply joins the ticket stands in mails
 *            to proved addresses, accounts, and those who wrote by mail themselves.
 */
#pragma once
#include "domain/ticket.h"

[[nodiscard]] struct err ticket_mail_received(struct domain *d, const struct ticket *t,
                                              const struct identity *to, struct text code);
[[nodiscard]] struct err ticket_mail_answer(struct domain *d, const struct ticket *t, struct text answer);
/* To the staff: so many percent of this clock are over. */
[[nodiscard]] struct err ticket_mail_mark_staff(struct domain *d, int64_t number, const char *clock,
                                                int64_t percent, int64_t ends_ms);
