/* whois.c: connect, one line, read until the end; three times at most. */
#include "fetch/whois.h"
#include "codec/whois_reply.h"
#include "fetch/inside.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#define ROOT_SERVER "whois.iana.org"

enum { WHOIS_PORT = 43 };

static bool send_line(int s, struct text line, uint64_t deadline_ns) {
    while (line.length) {
        ssize_t sent = fetch_wait_for(s, POLLOUT, deadline_ns) ? send(s, line.bytes, line.length,
                                                                      MSG_NOSIGNAL) : -1;
        if (sent <= 0)
            return false;
        line = text_from(line, (size_t)sent);
    }
    return true;
}

/* False where nothing came in time. */
static bool read_all(int s, struct arena *a, uint64_t deadline_ns, struct text *out) {
    char *room = arena_alloc(a, WHOIS_BYTES_MAX);
    size_t length = 0;
    ssize_t got = 1;
    while (length < WHOIS_BYTES_MAX && got > 0) {
        if (!fetch_wait_for(s, POLLIN, deadline_ns))
            return false;
        got = recv(s, room + length, WHOIS_BYTES_MAX - length, 0);
        length += got > 0 ? (size_t)got : 0;
    }
    *out = text_of(room, length);
    return length > 0;
}

static struct err ask(struct fetch *f, struct arena *a, struct text server, struct text line,
                      struct text *out) {
    uint64_t deadline_ns = fetch_deadline_ns();
    struct addresses all;
    enum fetch_fault fault;
    struct ip remote;
    try(fetch_addresses(f, a, server, deadline_ns, &all));
    int s = fetch_connect(&all, f->settings.whois_port ? f->settings.whois_port : WHOIS_PORT,
                          deadline_ns, &remote, &fault);
    if (s < 0)
        return fetch_fail(fault);
    bool is_read = send_line(s, line, deadline_ns) && read_all(s, a, deadline_ns, out);
    close(s);
    return is_read ? ok : fetch_fail(fetch_left_ms(deadline_ns) ? FAULT_WHOIS : FAULT_CONNECT_TIMEOUT);
}

static struct text line_in(struct arena *a, struct text question) {
    return text_format_in(a, "%.*s\r\n", TEXT_ARG(question));
}

struct err whois_ask_in(struct fetch *f, struct arena *a, struct text domain, struct whois_answer *out) {
    struct text root = text_c(f->settings.whois_root ? f->settings.whois_root : ROOT_SERVER), said,
            registrar, top = domain;
    size_t dot;
    *out = (struct whois_answer){.registrar = TEXT("")};
    while ((dot = text_find_char(top, '.')) != SIZE_MAX)
        top = text_from(top, dot + 1);
    try(ask(f, a, root, line_in(a, top), &said));
    if (!whois_server_in(a, said, &out->server))
        return fetch_fail(FAULT_WHOIS_UNKNOWN);
    try(ask(f, a, out->server, line_in(a, domain), &out->registry));
    if (whois_registrar_server_in(a, out->registry, &registrar) && !text_equal(registrar, out->server) &&
        ask(f, a, registrar, line_in(a, domain), &out->registrar).kind)
        out->registrar = TEXT("");
    return ok;
}
