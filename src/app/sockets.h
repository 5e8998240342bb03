/* sockets.h: whom this process is connected to, as the kernel says.
 *
 * Contract   TCP connections, open or being opened, whose other end is not this machine. Listening sockets
 *            and local ones are none.
 * Source     proc(5): /proc/self/net/tcp and tcp6, whose addresses are words of the machine's own order.
 */
#pragma once
#include "base/err.h"
#include "codec/ip.h"

struct remote {
    struct ip ip;
    unsigned port;
};

/* At most `room` of them. */
[[nodiscard]] struct err sockets_outward(struct arena *a, struct remote *out, unsigned room,
                                         unsigned *count_out);

/* A line of /proc/self/net/tcp or tcp6: its other end, state and inode; false where it is none. */
struct socket_line {
    struct remote remote;
    unsigned state;
    uint64_t inode;
};
bool socket_line_parse(struct text line, struct socket_line *out);
