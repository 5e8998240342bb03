/* password.h: Argon2id, a few at a time.
 *
 * Contract   a hash costs 64 MiB and some tens of milliseconds (password_desk_cost sets more, or less for
 *            tests), so at most `slots` run together; `waiting` more may wait and the rest are refused at
 *            once with ERR_BUSY. The hash is a PHC string.
 * Threads    any.
 */
#pragma once
#include "base/err.h"
#include "base/text.h"

enum { PASSWORD_HASH_BYTES = 128 };

struct password_desk;

struct password_desk *password_desk_new(unsigned slots, unsigned waiting);
void password_desk_free(struct password_desk *desk);

/* What a hash costs from now on; before the desk is shared. Argon2id's floor is 8 KiB and one pass. */
void password_desk_cost(struct password_desk *desk, unsigned kibibytes, unsigned passes);

[[nodiscard]] struct err password_hash(struct password_desk *desk, struct text password,
                                       char hash_out[static PASSWORD_HASH_BYTES]);
/* `hash` ends in NUL; *fits_out says whether the password made it. */
[[nodiscard]] struct err password_check(struct password_desk *desk, const char *hash,
                                        struct text password, bool *fits_out);

/* Whether the hash was made at less than the desk's cost, so that it should be made anew. */
bool password_is_weak(const struct password_desk *desk, const char *hash);

/* A hash that no password fits, at the desk's cost: for names that nobody has. */
void password_dummy(const struct password_desk *desk, char hash_out[static PASSWORD_HASH_BYTES]);
