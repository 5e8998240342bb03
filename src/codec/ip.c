/* ip.c: see ip.h. */
#include "codec/ip.h"
#include "base/buf.h"

#include <arpa/inet.h>
#include <string.h>

static const unsigned char v4_prefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

bool ip_is_v4(const struct ip *ip) {
    return memcmp(ip->bytes, v4_prefix, sizeof v4_prefix) == 0;
}

uint32_t ip_v4(const struct ip *ip) {
    const unsigned char *b = ip->bytes + 12;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

struct ip ip_from_v4(uint32_t address) {
    struct ip ip;
    memcpy(ip.bytes, v4_prefix, sizeof v4_prefix);
    for (int i = 0; i < 4; i++)
        ip.bytes[12 + i] = (unsigned char)(address >> (24 - 8 * i));
    return ip;
}

/* "8.8.8.8": four numbers of one to three digits without leading zeros, as inet_pton takes them (272 -> 110
 * instructions). */
static bool v4_parse(struct text t, uint32_t *out) {
    const char *at = t.bytes, *end = at + t.length;
    uint32_t address = 0;
    for (int part = 0; part < 4; part++) {
        if (part && (at == end || *at++ != '.'))
            return false;
        const char *start = at;
        uint32_t value = 0;
        while (at < end && at < start + 3 && *at >= '0' && *at <= '9')
            value = value * 10 + (uint32_t)(*at++ - '0');
        if (at == start || value > 255 || (*start == '0' && at > start + 1))
            return false;
        address = address << 8 | value;
    }
    *out = address;
    return at == end;
}

bool ip_parse(struct text t, struct ip *out) {
    char room[INET6_ADDRSTRLEN];
    uint32_t v4;
    if (t.length == 0 || t.length >= sizeof room || text_has_nul(t))
        return false;
    if (v4_parse(t, &v4)) {
        *out = ip_from_v4(v4);
        return true;
    }
    memcpy(room, t.bytes, t.length);
    room[t.length] = 0;
    return inet_pton(AF_INET6, room, out->bytes) == 1;
}

static char *octet_print(char *end, unsigned octet) {
    if (octet >= 100)
        *end++ = (char)('0' + octet / 100);
    if (octet >= 10) {
        memcpy(end, &digit_pairs[octet % 100 * 2], 2);
        return end + 2;
    }
    *end = (char)('0' + octet);
    return end + 1;
}

/* By hand: inet_ntop goes through printf, which is felt where an answer prints three addresses. */
struct text ip_print(char room[static IP_TEXT_BYTES], const struct ip *ip) {
    char *end = room;
    if (!ip_is_v4(ip)) {
        inet_ntop(AF_INET6, ip->bytes, room, IP_TEXT_BYTES);
        return text_c(room);
    }
    for (int i = 12; i < 16; i++) {
        if (i > 12)
            *end++ = '.';
        end = octet_print(end, ip->bytes[i]);
    }
    return text_of(room, (size_t)(end - room));
}

struct text ip_print_in(struct arena *a, const struct ip *ip) {
    char room[IP_TEXT_BYTES];
    return text_copy_in(a, ip_print(room, ip));
}

static bool v4_is_public(uint32_t address) {
    static const struct {
        uint32_t base;
        unsigned bits;
    } special[] = {
        {0x00000000, 8},  /* this network */
        {0x0A000000, 8},  /* private */
        {0x64400000, 10}, /* shared (CGNAT) */
        {0x7F000000, 8},  /* loopback */
        {0xA9FE0000, 16}, /* link-local */
        {0xAC100000, 12}, /* private */
        {0xC0000000, 24}, /* IETF protocol assignments */
        {0xC0000200, 24}, /* TEST-NET-1 */
        {0xC0586300, 24}, /* 6to4 relay anycast, deprecated */
        {0xC0A80000, 16}, /* private */
        {0xC6120000, 15}, /* benchmarking */
        {0xC6336400, 24}, /* TEST-NET-2 */
        {0xCB007100, 24}, /* TEST-NET-3 */
        {0xE0000000, 4},  /* multicast */
        {0xF0000000, 4},  /* reserved, broadcast */
    };
    for (size_t i = 0; i < sizeof special / sizeof *special; i++)
        if ((address ^ special[i].base) >> (32 - special[i].bits) == 0)
            return false;
    return true;
}

bool ip_is_public(const struct ip *ip) {
    static const unsigned char nat64[12] = {0x00, 0x64, 0xFF, 0x9B};
    const unsigned char *b = ip->bytes;
    if (ip_is_v4(ip) || memcmp(b, nat64, sizeof nat64) == 0)
        return v4_is_public(ip_v4(ip));
    if (b[0] == 0x20 && b[1] == 0x02) /* 6to4 carries an IPv4 address in bytes 2..5 */
        return v4_is_public((uint32_t)b[2] << 24 | (uint32_t)b[3] << 16 | (uint32_t)b[4] << 8 | b[5]);
    if ((b[0] & 0xE0) != 0x20) /* only 2000::/3 is global unicast */
        return false;
    bool ietf = b[0] == 0x20 && b[1] == 0x01 && b[2] < 0x02;                  /* 2001::/23, Teredo */
    bool documentation = b[0] == 0x20 && b[1] == 0x01 && b[2] == 0x0D && b[3] == 0xB8;
    bool documentation_new = b[0] == 0x3F && b[1] == 0xFF && (b[2] & 0xF0) == 0; /* 3fff::/20 */
    return !ietf && !documentation && !documentation_new;
}

bool ip_network_parse(struct text t, struct ip_network *out) {
    struct text rest = t, address, bits;
    struct ip_network found = {.bits = 128};
    uint64_t wanted;
    if (!text_cut(&rest, '/', &address) || !ip_parse(address, &found.base))
        return false;
    if (rest.bytes) {
        bits = rest;
        unsigned widest = ip_is_v4(&found.base) ? 32 : 128;
        if (!text_to_u64(bits, &wanted) || wanted > widest)
            return false;
        found.bits = (unsigned)wanted + 128 - widest;
    }
    for (unsigned i = found.bits; i < 128; i++)
        found.base.bytes[i / 8] &= (unsigned char)~(0x80u >> i % 8);
    *out = found;
    return true;
}

bool ip_network_has(const struct ip_network *network, const struct ip *ip) {
    unsigned whole = network->bits / 8, rest = network->bits % 8;
    if (memcmp(network->base.bytes, ip->bytes, whole) != 0)
        return false;
    return rest == 0 || (network->base.bytes[whole] ^ ip->bytes[whole]) >> (8 - rest) == 0;
}
