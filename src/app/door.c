/* door.c: see door.h. */
#include "app/door.h"
#include "base/buf.h"
#include "base/file.h"
#include "codec/ip.h"

#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

enum { CHUNK = 64 << 10 };

static int connect_local(const char *path) {
    struct sockaddr_un local = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    snprintf(local.sun_path, sizeof local.sun_path, "%s", path);
    if (connect(fd, (struct sockaddr *)&local, sizeof local) == 0)
        return fd;
    close(fd);
    return -1;
}

static int connect_port(struct text address, uint64_t port) {
    struct sockaddr_in remote = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    struct ip ip;
    if (!ip_parse(address, &ip) || !ip_is_v4(&ip))
        return -1;
    /* Who listens everywhere listens here. */
    remote.sin_addr.s_addr = htonl(ip_v4(&ip) ? ip_v4(&ip) : INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(fd, (struct sockaddr *)&remote, sizeof remote) == 0)
        return fd;
    close(fd);
    return -1;
}

static struct err open_door(struct arena *a, const char *door, int *out) {
    struct text rest = text_c(door), address;
    uint64_t port;
    bool is_port = text_cut(&rest, ':', &address) && text_to_u64(rest, &port);
    int fd = is_port ? connect_port(address, port) : connect_local(door);
    struct timeval wait = {.tv_sec = DOOR_SECONDS_MAX};
    if (fd < 0)
        return err_make(ERR_SOURCE_UNAVAILABLE, text_say_in(a, "nobody answers at %s", door));
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
    *out = fd;
    return ok;
}

static bool send_all(int fd, struct text bytes) {
    while (bytes.length) {
        ssize_t sent = send(fd, bytes.bytes, bytes.length, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes = text_from(bytes, (size_t)sent);
    }
    return true;
}

static bool receive_all(struct arena *a, int fd, struct text *out) {
    struct buf b;
    char *chunk = arena_alloc(a, CHUNK);
    ssize_t got;
    buf_init(&b, a, DOOR_ANSWER_BYTES_MAX);
    while ((got = recv(fd, chunk, CHUNK, 0)) > 0)
        buf_add(&b, chunk, (size_t)got);
    *out = buf_peek(&b);
    return got == 0 && !buf_is_over(&b);
}

static struct text print_in(struct arena *a, const struct door_request *r) {
    struct buf b;
    buf_init(&b, a, DOOR_ANSWER_BYTES_MAX);
    buf_format(&b, "%s %s HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\n", r->method,
               r->path);
    buf_text(&b, r->headers);
    if (r->body.bytes)
        buf_format(&b, "Content-Type: application/json\r\nContent-Length: %zu\r\n", r->body.length);
    buf_c(&b, "\r\n");
    buf_text(&b, r->body);
    return buf_peek(&b);
}

static bool parse(struct text bytes, struct door_answer *out) {
    size_t end = text_find(bytes, TEXT("\r\n\r\n"));
    uint64_t status;
    if (end == SIZE_MAX || !text_starts(bytes, TEXT("HTTP/1.")) ||
        !text_to_u64(text_part(bytes, 9, 3), &status))
        return false;
    *out =
        (struct door_answer){(int)status, text_part(bytes, 0, end + 2), text_from(bytes, end + 4)};
    return true;
}

struct err door_ask(struct arena *a, const char *door, const struct door_request *request,
                    struct door_answer *out) {
    struct text bytes = TEXT("");
    int fd;
    try(open_door(a, door, &fd));
    bool whole =
        send_all(fd, print_in(a, request)) && receive_all(a, fd, &bytes) && parse(bytes, out);
    close(fd);
    return whole ? ok
                 : err_make(ERR_SOURCE_FAILED, text_say_in(a, "%s %s gets no whole answer at %s",
                                                           request->method, request->path, door));
}

bool door_header(struct arena *a, struct text *rest, const char *name, struct text *out) {
    struct text line, key;
    while (text_cut(rest, '\n', &line)) {
        struct text value = text_trim(line);
        if (text_cut(&value, ':', &key) && text_equal_c(text_lower_in(a, key), name)) {
            *out = text_trim(value);
            return true;
        }
    }
    return false;
}
