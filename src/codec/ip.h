/* ip.h: IP addresses and networks as 16 bytes; IPv4 is held as ::ffff:a.b.c.d.
 *
 * Source     what is public: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890 and its
 *            updates), read 2026-11.
 */
#pragma once
#include "base/text.h"

struct ip {
    unsigned char bytes[16];
};

struct ip_network {
    struct ip base;
    unsigned bits; /* 0..128, counted over the 16 bytes */
};

bool ip_parse(struct text t, struct ip *out); /* dotted IPv4 without leading zeros, or IPv6 without zone */
bool ip_is_v4(const struct ip *ip);
uint32_t ip_v4(const struct ip *ip); /* host order; only where ip_is_v4 */
struct ip ip_from_v4(uint32_t address);
enum { IP_TEXT_BYTES = 46 }; /* INET6_ADDRSTRLEN */
struct text ip_print(char room[static IP_TEXT_BYTES], const struct ip *ip);
struct text ip_print_in(struct arena *a, const struct ip *ip);

/* False for private, loopback, link-local, shared, documentation, multicast, reserved, unspecified,
 * and for IPv6 forms that carry such an IPv4 address. */
bool ip_is_public(const struct ip *ip);

bool ip_network_parse(struct text t, struct ip_network *out); /* "10.0.0.0/8", or one address */
bool ip_network_has(const struct ip_network *network, const struct ip *ip);
