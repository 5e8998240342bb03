/* china_exchange.c: an amount of money in another currency, in the short form. */
#include "api/finance/currency.h"
#include "call/ask.h"
#include "call/reply.h"

enum { ASKED_FROM, ASKED_TO, ASKED_AMOUNT };

static struct err china_exchange(struct call *c) {
    struct currency from, to;
    static const struct words unknown = {"不支持的货币代码，可用 /api/china_exchange/code 查看",
                                         "this currency is not supported; /api/china_exchange/code lists all"};
    if (!currency_find(c, ask_text(c, ASKED_FROM), &from))
        return call_invalid(c, ASKED_FROM, unknown.zh, unknown.en);
    if (!currency_find(c, ask_text(c, ASKED_TO), &to))
        return call_invalid(c, ASKED_TO, unknown.zh, unknown.en);
    double amount = ask_number(c, ASKED_AMOUNT), rate = to.for_one_dollar / from.for_one_dollar;
    reply_object(c, NULL);
    reply_text(c, "from", from.code);
    reply_text(c, "to", to.code);
    reply_number(c, "amount", amount);
    reply_number(c, "result", shown(amount * rate));
    reply_number(c, "rate", shown(rate));
    reply_text(c, "date", pack_meta(data_pack(c->data, DATA_CURRENCY), "as_of"));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_china_exchange = {
    .path = "/api/china_exchange",
    .subject = "finance",
    .title = {"汇率转换", "Convert money, in brief"},
    .says = {"按最近一次更新的参考汇率换算金额，给出结果、汇率与日期。汇率每日一次，是市场参考价，不是任何银行的挂牌价。",
             "Converts an amount by the latest reference rates and gives result, rate and date. Rates are of one day, "
             "of the market, and no bank's own."},
    .run = china_exchange,
    .asks = ASKS({"from", ASK_TEXT, REQUIRED, {"原货币代码", "Code of the currency that you have"}, 3, 3},
                 {"to", ASK_TEXT, REQUIRED, {"目标货币代码", "Code of the currency that you want"}, 3, 3},
                 {"amount", ASK_NUMBER, OPTIONAL, {"金额", "The amount"}, 0, 1e12, .fallback = "1", .aliases = "money"}),
    .gives = GIVES({"from", GIVE_TEXT, {"原货币代码", "Code of the first currency"}},
                   {"to", GIVE_TEXT, {"目标货币代码", "Code of the other currency"}},
                   {"amount", GIVE_NUMBER, {"原金额", "The amount that was asked for"}},
                   {"result", GIVE_NUMBER,
                    {"换算结果，四位小数；小于 1 时六位有效数字",
                     "The amount in the other currency: four decimals, or six significant digits below one"}},
                   {"rate", GIVE_NUMBER, {"汇率，位数同上", "The rate, in as many digits"}},
                   {"date", GIVE_TEXT, {"汇率日期", "Date of the rates"}}),
    .shows = SHOWS({"from=USD&to=CNY&amount=100",
                    "{\"from\":\"USD\",\"to\":\"CNY\",\"amount\":100,\"result\":670.7784,\"rate\":6.7078,"
                    "\"date\":\"2026-09-29\"}",
                    SHOW_EXACT},
                   {"from=cny&to=jpy", "{\"from\":\"CNY\",\"to\":\"JPY\",\"amount\":1,\"result\":1,\"rate\":1,\"date\":\"\"}",
                    SHOW_SHAPE}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 3600,
    .needs = NEEDS(DATA_CURRENCY),
};
