/* mail_desk.h: mails that come in become requests.
 *
 * Contract   each mail is a request, joins one, or is kept as refused: none is lost, and an error means
 *            that the mail server should bring it again later. The request is a stranger's whoever the
 *            mail says it is from. A reply joins a request only by the mark in its subject
 *            (ticket_mail_mark). What a machine wrote opens no request and is never answered. Numbers of
 *            cards are starred out before anything is stored; attachments are not kept.
 * Refused    state/mail-refused/<ms>-<reason>-<random>, sealed under the office's key, for
 *            MAIL_REFUSED_DAYS: `alapi mail refused` counts them, `alapi mail show NAME` opens one.
 */
#pragma once
#include "domain/ticket.h"

#define MAIL_REFUSED_FOLDER "state/mail-refused"
enum { MAIL_REFUSED_DAYS = 30 };

enum mail_fate { MAIL_OPENED, MAIL_JOINED, MAIL_TWIN, MAIL_REFUSED };

struct mail_outcome {
    enum mail_fate fate;
    const char *reason; /* of what was refused: "automatic" "large" "died" "slow" "empty" "full" */
    struct text number; /* of the request */
};

/* `is_cut`: it was longer than MAIL_BYTES_MAX. */
[[nodiscard]] struct err mail_receive(struct domain *d, struct text raw, bool is_cut,
                                      struct mail_outcome *out);

[[nodiscard]] struct err mail_refused_each(struct domain *d, void (*visit)(void *with, struct text name),
                                           void *with);
[[nodiscard]] struct err mail_refused_open(struct domain *d, struct text name, struct text *raw_out);
[[nodiscard]] struct err mail_refused_reap(struct domain *d);
