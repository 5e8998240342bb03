/* smtp.h: one mail to the operator's own mail server.
 *
 * Contract   nothing is said in clear but EHLO and STARTTLS: a server that offers no STARTTLS, or
 * whose certificate does not fit its name, gets neither the password nor an address. Addresses with
 * a blank, a bracket or a control character and contents with a bare CR, LF or a NUL never reach
 *            the wire (REFUSED, "malformed"). A reply is read up to SMTP_REPLY_BYTES_MAX in all,
 * within the time limit. 4xx is LATER, 5xx to the recipient or the content is REFUSED; whatever
 * hits every mail alike (no connection, no TLS, log-in or sender refused) is STOPPED. Trust the
 * server's address is the operator's setting and may be private, unlike a caller's URL. Threads
 * any; each mail has a connection of its own. Sources    RFC 5321, RFC 3207 (STARTTLS), RFC 8314
 * (implicit TLS).
 */
#pragma once
#include "base/carried.h"
#include "fetch/fetch.h"

enum { SMTP_TIME_MS = 60000, SMTP_CONNECT_MS = 15000, SMTP_REPLY_BYTES_MAX = 256 << 10 };

struct smtp_server {
    const char *host; /* name or address */
    uint16_t port;
    bool is_tls_at_once; /* TLS from the first byte (port 465); else STARTTLS */
    const char *user;    /* NULL: no log-in */
    const char *password;
    const char *hello; /* who we say that we are */
    unsigned time_ms;  /* 0: SMTP_TIME_MS */
    const _Atomic bool
        *is_ending; /* true: broken off unless the content is on its way; may be NULL */
};

struct smtp_mail {
    struct text from, to; /* addresses alone: "a@b.cn" */
    struct text content;  /* head and body, each line ended by CR LF */
};

/* The authorities are those of `f`. */
struct carried smtp_send(struct fetch *f, struct arena *a, const struct smtp_server *server,
                         const struct smtp_mail *mail);
