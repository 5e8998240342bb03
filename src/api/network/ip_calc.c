/* ip_calc.c: a network: its first and last address, mask, size, parts; and whether it holds an address. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/ip_math.h"

enum { ASKED_NETWORK, ASKED_CONTAINS, ASKED_SPLIT };
enum { PARTS_MAX = 256 };

static void reply_mask(struct call *c, const struct ip_block *b) {
    bool v4 = ip_is_v4(&b->first);
    uint32_t mask = v4 && b->bits ? UINT32_MAX << (32 - b->bits) : 0;
    struct ip net = ip_from_v4(mask), wild = ip_from_v4(~mask);
    reply_text(c, "netmask", v4 ? ip_print_in(c->arena, &net) : TEXT(""));
    reply_text(c, "wildcard", v4 ? ip_print_in(c->arena, &wild) : TEXT(""));
}

/* IPv4 keeps the first and the last of a network for itself, but where it has only two (RFC 3021) or one. */
static void reply_hosts(struct call *c, const struct ip_block *b) {
    bool v4 = ip_is_v4(&b->first);
    unsigned host = (v4 ? 32 : 128) - b->bits;
    bool keeps_two = v4 && host > 1;
    ip_number first = ip_to_number(&b->first), last = ip_to_number(&b->last), span = last - first;
    struct ip low = ip_from_number(first + keeps_two, v4), high = ip_from_number(last - keeps_two, v4);
    reply_text(c, "first_host", ip_print_in(c->arena, &low));
    reply_text(c, "last_host", ip_print_in(c->arena, &high));
    reply_text(c, "hosts", span == ~(ip_number)0 ? TEXT("340282366920938463463374607431768211456")
                                                : ip_number_print_in(c->arena, span + 1 - 2u * keeps_two,
                                                                     10));
}

static void reply_parts(struct call *c, const struct ip_block *b, unsigned bits) {
    bool v4 = ip_is_v4(&b->first);
    ip_number step = bits ? (ip_number)1 << ((v4 ? 32 : 128) - bits) : 0;
    reply_list(c, "subnets");
    for (unsigned i = 0; bits && i < 1u << (bits - b->bits); i++) {
        struct ip base = ip_from_number(ip_to_number(&b->first) + i * step, v4);
        reply_text(c, NULL, text_format_in(c->arena, "%.*s/%u", TEXT_ARG(ip_print_in(c->arena, &base)), bits));
    }
    reply_end_list(c);
}

static struct err check(struct call *c, const struct ip_block *b) {
    unsigned widest = ip_is_v4(&b->first) ? 32 : 128, bits = (unsigned)ask_int(c, ASKED_SPLIT);
    if (ask_has(c, ASKED_SPLIT) && (bits < b->bits || bits > widest || bits - b->bits > 8 || bits == 0))
        return call_invalid(c, ASKED_SPLIT, "split 要不小于原前缀长度，最多多 8 位（256 个子网）",
                            "split must be no shorter than the network's own prefix and at most 8 bits longer (256 parts)");
    return ok;
}

static struct err ip_calc(struct call *c) {
    struct ip_block b;
    if (!ip_block_parse(ask_text(c, ASKED_NETWORK), &b))
        return call_invalid(c, ASKED_NETWORK, "网络无效：请传如 192.168.1.0/24、10.0.0.0/255.0.0.0 或 2001:db8::/32",
                            "not a network: send one such as 192.168.1.0/24, 10.0.0.0/255.0.0.0 or 2001:db8::/32");
    try(check(c, &b));
    reply_object(c, NULL);
    reply_text(c, "cidr", text_format_in(c->arena, "%.*s/%u", TEXT_ARG(ip_print_in(c->arena, &b.first)), b.bits));
    reply_int(c, "version", ip_is_v4(&b.first) ? 4 : 6);
    reply_int(c, "prefix", b.bits);
    reply_mask(c, &b);
    reply_text(c, "first", ip_print_in(c->arena, &b.first));
    reply_text(c, "last", ip_print_in(c->arena, &b.last));
    reply_hosts(c, &b);
    if (ask_has(c, ASKED_CONTAINS)) {
        unsigned wide = ip_is_v4(&b.first) ? 96 : 0;
        struct ip_network network = {b.first, b.bits + wide};
        const struct ip *ip = &c->asked[ASKED_CONTAINS].ip;
        reply_bool(c, "contains", ip_is_v4(ip) == ip_is_v4(&b.first) && ip_network_has(&network, ip));
    } else {
        reply_null(c, "contains");
    }
    reply_parts(c, &b, ask_has(c, ASKED_SPLIT) ? (unsigned)ask_int(c, ASKED_SPLIT) : 0);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_ip_calc = {
    .path = "/api/ip/calc",
    .subject = "network",
    .title = {"子网计算", "Subnet calculator"},
    .says = {"计算 IPv4 或 IPv6 网络的掩码、首末地址、可用主机数；可判断是否包含某个地址，也可再划分子网。",
             "Mask, first and last address and number of hosts of an IPv4 or IPv6 network; says whether it holds an address "
             "and splits it into smaller ones."},
    .run = ip_calc,
    .asks = ASKS({"network", ASK_TEXT, REQUIRED, {"网络：地址/前缀长度或地址/掩码", "The network: address/prefix or address/mask"},
                  1, 100, .aliases = "cidr|ip"},
                 {"contains", ASK_IP, OPTIONAL, {"判断这个地址是否在网络内", "Is this address in the network"}},
                 {"split", ASK_INT, OPTIONAL, {"划分成这个前缀长度的子网，最多 256 个",
                                               "Split into networks of this prefix, 256 at most"}, 1, 128}),
    .gives = GIVES({"cidr", GIVE_TEXT, {"规范写法", "In its usual form"}}, {"version", GIVE_INT, {"4 或 6", "4 or 6"}},
                   {"prefix", GIVE_INT, {"前缀长度", "Length of the prefix"}},
                   {"netmask", GIVE_TEXT, {"子网掩码，IPv6 为空", "Mask; empty for IPv6"}},
                   {"wildcard", GIVE_TEXT, {"反掩码，IPv6 为空", "Inverse mask; empty for IPv6"}},
                   {"first", GIVE_TEXT, {"首地址（网络地址）", "First address"}},
                   {"last", GIVE_TEXT, {"末地址（IPv4 广播地址）", "Last address (broadcast for IPv4)"}},
                   {"first_host", GIVE_TEXT, {"第一个可用地址", "First address for a host"}},
                   {"last_host", GIVE_TEXT, {"最后一个可用地址", "Last address for a host"}},
                   {"hosts", GIVE_TEXT, {"可用地址数，十进制文本", "Number of addresses for hosts, decimal text"}},
                   {"contains", GIVE_BOOL, {"是否包含该地址；没问为 null", "Does it hold the address; null if not asked"}},
                   {"subnets", GIVE_LIST, {"子网列表；没问为空", "The parts; empty if not asked"}}),
    .shows = SHOWS({"network=192.168.1.77/24&contains=192.168.1.200&split=26",
                    "{\"cidr\":\"192.168.1.0/24\",\"version\":4,\"prefix\":24,\"netmask\":\"255.255.255.0"
                    "\",\"wildcard\":\"0.0.0.255\",\"first\":\"192.168.1.0\",\"last\":\"192.168.1.255\",\""
                    "first_host\":\"192.168.1.1\",\"last_host\":\"192.168.1.254\",\"hosts\":\"254\",\"con"
                    "tains\":true,\"subnets\":[\"192.168.1.0/26\",\"192.168.1.64/26\",\"192.168.1.128/26\""
                    ",\"192.168.1.192/26\"]}", SHOW_EXACT},
                   {"network=2001:db8::/48",
                    "{\"cidr\":\"2001:db8::/48\",\"version\":6,\"prefix\":48,\"netmask\":\"\",\"wildcard\""
                    ":\"\",\"first\":\"2001:db8::\",\"last\":\"2001:db8:0:ffff:ffff:ffff:ffff:ffff\",\"fi"
                    "rst_host\":\"2001:db8::\",\"last_host\":\"2001:db8:0:ffff:ffff:ffff:ffff:ffff\",\"ho"
                    "sts\":\"1208925819614629174706176\",\"contains\":null,\"subnets\":[]}", SHOW_EXACT}, {"network=10.0.0.0/255.255.255.254",
                    "{\"cidr\":\"10.0.0.0/31\",\"version\":4,\"prefix\":31,\"netmask\":\"255.255.255.254\""
                    ",\"wildcard\":\"0.0.0.1\",\"first\":\"10.0.0.0\",\"last\":\"10.0.0.1\",\"first_host\""
                    ":\"10.0.0.0\",\"last_host\":\"10.0.0.1\",\"hosts\":\"2\",\"contains\":null,\"subnets"
                    "\":[]}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "RFC 4632, RFC 4291, RFC 3021",
};
