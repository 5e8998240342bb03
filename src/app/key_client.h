/* key_client.h: how a program reaches the key process: a key ring over a socket.
 *
 * The process that listens at the home's socket is taken; where nobody listens (a command without a
 * running service), one is started as a child on a socket pair and ends with us: the same program,
 * the same parcels.
 *
 * Contract   a question is answered within KEY_CLIENT_MS or it is ERR_KEY_SERVICE_UNAVAILABLE;
 * while the process is started anew, it is tried again within that time. After a failure the next
 *            questions fail at once for KEY_CLIENT_REST_MS, so that nobody queues up behind a dead
 * process. What is too much for its purpose is waited for by jobs and commands, not by requests.
 * Persons' keys are kept for KEY_CLIENT_KEEP_MS at most, in locked memory, and then wiped: whoever
 * holds a client calls key_client_sweep once a second. Threads    any; one question at a time.
 */
#pragma once
#include "crypt/key_ring.h"

enum { KEY_CLIENT_MS = 2000, KEY_CLIENT_REST_MS = 500, KEY_CLIENT_KEEP_MS = 60000 };

struct key_client_options {
    const char *socket;       /* where it may listen */
    const char *program;      /* what is started where nobody does; NULL: it is waited for */
    bool makes_master;        /* a new home: the child makes the master key */
    uint64_t (*now_ms)(void); /* a clock that only goes forward; NULL: the system's */
};

struct key_client;

/* *ring_out holds the lent keys; ERR_CONFIG with the mend where the key process found a fault. */
[[nodiscard]] struct err key_client_open(struct arena *a, const struct key_client_options *options,
                                         struct key_client **out, struct key_ring *ring_out);
void key_client_close(struct key_client *c); /* accepts NULL */
void key_client_sweep(struct key_client *c);
bool key_client_has_own(const struct key_client *c); /* the process is our child */
