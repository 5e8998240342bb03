/* tls.h: the certificate that a host shows.
 *
 * Contract   connects to the settings' TLS port (443) with SNI, shakes hands and hangs up; nothing is sent
 *            over the connection. A certificate that is expired, self-signed or for another name is reported
 *            like any other, and `verifies` says whether a browser would take it.
 * Memory     in the arena.
 * Threads    any.
 */
#pragma once
#include "codec/certificate.h"
#include "codec/ip.h"
#include "fetch/fetch.h"

struct tls_certificate {
    struct certificate shown;
    bool verifies;
    struct text verify_says; /* "ok", "certificate has expired" … OpenSSL's words */
    struct text protocol, cipher;
    unsigned chain_length;
    struct ip remote;
};

[[nodiscard]] struct err tls_look_in(struct fetch *f, struct arena *a, struct text host,
                                     struct tls_certificate *out);
