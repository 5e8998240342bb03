/* ip_type.c: what an address is for. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/ip_math.h"

enum { ASKED_IP };

static struct err ip_type(struct call *c) {
    const struct ip *ip = &c->asked[ASKED_IP].ip;
    const struct ip_kind *kind = ip_kind_of(ip);
    reply_object(c, NULL);
    reply_text(c, "ip", ip_print_in(c->arena, ip));
    reply_int(c, "version", ip_is_v4(ip) ? 4 : 6);
    reply_c(c, "type", kind->name);
    reply_c(c, "name", c->language == LANGUAGE_ZH ? kind->zh : kind->en);
    reply_bool(c, "is_public", ip_is_public(ip));
    reply_c(c, "network", kind->network);
    reply_c(c, "source", kind->source);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_ip_type = {
    .path = "/api/ip/type",
    .subject = "network",
    .title = {"IP 类型判断", "What an address is for"},
    .says = {"判断 IPv4 或 IPv6 地址是公网、私有、回环、链路本地、运营商级 NAT、组播、文档示例还是保留地址，并给出所依据的标准。",
             "Says whether an IPv4 or IPv6 address is public, private, loopback, link-local, shared, multicast, for "
             "documentation or reserved, and by which standard."},
    .run = ip_type,
    .asks = ASKS({"ip", ASK_IP, REQUIRED, {"IP 地址", "The address"}}),
    .gives = GIVES({"ip", GIVE_TEXT, {"IP 地址", "The address"}}, {"version", GIVE_INT, {"4 或 6", "4 or 6"}},
                   {"type", GIVE_TEXT, {"类型代码，如 private", "Kind, such as private"}},
                   {"name", GIVE_TEXT, {"类型名称", "Name of the kind"}},
                   {"is_public", GIVE_BOOL, {"能否在公网上路由", "Is it routed on the internet"}},
                   {"network", GIVE_TEXT, {"所属的特殊地址段，公网 IPv4 为空", "The special network it is in; empty for public IPv4"}},
                   {"source", GIVE_TEXT, {"依据", "The standard"}}),
    .shows = SHOWS({"ip=100.64.1.1",
                    "{\"ip\":\"100.64.1.1\",\"version\":4,\"type\":\"shared\",\"name\":\"运营商级 NAT 共享地址\","
                    "\"is_public\":false,\"network\":\"100.64.0.0/10\",\"source\":\"RFC 6598\"}", SHOW_EXACT}, {"ip=fe80::1",
                    "{\"ip\":\"fe80::1\",\"version\":6,\"type\":\"link_local\",\"name\":\"链路本地地址\",\"is_p"
                    "ublic\":false,\"network\":\"fe80::/10\",\"source\":\"RFC 4291\"}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "IANA IPv4 and IPv6 Special-Purpose Address Registries, 2026-11",
    .many = 1 + ASKED_IP,
};
