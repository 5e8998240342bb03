/* asker.c: see asker.h. */
#include "app/asker.h"
#include "base/clock.h"
#include "base/must.h"
#include "codec/ip.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CHUNK = 16 << 10 };

struct flight {
    int fd; /* -1: none */
    unsigned tag;
    uint64_t until_ns;
    struct text left; /* to be sent */
    size_t head_length;
    char head[ASKER_HEAD_BYTES];
};

struct asker {
    struct flight flights[ASKER_AT_ONCE];
};

struct asker *asker_new(void) {
    struct asker *k = calloc(1, sizeof *k);
    must(k != NULL);
    for (size_t i = 0; i < COUNT(k->flights); i++)
        k->flights[i].fd = -1;
    return k;
}

void asker_free(struct asker *k) {
    for (size_t i = 0; k && i < COUNT(k->flights); i++)
        if (k->flights[i].fd >= 0)
            close(k->flights[i].fd);
    free(k);
}

/* -1: nobody is there. */
static int begin_connection(const char *door) {
    struct sockaddr_in remote = {.sin_family = AF_INET};
    struct text rest = text_c(door), address;
    uint64_t port;
    struct ip ip;
    if (!text_cut(&rest, ':', &address) || !text_to_u64(rest, &port) || !ip_parse(address, &ip) ||
        !ip_is_v4(&ip))
        return -1;
    remote.sin_port = htons((uint16_t)port);
    /* Who listens everywhere listens here. */
    remote.sin_addr.s_addr = htonl(ip_v4(&ip) ? ip_v4(&ip) : INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd >= 0 &&
        (connect(fd, (struct sockaddr *)&remote, sizeof remote) == 0 || errno == EINPROGRESS))
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

bool asker_begin(struct asker *k, const char *door, struct text bytes, unsigned tag) {
    for (size_t i = 0; i < COUNT(k->flights); i++) {
        struct flight *f = &k->flights[i];
        if (f->fd >= 0 || f->until_ns)
            continue;
        f->fd = begin_connection(door);
        f->tag = tag;
        f->until_ns = clock_monotonic_ns() + ASKER_TIME_MS * UINT64_C(1000000);
        f->left = bytes;
        f->head_length = 0;
        return true;
    }
    return false;
}

bool asker_busy(const struct asker *k) {
    for (size_t i = 0; i < COUNT(k->flights); i++)
        if (k->flights[i].until_ns)
            return true;
    return false;
}

static int status_of(const struct flight *f) {
    struct text head = text_of(f->head, f->head_length);
    uint64_t status;
    return text_starts(head, TEXT("HTTP/1.")) && text_to_u64(text_part(head, 9, 3), &status)
               ? (int)status
               : 0;
}

static void end(struct flight *f, bool is_whole, asker_done *done, void *with) {
    if (f->fd >= 0)
        close(f->fd);
    f->fd = -1;
    f->until_ns = 0;
    done(with, f->tag, is_whole ? status_of(f) : 0, text_of(f->head, f->head_length));
}

/* False: it broke. */
static bool send_some(struct flight *f) {
    ssize_t sent = send(f->fd, f->left.bytes, f->left.length, MSG_NOSIGNAL);
    if (sent >= 0)
        f->left = text_from(f->left, (size_t)sent);
    return sent >= 0 || errno == EAGAIN || errno == EINTR;
}

/* 1: the answer is whole; 0: more will come; -1: it broke. */
static int receive_some(struct flight *f) {
    char chunk[CHUNK];
    for (;;) {
        ssize_t got = recv(f->fd, chunk, sizeof chunk, 0);
        if (got == 0)
            return f->left.length == 0 ? 1 : -1;
        if (got < 0)
            return errno == EAGAIN || errno == EINTR ? 0 : -1;
        size_t room = sizeof f->head - f->head_length,
               kept = (size_t)got < room ? (size_t)got : room;
        memcpy(f->head + f->head_length, chunk, kept);
        f->head_length += kept;
    }
}

static void look_at(struct flight *f, short events, asker_done *done, void *with) {
    int came = 0;
    if (f->left.length && (events & POLLOUT) && !send_some(f))
        came = -1;
    if (came == 0 && (events & (POLLIN | POLLHUP | POLLERR)))
        came = receive_some(f);
    if (came)
        end(f, came > 0, done, with);
}

void asker_wait(struct asker *k, int wait_ms, asker_done *done, void *with) {
    struct pollfd list[ASKER_AT_ONCE];
    struct flight *of[ASKER_AT_ONCE];
    unsigned count = 0;
    for (size_t i = 0; i < COUNT(k->flights); i++) {
        struct flight *f = &k->flights[i];
        if (f->fd < 0)
            continue;
        of[count] = f;
        list[count++] =
            (struct pollfd){.fd = f->fd, .events = f->left.length ? POLLIN | POLLOUT : POLLIN};
    }
    poll(list, count, wait_ms);
    for (unsigned i = 0; i < count; i++)
        look_at(of[i], list[i].revents, done, with);
    uint64_t now_ns = clock_monotonic_ns();
    for (size_t i = 0; i < COUNT(k->flights); i++) {
        struct flight *f = &k->flights[i];
        if (f->until_ns && (f->fd < 0 || now_ns >= f->until_ns))
            end(f, false, done, with);
    }
}
