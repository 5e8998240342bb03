/* dns_message.h: reading a DNS answer (RFC 1035, 4; types of RFC 1035, 2782, 3596, 8659).
 *
 * Contract   any bytes may be given: a message that is cut, points in circles or lies about its lengths is
 *            false. Only the answer section is read; records of other types and classes are left out.
 *            Names are printed with dots, without the last one; odd bytes as \DDD (RFC 1035, 5.1).
 * Memory     everything is copied into the arena.
 */
#pragma once
#include "codec/ip.h"

enum dns_type {
    DNS_A = 1,
    DNS_NS = 2,
    DNS_CNAME = 5,
    DNS_SOA = 6,
    DNS_PTR = 12,
    DNS_MX = 15,
    DNS_TXT = 16,
    DNS_AAAA = 28,
    DNS_SRV = 33,
    DNS_CAA = 257,
};

struct dns_record {
    struct text host;
    enum dns_type type;
    uint32_t ttl_s;
    struct ip ip;        /* A AAAA */
    struct text target;  /* NS CNAME PTR MX SRV; SOA: the first server; TXT CAA: the text */
    struct text second;  /* SOA: the mailbox; CAA: the tag */
    uint32_t numbers[5]; /* MX: preference; SRV: priority weight port; CAA: flags;
                            SOA: serial refresh retry expire minimum */
};

struct dns_answer {
    struct dns_record *records;
    size_t count;
};

bool dns_answer_parse_in(struct arena *a, struct text message, struct dns_answer *out);

/* "mx" -> DNS_MX; false where the type is not one of those above. */
bool dns_type_parse(struct text name, enum dns_type *out);
const char *dns_type_name(enum dns_type type);

/* The name that holds the PTR record of an address: "4.3.2.1.in-addr.arpa". */
struct text dns_reverse_name_in(struct arena *a, const struct ip *ip);
