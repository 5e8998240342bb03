/* supervisor.h: keeps a handful of programs alive, and leaves nothing behind.
 *
 * Contract   each program gets a process group of its own. When it dies, whatever is left of its group is
 *            killed and it is started again after a pause that grows from 0.1 s to 5 s, and begins anew
 *            once it has lived for 10 s. SIGINT and SIGTERM end the supervisor: the programs are
 *            asked to end, after 10 s they are killed. SIGHUP asks `reload`; where it says yes, each program
 *            gets its own signal for it: one that ends by it is started again at once. A SIGHUP because the
 *            terminal is gone ends the supervisor. If the supervisor itself is killed, the kernel
 *            tells each program to end.
 * Threads    none. Signals of the process are the supervisor's while it runs.
 */
#pragma once
#include <stdbool.h>

enum { SUPERVISED_MAX = 6, SUPERVISED_LISTENER = 3 };

struct supervised {
    const char *name;
    const char *const *argv; /* argv[0] is the path of the program */
    int reload_signal;       /* at a reload; 0: it goes on as it is */
    int listener;            /* a socket that it gets as SUPERVISED_LISTENER; 0: none */
    const char *socket;      /* removed before each start, where it left it behind; NULL: none */
};

/* Asked again and again, without waiting, until it says that everything answers. */
typedef bool supervisor_ready(void *with);

/* Makes the new configuration; false: it is wrong (`reload` has said why), all goes on as it is. */
typedef bool supervisor_reload(void *with);

struct supervisor_asks {
    supervisor_ready *ready;
    supervisor_reload *reload;
    void *with;
};

/* Returns when it is told to end. */
void supervisor_run(const struct supervised *programs, unsigned count, const struct supervisor_asks *asks);
