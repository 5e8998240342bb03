/* loan.c: what a loan costs, in equal payments or with equal shares of the principal. */
#include "call/ask.h"
#include "call/reply.h"

#include <math.h>

enum { ASKED_AMOUNT, ASKED_RATE, ASKED_MONTHS, ASKED_METHOD, ASKED_FROM, ASKED_COUNT };

static double cents(double amount) {
    return round(amount * 100) / 100;
}

/* The annuity formula: P i / (1 - (1 + i)^-n). */
static double equal_payment(double amount, double monthly_rate, double months) {
    return monthly_rate == 0 ? amount / months
                             : amount * monthly_rate / (1 - pow(1 + monthly_rate, -months));
}

struct month {
    double principal, interest, left;
};

/* The month after the one that left `left`. */
static struct month next_month(const struct call *c, double left, double payment) {
    double interest = left * ask_number(c, ASKED_RATE) / 100 / 12;
    double principal = ask_is(c, ASKED_METHOD, "principal")
                           ? ask_number(c, ASKED_AMOUNT) / (double)ask_int(c, ASKED_MONTHS)
                           : payment - interest;
    return (struct month){principal, interest, left - principal};
}

static void reply_month(struct call *c, int64_t number, const struct month *m) {
    reply_object(c, NULL);
    reply_int(c, "month", number);
    reply_number(c, "payment", cents(m->principal + m->interest));
    reply_number(c, "principal", cents(m->principal));
    reply_number(c, "interest", cents(m->interest));
    reply_number(c, "left", cents(m->left > 0.005 ? m->left : 0));
    reply_end_object(c);
}

static struct err loan(struct call *c) {
    double amount = ask_number(c, ASKED_AMOUNT), rate = ask_number(c, ASKED_RATE) / 100 / 12,
           interest = 0;
    int64_t months = ask_int(c, ASKED_MONTHS), from = ask_int(c, ASKED_FROM),
            until = from + ask_int(c, ASKED_COUNT);
    double payment = equal_payment(amount, rate, (double)months);
    struct month m = {.left = amount}, first = {0};
    reply_object(c, NULL);
    reply_list(c, "months");
    for (int64_t i = 1; i <= months; i++) {
        m = next_month(c, m.left, payment);
        interest += m.interest;
        first = i == 1 ? m : first;
        if (i >= from && i < until)
            reply_month(c, i, &m);
    }
    reply_end_list(c);
    reply_number(c, "first_payment", cents(first.principal + first.interest));
    reply_number(c, "last_payment", cents(m.principal + m.interest));
    reply_number(c, "total_interest", cents(interest));
    reply_number(c, "total_payment", cents(amount + interest));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_loan = {
    .path = "/api/loan",
    .subject = "finance",
    .title = {"贷款（房贷）计算", "Loan payments"},
    .says = {"等额本息或等额本金还款：首末月月供、总利息、总还款与逐月明细。利率按月计，不逐月取整"
             "，实际以银行为准。",
             "A loan in equal payments or with equal shares of the principal: first and last "
             "payment, interest, sum and the months. "
             "Interest runs by the month and is not rounded on the way; the bank's figures count."},
    .run = loan,
    .asks = ASKS({"amount",
                  ASK_NUMBER,
                  REQUIRED,
                  {"贷款金额，元", "The loan, yuan"},
                  1,
                  1e10,
                  .aliases = "money|principal"},
                 {"rate", ASK_NUMBER, REQUIRED, {"年利率，%", "Interest a year, %"}, 0, 100},
                 {"months", ASK_INT, REQUIRED, {"期数，月", "How many months"}, 1, 480},
                 {"method",
                  ASK_CHOICE,
                  OPTIONAL,
                  {"equal 等额本息，principal 等额本金",
                   "equal: equal payments; principal: equal shares of the principal"},
                  .choices = "equal|principal",
                  .fallback = "equal"},
                 {"from",
                  ASK_INT,
                  OPTIONAL,
                  {"明细从第几期起", "First month to list"},
                  1,
                  480,
                  .fallback = "1"},
                 {"count",
                  ASK_INT,
                  OPTIONAL,
                  {"明细期数", "How many months to list"},
                  0,
                  480,
                  .fallback = "12"}),
    .gives = GIVES({"months", GIVE_LIST, {"逐月明细", "The months"}},
                   {"months[].month", GIVE_INT, {"期次", "Month"}},
                   {"months[].payment", GIVE_NUMBER, {"月供", "Payment"}},
                   {"months[].principal", GIVE_NUMBER, {"其中本金", "Principal in it"}},
                   {"months[].interest", GIVE_NUMBER, {"其中利息", "Interest in it"}},
                   {"months[].left", GIVE_NUMBER, {"剩余本金", "Principal left"}},
                   {"first_payment", GIVE_NUMBER, {"首月月供", "First payment"}},
                   {"last_payment", GIVE_NUMBER, {"末月月供", "Last payment"}},
                   {"total_interest", GIVE_NUMBER, {"总利息", "Interest in all"}},
                   {"total_payment", GIVE_NUMBER, {"总还款", "Paid in all"}}),
    .shows = SHOWS({"amount=1000000&rate=3.5&months=360&count=1",
                    "{\"months\":[{\"month\":1,\"payment\":4490.45,\"principal\":1573.78,"
                    "\"interest\":2916.67,\"left\":998426.22}],"
                    "\"first_payment\":4490.45,\"last_payment\":4490.45,\"total_interest\":616560."
                    "88,\"total_payment\":1616560.88}",
                    SHOW_EXACT},
                   {"amount=120000&rate=6&months=12&method=principal&from=12",
                    "{\"months\":[{\"month\":12,\"payment\":10050,\"principal\":10000,\"interest\":"
                    "50,\"left\":0}],\"first_payment\":10600,"
                    "\"last_payment\":10050,\"total_interest\":3900,\"total_payment\":123900}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "the annuity formula",
};
