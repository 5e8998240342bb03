/* ip.c: where an address is, and whose it is.
 *
 * The busiest API of all: nothing is copied but the answer itself. A range begins at its key and ends
 * before the next one, so the place of an address is the last key that is not greater.
 */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/country_name.h"
#include "data/data.h"
#include "data/address_range.h"

#include <string.h>

enum { ASKED_IP };

static struct text key_of(uint32_t address, char room[static 4]) {
    for (int i = 0; i < 4; i++)
        room[i] = (char)(address >> (24 - 8 * i));
    return text_of(room, 4);
}

static uint32_t address_of(struct text key) {
    const unsigned char *b = (const unsigned char *)key.bytes;
    return key.length == 4 ? (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3] : 0;
}

/* The range that holds the address. False where the data set is damaged. */
static bool find_range(const struct pack *p, uint32_t address, uint32_t range_out[static 2],
                       struct text *value_out) {
    char room[4];
    struct text wanted = key_of(address, room), key, value;
    uint32_t place = pack_seek(p, wanted);
    bool is_start = pack_at(p, place, &key, &value) && text_equal(key, wanted);
    if (!is_start && (place == 0 || !pack_at(p, --place, &key, &value)))
        return false;
    range_out[0] = address_of(key);
    *value_out = value;
    range_out[1] = pack_at(p, place + 1, &key, &value) ? address_of(key) - 1 : UINT32_MAX;
    return address >= range_out[0] && address <= range_out[1];
}

/* `fields` is a value of the data set; its order is that of dataset/recipes/ip.mjs. */
static void answer(struct call *c, const struct ip *ip, const struct ip range[static 2], struct text fields) {
    char room[IP_TEXT_BYTES];
    struct text field[9];
    pack_fields(fields, field, 9);
    reply_object(c, NULL);
    reply_text(c, "ip", ip_print(room, ip));
    reply_text(c, "beginip", ip_print(room, &range[0]));
    reply_text(c, "endip", ip_print(room, &range[1]));
    reply_text(c, "continent", field[0]);
    reply_text(c, "country", field[1]);
    reply_text(c, "province", field[2]);
    reply_text(c, "city", field[3]);
    reply_text(c, "district", TEXT(""));
    reply_text(c, "isp", field[4]);
    reply_text(c, "adcode", field[5]);
    reply_text(c, "country_en", field[6]);
    reply_text(c, "country_cc", field[7]);
    reply_null(c, "lng");
    reply_null(c, "lat");
    reply_text(c, "pos", field[8]);
    reply_end_object(c);
}

/* The data of IPv4 knows places; that of IPv6 the country and who announces the range. */
static struct err answer_v6(struct call *c, const struct ip *ip) {
    static const struct ip nobody;
    struct address_range country, owner;
    if (memcmp(ip, &nobody, sizeof nobody) == 0 && !ask_has(c, ASKED_IP))
        return call_nothing(c, "没有调用方地址，请传参数 ip", "the caller has no address here; send the parameter ip");
    if (!ip_is_public(ip)) {
        answer(c, ip, (const struct ip[]){*ip, *ip}, TEXT("\t\t\t\t保留地址\t\t\t\t保留地址"));
        return ok;
    }
    if (!address_range_find(data_pack(c->data, DATA_IP_COUNTRY), ip, &country))
        return call_nothing(c, "数据中没有这个地址", "the data does not hold this address");
    bool is_announced = address_range_find(data_pack(c->data, DATA_IP_ASN), ip, &owner);
    struct text zh = country_name_in(c->arena, country.value, true), fields = text_format_in(
        c->arena, "%.*s\t%.*s\t\t\t%.*s\t\t%.*s\t%.*s\t%.*s",
        TEXT_ARG(country_continent_in(c->arena, country.value, true)), TEXT_ARG(zh),
        TEXT_ARG(is_announced ? pack_field(owner.value, 1) : TEXT("")),
        TEXT_ARG(country_name_in(c->arena, country.value, false)), TEXT_ARG(country.value), TEXT_ARG(zh));
    answer(c, ip, (const struct ip[]){country.first, country.last}, fields);
    return ok;
}

static struct err ip_place(struct call *c) {
    const struct ip ip = ask_has(c, ASKED_IP) ? c->asked[ASKED_IP].ip : c->peer;
    const struct pack *p = data_pack(c->data, DATA_IP);
    uint32_t range[2];
    struct text fields;
    if (!ip_is_v4(&ip))
        return answer_v6(c, &ip);
    if (!find_range(p, ip_v4(&ip), range, &fields))
        return call_nothing(c, "数据中没有这个地址", "the data does not hold this address");
    answer(c, &ip, (const struct ip[]){ip_from_v4(range[0]), ip_from_v4(range[1])}, fields);
    return ok;
}

const struct endpoint endpoint_ip = {
    .path = "/api/ip",
    .subject = "network",
    .title = {"IP 地址查询", "Look up an IP address"},
    .says = {"查询 IPv4 地址所在的国家、省份、城市、运营商及其地址段；不传 ip 时查询调用方自己的地址。IPv4 数据为 2021 年 10 月版，"
             "不含区县与经纬度，这些字段为空；IPv6 地址（2026 年 6 月版）只到国家，isp 为宣告该地址段的机构。",
             "Country, province, city and carrier of an IPv4 address, and the range it belongs to; without ip, of "
             "the caller's own address. The data of IPv4 is of October 2021; it knows no districts and no "
             "coordinates, so these fields are empty. Of IPv6 (June 2026) the country is known, and as isp who "
             "announces the range."},
    .run = ip_place,
    .asks = ASKS({"ip", ASK_IP, OPTIONAL, {"IP 地址，默认调用方地址", "The address; the caller's own by default"}}),
    .gives = GIVES({"ip", GIVE_TEXT, {"IP 地址", "The address"}},
                   {"beginip", GIVE_TEXT, {"地址段起始", "First address of its range"}},
                   {"endip", GIVE_TEXT, {"地址段结束", "Last address of its range"}},
                   {"continent", GIVE_TEXT, {"大洲", "Continent, in Chinese"}},
                   {"country", GIVE_TEXT, {"国家", "Country, in Chinese"}},
                   {"province", GIVE_TEXT, {"省份或州", "Province or state"}},
                   {"city", GIVE_TEXT, {"城市", "City"}},
                   {"district", GIVE_TEXT, {"区县；数据不含，恒为空", "District; always empty, the data has none"}},
                   {"isp", GIVE_TEXT, {"运营商；内网地址为“内网IP”", "Carrier; 内网IP for private addresses"}},
                   {"adcode", GIVE_TEXT, {"行政区划代码（GB/T 2260），国外为空",
                                          "Code of the division (GB/T 2260); empty outside China"}},
                   {"country_en", GIVE_TEXT, {"国家英文名", "Country, in English"}},
                   {"country_cc", GIVE_TEXT, {"国家代码（ISO 3166-1）", "Country code (ISO 3166-1)"}},
                   {"lng", GIVE_NUMBER, {"经度；数据不含，恒为 null", "Longitude; always null, the data has none"}},
                   {"lat", GIVE_NUMBER, {"纬度；数据不含，恒为 null", "Latitude; always null, the data has none"}},
                   {"pos", GIVE_TEXT, {"完整位置", "The place in one piece"}}),
    .shows = SHOWS({"ip=120.24.78.68",
                    "{\"ip\":\"120.24.78.68\",\"beginip\":\"120.24.0.0\",\"endip\":\"120.25.255.255\",\"continent\":\"亚洲\","
                    "\"country\":\"中国\",\"province\":\"广东省\",\"city\":\"深圳市\",\"district\":\"\",\"isp\":\"阿里云\","
                    "\"adcode\":\"440300\",\"country_en\":\"China\",\"country_cc\":\"CN\",\"lng\":null,\"lat\":null,"
                    "\"pos\":\"广东省深圳市\"}",
                    SHOW_EXACT},
                   {"ip=192.168.1.1",
                    "{\"ip\":\"192.168.1.1\",\"beginip\":\"192.168.0.0\",\"endip\":\"192.168.255.255\",\"continent\":\"\","
                    "\"country\":\"\",\"province\":\"\",\"city\":\"\",\"district\":\"\",\"isp\":\"内网IP\",\"adcode\":\"\","
                    "\"country_en\":\"\",\"country_cc\":\"\",\"lng\":null,\"lat\":null,\"pos\":\"内网IP\"}",
                    SHOW_EXACT},
                   {"ip=2400:3200::1",
                    "{\"ip\":\"2400:3200::1\",\"beginip\":\"2400:3200::\",\"endip\":\"2400:3200:ffff:ffff"
                    ":ffff:ffff:ffff:ffff\",\"continent\":\"亚洲\",\"country\":\"中国\",\"province\":\"\",\"c"
                    "ity\":\"\",\"district\":\"\",\"isp\":\"Hangzhou Alibaba Advertising Co.,Ltd.\",\"adc"
                    "ode\":\"\",\"country_en\":\"China\",\"country_cc\":\"CN\",\"lng\":null,\"lat\":null,"
                    "\"pos\":\"中国\"}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_IP, DATA_IP_COUNTRY, DATA_IP_ASN),
    .many = 1 + ASKED_IP,
};
