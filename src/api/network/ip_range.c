/* ip_range.c: the fewest networks that make up a range of addresses. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/ip_math.h"

enum { ASKED_START, ASKED_END };
enum { BLOCKS_MAX = 256 };

static struct err ip_range(struct call *c) {
    const struct ip *first = &c->asked[ASKED_START].ip, *last = &c->asked[ASKED_END].ip;
    if (ip_is_v4(first) != ip_is_v4(last) || ip_to_number(first) > ip_to_number(last))
        return call_invalid(c, ASKED_END, "end 要与 start 同为 IPv4 或 IPv6，且不小于 start",
                            "end must be of start's family and not before it");
    struct ip_block *blocks = arena_alloc(c->arena, sizeof *blocks * BLOCKS_MAX);
    size_t count = ip_blocks_of_range(first, last, blocks, BLOCKS_MAX);
    ip_number span = ip_to_number(last) - ip_to_number(first);
    reply_object(c, NULL);
    reply_text(c, "addresses", span == ~(ip_number)0 ? TEXT("340282366920938463463374607431768211456")
                                                    : ip_number_print_in(c->arena, span + 1, 10));
    reply_int(c, "count", (int64_t)count);
    reply_list(c, "cidrs");
    for (size_t i = 0; i < count && i < BLOCKS_MAX; i++)
        reply_text(c, NULL, text_format_in(c->arena, "%.*s/%u", TEXT_ARG(ip_print_in(c->arena, &blocks[i].first)),
                                           blocks[i].bits));
    reply_end_list(c);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_ip_range = {
    .path = "/api/ip/range",
    .subject = "network",
    .title = {"IP 范围转 CIDR", "Range of addresses to networks"},
    .says = {"把起止地址之间的范围化成最少的 CIDR 网络，适合写防火墙规则。",
             "Turns a range of addresses into the fewest networks (CIDR) that make it up, as firewalls want them."},
    .run = ip_range,
    .asks = ASKS({"start", ASK_IP, REQUIRED, {"起始地址", "First address"}, .aliases = "from|begin"},
                 {"end", ASK_IP, REQUIRED, {"结束地址，含", "Last address, itself included"}, .aliases = "to"}),
    .gives = GIVES({"addresses", GIVE_TEXT, {"地址个数，十进制文本", "How many addresses, decimal text"}},
                   {"count", GIVE_INT, {"网络个数", "How many networks"}}, {"cidrs", GIVE_LIST, {"网络列表", "The networks"}}),
    .shows = SHOWS({"start=192.168.1.10&end=192.168.1.20",
                    "{\"addresses\":\"11\",\"count\":4,\"cidrs\":[\"192.168.1.10/31\",\"192.168.1.12/30\""
                    ",\"192.168.1.16/30\",\"192.168.1.20/32\"]}", SHOW_EXACT},
                   {"start=2001:db8::&end=2001:db8::ff", "{\"addresses\":\"256\",\"count\":1,\"cidrs\":[\"2001:db8::/120\"]}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "RFC 4632, RFC 4291",
};
