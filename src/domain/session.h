/* session.h: who is logged in. The cookie has 256 random bits; only its keyed hash is kept.
 *
 * Contract   a session ends after 30 minutes without a request and 24 hours in any case; one that is to be
 *            remembered after 7 days without a request and after 30 days. It counts as proved by two factors
 *            (aal 2) for 24 hours after they were, and a remembered one only while it is never idle for 30
 *            minutes: then it is aal 1 and not fresh, until it is proved again. It is fresh for 10 minutes
 *            after each proof, and each proof gives it another cookie. Its CSRF token is made from the
 *            cookie, so it ends with it and is stored nowhere. What tells of the browser is sealed.
 */
#pragma once
#include "domain/account.h"

struct session {
    int64_t account;
    struct text cookie;
    uint64_t id;
    unsigned aal; /* 1 or 2 factors */
    bool is_fresh, is_remembered;
};

enum {
    SESSION_IDLE_MS = 30 * 60000,
    SESSION_WHOLE_MS = 24 * 3600000,
    SESSION_FRESH_MS = 10 * 60000,
    SESSION_REMEMBER_DAYS = 30,
    SESSION_REMEMBER_IDLE_DAYS = 7,
};

struct new_session {
    const struct account *account;
    unsigned aal;
    bool remember;
    struct text label, prefix; /* "Firefox · Linux"; of the client's address */
};

[[nodiscard]] struct err session_begin(struct domain *d, const struct new_session *with,
                                       struct text *cookie_out);
[[nodiscard]] struct err session_start(struct domain *d, int64_t account,
                                       struct text *cookie_out); /* of nobody's browser, one factor */
[[nodiscard]] struct err session_find(struct domain *d, struct text cookie,
                                      struct session *out); /* ERR_SESSION_ENDED */

/* It was proved again: *session has another cookie then, is fresh, and has `aal` factors at least. */
[[nodiscard]] struct err session_rotate(struct domain *d, struct session *session, unsigned aal);

[[nodiscard]] struct err session_end(struct domain *d, const struct session *session);
[[nodiscard]] struct err session_end_id(struct domain *d, int64_t account, uint64_t id); /* ERR_NOT_FOUND */
[[nodiscard]] struct err session_end_others(struct domain *d, const struct session *session);
[[nodiscard]] struct err session_end_all(struct domain *d, int64_t account);
[[nodiscard]] struct err session_reap(struct domain *d);

struct text session_csrf(struct domain *d, struct text cookie);
bool session_csrf_fits(struct domain *d, struct text cookie, struct text given);

/* What a challenge is bound to. */
struct digest session_mark(struct domain *d, const struct session *session);

struct session_line {
    uint64_t id;
    int64_t created_ms, seen_ms, ends_ms;
    unsigned aal;
    bool is_remembered, is_current;
    struct text label, prefix; /* empty: not known */
};
[[nodiscard]] struct err session_each(struct domain *d, const struct account *account,
                                      const struct session *current,
                                      void (*visit)(void *with, const struct session_line *line), void *with);
[[nodiscard]] struct err session_list(struct domain *d, int64_t account,
                                      void (*visit)(void *with, const int64_t times_ms[static 3]),
                                      void *with);
