/* place.h: where a caller wants to know the weather of.
 *
 * Contract   ASKS_PLACE are the first parameters of each weather API, and place_run ends its function:
 *            the place is handed to the connector as {place.lat} {place.lon} (where the caller gave
 *            coordinates), {place.code} (a provider's number of the city) and {place.name}. An address
 *            that a caller names is looked up in our own data and stays here; the caller's own address
 *            is never looked at.
 * Errors     ERR_PARAMETER_MISSING where no place was named; ERR_NO_RESULT for an address without a city.
 */
#pragma once
#include "api/connected.h"

#define ASKS_PLACE \
    {"city_id", ASK_TEXT, OPTIONAL, {"城市编号，依数据来源", "Number of the city, as the source counts them"}, 1, 20}, \
    {"city", ASK_TEXT, OPTIONAL, {"城市名", "Name of the city"}, 1, 60}, \
    {"province", ASK_TEXT, OPTIONAL, {"省名，用来区分同名城市", "Its province, to tell cities of one name apart"}, 1, 40}, \
    {"ip", ASK_IP, OPTIONAL, {"用此 IP 的所在城市（本地查，不外传）", "The city of this address (looked up here, told to nobody)"}}, \
    {"lon", ASK_NUMBER, OPTIONAL, {"经度，与 lat 一起", "Longitude, together with lat"}, -180, 180, .aliases = "lng|longitude"}, \
    {"lat", ASK_NUMBER, OPTIONAL, {"纬度，与 lon 一起", "Latitude, together with lon"}, -90, 90, .aliases = "latitude"}

[[nodiscard]] struct err place_run(struct call *c);
