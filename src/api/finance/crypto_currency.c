/* crypto_currency.c: the market of a crypto currency. */
#include "api/connected.h"

const struct endpoint endpoint_crypto_currency = {
    .path = "/api/crypto_currency",
    .subject = "finance",
    .title = {"加密货币行情价格", "Market of a crypto currency"},
    .says = {"某交易对的最新价与 24 小时行情，仅为信息，不构成任何建议；在中国境内，虚拟"
             "货币相关业务活动受法律限制。",
             "The latest price of a pair and its last 24 hours. Information only, no advi"
             "ce; the law of some countries restricts such business."},
    CONNECTED("coin"),
    .asks = ASKS({"inst",
                  ASK_TEXT,
                  REQUIRED,
                  {"交易对，如 BTC-USDT，见 /api/crypto_currency/type",
                   "The pair, such as BTC-USDT, as /api/crypto_currency/type lists them"},
                  3,
                  30}),
    .gives = GIVES({"inst", GIVE_TEXT, {"交易对", "The pair"}},
                   {"last", GIVE_NUMBER, {"最新成交价", "Latest price"}},
                   {"last_sz", GIVE_NUMBER, {"最新成交量", "Size of the latest trade"}},
                   {"ask_px", GIVE_NUMBER, {"卖一价", "Lowest ask"}},
                   {"ask_sz", GIVE_NUMBER, {"卖一量", "Its size"}},
                   {"bid_px", GIVE_NUMBER, {"买一价", "Highest bid"}},
                   {"bid_sz", GIVE_NUMBER, {"买一量", "Its size"}},
                   {"open24h", GIVE_NUMBER, {"24 小时开盘价", "Price 24 hours ago"}},
                   {"high24h", GIVE_NUMBER, {"24 小时最高", "Highest of 24 hours"}},
                   {"low24h", GIVE_NUMBER, {"24 小时最低", "Lowest of 24 hours"}},
                   {"vol_ccy24h", GIVE_NUMBER,
                    {"24 小时成交额，计价货币",
                     "Turnover of 24 hours in the second currency"}},
                   {"vol24h", GIVE_NUMBER, {"24 小时成交量，基础货币", "Turnover of 24 hours in the first"}},
                   {"sod_utc0", GIVE_NUMBER, {"UTC 零点价", "Price at 0:00 UTC"}},
                   {"sod_utc8", GIVE_NUMBER, {"UTC+8 零点价", "Price at 0:00 UTC+8"}},
                   {"ts", GIVE_INT, {"时间，毫秒", "When, in milliseconds"}}),
    .shows = SHOWS({"inst=BTC-USDT",
                    "{\"inst\":\"BTC-USDT\",\"last\":67000.1,\"last_sz\":0.01,\"ask_px\":67000.2,\"as"
                    "k_sz\":1.2,\"bid_px\":67000.1,\"bid_sz\":0.8,\"open24h\":66500,\"high24h\":67800"
                    ".5,\"low24h\":66010,\"vol_ccy24h\":512000000,\"vol24h\":7650.2,\"sod_utc0\":6690"
                    "0,\"sod_utc8\":66700,\"ts\":1717214400000}",
                    SHOW_LIVE}),
    .price_units = 1,
    .keep_s = 5,
};
