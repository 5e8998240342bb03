/* tls.h: the certificate that a host shows.
 *
 * Contract   connects to the settings' TLS port (443) with SNI, shakes hands and hangs up; nothing is sent
 *            over the connection. A certificate that is expired, self-signed or for another name is reported
 *            like any other, and `verifies` says whether a browser would take it.
 * Memory     in the arena.
 * Threads    any.
 */
#pragma once
#include "codec/ip.h"
#include "fetch/fetch.h"

enum { TLS_NAMES_MAX = 200 };

struct tls_certificate {
    struct text common_name;         /* of the subject; may be empty */
    struct text issuer_organization; /* "Let's Encrypt"; may be empty */
    struct text issuer_name;         /* "R11" */
    struct text subject, issuer;     /* whole, RFC 2253 */
    struct text serial_number;       /* hex, capitals */
    struct text fingerprint_sha256;  /* hex, small letters */
    struct text signature;           /* "ecdsa-with-SHA256" */
    struct text key;                 /* "EC", "RSA" */
    unsigned key_bits;
    struct text names[TLS_NAMES_MAX]; /* DNS names and addresses it is for */
    size_t name_count;
    int64_t starts_ms, ends_ms;
    bool verifies;
    struct text verify_says; /* "ok", "certificate has expired" … OpenSSL's words */
    struct text protocol, cipher;
    unsigned chain_length;
    struct ip remote;
};

[[nodiscard]] struct err tls_look_in(struct fetch *f, struct arena *a, struct text host,
                                     struct tls_certificate *out);
