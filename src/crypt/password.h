/* password.h: Argon2id, a few at a time.
 *
 * Contract   a hash costs 64 MiB and some tens of milliseconds, so at most `slots` run together; `waiting`
 *            more may wait and the rest are refused at once with ERR_BUSY. The hash is a PHC string.
 * Threads    any.
 */
#pragma once
#include "base/err.h"
#include "base/text.h"

enum { PASSWORD_HASH_BYTES = 128 };

struct password_desk;

struct password_desk *password_desk_new(unsigned slots, unsigned waiting);
void password_desk_free(struct password_desk *desk);

[[nodiscard]] struct err password_hash(struct password_desk *desk, struct text password,
                                       char hash_out[static PASSWORD_HASH_BYTES]);
/* `hash` ends in NUL; *fits_out says whether the password made it. */
[[nodiscard]] struct err password_check(struct password_desk *desk, const char *hash,
                                        struct text password, bool *fits_out);

/* A hash that no password fits, with the same cost: for names that nobody has. */
const char *password_dummy(void);
