/* mcc.c: whose mobile network a code is. */
#include "call/ask.h"
#include "call/paging.h"
#include "call/reply.h"
#include "data/data.h"

enum { ASKED_MCC, ASKED_MNC, ASKED_PAGE };

static void reply_network(struct call *c, struct text key, struct text value) {
    struct text f[7];
    pack_fields(value, f, 7);
    key = text_part(key, 0, text_find_char(key, '#'));
    reply_object(c, NULL);
    reply_text(c, "mcc", text_part(key, 0, 3));
    reply_text(c, "mnc", text_from(key, 4));
    reply_text(c, "country", f[0]);
    reply_text(c, "code", f[1]);
    reply_text(c, "brand", f[2]);
    reply_text(c, "operator", f[3]);
    reply_text(c, "status", f[4]);
    reply_text(c, "bands", f[5]);
    reply_text(c, "notes", f[6]);
    reply_end_object(c);
}

static bool fits(struct text key, struct text prefix, bool whole) {
    return text_starts(key, prefix) && (!whole || key.length == prefix.length ||
                                        key.bytes[prefix.length] == '#');
}

static struct err mcc(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_MCC);
    bool whole = ask_has(c, ASKED_MNC);
    struct text key, value, mnc = ask_text(c, ASKED_MNC);
    uint64_t unused;
    if (whole && (!text_to_u64(mnc, &unused) || mnc.length < 2 || mnc.length > 3))
        return call_invalid(c, ASKED_MNC, "mnc 是 2 或 3 位数字，前面的 0 要保留，如 00",
                            "mnc has 2 or 3 digits, with leading zeros, such as 00");
    struct text prefix = text_format_in(c->arena, "%03d-%.*s", (int)ask_int(c, ASKED_MCC), TEXT_ARG(mnc));
    uint32_t first = pack_seek(p, prefix), until = first;
    while (pack_at(p, until, &key, &value) && fits(key, prefix, whole))
        until++;
    if (until == first)
        return call_nothing(c, "没有这个移动网络代码", "there is no such mobile network code");
    struct paging page = page_of(c, ASKED_PAGE, until - first);
    reply_object(c, NULL);
    reply_page(c, &page);
    reply_list(c, "networks");
    for (uint64_t i = page.from; i < page.until && pack_at(p, first + (uint32_t)i, &key, &value); i++)
        reply_network(c, key, value);
    reply_end_list(c);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_mcc = {
    .path = "/api/mcc",
    .subject = "network",
    .title = {"移动网络代码查询", "Mobile network codes"},
    .says = {"按移动国家代码（MCC）和移动网络代码（MNC）查运营商、品牌、状态与频段，例如 460-00 是中国移动。",
             "Operator, brand, state and bands of a mobile network by its country code (MCC) and network code (MNC); 460-00 "
             "is China Mobile."},
    .run = mcc,
    .asks = ASKS({"mcc", ASK_INT, REQUIRED, {"移动国家代码", "Mobile country code"}, 1, 999},
                 {"mnc", ASK_TEXT, OPTIONAL, {"移动网络代码，2 或 3 位，保留前导 0", "Mobile network code, 2 or 3 digits"}, 2, 3},
                 ASK_PAGE, ASK_PAGE_SIZE(20, 100)),
    .gives = GIVES(GIVES_PAGE, {"networks", GIVE_LIST, {"网络", "The networks"}},
                   {"networks[].mcc", GIVE_TEXT, {"移动国家代码", "Mobile country code"}},
                   {"networks[].mnc", GIVE_TEXT, {"移动网络代码", "Mobile network code"}},
                   {"networks[].country", GIVE_TEXT, {"国家或地区，英文", "Country or region"}},
                   {"networks[].code", GIVE_TEXT, {"国家代码", "Country code"}},
                   {"networks[].brand", GIVE_TEXT, {"品牌", "Brand"}}, {"networks[].operator", GIVE_TEXT, {"运营商", "Operator"}},
                   {"networks[].status", GIVE_TEXT, {"状态", "State"}}, {"networks[].bands", GIVE_TEXT, {"制式与频段", "Systems and bands"}},
                   {"networks[].notes", GIVE_TEXT, {"备注", "Notes"}}),
    .shows = SHOWS({"mcc=460&mnc=00",
                    "{\"page\":1,\"page_size\":20,\"total\":1,\"pages\":1,\"networks\":[{\"mcc\":\"460\","
                    "\"mnc\":\"00\",\"country\":\"China\",\"code\":\"CN\",\"brand\":\"China Mobile\",\"op"
                    "erator\":\"China Mobile\",\"status\":\"Operational\",\"bands\":\"GSM 900 / GSM 1800 "
                    "/ TD-SCDMA 1900 / TD-SCDMA 2000 / TD-LTE 1900 / TD-LTE 2300 / TD-LTE 2500 / 5G 700 /"
                    " 5G 2500\",\"notes\":\"\"}]}", SHOW_EXACT}, {"mcc=454&page_size=1",
                    "{\"page\":1,\"page_size\":1,\"total\":33,\"pages\":33,\"networks\":[{\"mcc\":\"454\""
                    ",\"mnc\":\"00\",\"country\":\"Hong Kong\",\"code\":\"HK\",\"brand\":\"1O1O / One2Fre"
                    "e / New World Mobility / SUNMobile\",\"operator\":\"CSL Limited\",\"status\":\"Opera"
                    "tional\",\"bands\":\"GSM 900 / GSM 1800 / UMTS 900 / UMTS 2100 / LTE 900 / LTE 1800 "
                    "/ LTE 2600\",\"notes\":\"\"}]}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_MCC),
};
