/* supervisor.h: keeps a handful of programs alive, and leaves nothing behind.
 *
 * Contract   each program gets a process group of its own. When it dies, whatever is left of its group is
 *            killed and it is started again after a pause that grows from 0.1 s to 5 s, and begins anew
 *            once it has lived for 10 s. SIGINT, SIGTERM and SIGHUP end the supervisor: the programs are
 *            asked to end, after 10 s they are killed. If the supervisor itself is killed, the kernel
 *            tells each program to end.
 * Threads    none. Signals of the process are the supervisor's while it runs.
 */
#pragma once
#include <stdbool.h>

enum { SUPERVISED_MAX = 6 };

struct supervised {
    const char *name;
    const char *const *argv; /* argv[0] is the path of the program */
};

/* Asked again and again, without waiting, until it says that everything answers. */
typedef bool supervisor_ready(void *with);

/* Returns when it is told to end. */
void supervisor_run(const struct supervised *programs, unsigned count, supervisor_ready *ready, void *with);
