/* audit.h: the log of everything that matters: who did what to whom, and why.
 *
 * Contract   audit_note joins the transaction that it is called in (or makes one of its own), so what
 *            happened and what is written about it are never apart. Entries are numbered without a gap
 *            and never changed; each is a leaf of the tree that checkpoints are signed of
 *            (audit_log.h). `detail` tells of the subject and is sealed under the subject's key
 *            (`about` gives the key): when the person is erased, the entry stays, verifies as before
 *            and says nothing of anybody.
 * Receipts   where the object's first word is a receipt (domain_receipt, 22 letters), whoever holds it
 *            is given the proof of this entry at GET /receipts/{receipt}; of several entries that name
 *            one receipt, the last.
 */
#pragma once
#include "domain/account.h"

enum audit_actor { AUDIT_PERSON, AUDIT_STAFF, AUDIT_OPERATOR, AUDIT_SYSTEM };
enum { AUDIT_OBJECT_BYTES_MAX = 32 << 10 };

struct audit_event {
    enum audit_actor actor_kind;
    uint64_t actor;              /* subject of who did it; 0: the operator's hand or a job */
    const char *action;          /* "consent.give", "hold.open": noun.verb */
    const struct account *about; /* whom it concerns; NULL: nobody */
    struct text object;          /* a receipt, a number, a version; never personal */
    const char *purpose;         /* why the data was touched: "request", "law", "security" … */
    struct text detail;          /* personal; only together with `about` */
};

[[nodiscard]] struct err audit_note(struct domain *d, const struct audit_event *event);

/* The same, and the number that it got. */
[[nodiscard]] struct err audit_note_at(struct domain *d, const struct audit_event *event,
                                       uint64_t *seq_out);

/* Fills in the subject of an account of which only the number is known: enough for `about`. */
[[nodiscard]] struct err audit_subject(struct domain *d, struct account *about);
