/* tls.c: resolve, check, connect, shake hands, read, hang up; all on one deadline. */
#include "fetch/tls.h"
#include "base/clock.h"
#include "base/must.h"
#include "fetch/inside.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HTTPS_PORT = 443 };

/* ---- the connection ---- */

static struct err shake_hands(SSL *ssl, int socket, uint64_t deadline_ns) {
    for (;;) {
        int done = SSL_connect(ssl);
        if (done == 1)
            return ok;
        int why = SSL_get_error(ssl, done);
        ERR_clear_error();
        if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE)
            return fetch_fail(FAULT_HANDSHAKE);
        if (!fetch_wait_for(socket, why == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT, deadline_ns))
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
    int s = fetch_connect(&all, port, deadline_ns, &out->remote, &fault);
    if (s < 0)
        return fetch_fail(fault);
    struct err e = look(f, a, s, host, deadline_ns, out);
    close(s);
    return e;
}
