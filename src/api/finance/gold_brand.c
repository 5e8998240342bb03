/* gold_brand.c: what jewellers ask for gold. */
#include "api/connected.h"

const struct endpoint endpoint_gold_brand = {
    .path = "/api/gold/brand",
    .subject = "finance",
    .title = {"品牌黄金价格", "What jewellers ask for gold"},
    .says = {"各品牌金店当日的黄金价格，元/克。", "What the large jewellers ask for gold today, yuan a gram."},
    CONNECTED("price"),
    .asks = ASKS({0}),
    .gives = GIVES({"[].brand_name", GIVE_TEXT, {"品牌", "Jeweller"}},
                   {"[].price", GIVE_NUMBER, {"黄金价格", "Price of gold"}},
                   {"[].price_2", GIVE_NUMBER, {"铂金价格", "Price of platinum"}},
                   {"[].rise_price", GIVE_NUMBER, {"涨跌", "Change"}},
                   {"[].ts", GIVE_TEXT, {"更新时间", "When it was set"}}),
    .shows = SHOWS({"",
                    "[{\"brand_name\":\"示例金店\",\"price\":718.0,\"price_2\":390.0,\"rise_price\":-"
                    "2.0,\"ts\":\"2024-06-01\"}]",
                    SHOW_LIVE}),
    .price_units = 2,
    .keep_s = 3600,
};
