/* connect.c: one TCP connection to addresses that were checked, on a deadline. */
#include "base/clock.h"
#include "fetch/inside.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

bool fetch_wait_for(int socket, short events, uint64_t deadline_ns) {
    struct pollfd polled = {socket, events, 0};
    int left_ms;
    while ((left_ms = fetch_left_ms(deadline_ns)) > 0) {
        int ready = poll(&polled, 1, left_ms);
        if (ready > 0)
            return true;
        if (ready < 0 && errno != EINTR)
            return false;
    }
    return false;
}

static socklen_t socket_address(const struct ip *ip, uint16_t port, struct sockaddr_storage *out) {
    *out = (struct sockaddr_storage){0};
    if (ip_is_v4(ip)) {
        struct sockaddr_in *v4 = (struct sockaddr_in *)out;
        v4->sin_family = AF_INET;
        v4->sin_port = htons(port);
        v4->sin_addr.s_addr = htonl(ip_v4(ip));
        return sizeof *v4;
    }
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)out;
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(port);
    for (size_t i = 0; i < sizeof ip->bytes; i++)
        v6->sin6_addr.s6_addr[i] = ip->bytes[i];
    return sizeof *v6;
}

/* A connected socket, or -1 with the fault. */
static int connect_one(const struct ip *ip, uint16_t port, uint64_t deadline_ns,
                       enum fetch_fault *fault_out) {
    struct sockaddr_storage address;
    socklen_t length = socket_address(ip, port, &address);
    int s = socket(address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    *fault_out = FAULT_CONNECT;
    if (s < 0)
        return -1;
    int fault = connect(s, (struct sockaddr *)&address, length) == 0 ? 0 : errno;
    if (fault == EINPROGRESS) {
        socklen_t size = sizeof fault;
        if (!fetch_wait_for(s, POLLOUT, deadline_ns))
            fault = ETIMEDOUT;
        else if (getsockopt(s, SOL_SOCKET, SO_ERROR, &fault, &size) != 0)
            fault = errno;
    }
    if (fault == 0)
        return s;
    if (fault == ETIMEDOUT)
        *fault_out = FAULT_CONNECT_TIMEOUT;
    close(s);
    return -1;
}

/* One after the other, each with its share of the time that is left. */
int fetch_connect(const struct addresses *all, uint16_t port, uint64_t deadline_ns, struct ip *remote_out,
                  enum fetch_fault *fault_out) {
    *fault_out = FAULT_CONNECT;
    for (size_t i = 0; i < all->count; i++) {
        uint64_t now_ns = clock_monotonic_ns();
        uint64_t left_ns = deadline_ns > now_ns ? deadline_ns - now_ns : 0;
        int s = connect_one(&all->list[i], port, now_ns + left_ns / (all->count - i), fault_out);
        if (s < 0)
            continue;
        *remote_out = all->list[i];
        return s;
    }
    return -1;
}
