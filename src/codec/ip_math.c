/* ip_math.c: see ip_math.h. */
#include "codec/ip_math.h"
#include "base/must.h"

#include <string.h>

ip_number ip_to_number(const struct ip *ip) {
    ip_number n = 0;
    for (unsigned i = ip_is_v4(ip) ? 12 : 0; i < 16; i++)
        n = n << 8 | ip->bytes[i];
    return n;
}

struct ip ip_from_number(ip_number n, bool v4) {
    struct ip ip;
    if (v4)
        return ip_from_v4((uint32_t)n);
    for (int i = 15; i >= 0; i--, n >>= 8)
        ip.bytes[i] = (unsigned char)n;
    return ip;
}

struct text ip_number_print_in(struct arena *a, ip_number n, unsigned base) {
    char room[129], *at = room + sizeof room;
    do {
        *--at = "0123456789abcdef"[n % base];
        n /= base;
    } while (n);
    return text_copy_in(a, text_of(at, (size_t)(room + sizeof room - at)));
}

static int digit_of(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 99;
}

bool ip_number_parse(struct text t, ip_number *out) {
    unsigned base = 10;
    ip_number n = 0;
    if (text_starts(t, TEXT("0x")) || text_starts(t, TEXT("0X")))
        base = 16;
    else if (text_starts(t, TEXT("0b")) || text_starts(t, TEXT("0B")))
        base = 2;
    t = text_from(t, base == 10 ? 0 : 2);
    for (size_t i = 0; i < t.length; i++) {
        int digit = digit_of(t.bytes[i]);
        if (digit >= (int)base || __builtin_mul_overflow(n, (ip_number)base, &n) ||
            __builtin_add_overflow(n, (ip_number)(unsigned)digit, &n))
            return false;
    }
    *out = n;
    return t.length > 0;
}

static ip_number host_mask(unsigned host_bits) {
    return host_bits >= 128 ? ~(ip_number)0 : ((ip_number)1 << host_bits) - 1;
}

struct ip_block ip_block_of(const struct ip *base, unsigned bits) {
    bool v4 = ip_is_v4(base);
    ip_number mask = host_mask((v4 ? 32 : 128) - bits), n = ip_to_number(base);
    return (struct ip_block){ip_from_number(n & ~mask, v4), ip_from_number(n | mask, v4), bits};
}

/* 255.255.240.0 -> 20; false where the ones don't stand in one run. */
static bool mask_bits(const struct ip *mask, unsigned *out) {
    uint32_t host = ~ip_v4(mask);
    *out = host ? (unsigned)__builtin_clz(host) : 32;
    return (host & (host + 1)) == 0;
}

bool ip_block_parse(struct text t, struct ip_block *out) {
    struct text rest = t, address;
    struct ip base, mask;
    uint64_t bits;
    if (!text_cut(&rest, '/', &address) || !ip_parse(text_trim(address), &base))
        return false;
    unsigned widest = ip_is_v4(&base) ? 32 : 128, found = widest;
    if (address.length == t.length) {
        *out = ip_block_of(&base, widest);
        return true;
    }
    rest = text_trim(rest);
    if (text_to_u64(rest, &bits))
        found = bits <= widest ? (unsigned)bits : 129;
    else if (widest != 32 || !ip_parse(rest, &mask) || !ip_is_v4(&mask) || !mask_bits(&mask, &found))
        return false;
    if (found > widest)
        return false;
    *out = ip_block_of(&base, found);
    return true;
}

size_t ip_blocks_of_range(const struct ip *first, const struct ip *last, struct ip_block *out, size_t room) {
    bool v4 = ip_is_v4(first);
    unsigned widest = v4 ? 32 : 128;
    ip_number at = ip_to_number(first), end = ip_to_number(last);
    size_t count = 0;
    while (at <= end) {
        unsigned host = 0;
        while (host < widest && (at & host_mask(host + 1)) == 0 && (at | host_mask(host + 1)) <= end)
            host++;
        struct ip base = ip_from_number(at, v4);
        if (count < room)
            out[count] = ip_block_of(&base, widest - host);
        count++;
        ip_number top = at | host_mask(host);
        if (top == end)
            break; /* the next one may not exist */
        at = top + 1;
    }
    return count;
}

/* The first that fits: narrower networks stand before those that hold them. */
static const struct ip_kind kinds[] = {
    {"unspecified", "未指定地址", "unspecified", "0.0.0.0/32", "RFC 1122"},
    {"this_network", "本网络", "this network", "0.0.0.0/8", "RFC 791"},
    {"private", "私有（内网）地址", "private", "10.0.0.0/8", "RFC 1918"},
    {"shared", "运营商级 NAT 共享地址", "shared, for carrier-grade NAT", "100.64.0.0/10", "RFC 6598"},
    {"loopback", "回环地址", "loopback", "127.0.0.0/8", "RFC 1122"},
    {"link_local", "链路本地地址", "link-local", "169.254.0.0/16", "RFC 3927"},
    {"private", "私有（内网）地址", "private", "172.16.0.0/12", "RFC 1918"},
    {"documentation", "文档示例地址", "for documentation", "192.0.2.0/24", "RFC 5737"},
    {"protocol", "协议专用地址", "IETF protocol assignments", "192.0.0.0/24", "RFC 6890"},
    {"relay", "6to4 中继（已废弃）", "6to4 relay anycast, deprecated", "192.88.99.0/24", "RFC 7526"},
    {"private", "私有（内网）地址", "private", "192.168.0.0/16", "RFC 1918"},
    {"benchmark", "性能测试地址", "for benchmarks", "198.18.0.0/15", "RFC 2544"},
    {"documentation", "文档示例地址", "for documentation", "198.51.100.0/24", "RFC 5737"},
    {"documentation", "文档示例地址", "for documentation", "203.0.113.0/24", "RFC 5737"},
    {"multicast", "组播地址", "multicast", "224.0.0.0/4", "RFC 5771"},
    {"broadcast", "受限广播地址", "limited broadcast", "255.255.255.255/32", "RFC 919"},
    {"reserved", "保留地址", "reserved", "240.0.0.0/4", "RFC 1112"},
    {"unspecified", "未指定地址", "unspecified", "::/128", "RFC 4291"},
    {"loopback", "回环地址", "loopback", "::1/128", "RFC 4291"},
    {"translation", "IPv4/IPv6 转换地址", "IPv4-IPv6 translation", "64:ff9b::/96", "RFC 6052"},
    {"translation", "本地 IPv4/IPv6 转换地址", "local IPv4-IPv6 translation", "64:ff9b:1::/48", "RFC 8215"},
    {"discard", "丢弃专用地址", "discard-only", "100::/64", "RFC 6666"},
    {"teredo", "Teredo 隧道地址", "Teredo tunnel", "2001::/32", "RFC 4380"},
    {"benchmark", "性能测试地址", "for benchmarks", "2001:2::/48", "RFC 5180"},
    {"documentation", "文档示例地址", "for documentation", "2001:db8::/32", "RFC 3849"},
    {"protocol", "协议专用地址", "IETF protocol assignments", "2001::/23", "RFC 2928"},
    {"6to4", "6to4 隧道地址", "6to4 tunnel", "2002::/16", "RFC 3056"},
    {"documentation", "文档示例地址", "for documentation", "3fff::/20", "RFC 9637"},
    {"private", "唯一本地（内网）地址", "unique local", "fc00::/7", "RFC 4193"},
    {"link_local", "链路本地地址", "link-local", "fe80::/10", "RFC 4291"},
    {"multicast", "组播地址", "multicast", "ff00::/8", "RFC 4291"},
    {"public", "全球单播（公网）地址", "global unicast", "2000::/3", "RFC 4291"},
};
static const struct ip_kind public_v4 = {"public", "公网地址", "public", "", "RFC 791"};
static const struct ip_kind reserved_v6 = {"reserved", "保留地址", "reserved", "", "RFC 4291"};

const struct ip_kind *ip_kind_of(const struct ip *ip) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct ip_network network;
        must(ip_network_parse(text_c(kinds[i].network), &network));
        if (ip_is_v4(&network.base) == ip_is_v4(ip) && ip_network_has(&network, ip))
            return &kinds[i];
    }
    return ip_is_v4(ip) ? &public_v4 : &reserved_v6;
}
