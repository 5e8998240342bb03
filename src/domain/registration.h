/* registration.h: from a stranger's form to an account: ask, prove the address, be in.
 *
 * Contract   nothing of a person is stored before his consent, and until the address is proved only sealed,
 *            for ten minutes. The answer and the work are the same for a known address: it is told by
 *            mail that it has an account, and the flow never fits. Below 14 the first code goes to
 *            the guardian, who has 72 hours; nothing but the sealed flow is there till then, and the
 *            child's own address is proved after it.
 *            At most one message a minute goes to one address, 5 an hour; and as many as the operator
 *            allows to one address prefix of askers. Who asks again sooner gets a flow of its own whose
 *            code is sent when the minute is over; the answer does not show it.
 */
#pragma once
#include "domain/account.h"
#include "domain/policy.h"

struct registration {
    struct text username, password, email, phone, consent, age;
    struct text language; /* "zh" "en" */
    struct text prefix;   /* of the asker's address: /24, /48 */
    struct text guardian_email, guardian_phone; /* of a child: one of them */
};

struct flow_promise {
    struct text flow;
    int64_t expires_ms;
    enum identity_kind by; /* an address or a number: which way the code goes */
};

[[nodiscard]] struct err registration_start(struct domain *d, const struct policy *policy,
                                            const struct registration *r, struct flow_promise *out);

/* A new address of somebody who is logged in (email or phone, language and prefix of `r`); takes force when
 * its code comes back. */
[[nodiscard]] struct err contact_start(struct domain *d, const struct account *account,
                                       const struct registration *r, struct flow_promise *out);

/* What a code was good for. */
struct verified {
    int64_t account;          /* made or changed; 0: a guardian agreed, the child's code is on its way */
    bool is_created;          /* an account was made (else an address was changed) */
    struct flow_promise next; /* where account is 0 */
};

/* The code of any of them. */
[[nodiscard]] struct err registration_verify(struct domain *d, struct text flow, struct text code,
                                             struct verified *out);
