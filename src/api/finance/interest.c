/* interest.c: what money grows to: once, or with a deposit each month. */
#include "call/ask.h"
#include "call/reply.h"

#include <math.h>

enum { ASKED_PRINCIPAL, ASKED_RATE, ASKED_YEARS, ASKED_MONTHLY, ASKED_COMPOUND };

static double cents(double amount) {
    return round(amount * 100) / 100;
}

/* Simple interest where nothing is compounded. The deposits come at the end of each month. */
static double grown(const struct call *c, double months) {
    double principal = ask_number(c, ASKED_PRINCIPAL), rate = ask_number(c, ASKED_RATE) / 100,
           years = months / 12;
    double deposit = ask_number(c, ASKED_MONTHLY);
    if (ask_is(c, ASKED_COMPOUND, "none"))
        return principal * (1 + rate * years) +
               deposit * (months + rate / 12 * months * (months - 1) / 2);
    double times = ask_is(c, ASKED_COMPOUND, "month") ? 12
                   : ask_is(c, ASKED_COMPOUND, "day") ? 365
                                                      : 1;
    double monthly =
        pow(1 + rate / times, times / 12) - 1; /* the rate a month that comes to the same */
    double deposits =
        monthly == 0 ? deposit * months : deposit * (pow(1 + monthly, months) - 1) / monthly;
    return principal * pow(1 + rate / times, times * years) + deposits;
}

static struct err interest(struct call *c) {
    int64_t years = ask_int(c, ASKED_YEARS);
    double paid =
        ask_number(c, ASKED_PRINCIPAL) + ask_number(c, ASKED_MONTHLY) * 12 * (double)years;
    double final = grown(c, 12 * (double)years);
    reply_object(c, NULL);
    reply_number(c, "total", cents(final));
    reply_number(c, "paid_in", cents(paid));
    reply_number(c, "interest", cents(final - paid));
    reply_list(c, "years");
    for (int64_t y = 1; y <= years; y++)
        reply_number(c, NULL, cents(grown(c, 12 * (double)y)));
    reply_end_list(c);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_interest = {
    .path = "/api/interest",
    .subject = "finance",
    .title = {"复利与定投计算", "Compound interest and savings plans"},
    .says = {"计算本金按单利或复利（每年、每月、每日）增长，并可每月末追加定投：本利和、利息与每年"
             "末的金额。",
             "What a sum grows to by simple or compound interest (yearly, monthly, daily), with a "
             "deposit at each month's end if wanted: "
             "the sum, the interest and what there is at each year's end."},
    .run = interest,
    .asks =
        ASKS({"principal",
              ASK_NUMBER,
              REQUIRED,
              {"本金", "The sum at first"},
              0,
              1e12,
              .aliases = "amount|money"},
             {"rate", ASK_NUMBER, REQUIRED, {"年利率，%", "Interest a year, %"}, 0, 100},
             {"years", ASK_INT, REQUIRED, {"年数", "Years"}, 1, 60},
             {"monthly",
              ASK_NUMBER,
              OPTIONAL,
              {"每月末追加", "Deposit at each month's end"},
              0,
              1e9,
              .fallback = "0"},
             {"compound",
              ASK_CHOICE,
              OPTIONAL,
              {"计息：none 单利，其余为复利", "How often interest is added; none: simple interest"},
              .choices = "year|month|day|none",
              .fallback = "year"}),
    .gives = GIVES({"total", GIVE_NUMBER, {"本利和", "The sum at the end"}},
                   {"paid_in", GIVE_NUMBER, {"投入合计", "Paid in"}},
                   {"interest", GIVE_NUMBER, {"利息", "Interest"}},
                   {"years", GIVE_LIST, {"每年末的金额", "The sum at each year's end"}},
                   {"years[]", GIVE_NUMBER, {"金额", "The sum"}}),
    .shows = SHOWS({"principal=10000&rate=5&years=3",
                    "{\"total\":11576.25,\"paid_in\":10000,\"interest\":1576.25,\"years\":[10500,"
                    "11025,11576.25]}",
                    SHOW_EXACT},
                   {"principal=0&rate=12&years=1&monthly=100&compound=month",
                    "{\"total\":1268.25,\"paid_in\":1200,\"interest\":68.25,\"years\":[1268.25]}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "the formulas of simple and compound interest",
};
