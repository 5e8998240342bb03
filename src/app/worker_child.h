/* worker_child.h: one worker process: takes parcels from the socket, performs the calls, answers.
 *
 * Contract   POST / with an ask (gate/parcel.h) is answered 200 with an answer; 400 where it is no parcel,
 *            413 where it is too long, 405 for anything else. Each of WORKER_THREADS threads holds one
 *            connection at a time and closes it behind the answer, so a call never waits behind another
 *            while a thread or a process is idle: the queue is the kernel's, before accept, and its length
 *            is the listener's.
 *            A call that takes twice its limit ends the process, 70: nginx has long answered 504, and the
 *            thread cannot be got back.
 * Threads    the caller's becomes the one that waits for SIGTERM.
 */
#pragma once
#include "app/sandbox.h"
#include "connect/connectors.h"
#include "data/data.h"
#include "fetch/fetch.h"

enum { WORKER_THREADS = 8, WORKER_EXIT_OVERDUE = 70 };

struct worker_child {
    int listener;
    const struct data *data;
    struct connectors *connectors;
    struct fetch_settings fetch;
    struct sandbox_user user;
    pid_t parent;
};

/* Never returns. */
_Noreturn void worker_child_run(const struct worker_child *with);
