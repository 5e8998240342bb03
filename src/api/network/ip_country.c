/* ip_country.c: the country that an address is used in. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/country_name.h"
#include "data/data.h"
#include "data/address_range.h"

enum { ASKED_IP };

static struct err ip_country(struct call *c) {
    const struct ip ip = ask_has(c, ASKED_IP) ? c->asked[ASKED_IP].ip : c->peer;
    struct address_range range;
    if (!address_range_find(data_pack(c->data, DATA_IP_COUNTRY), &ip, &range))
        return call_nothing(c, "数据中没有这个地址（内网或未分配的地址没有国家）",
                            "the data does not hold this address (private and unassigned ones have no country)");
    reply_object(c, NULL);
    reply_text(c, "ip", ip_print_in(c->arena, &ip));
    reply_text(c, "code", range.value);
    reply_text(c, "country", country_name_in(c->arena, range.value, c->language == LANGUAGE_ZH));
    reply_text(c, "continent", country_continent_in(c->arena, range.value, c->language == LANGUAGE_ZH));
    reply_text(c, "beginip", ip_print_in(c->arena, &range.first));
    reply_text(c, "endip", ip_print_in(c->arena, &range.last));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_ip_country = {
    .path = "/api/ip/country",
    .subject = "network",
    .title = {"IP 国家查询", "Country of an address"},
    .says = {"查询 IPv4 或 IPv6 地址所属的国家或地区，数据为 2026 年 6 月版，依据地区注册机构与运营者的登记，个别地址段写的是注册机构所在国。"
             "不传 ip 时查询调用方自己的地址。",
             "The country or region that an IPv4 or IPv6 address is used in, by the registries' and operators' records of June "
             "2026; some ranges carry the registry's own country. Without ip, of the caller's own address."},
    .run = ip_country,
    .asks = ASKS({"ip", ASK_IP, OPTIONAL, {"IP 地址，默认调用方地址", "The address; the caller's own by default"}}),
    .gives = GIVES({"ip", GIVE_TEXT, {"IP 地址", "The address"}},
                   {"code", GIVE_TEXT, {"国家或地区代码（ISO 3166-1）", "Country code (ISO 3166-1)"}},
                   {"country", GIVE_TEXT, {"国家或地区名", "Its name"}}, {"continent", GIVE_TEXT, {"大洲", "Continent"}},
                   {"beginip", GIVE_TEXT, {"地址段起始", "First address of the range"}},
                   {"endip", GIVE_TEXT, {"地址段结束", "Last address of the range"}}),
    .shows = SHOWS({"ip=8.8.8.8",
                    "{\"ip\":\"8.8.8.8\",\"code\":\"US\",\"country\":\"美国\",\"continent\":\"美洲\",\"begini"
                    "p\":\"6.0.0.0\",\"endip\":\"8.10.5.255\"}", SHOW_EXACT}, {"ip=240e:0:9000::1",
                    "{\"ip\":\"240e:0:9000::1\",\"code\":\"CN\",\"country\":\"中国\",\"continent\":\"亚洲\",\""
                    "beginip\":\"240e::\",\"endip\":\"240e:3fff:ffff:ffff:ffff:ffff:ffff:ffff\"}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_IP_COUNTRY),
    .many = 1 + ASKED_IP,
};
