/* key_door.c: see key_door.h. One poll loop; a connection has one parcel on its way in, or one out.
 */
#include "app/key_door.h"
#include "base/clock.h"
#include "base/limits.h"
#include "base/must.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HEAD = 4, END_MS = 5000, ROOM = HEAD + KEY_PARCEL_BYTES_MAX };

struct guest {
    int fd;
    char *room;             /* ROOM bytes: the parcel that comes, then the one that goes */
    size_t got, left, sent; /* left: bytes to send; 0: it is being read */
};

struct hall {
    const struct key_door *door;
    struct key_desk *desk;
    struct err fault;
    struct arena arena;
    struct guest guests[KEY_DOOR_CONNECTIONS_MAX];
    unsigned count;
    uint64_t end_ms; /* 0: goes on */
};

static uint64_t now_ms(void) {
    return clock_monotonic_ns() / 1000000;
}

/* ---- guests ---- */

static void admit(struct hall *h, int fd) {
    char *room = malloc(ROOM);
    must(room != NULL && h->count < KEY_DOOR_CONNECTIONS_MAX);
    h->guests[h->count++] = (struct guest){.fd = fd, .room = room};
}

static void dismiss(struct hall *h, unsigned i) {
    secret_wipe(h->guests[i].room, ROOM);
    free(h->guests[i].room);
    close(h->guests[i].fd);
    h->guests[i] = h->guests[--h->count];
}

static bool may_ask(const struct key_door *door, int fd) {
    struct ucred who;
    socklen_t length = sizeof who;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &length) != 0)
        return false;
    for (unsigned i = 0; i < door->user_count; i++)
        if (door->users[i] == who.uid)
            return true;
    return false;
}

static void take_guest(struct hall *h) {
    int fd = accept4(h->door->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd < 0)
        return;
    if (h->count == KEY_DOOR_CONNECTIONS_MAX || !may_ask(h->door, fd))
        close(fd);
    else
        admit(h, fd);
}

/* ---- one parcel ---- */

static struct text answer_of(struct hall *h, struct text request) {
    struct text out, said = text_c(h->fault.say);
    if (!h->fault.kind)
        return key_desk_answer(h->desk, &h->arena, request, (int64_t)now_ms() + 1);
    must(key_answer_print_in(&h->arena, &(struct key_answer){KEY_FILE_FAULT, 1, &said}, &out));
    return out;
}

/* False where the connection is over. */
static bool send_rest(struct guest *g) {
    while (g->left) {
        ssize_t put = send(g->fd, g->room + g->sent, g->left, MSG_NOSIGNAL);
        if (put < 0)
            return errno == EAGAIN || errno == EINTR;
        g->sent += (size_t)put;
        g->left -= (size_t)put;
    }
    secret_wipe(g->room, g->sent);
    g->sent = g->got = 0;
    return true;
}

static bool answer(struct hall *h, struct guest *g) {
    struct text reply = answer_of(h, text_of(g->room + HEAD, g->got - HEAD));
    uint32_t length = (uint32_t)reply.length;
    size_t came = g->got;
    if (came > HEAD + reply.length)
        secret_wipe(g->room + HEAD + reply.length, came - HEAD - reply.length);
    memcpy(g->room, &length, sizeof length);
    memcpy(g->room + HEAD, reply.bytes, reply.length);
    g->left = HEAD + reply.length;
    arena_reset(&h->arena);
    return send_rest(g);
}

static bool read_more(struct hall *h, struct guest *g) {
    uint32_t length = 0;
    size_t wanted = HEAD;
    if (g->got >= HEAD) {
        memcpy(&length, g->room, sizeof length);
        wanted += length;
    }
    ssize_t came = recv(g->fd, g->room + g->got, wanted - g->got, 0);
    if (came <= 0)
        return came < 0 && (errno == EAGAIN || errno == EINTR);
    g->got += (size_t)came;
    if (g->got < wanted)
        return true;
    if (wanted > HEAD)
        return answer(h, g);
    memcpy(&length, g->room, sizeof length);
    return length > 0 && length <= KEY_PARCEL_BYTES_MAX;
}

/* ---- the loop ---- */

static unsigned watch(const struct hall *h, struct pollfd *list) {
    unsigned n = 0;
    list[n++] = (struct pollfd){.fd = h->door->signals, .events = POLLIN};
    list[n++] = (struct pollfd){.fd = h->end_ms ? -1 : h->door->listener, .events = POLLIN};
    for (unsigned i = 0; i < h->count; i++)
        list[n++] =
            (struct pollfd){.fd = h->guests[i].fd, .events = h->guests[i].left ? POLLOUT : POLLIN};
    return n;
}

static void turn(struct hall *h) {
    struct pollfd list[2 + KEY_DOOR_CONNECTIONS_MAX];
    unsigned n = watch(h, list);
    uint64_t now = now_ms();
    if (poll(list, n, h->end_ms ? (int)(h->end_ms > now ? h->end_ms - now : 0) : -1) <= 0)
        return;
    for (unsigned i = n - 2; i-- > 0;) { /* from the last: who leaves is replaced by the last */
        struct guest *g = &h->guests[i];
        if (list[i + 2].revents && !(g->left ? send_rest(g) : read_more(h, g)))
            dismiss(h, i);
    }
    if (list[1].revents)
        take_guest(h);
    if (list[0].revents && !h->end_ms)
        h->end_ms = now_ms() + END_MS;
}

void key_door_serve(const struct key_door *door, struct key_desk *desk, struct err fault) {
    struct hall h = {.door = door, .desk = desk, .fault = fault};
    arena_init(&h.arena, LIMIT_ARENA_BYTES);
    if (door->only >= 0)
        admit(&h, door->only);
    while ((h.count || door->listener >= 0) &&
           !(h.end_ms && (h.count == 0 || now_ms() >= h.end_ms)))
        turn(&h);
    while (h.count)
        dismiss(&h, h.count - 1);
    arena_done(&h.arena);
}
