/* tls.c: resolve, check, connect, shake hands, read, hang up; all on one deadline. */
#include "fetch/tls.h"
#include "base/clock.h"
#include "base/must.h"
#include "fetch/inside.h"

#include <errno.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { HTTPS_PORT = 443 };

/* ---- the connection ---- */

static bool wait_for(int socket, short events, uint64_t deadline_ns) {
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
        if (!wait_for(s, POLLOUT, deadline_ns))
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
static int connect_any(const struct addresses *all, uint16_t port, uint64_t deadline_ns,
                       struct ip *remote_out, enum fetch_fault *fault_out) {
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

static struct err shake_hands(SSL *ssl, int socket, uint64_t deadline_ns) {
    for (;;) {
        int done = SSL_connect(ssl);
        if (done == 1)
            return ok;
        int why = SSL_get_error(ssl, done);
        ERR_clear_error();
        if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE)
            return fetch_fail(FAULT_HANDSHAKE);
        if (!wait_for(socket, why == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT, deadline_ns))
            return fetch_fail(FAULT_CONNECT_TIMEOUT);
    }
}

/* ---- the certificate ---- */

static struct text printed(struct arena *a, const char *c_string) {
    return text_copy_in(a, text_c(c_string));
}

static struct err read_peer(struct arena *a, SSL *ssl, struct tls_certificate *out) {
    X509 *x = SSL_get0_peer_certificate(ssl);
    if (!x)
        return fetch_fail(FAULT_HANDSHAKE);
    certificate_read_in(a, x, &out->shown);
    long verdict = SSL_get_verify_result(ssl);
    out->verifies = verdict == X509_V_OK;
    out->verify_says = printed(a, X509_verify_cert_error_string(verdict));
    out->protocol = printed(a, SSL_get_version(ssl));
    out->cipher = printed(a, SSL_get_cipher_name(ssl));
    int chain = sk_X509_num(SSL_get_peer_cert_chain(ssl));
    out->chain_length = chain > 0 ? (unsigned)chain : 0;
    return ok;
}

static struct err look(struct fetch *f, struct arena *a, int socket, struct text host, uint64_t deadline_ns,
                       struct tls_certificate *out) {
    SSL *ssl = SSL_new(f->tls);
    const char *name = text_c_in(a, host);
    struct ip literal;
    must(ssl != NULL);
    SSL_set_fd(ssl, socket);
    if (ip_parse(host, &literal)) {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), name);
    } else {
        SSL_set_tlsext_host_name(ssl, name);
        SSL_set1_host(ssl, name);
    }
    struct err e = shake_hands(ssl, socket, deadline_ns);
    if (!e.kind)
        e = read_peer(a, ssl, out);
    SSL_free(ssl);
    ERR_clear_error();
    return e;
}

struct err tls_look_in(struct fetch *f, struct arena *a, struct text host, struct tls_certificate *out) {
    uint64_t deadline_ns = fetch_deadline_ns();
    uint16_t port = f->settings.tls_port ? f->settings.tls_port : HTTPS_PORT;
    struct addresses all;
    enum fetch_fault fault;
    *out = (struct tls_certificate){.verifies = false};
    try(fetch_addresses(f, a, host, deadline_ns, &all));
    int s = connect_any(&all, port, deadline_ns, &out->remote, &fault);
    if (s < 0)
        return fetch_fail(fault);
    struct err e = look(f, a, s, host, deadline_ns, out);
    close(s);
    return e;
}
