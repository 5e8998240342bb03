/* gold.c: prices of gold on a market. */
#include "api/connected.h"

const struct endpoint endpoint_gold = {
    .path = "/api/gold",
    .subject = "finance",
    .title = {"黄金实时价格", "Prices of gold"},
    .says = {"某市场黄金等贵金属的价格；市场代码依来源。",
             "Prices of gold and other precious metals on a market, whose code is the sou"
             "rce's."},
    CONNECTED("price"),
    .asks = ASKS({"market",
                  ASK_TEXT,
                  REQUIRED,
                  {"市场代码，如 SH 上海黄金交易所、LF 伦敦",
                   "Code of the market, such as SH for Shanghai, LF for London"},
                  1,
                  20}),
    .gives = GIVES({"[].symbol", GIVE_TEXT, {"品种代码", "Code"}},
                   {"[].name", GIVE_TEXT, {"品种", "Name"}},
                   {"[].sell_price", GIVE_NUMBER, {"最新价", "Latest price"}},
                   {"[].high_price", GIVE_NUMBER, {"最高价", "Highest"}},
                   {"[].low_price", GIVE_NUMBER, {"最低价", "Lowest"}}),
    .shows = SHOWS({"market=SH",
                    "[{\"symbol\":\"Au99.99\",\"name\":\"黄金9999\",\"sell_price\":551.2,\"high_price"
                    "\":553.0,\"low_price\":549.9}]",
                    SHOW_LIVE}),
    .price_units = 2,
    .keep_s = 60,
};
