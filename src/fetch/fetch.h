/* fetch.h: the door to the outside world: names, certificates, pages.
 *
 * Contract   one struct fetch a process, opened before the sandbox closes (it reads the resolver's and the
 *            authorities' files). Every door checks each address with ip_is_public before it connects and
 *            connects to exactly the address that it checked, so a name that changes its address between
 *            (DNS rebinding) reaches nothing private. Each call of a door takes LIMIT_FETCH_MS at most,
 *            all its steps together.
 * Errors     ERR_PARAMETER_INVALID (an address that may not be asked), ERR_NO_RESULT (no such name),
 *            ERR_SOURCE_UNAVAILABLE (no resolver), ERR_SOURCE_TIMEOUT, ERR_SOURCE_FAILED. `say` is one of
 *            the sentences of fetch.c and has a twin in Chinese.
 * Threads    a struct fetch is not changed after fetch_open: any number of threads.
 * Not here   doors: dns.h, tls.h, http.h, whois.h. Only this room includes ares.h and curl.h.
 */
#pragma once
#include "base/err.h"
#include "base/text.h"

struct fetch;

struct fetch_settings {
    const char *resolver;   /* "9.9.9.9", "127.0.0.1:5353"; NULL: what /etc/resolv.conf says */
    const char *authorities; /* PEM file of certificate authorities; NULL: Debian's */
    uint16_t tls_port;      /* 0: 443 */
    uint16_t whois_port;    /* 0: 43 */
    const char *whois_root; /* NULL: whois.iana.org */
    bool allow_private;     /* tests only: the stand-ins live on loopback */
};

/* The settings' texts must outlive the fetch. */
[[nodiscard]] struct err fetch_open(const struct fetch_settings *settings, struct fetch **out);
void fetch_close(struct fetch *f);

/* The Chinese twin of the sentence of a door's error. */
const char *fetch_say_zh(struct err e);
