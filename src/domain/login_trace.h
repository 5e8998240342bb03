/* login_trace.h: failed log-ins on their way into the network log, without a sign whether a name is known.
 *
 * Contract   a failure puts one row aside in its own transaction, the same for a name that nobody has. The
 *            job moves those of a person's name into the network log, sealed under the person's key, with
 *            their own time, and throws the others away. LOGIN_TRACES_MAX wait at most: a flood past it is
 *            counted (login_work.h) and not logged one by one.
 */
#pragma once
#include "domain/domain.h"

enum { LOGIN_TRACES_MAX = 20000 };

[[nodiscard]] struct err login_trace_note(struct domain *d, const struct digest *name);
[[nodiscard]] struct err login_trace_move(struct domain *d); /* the job: all that wait, in batches */
