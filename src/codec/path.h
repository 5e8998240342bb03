/* path.h: whether a path means what it says.
 *
 * Contract   plain: no NUL, backslash, doubled slash or part ".." in it, neither as it is nor
 *            percent-encoded once or twice. Servers read such paths differently, which is what those who
 *            send them look for; no path of ours has one. For the answer to a path that leads nowhere, not
 *            to find the way by.
 */
#pragma once
#include "base/text.h"

bool path_is_plain(struct text path);
