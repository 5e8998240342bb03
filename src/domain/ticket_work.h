/* ticket_work.h: the staff's part of a ticket: take, draft, sign, close.
 *
 * Contract   a ticket whose kind concerns personal data is closed with two signatures by two persons, one of
 *            support and one of the privacy officer; any other with its handler's alone. A new draft is
 *            unsigned. A refusal has its reason. An appeal is taken by somebody who had no earlier round.
 *            The final answer is made here and nowhere else, and always ends with the ways that are open to
 *            whoever is not content (PIPL 50 and 65): appeal, court, authorities.
 *            Each step, and each reading, is in the audit log.
 */
#pragma once
#include "domain/staff.h"
#include "domain/ticket.h"

struct ticket_staff {
    uint64_t subject;
    unsigned roles; /* enum staff_role */
};

struct ticket_draft {
    struct text outcome;      /* "answered" "done" "partly" "refused" */
    struct text text, reason; /* reason: of what was refused, wholly or partly */
};

struct ticket_signature {
    struct text role;
    uint64_t signer;
    int64_t signed_ms;
};

[[nodiscard]] struct err
ticket_walk(struct domain *d, bool closed,
            struct err (*visit)(struct domain *d, void *with, const struct ticket *t), void *with);
/* Opens it for reading, and writes that down. */
[[nodiscard]] struct err ticket_look(struct domain *d, const struct ticket_staff *who, struct text public,
                                     struct ticket *out);
[[nodiscard]] struct err ticket_take(struct domain *d, const struct ticket_staff *who,
                                     const struct ticket *t);
/* A question back to the person; the clocks go on. */
[[nodiscard]] struct err ticket_ask(struct domain *d, const struct ticket_staff *who, const struct ticket *t,
                                    struct text text);
[[nodiscard]] struct err ticket_answer(struct domain *d, const struct ticket_staff *who,
                                       const struct ticket *t, const struct ticket_draft *draft);
/* role: "support" or "privacy", one that the person has; empty where it has one of them only. */
[[nodiscard]] struct err ticket_sign(struct domain *d, const struct ticket_staff *who, const struct ticket *t,
                                     struct text role);
/* ERR_SIGN_OFF_MISSING, ERR_CONFLICT (nothing drafted). */
[[nodiscard]] struct err ticket_close(struct domain *d, const struct ticket_staff *who,
                                      const struct ticket *t);
/* It turned out to concern personal data. */
[[nodiscard]] struct err ticket_tag_privacy(struct domain *d, const struct ticket_staff *who,
                                            const struct ticket *t);
[[nodiscard]] struct err ticket_signatures(struct domain *d, const struct ticket *t,
                                           void (*visit)(void *with, const struct ticket_signature *s),
                                           void *with);

/* The ways that are open to whoever is not content, in the ticket's language. */
struct text ticket_remedy_in(struct domain *d, const struct ticket *t);
