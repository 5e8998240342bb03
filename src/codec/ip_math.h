/* ip_math.h: arithmetic on addresses and networks of both families, and what an address is for.
 *
 * Source     RFC 4632 (CIDR), RFC 4291 (IPv6); kinds: IANA IPv4 and IPv6 Special-Purpose Address Registries,
 *            read 2026-11.
 */
#pragma once
#include "codec/ip.h"

typedef unsigned __int128 ip_number;

ip_number ip_to_number(const struct ip *ip);   /* IPv4 as its 32 bits */
struct ip ip_from_number(ip_number n, bool v4);
struct text ip_number_print_in(struct arena *a, ip_number n, unsigned base); /* 2, 8, 10 or 16 */
bool ip_number_parse(struct text t, ip_number *out); /* decimal, 0x… or 0b…; false past 2^128 - 1 */

struct ip_block {
    struct ip first, last;
    unsigned bits; /* 0..32 or 0..128, of its own family */
};

/* The network `base` of `bits` bits of its own family. */
struct ip_block ip_block_of(const struct ip *base, unsigned bits);

/* "10.0.0.0/8", "10.0.0.0/255.0.0.0", or one address. */
bool ip_block_parse(struct text t, struct ip_block *out);

/* The fewest networks that make up first..last, of one family; at most `room`. Returns how many there are. */
size_t ip_blocks_of_range(const struct ip *first, const struct ip *last, struct ip_block *out, size_t room);

/* What an address is for. */
struct ip_kind {
    const char *name;      /* "private" */
    const char *zh, *en;
    const char *network;   /* "10.0.0.0/8"; "" for public ones */
    const char *source;    /* "RFC 1918" */
};
const struct ip_kind *ip_kind_of(const struct ip *ip);
