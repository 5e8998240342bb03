/* ip_asn.c: the autonomous system that announces an address. */
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"
#include "data/address_range.h"

enum { ASKED_IP };

static struct err ip_asn(struct call *c) {
    const struct ip ip = ask_has(c, ASKED_IP) ? c->asked[ASKED_IP].ip : c->peer;
    struct address_range range;
    uint64_t number = 0;
    if (!address_range_find(data_pack(c->data, DATA_IP_ASN), &ip, &range))
        return call_nothing(c, "没有自治系统宣告这个地址（内网或未分配的地址没有）",
                            "no autonomous system announces this address (private and unassigned ones have none)");
    if (!text_to_u64(pack_field(range.value, 0), &number))
        return err_make(ERR_INTERNAL, "the data set has a number that is none");
    reply_object(c, NULL);
    reply_text(c, "ip", ip_print_in(c->arena, &ip));
    reply_int(c, "asn", (int64_t)number);
    reply_text(c, "organization", pack_field(range.value, 1));
    reply_text(c, "beginip", ip_print_in(c->arena, &range.first));
    reply_text(c, "endip", ip_print_in(c->arena, &range.last));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_ip_asn = {
    .path = "/api/ip/asn",
    .subject = "network",
    .title = {"IP 自治系统查询", "Autonomous system of an address"},
    .says = {"查询 IPv4 或 IPv6 地址由哪个自治系统（AS）宣告：AS 号、机构和地址段。不传 ip 时查询调用方自己的地址。",
             "Which autonomous system announces an IPv4 or IPv6 address: its number, organisation and the range. "
             "Without ip, of the caller's own address."},
    .run = ip_asn,
    .asks = ASKS({"ip", ASK_IP, OPTIONAL, {"IP 地址，默认调用方地址", "The address; the caller's own by default"}}),
    .gives = GIVES({"ip", GIVE_TEXT, {"IP 地址", "The address"}}, {"asn", GIVE_INT, {"自治系统号", "Number of the system"}},
                   {"organization", GIVE_TEXT, {"机构名称", "Its organisation"}},
                   {"beginip", GIVE_TEXT, {"地址段起始", "First address of the range"}},
                   {"endip", GIVE_TEXT, {"地址段结束", "Last address of the range"}}),
    .shows = SHOWS({"ip=1.1.1.1",
                    "{\"ip\":\"1.1.1.1\",\"asn\":13335,\"organization\":\"Cloudflare, Inc.\",\"beginip\":"
                    "\"1.1.1.0\",\"endip\":\"1.1.1.255\"}", SHOW_EXACT}, {"ip=2400:3200::1",
                    "{\"ip\":\"2400:3200::1\",\"asn\":37963,\"organization\":\"Hangzhou Alibaba Advertisi"
                    "ng Co.,Ltd.\",\"beginip\":\"2400:3200::\",\"endip\":\"2400:3200:ffff:ffff:ffff:ffff:"
                    "ffff:ffff\"}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_IP_ASN),
    .many = 1 + ASKED_IP,
};
