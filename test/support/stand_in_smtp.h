/* stand_in_smtp.h: a mail server on loopback for tests: a thread, one connection at a time, answers
 * as told. Its certificate is stand_in_tls's (local.example.com, 127.0.0.1). What it heard stands
 * in `clear` (before TLS) and `sealed` (behind it).
 */
#pragma once
#include "stand_in_tls.h"

enum smtp_temper {
    SMTP_KIND,          /* takes everything */
    SMTP_PLAIN,         /* offers no STARTTLS */
    SMTP_SILENT,        /* takes the connection and says nothing */
    SMTP_ENDLESS,       /* a banner without an end, in one line */
    SMTP_ENDLESS_LINES, /* the same in many lines */
    SMTP_CLOSING,       /* 554 at once */
};

struct stand_in_smtp {
    enum smtp_temper temper;
    const char *mail, *rcpt, *data, *end, *login; /* replies; NULL: the kind one */
    struct stand_in_tls tls;                      /* for its certificate */
    int socket;
    unsigned short port;
    char clear[4096], sealed[16384];
    pthread_t thread;
};

struct smtp_peer {
    struct stand_in_smtp *server;
    int fd;
    SSL *ssl;
    bool in_content, in_login;
};

static inline bool smtp_say(struct smtp_peer *p, const char *line) {
    char out[512];
    int length = snprintf(out, sizeof out, "%s\r\n", line);
    return (p->ssl ? SSL_write(p->ssl, out, length) : (int)write(p->fd, out, (size_t)length)) ==
           length;
}

static inline bool smtp_hear(struct smtp_peer *p, char *line, size_t room) {
    size_t at = 0;
    char *heard = p->ssl ? p->server->sealed : p->server->clear;
    size_t most = p->ssl ? sizeof p->server->sealed : sizeof p->server->clear;
    while (at + 1 < room) {
        if ((p->ssl ? SSL_read(p->ssl, line + at, 1) : (int)read(p->fd, line + at, 1)) != 1)
            return false;
        if (line[at++] == '\n')
            break;
    }
    line[at] = '\0';
    if (strlen(heard) + at < most)
        memcpy(heard + strlen(heard), line, at + 1);
    return true;
}

static inline bool smtp_start_tls(struct smtp_peer *p) {
    if (!smtp_say(p, "220 go on"))
        return false;
    SSL *ssl = SSL_new(p->server->tls.context);
    SSL_set_fd(ssl, p->fd);
    bool done = SSL_accept(ssl) == 1;
    if (done)
        p->ssl = ssl;
    else
        SSL_free(ssl);
    return done;
}

static inline bool smtp_reply(struct smtp_peer *p, const char *reply, const char *kind) {
    return smtp_say(p, reply ? reply : kind);
}

/* False at the end of the connection. */
static inline bool smtp_answer(struct smtp_peer *p, const char *line) {
    const struct stand_in_smtp *s = p->server;
    if (p->in_content) {
        p->in_content = strcmp(line, ".\r\n") != 0;
        return p->in_content || smtp_reply(p, s->end, "250 taken");
    }
    if (p->in_login) {
        p->in_login = false;
        return smtp_reply(p, s->login, "235 welcome");
    }
    if (strncmp(line, "EHLO", 4) == 0)
        return smtp_say(p, "250-stand-in") && smtp_say(p, "250-AUTH PLAIN") &&
               smtp_say(p, s->temper == SMTP_PLAIN || p->ssl ? "250 8BITMIME" : "250 STARTTLS");
    if (strncmp(line, "STARTTLS", 8) == 0)
        return smtp_start_tls(p);
    if (strncmp(line, "AUTH", 4) == 0) {
        p->in_login = true;
        return smtp_say(p, "334 ");
    }
    if (strncmp(line, "MAIL", 4) == 0)
        return smtp_reply(p, s->mail, "250 ok");
    if (strncmp(line, "RCPT", 4) == 0)
        return smtp_reply(p, s->rcpt, "250 ok");
    if (strncmp(line, "DATA", 4) == 0) {
        p->in_content = s->data == NULL;
        return smtp_reply(p, s->data, "354 go on");
    }
    return smtp_say(p, strncmp(line, "QUIT", 4) == 0 ? "221 bye" : "250 ok");
}

static inline void smtp_endless(struct smtp_peer *p) {
    static const char letters[] =
        "220-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n";
    size_t skip = p->server->temper == SMTP_ENDLESS ? 4 : 0;
    size_t length = sizeof letters - 1 - (skip ? 6 : 0);
    for (size_t sent = 0; sent < (1u << 30); sent += length)
        if (write(p->fd, letters + skip, length) < 0)
            return;
}

static inline void smtp_serve(struct smtp_peer *p) {
    char line[2048];
    switch (p->server->temper) {
    case SMTP_SILENT:
        (void)!read(p->fd, line, sizeof line); /* until the peer hangs up */
        return;
    case SMTP_ENDLESS:
    case SMTP_ENDLESS_LINES:
        smtp_endless(p);
        return;
    case SMTP_CLOSING:
        smtp_say(p, "554 not you");
        return;
    default:
        break;
    }
    bool goes_on = smtp_say(p, "220 stand-in");
    while (goes_on && smtp_hear(p, line, sizeof line))
        goes_on = smtp_answer(p, line);
}

static void *stand_in_smtp_run(void *context) {
    struct stand_in_smtp *s = context;
    int fd;
    while ((fd = accept(s->socket, NULL, NULL)) >= 0) {
        struct smtp_peer peer = {.server = s, .fd = fd};
        smtp_serve(&peer);
        SSL_free(peer.ssl);
        close(fd);
    }
    return NULL;
}

static inline void stand_in_smtp_open(struct stand_in_smtp *s) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    signal(SIGPIPE, SIG_IGN);
    stand_in_certificate(&s->tls);
    s->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(s->socket, (struct sockaddr *)&at, sizeof at) != 0 || listen(s->socket, 8) != 0)
        perror("bind");
    getsockname(s->socket, (struct sockaddr *)&at, &size);
    s->port = ntohs(at.sin_port);
    pthread_create(&s->thread, NULL, stand_in_smtp_run, s);
}

static inline void stand_in_smtp_close(struct stand_in_smtp *s) {
    shutdown(s->socket, SHUT_RDWR);
    pthread_join(s->thread, NULL);
    close(s->socket);
    X509_free(s->tls.certificate);
    SSL_CTX_free(s->tls.context);
}
