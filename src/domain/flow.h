/* flow.h: a code is sent to an address, and whoever brings it back has proved that it is his.
 *
 * Contract   the flow's name (256 random bits) is given to the client and kept only as a keyed hash; the
 *            waiting data is sealed under a key made from that name, so a stolen table tells nothing. A code
 *            has 6 digits, lives 10 minutes, is bound to flow, purpose and address, and is tried at most 5
 *            times: a try is counted and stored before anything is compared. One of many parallel winners
 *            wins. A flow without a code (a known address) looks the same and never fits.
 */
#pragma once
#include "domain/identity.h"

enum { FLOW_TRIES = 5, FLOW_MS = 10 * 60000, FLOW_GUARDIAN_MS = 72 * 3600000 };

enum flow_purpose { FLOW_REGISTER, FLOW_CONTACT, FLOW_GUARDIAN, FLOW_TICKET };

struct flow {
    enum flow_purpose purpose;
    struct text name; /* for the client */
    struct text code; /* to be sent; empty: never fits */
    struct text data;
    struct digest digest;
    int64_t expires_ms;
};

/* Makes a flow: in: purpose, data, and whether it has a code; the rest is filled in. */
[[nodiscard]] struct err flow_open(struct domain *d, struct flow *flow,
                                   const struct identity *target, bool has_code);

/* ERR_CODE_WRONG (detail.tries_left), ERR_CODE_EXPIRED. What fits is still there until flow_use takes it. */
[[nodiscard]] struct err flow_try(struct domain *d, struct text name, struct text code,
                                  struct flow *out);

/* Inside the transaction of what it is for: ERR_CODE_EXPIRED where another was faster. */
[[nodiscard]] struct err flow_use(struct domain *d, const struct flow *flow);
[[nodiscard]] struct err flow_reap(struct domain *d);
