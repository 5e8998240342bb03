/* sandbox.h: what a process that reads hostile bytes gives up, for good.
 *
 * Contract   in this order: sandbox_drop_root, then whatever must be opened, then sandbox_enter, then
 *            threads. Afterwards the process can compute, read a few public files, ask the internet and
 *            answer on the sockets that it holds. It cannot write or make a file, start a program, look at
 *            another process, connect to a local socket or turn memory into code. There is no way back.
 * Errors     ERR_CONFIG with a sentence that says what the system refused.
 */
#pragma once
#include "base/err.h"
#include "base/text.h"

#include <sys/types.h>

struct sandbox_user {
    uid_t user;
    gid_t group;
    bool is_set; /* false: we are not root and stay who we are */
};

/* Looks the name up where we are root. */
[[nodiscard]] struct err sandbox_find_user(struct arena *a, const char *name, struct sandbox_user *out);
[[nodiscard]] struct err sandbox_drop_root(const struct sandbox_user *who);
[[nodiscard]] struct err sandbox_enter(void);

/* For the key process, which reads and writes the files of its working folder and answers on the sockets that
 * it holds: it makes no socket of any kind, sees no other file, and its memory is in no core and no swap. */
[[nodiscard]] struct err sandbox_enter_keys(void);
