/* audit.h: the log of everything that matters: who did what to whom, and why.
 *
 * Contract   audit_note joins the transaction that it is called in (or is one of its own), so what happened
 *            and what is written about it are never apart. Entries are numbered without a gap and never
 *            changed. `detail` tells of the subject and is sealed under the subject's key (`about` gives
 *            the key): when the person is erased, the entry stays and says nothing of anybody.
 */
#pragma once
#include "domain/account.h"

enum audit_actor { AUDIT_PERSON, AUDIT_STAFF, AUDIT_OPERATOR, AUDIT_SYSTEM };

struct audit_event {
    enum audit_actor actor_kind;
    uint64_t actor;                /* subject of who did it; 0: the operator's hand or a job */
    const char *action;            /* "consent.give", "hold.open": noun.verb */
    const struct account *about;   /* whom it concerns; NULL: nobody */
    struct text object;            /* a receipt, a number, a version; never personal */
    const char *purpose;           /* why the data was touched: "request", "law", "security" … */
    struct text detail;            /* personal; only together with `about` */
};

[[nodiscard]] struct err audit_note(struct domain *d, const struct audit_event *event);
