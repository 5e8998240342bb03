/* place.c: see place.h. */
#include "api/weather/place.h"
#include "data/data.h"

#ifndef ALAPI_NO_WORKER_LANE /* nginx has no connect/ */

enum { ASKED_CITY_ID, ASKED_CITY, ASKED_PROVINCE, ASKED_IP, ASKED_LON, ASKED_LAT };
enum { IP_COUNTRY = 1, IP_PROVINCE, IP_CITY };

static struct text ip_place(struct call *c) {
    static const uint8_t needs[] = {DATA_IP, DATA_NONE};
    const struct ip *ip = &c->asked[ASKED_IP].ip;
    struct text key, value;
    char wanted[4];
    if (!ip_is_v4(ip) || !data_is_available(c->data, needs))
        return TEXT("");
    for (size_t i = 0; i < sizeof wanted; i++)
        wanted[i] = (char)ip->bytes[12 + i];
    const struct pack *p = data_pack(c->data, DATA_IP);
    uint32_t place = pack_seek(p, text_of(wanted, sizeof wanted));
    bool is_start = pack_at(p, place, &key, &value) && text_equal(key, text_of(wanted, sizeof wanted));
    if (!is_start && (place == 0 || !pack_at(p, place - 1, &key, &value)))
        return TEXT("");
    return pack_field(value, IP_CITY).length ? pack_field(value, IP_CITY) : pack_field(value, IP_PROVINCE);
}

static struct text number_in(struct arena *a, double n) {
    return text_format_in(a, "%.4f", n);
}

struct err place_run(struct call *c) {
    struct named_value made[4];
    unsigned count = 0;
    bool has_point = ask_has(c, ASKED_LON) && ask_has(c, ASKED_LAT);
    struct text name = ask_has(c, ASKED_CITY) ? ask_text(c, ASKED_CITY) : TEXT("");
    if (ask_has(c, ASKED_IP) && !has_point && !name.length && !ask_has(c, ASKED_CITY_ID)) {
        name = ip_place(c);
        if (!name.length)
            return call_nothing(c, "查不到该 IP 所在的城市，请改用 city 或 lon、lat", "no city is known for this address; send city or lon and lat");
    }
    if (has_point) {
        made[count++] = (struct named_value){TEXT("place.lon"), number_in(c->arena, ask_number(c, ASKED_LON))};
        made[count++] = (struct named_value){TEXT("place.lat"), number_in(c->arena, ask_number(c, ASKED_LAT))};
    }
    if (name.length)
        made[count++] = (struct named_value){TEXT("place.name"), name};
    if (ask_has(c, ASKED_CITY_ID))
        made[count++] = (struct named_value){TEXT("place.code"), ask_text(c, ASKED_CITY_ID)};
    if (count)
        return connector_run_with(c, made, count);
    c->parameter = TEXT("city");
    return call_failed(c, ERR_PARAMETER_MISSING, "缺少地点：请传 city、city_id、ip，或 lon 与 lat",
                       "a place is missing: send city, city_id, ip, or lon and lat");
}

#endif
