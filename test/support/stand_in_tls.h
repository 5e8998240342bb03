/* stand_in_tls.h: a TLS server on loopback for tests: a thread, a certificate of its own making for
 * local.example.com, one HTTP answer a connection. Its certificate is also its authority: write it with
 * stand_in_tls_write and name the file in fetch_settings.authorities.
 */
#pragma once
#include <arpa/inet.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct stand_in_tls {
    int socket;
    unsigned short port;
    bool is_plain;      /* HTTP without TLS */
    bool is_silent;     /* takes the connection and says nothing */
    const char *answer; /* the whole HTTP answer; may be NULL */
    SSL_CTX *context;
    X509 *certificate;
    pthread_t thread;
};

static inline void stand_in_certificate(struct stand_in_tls *s) {
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *x = X509_new();
    X509_NAME *name = X509_get_subject_name(x);
    X509_set_version(x, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x), 0x1234AB);
    X509_gmtime_adj(X509_getm_notBefore(x), -86400);
    X509_gmtime_adj(X509_getm_notAfter(x), 89 * 86400L);
    X509_NAME_add_entry_by_txt(name, "O", MBSTRING_UTF8, (const unsigned char *)"Stand-in", -1, -1, 0);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, (const unsigned char *)"local.example.com", -1, -1, 0);
    X509_set_issuer_name(x, name);
    X509_set_pubkey(x, key);
    X509_EXTENSION *names = X509V3_EXT_conf_nid(NULL, NULL, NID_subject_alt_name,
                                                "DNS:local.example.com,DNS:*.example.com,IP:127.0.0.1");
    X509_add_ext(x, names, -1);
    X509_EXTENSION_free(names);
    X509_sign(x, key, EVP_sha256());
    s->context = SSL_CTX_new(TLS_server_method());
    SSL_CTX_use_certificate(s->context, x);
    SSL_CTX_use_PrivateKey(s->context, key);
    s->certificate = x;
    EVP_PKEY_free(key);
}

static inline void stand_in_tls_write(const struct stand_in_tls *s, const char *path) {
    FILE *file = fopen(path, "w");
    if (!file || !PEM_write_X509(file, s->certificate))
        perror(path);
    if (file)
        fclose(file);
}

static inline void stand_in_tls_answer(struct stand_in_tls *s, int peer) {
    char asked[2048];
    SSL *ssl = s->is_plain ? NULL : SSL_new(s->context);
    if (s->is_silent) {
        (void)!read(peer, asked, sizeof asked);
        (void)!read(peer, asked, sizeof asked); /* until the peer hangs up */
    } else if (s->is_plain) {
        if (read(peer, asked, sizeof asked) > 0 && s->answer)
            (void)!write(peer, s->answer, strlen(s->answer));
    } else {
        SSL_set_fd(ssl, peer);
        if (SSL_accept(ssl) == 1 && SSL_read(ssl, asked, sizeof asked) > 0 && s->answer)
            SSL_write(ssl, s->answer, (int)strlen(s->answer));
        SSL_shutdown(ssl);
    }
    SSL_free(ssl);
    close(peer);
}

static void *stand_in_tls_run(void *context) {
    struct stand_in_tls *s = context;
    int peer;
    while ((peer = accept(s->socket, NULL, NULL)) >= 0)
        stand_in_tls_answer(s, peer);
    return NULL;
}

/* The flags and the answer are set before. */
static inline void stand_in_tls_open(struct stand_in_tls *s) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    signal(SIGPIPE, SIG_IGN);
    stand_in_certificate(s);
    s->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(s->socket, (struct sockaddr *)&at, sizeof at) != 0 || listen(s->socket, 8) != 0)
        perror("bind");
    getsockname(s->socket, (struct sockaddr *)&at, &size);
    s->port = ntohs(at.sin_port);
    pthread_create(&s->thread, NULL, stand_in_tls_run, s);
}

static inline void stand_in_tls_close(struct stand_in_tls *s) {
    shutdown(s->socket, SHUT_RDWR);
    pthread_join(s->thread, NULL);
    close(s->socket);
    X509_free(s->certificate);
    SSL_CTX_free(s->context);
}
