/* key_door.h: the key process's side of its sockets.
 *
 * Contract   takes connections of the users that are named and of nobody else (SO_PEERCRED);
 * answers one parcel after the other; a parcel that is longer than any can be ends its connection.
 * Nobody can hold it up: it never waits for one connection. Told to end (a signal on `signals`), it
 * goes on until its connections are closed, five seconds at most, so that whoever ends with it can
 *            still ask. What passed through is wiped.
 * Threads    one.
 */
#pragma once
#include "keyd/desk.h"

#include <sys/types.h>

enum { KEY_DOOR_CONNECTIONS_MAX = 64, KEY_DOOR_USERS_MAX = 4 };

struct key_door {
    int listener; /* -1: none, there is the one connection alone, and it ends with that */
    int only;     /* -1: none */
    int signals;  /* a signalfd; -1: none */
    uid_t users[KEY_DOOR_USERS_MAX];
    unsigned user_count;
};

/* `fault`: what every question is answered with instead, where the keys could not be opened. */
void key_door_serve(const struct key_door *door, struct key_desk *desk, struct err fault);
