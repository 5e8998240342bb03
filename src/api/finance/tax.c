/* tax.c: China's tax on wages, bonuses and services, for a year or month by month (cumulative
 * withholding). */
#include "call/ask.h"
#include "call/reply.h"

#include <math.h>

enum { ASKED_INCOME, ASKED_MONTHS, ASKED_INSURANCE, ASKED_SPECIAL, ASKED_BONUS };
enum { FREE_A_MONTH = 5000, MONTHS = 12 };

struct band {
    double upto; /* taxable income of a year, yuan */
    double rate;
    double quick; /* what is taken off again, so that only the part in the band bears its rate */
};

/* Individual Income Tax Law of 2018, table 1 (comprehensive income). */
static const struct band yearly[] = {
    {36000, .03, 0},      {144000, .10, 2520},  {300000, .20, 16920},   {420000, .25, 31920},
    {660000, .30, 52920}, {960000, .35, 85920}, {INFINITY, .45, 181920}};
/* Cai Shui (2018) 164: a year's bonus by itself, the rate by a twelfth of it; prolonged to the end
 * of 2027. */
static const struct band bonus_bands[] = {
    {3000, .03, 0},     {12000, .10, 210},  {25000, .20, 1410},    {35000, .25, 2660},
    {55000, .30, 4410}, {80000, .35, 7160}, {INFINITY, .45, 15160}};

static const struct band *band_of(const struct band *bands, double amount) {
    while (amount > bands->upto)
        bands++;
    return bands;
}

static double cents(double amount) {
    return round(amount * 100) / 100;
}

static double tax_of(double taxable) {
    const struct band *b = band_of(yearly, taxable);
    return taxable <= 0 ? 0 : cents(taxable * b->rate - b->quick);
}

static double bonus_tax_of(double bonus) {
    const struct band *b = band_of(bonus_bands, bonus / MONTHS);
    return cents(bonus * b->rate - b->quick);
}

static double taxable_of(const struct call *c, int64_t months) {
    double a_month = ask_number(c, ASKED_INCOME) - ask_number(c, ASKED_INSURANCE) -
                     ask_number(c, ASKED_SPECIAL) - FREE_A_MONTH;
    return a_month > 0 ? cents(a_month * (double)months) : 0;
}

static void reply_months(struct call *c, int64_t months) {
    double paid = 0;
    reply_list(c, "months");
    for (int64_t m = 1; m <= months; m++) {
        double whole = tax_of(taxable_of(c, m)), now = cents(whole - paid);
        reply_object(c, NULL);
        reply_int(c, "month", m);
        reply_number(c, "tax", now);
        reply_number(c, "after_tax",
                     cents(ask_number(c, ASKED_INCOME) - ask_number(c, ASKED_INSURANCE) - now));
        reply_end_object(c);
        paid = whole;
    }
    reply_end_list(c);
}

static struct err tax(struct call *c) {
    int64_t months = ask_int(c, ASKED_MONTHS);
    double taxable = taxable_of(c, months), whole = tax_of(taxable),
           bonus = ask_number(c, ASKED_BONUS);
    const struct band *b = band_of(yearly, taxable);
    double kept =
        (ask_number(c, ASKED_INCOME) - ask_number(c, ASKED_INSURANCE)) * (double)months - whole;
    reply_object(c, NULL);
    reply_number(c, "taxable", taxable);
    reply_number(c, "rate", taxable > 0 ? b->rate : 0);
    reply_number(c, "quick_deduction", taxable > 0 ? b->quick : 0);
    reply_number(c, "tax", whole);
    reply_number(c, "after_tax", cents(kept));
    reply_number(c, "bonus_tax", bonus > 0 ? bonus_tax_of(bonus) : 0);
    reply_number(c, "bonus_after_tax", bonus > 0 ? cents(bonus - bonus_tax_of(bonus)) : 0);
    reply_months(c, months);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_tax = {
    .path = "/api/tax",
    .subject = "finance",
    .title = {"个人所得税计算", "China's individual income tax"},
    .says = {"按现行综合所得税率表，用累计预扣法计算工资薪金个税：每月税额、全期税额与税后收入；可"
             "另算单独计税的全年一次性奖金。"
             "起征点每月 5000 元；每月工资相同。只供参考，以税务机关为准。",
             "Tax on wages by the table of comprehensive income, withheld cumulatively: of each "
             "month and in all; a year's "
             "bonus taxed by itself besides. 5,000 yuan a month are free; each month's wage is the "
             "same. For information only."},
    .run = tax,
    .asks = ASKS({"income",
                  ASK_NUMBER,
                  REQUIRED,
                  {"每月税前工资，元", "A month's gross wage, yuan"},
                  0,
                  1e9,
                  .aliases = "salary|money"},
                 {"months",
                  ASK_INT,
                  OPTIONAL,
                  {"计算到第几个月", "How many months"},
                  1,
                  12,
                  .fallback = "12"},
                 {"insurance",
                  ASK_NUMBER,
                  OPTIONAL,
                  {"每月个人缴纳的社保和公积金，元",
                   "A month's own share of insurance and housing fund, yuan"},
                  0,
                  1e9,
                  .fallback = "0"},
                 {"special",
                  ASK_NUMBER,
                  OPTIONAL,
                  {"每月专项附加扣除，元", "A month's special deductions, yuan"},
                  0,
                  1e9,
                  .fallback = "0"},
                 {"bonus",
                  ASK_NUMBER,
                  OPTIONAL,
                  {"单独计税的全年一次性奖金，元", "A year's bonus taxed by itself, yuan"},
                  0,
                  1e9,
                  .fallback = "0"}),
    .gives = GIVES(
        {"taxable", GIVE_NUMBER, {"累计应纳税所得额", "Taxable income of all months"}},
        {"rate", GIVE_NUMBER, {"最后一档税率", "Rate of the highest band"}},
        {"quick_deduction", GIVE_NUMBER, {"速算扣除数", "Quick deduction of that band"}},
        {"tax", GIVE_NUMBER, {"累计税额", "Tax of all months"}},
        {"after_tax", GIVE_NUMBER, {"累计税后收入（已扣社保）", "What is left, insurance paid"}},
        {"bonus_tax", GIVE_NUMBER, {"奖金税额", "Tax on the bonus"}},
        {"bonus_after_tax", GIVE_NUMBER, {"税后奖金", "What is left of the bonus"}},
        {"months", GIVE_LIST, {"逐月", "Month by month"}},
        {"months[].month", GIVE_INT, {"第几个月", "Month"}},
        {"months[].tax", GIVE_NUMBER, {"当月税额", "Tax of the month"}},
        {"months[].after_tax", GIVE_NUMBER, {"当月税后收入", "What is left of the month"}}),
    .shows = SHOWS(
        {"income=30000&months=3&insurance=4500&special=2000",
         "{\"taxable\":55500,\"rate\":0.1,\"quick_deduction\":2520,\"tax\":3030,\"after_tax\":"
         "73470,\"bonus_tax\":0,"
         "\"bonus_after_tax\":0,\"months\":[{\"month\":1,\"tax\":555,\"after_tax\":24945},{"
         "\"month\":2,\"tax\":625,"
         "\"after_tax\":24875},{\"month\":3,\"tax\":1850,\"after_tax\":23650}]}",
         SHOW_EXACT},
        {"income=5000&months=1&bonus=36001",
         "{\"taxable\":0,\"rate\":0,\"quick_deduction\":0,\"tax\":0,\"after_tax\":5000,\"bonus_"
         "tax\":3390.1,"
         "\"bonus_after_tax\":32610.9,\"months\":[{\"month\":1,\"tax\":0,\"after_tax\":5000}]}",
         SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .stands_on = "Individual Income Tax Law of the PRC (2018), table 1; Cai Shui 2018 No. 164 and "
                 "its prolongation to the end of 2027",
};
