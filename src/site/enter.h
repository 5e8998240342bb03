/* enter.h: what the JSON and the pages of the log-in share: who knocks, and the cookies of who got in. */
#pragma once
#include "domain/login.h"
#include "site/visit.h"

/* prefix, browser, device cookie; `remember` is the caller's to add. */
struct visitor visit_visitor(struct visit *v);

/* The session that the browser had ends, the new one's cookies are set. */
[[nodiscard]] struct err visit_enter(struct visit *v, const struct login *in);

/* ERR_SECOND_FACTOR_REQUIRED, with what the answer says of the step that waits. */
struct err visit_ask_second(struct visit *v, const struct login *in);

/* The log-in, or that refusal. */
[[nodiscard]] struct err visit_login(struct visit *v, struct text who, struct text password, bool remember,
                                     struct login *out);
