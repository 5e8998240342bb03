/* ip_convert.c: the forms in which one address is written. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/ip_math.h"

enum { ASKED_IP };

static struct text expanded_in(struct arena *a, const struct ip *ip) {
    struct buf b;
    buf_init(&b, a, 64);
    for (int i = 0; i < 16; i += 2)
        buf_format(&b, "%s%02x%02x", i ? ":" : "", ip->bytes[i], ip->bytes[i + 1]);
    return buf_peek(&b);
}

static struct text reverse_in(struct arena *a, const struct ip *ip) {
    struct buf b;
    buf_init(&b, a, 96);
    for (int i = 15; i >= (ip_is_v4(ip) ? 12 : 0); i--) {
        if (ip_is_v4(ip))
            buf_format(&b, "%u.", ip->bytes[i]);
        else
            buf_format(&b, "%x.%x.", ip->bytes[i] & 15, ip->bytes[i] >> 4);
    }
    buf_c(&b, ip_is_v4(ip) ? "in-addr.arpa" : "ip6.arpa");
    return buf_peek(&b);
}

/* An address, or the number of one: up to 2^32 - 1 it is IPv4. */
static bool read_address(struct text t, struct ip *out) {
    ip_number n;
    if (ip_parse(t, out))
        return true;
    if (!ip_number_parse(t, &n))
        return false;
    *out = ip_from_number(n, n >> 32 == 0);
    return true;
}

static struct err ip_convert(struct call *c) {
    struct ip ip;
    if (!read_address(text_trim(ask_text(c, ASKED_IP)), &ip))
        return call_invalid(c, ASKED_IP, "请传 IPv4、IPv6，或十进制、0x 十六进制、0b 二进制的整数",
                            "send an IPv4 or IPv6 address, or its number: decimal, 0x… or 0b…");
    ip_number n = ip_to_number(&ip);
    bool v4 = ip_is_v4(&ip);
    struct text hex = ip_number_print_in(c->arena, n, 16);
    reply_object(c, NULL);
    reply_text(c, "ip", ip_print_in(c->arena, &ip));
    reply_int(c, "version", v4 ? 4 : 6);
    reply_text(c, "decimal", ip_number_print_in(c->arena, n, 10));
    reply_text(c, "hex", text_format_in(c->arena, "0x%.*s", TEXT_ARG(hex)));
    reply_text(c, "binary", ip_number_print_in(c->arena, n, 2));
    reply_text(c, "octal", ip_number_print_in(c->arena, n, 8));
    reply_text(c, "ipv6", v4 ? text_format_in(c->arena, "::ffff:%.*s", TEXT_ARG(ip_print_in(c->arena, &ip)))
                             : ip_print_in(c->arena, &ip));
    reply_text(c, "expanded", expanded_in(c->arena, &ip));
    reply_text(c, "arpa", reverse_in(c->arena, &ip));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_ip_convert = {
    .path = "/api/ip/convert",
    .subject = "network",
    .title = {"IP 进制转换", "Forms of an address"},
    .says = {"把 IPv4、IPv6 地址与十进制、十六进制、二进制、八进制整数互相转换，并给出 IPv6 完整写法和反向解析域名。"
             "不大于 4294967295 的整数当作 IPv4。",
             "Turns an address into its decimal, hexadecimal, binary and octal number and back, with the full IPv6 form and "
             "the name for reverse DNS. A number up to 4294967295 is taken for IPv4."},
    .run = ip_convert,
    .asks = ASKS({"ip", ASK_TEXT, REQUIRED, {"地址，或整数（0x、0b 开头为十六、二进制）",
                                             "The address, or its number (0x… and 0b… too)"}, 1, 140, .aliases = "value|number"}),
    .gives = GIVES({"ip", GIVE_TEXT, {"标准写法", "The usual form"}}, {"version", GIVE_INT, {"4 或 6", "4 or 6"}},
                   {"decimal", GIVE_TEXT, {"十进制", "Decimal"}}, {"hex", GIVE_TEXT, {"十六进制", "Hexadecimal"}},
                   {"binary", GIVE_TEXT, {"二进制", "Binary"}}, {"octal", GIVE_TEXT, {"八进制", "Octal"}},
                   {"ipv6", GIVE_TEXT, {"IPv6 写法（IPv4 为映射地址）", "As IPv6 (an IPv4 one as a mapped address)"}},
                   {"expanded", GIVE_TEXT, {"IPv6 完整写法", "IPv6 in full"}},
                   {"arpa", GIVE_TEXT, {"反向解析域名", "Name for reverse DNS"}}),
    .shows = SHOWS({"ip=192.168.1.1",
                    "{\"ip\":\"192.168.1.1\",\"version\":4,\"decimal\":\"3232235777\",\"hex\":\"0xc0a8010"
                    "1\",\"binary\":\"11000000101010000000000100000001\",\"octal\":\"30052000401\",\"ipv6"
                    "\":\"::ffff:192.168.1.1\",\"expanded\":\"0000:0000:0000:0000:0000:ffff:c0a8:0101\",\""
                    "arpa\":\"1.1.168.192.in-addr.arpa\"}", SHOW_EXACT}, {"ip=0x20010db8000000000000000000000001",
                    "{\"ip\":\"2001:db8::1\",\"version\":6,\"decimal\":\"42540766411282592856903984951653"
                    "826561\",\"hex\":\"0x20010db8000000000000000000000001\",\"binary\":\"100000000000010"
                    "000110110111000000000000000000000000000000000000000000000000000000000000000000000000"
                    "000000000000000000000000001\",\"octal\":\"400020667000000000000000000000000000000001"
                    "\",\"ipv6\":\"2001:db8::1\",\"expanded\":\"2001:0db8:0000:0000:0000:0000:0000:0001\""
                    ",\"arpa\":\"1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"
                    "\"}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "RFC 791, RFC 4291, RFC 5952, RFC 3596",
};
