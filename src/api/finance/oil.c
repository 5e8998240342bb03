/* oil.c: prices of petrol, by province. */
#include "api/connected.h"

const struct endpoint endpoint_oil = {
    .path = "/api/oil",
    .subject = "finance",
    .title = {"油价查询", "Prices of petrol"},
    .says = {"各省汽油与柴油的零售价，元/升。", "What petrol and diesel cost in each province of China, yuan a litre."},
    CONNECTED("price"),
    .asks = ASKS({0}),
    .gives = GIVES({"[].province", GIVE_TEXT, {"省", "Province"}},
                   {"[].o89", GIVE_NUMBER, {"89 号汽油", "Petrol 89"}},
                   {"[].o92", GIVE_NUMBER, {"92 号汽油", "Petrol 92"}},
                   {"[].o95", GIVE_NUMBER, {"95 号汽油", "Petrol 95"}},
                   {"[].o98", GIVE_NUMBER, {"98 号汽油", "Petrol 98"}},
                   {"[].o0", GIVE_NUMBER, {"0 号柴油", "Diesel 0"}}),
    .shows = SHOWS({"",
                    "[{\"province\":\"北京\",\"o89\":null,\"o92\":7.44,\"o95\":7.92,\"o98\":9.42,\"o0"
                    "\":7.07}]",
                    SHOW_LIVE}),
    .price_units = 2,
    .keep_s = 3600,
};
