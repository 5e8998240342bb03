/* key_side.h: the key process for a measurement: its desk and its door in a child, its client here,
 * so that every key that is asked for costs what it costs in a service. */
#pragma once
#include "app/key_client.h"
#include "app/key_door.h"
#include "base/must.h"

#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

struct key_side {
    char socket[80];
    pid_t pid;
    struct key_client *client;
    struct key_ring ring;
};

static inline void key_side_serve(const char *folder, int listener) {
    struct secret master = {{7}};
    struct random chance = random_system();
    struct key_desk desk = {.vault = {.folder = folder}, .chance = &chance};
    struct key_door door = {
        .listener = listener, .only = -1, .signals = -1, .users = {geteuid()}, .user_count = 1};
    keys_derive(&master, &desk.vault.keys);
    key_door_serve(&door, &desk, ok);
}

static inline void key_side_open(struct key_side *k, struct arena *a, const char *folder) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(k->socket, sizeof k->socket, "%s/keyd.sock", folder);
    snprintf(address.sun_path, sizeof address.sun_path, "%s", k->socket);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    must(bind(fd, (struct sockaddr *)&address, sizeof address) == 0 && listen(fd, 8) == 0);
    k->pid = fork();
    if (k->pid == 0) {
        key_side_serve(folder, fd);
        _exit(0);
    }
    close(fd);
    must(
        !key_client_open(a, &(struct key_client_options){.socket = k->socket}, &k->client, &k->ring)
             .kind);
}

static inline void key_side_close(struct key_side *k) {
    key_client_close(k->client);
    kill(k->pid, SIGKILL);
    waitpid(k->pid, NULL, 0);
    unlink(k->socket);
}
