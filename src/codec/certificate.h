/* certificate.h: what an X.509 certificate says, read by OpenSSL.
 *
 * Contract   reads, verifies nothing. Names are UTF-8, at most 512 bytes of each; more than
 *            CERTIFICATE_NAMES_MAX
 *            names are left out.
 * Memory     in the arena.
 * Threads    any.
 */
#pragma once
#include "base/text.h"

#include <openssl/x509.h>

enum { CERTIFICATE_NAMES_MAX = 200 };

struct certificate {
    struct text common_name;         /* of the subject; may be empty */
    struct text issuer_organization; /* "Let's Encrypt"; may be empty */
    struct text issuer_name;         /* "R11" */
    struct text subject, issuer;     /* whole, RFC 2253 */
    struct text serial_number;       /* hex, capitals */
    struct text fingerprint_sha256;  /* hex, small letters */
    struct text signature;           /* "ecdsa-with-SHA256" */
    struct text key;                 /* "EC", "RSA" */
    unsigned key_bits;
    struct text names[CERTIFICATE_NAMES_MAX]; /* DNS names and addresses it is for */
    size_t name_count;
    int64_t starts_ms, ends_ms;
};

void certificate_read_in(struct arena *a, X509 *x, struct certificate *out);
