/* exchange.c: an amount of money in another currency, by the day's rates. */
#include "api/finance/currency.h"
#include "call/ask.h"
#include "call/reply.h"

enum { ASKED_MONEY, ASKED_FROM, ASKED_TO };

static struct err exchange(struct call *c) {
    struct currency from, to;
    static const struct words unknown = {"不支持的货币代码，可用 /api/exchange/type 查看",
                                         "this currency is not supported; /api/exchange/type lists all"};
    if (!currency_find(c, ask_text(c, ASKED_FROM), &from))
        return call_invalid(c, ASKED_FROM, unknown.zh, unknown.en);
    if (!currency_find(c, ask_text(c, ASKED_TO), &to))
        return call_invalid(c, ASKED_TO, unknown.zh, unknown.en);
    double money = ask_number(c, ASKED_MONEY);
    double amount = money * (to.for_one_dollar / from.for_one_dollar);
    reply_object(c, NULL);
    reply_number(c, "exchange", shown(amount));
    reply_text(c, "currency_from", from.code);
    reply_number(c, "exchange_round", rounded(amount, 2));
    reply_number(c, "currency_money", money);
    reply_text(c, "currency_from_name", from.name);
    reply_text(c, "currency_to_name", to.name);
    reply_text(c, "currency_to", to.code);
    reply_text(c, "update_time", pack_meta(data_pack(c->data, DATA_CURRENCY), "as_of"));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_exchange = {
    .path = "/api/exchange",
    .subject = "finance",
    .title = {"汇率实时转换查询", "Convert between currencies"},
    .says = {"按最近一次更新的参考汇率，在 160 多种 ISO 4217 货币之间换算金额。汇率每日一次，仅供参考；数据日期见 update_time，超过 "
             "7 天时 source.stale 为 true。",
             "Converts an amount between more than 160 currencies of ISO 4217 by the latest reference rates. Rates "
             "are of one day and for information only: update_time is their date, and source.stale is true once they "
             "are more than 7 days old."},
    .run = exchange,
    .asks = ASKS({"money", ASK_NUMBER, OPTIONAL, {"金额", "The amount"}, 0, 1e12, .fallback = "1", .aliases = "amount"},
                 {"from", ASK_TEXT, OPTIONAL, {"原货币代码", "Code of the currency that you have"}, 3, 3, .fallback = "USD"},
                 {"to", ASK_TEXT, OPTIONAL, {"目标货币代码", "Code of the currency that you want"}, 3, 3, .fallback = "CNY"}),
    .gives = GIVES({"exchange", GIVE_NUMBER, {"换算结果，四位小数；小于 1 时六位有效数字",
                                              "The amount in the other currency: four decimals, or six significant "
                                              "digits below one"}},
                   {"currency_from", GIVE_TEXT, {"原货币代码", "Code of the first currency"}},
                   {"exchange_round", GIVE_NUMBER, {"换算结果，两位小数", "The same, two decimals"}},
                   {"currency_money", GIVE_NUMBER, {"原金额", "The amount that was asked for"}},
                   {"currency_from_name", GIVE_TEXT, {"原货币名称", "Name of the first currency, in Chinese"}},
                   {"currency_to_name", GIVE_TEXT, {"目标货币名称", "Name of the other currency, in Chinese"}},
                   {"currency_to", GIVE_TEXT, {"目标货币代码", "Code of the other currency"}},
                   {"update_time", GIVE_TEXT, {"汇率日期", "Date of the rates"}}),
    .shows = SHOWS({"money=100&from=USD&to=CNY",
                    "{\"exchange\":670.7784,\"currency_from\":\"USD\",\"exchange_round\":670.78,\"currency_money\":100,"
                    "\"currency_from_name\":\"美元\",\"currency_to_name\":\"人民币\",\"currency_to\":\"CNY\","
                    "\"update_time\":\"2026-09-29\"}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 3600,
    .needs = NEEDS(DATA_CURRENCY),
};
