/* device.h: browsers that logged in before, known by a cookie of their own.
 *
 * Contract   the cookie has 256 random bits and says nothing but "this browser was here"; it logs nobody
 *            in. Who has it is not slowed down by the failures of others, and the person is told of a
 *            log-in without it. Kept as a keyed hash, 180 days from the last log-in, 20 for each account.
 */
#pragma once
#include "domain/domain.h"

enum { DEVICE_DAYS = 180, DEVICES_MAX = 20 };

struct device_state {
    bool is_known, is_first; /* is_first: the account has none yet */
};

[[nodiscard]] struct err device_find(struct domain *d, int64_t account, struct text cookie,
                                     struct device_state *out);
/* Keeps a known one, makes another where there is none; *cookie_out is for the browser. */
[[nodiscard]] struct err device_note(struct domain *d, int64_t account, struct text cookie,
                                     struct text *cookie_out);
[[nodiscard]] struct err device_reap(struct domain *d);
