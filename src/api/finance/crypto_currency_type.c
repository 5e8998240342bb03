/* crypto_currency_type.c: the pairs that have a market. */
#include "api/connected.h"

const struct endpoint endpoint_crypto_currency_type = {
    .path = "/api/crypto_currency/type",
    .subject = "finance",
    .title = {"货币代码列表", "Pairs of currencies with a market"},
    .says = {"/api/crypto_currency 可用的交易对。", "The pairs that /api/crypto_currency knows."},
    CONNECTED("coin"),
    .asks = ASKS({0}),
    .gives = GIVES({"[].inst", GIVE_TEXT, {"交易对", "The pair"}}),
    .shows = SHOWS({"",
                    "[{\"inst\":\"BTC-USDT\"}]",
                    SHOW_LIVE}),
    .price_units = 1,
    .keep_s = 3600,
};
