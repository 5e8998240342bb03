/* session.h: who is logged in. The cookie has 256 random bits; only its keyed hash is kept.
 *
 * Contract   a session ends after 30 minutes without a request and 24 hours in any case. Its CSRF token is
 *            made from the cookie, so it ends with it and is stored nowhere.
 */
#pragma once
#include "domain/domain.h"

struct session {
    int64_t account;
    struct text cookie;
};

enum { SESSION_IDLE_MS = 30 * 60000, SESSION_WHOLE_MS = 24 * 3600000 };

[[nodiscard]] struct err session_start(struct domain *d, int64_t account, struct text *cookie_out);
[[nodiscard]] struct err session_find(struct domain *d, struct text cookie,
                                      struct session *out); /* ERR_SESSION_ENDED */
[[nodiscard]] struct err session_end(struct domain *d, const struct session *session);
[[nodiscard]] struct err session_end_others(struct domain *d, const struct session *session);
[[nodiscard]] struct err session_reap(struct domain *d);

struct digest session_digest(struct domain *d, struct text cookie); /* as it is kept */
struct text session_csrf(struct domain *d, struct text cookie);
bool session_csrf_fits(struct domain *d, struct text cookie, struct text given);

[[nodiscard]] struct err session_list(struct domain *d, int64_t account,
                                      void (*visit)(void *with, const int64_t times_ms[static 3]),
                                      void *with);
