/* inside.h: what the doors of this room share; not for others. */
#pragma once
#include "codec/ip.h"
#include "fetch/fetch.h"

#include <openssl/types.h>

struct fetch {
    struct fetch_settings settings;
    SSL_CTX *tls;
    char *authorities; /* the PEM file's content, for curl */
    size_t authorities_length;
};

enum fetch_fault {
    FAULT_ADDRESS_PRIVATE,
    FAULT_URL_INVALID,
    FAULT_NAME_UNKNOWN,
    FAULT_NAME_WITHOUT_ADDRESS,
    FAULT_RESOLVER_UNREACHABLE,
    FAULT_RESOLVER_TIMEOUT,
    FAULT_RESOLVER_FAILED,
    FAULT_CONNECT,
    FAULT_CONNECT_TIMEOUT,
    FAULT_HANDSHAKE,
    FAULT_HTTP,
    FAULT_HTTP_STATUS,
    FAULT_HTTP_REDIRECTS,
    FAULT_HTTP_TOO_LARGE,
    FAULT_WHOIS,
    FAULT_WHOIS_UNKNOWN,
};

struct err fetch_fail(enum fetch_fault fault);

/* May this address be asked? */
bool fetch_may_ask(const struct fetch *f, const struct ip *ip);

enum { FETCH_ADDRESSES_MAX = 8 };

struct addresses {
    struct ip list[FETCH_ADDRESSES_MAX];
    size_t count; /* at least 1 after success */
};

/* The addresses of a name, or the address that it is; one that may not be asked refuses them all. */
[[nodiscard]] struct err fetch_addresses(struct fetch *f, struct arena *a, struct text host,
                                         uint64_t deadline_ns, struct addresses *out);

uint64_t fetch_deadline_ns(void); /* LIMIT_FETCH_MS from now, on clock_monotonic_ns */
int fetch_left_ms(uint64_t deadline_ns); /* 0 where it has passed */

bool fetch_wait_for(int socket, short events, uint64_t deadline_ns); /* of poll(2) */

/* A connected socket that does not block, to the first address that takes it; or -1 with the fault. */
int fetch_connect(const struct addresses *all, uint16_t port, uint64_t deadline_ns, struct ip *remote_out,
                  enum fetch_fault *fault_out);
