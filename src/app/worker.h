/* worker.h: the parent of the worker processes.
 *
 * Contract   binds DIR/state/worker.sock (0660), forks the children onto it, starts a dead one again after
 *            a pause that grows from 0.1 s to 5 s, and starts over with 0.1 s once one has lived 10 s.
 *            Ends on SIGTERM or SIGINT: the children finish their calls, the socket is removed. A second
 *            worker in the same home is refused by the lock DIR/state/worker.lock, which stays: removing a
 *            lock file that another is about to lock would let in two.
 *            Started as root, the children become the settings' user and the socket is theirs; the parent,
 *            which reads nothing from anybody, stays root to remove the socket.
 * Threads    none in the parent.
 */
#pragma once
#include "base/err.h"
#include "base/text.h"

enum { WORKER_PROCESSES = 2, WORKER_PROCESSES_MAX = 64 };

struct worker_settings {
    const char *home, *data_folder;
    const char *user;     /* where we are root */
    const char *resolver; /* NULL: /etc/resolv.conf */
    unsigned processes;
};

/* Returns at the end of the worker's life. */
[[nodiscard]] struct err worker_run(struct arena *a, const struct worker_settings *settings);
