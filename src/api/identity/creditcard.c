/* creditcard.c: which network a payment card's number belongs to, and whether its check digit is
 * right. */
#include "api/identity/plain.h"
#include "call/ask.h"
#include "call/reply.h"
#include "codec/check_digit.h"

enum { ASKED_NUMBER };

/* Ranges of ISO/IEC 7812 issuers as the networks publish them; the first that fits counts. */
static const struct network {
    const char *name;
    const char *first, *last; /* leading digits, as many in both */
    unsigned shortest, longest;
} networks[] = {
    {"American Express", "34", "34", 15, 15}, {"American Express", "37", "37", 15, 15},
    {"JCB", "3528", "3589", 16, 19},          {"Diners Club", "300", "305", 14, 19},
    {"Diners Club", "36", "36", 14, 19},      {"Diners Club", "38", "39", 14, 19},
    {"Mir", "2200", "2204", 16, 19},          {"Mastercard", "2221", "2720", 16, 16},
    {"Mastercard", "51", "55", 16, 16},       {"Visa", "4", "4", 13, 19},
    {"RuPay", "6521", "6522", 16, 16},        {"Discover", "6011", "6011", 16, 19},
    {"Discover", "644", "649", 16, 19},       {"Discover", "65", "65", 16, 19},
    {"UnionPay", "62", "62", 13, 19},         {"UnionPay", "81", "81", 16, 19},
    {"Maestro", "50", "50", 12, 19},          {"Maestro", "56", "58", 12, 19},
    {"Maestro", "67", "67", 12, 19},
};

static bool fits(const struct network *n, struct text digits) {
    size_t length = text_c(n->first).length;
    struct text lead = text_part(digits, 0, length);
    return lead.length == length && text_compare(lead, text_c(n->first)) >= 0 &&
           text_compare(lead, text_c(n->last)) <= 0;
}

static const struct network *network_of(struct text digits) {
    for (size_t i = 0; i < sizeof networks / sizeof *networks; i++)
        if (fits(&networks[i], digits))
            return &networks[i];
    return NULL;
}

/* First six and last four, as PCI DSS 3.4 lets a number be shown. */
static struct text masked_in(struct arena *a, struct text digits) {
    char *room = arena_alloc(a, digits.length);
    for (size_t i = 0; i < digits.length; i++)
        room[i] = i < 6 || i + 4 >= digits.length ? digits.bytes[i] : '*';
    return text_of(room, digits.length);
}

static struct err creditcard(struct call *c) {
    struct text digits = plain_in(c->arena, ask_text(c, ASKED_NUMBER));
    bool is_long_enough = digits.length >= 12 && digits.length <= 19;
    for (size_t i = 0; i < digits.length; i++)
        is_long_enough &= digits.bytes[i] >= '0' && digits.bytes[i] <= '9';
    if (!is_long_enough)
        return call_invalid(c, ASKED_NUMBER, "卡号是 12 到 19 位数字",
                            "a card's number has 12 to 19 digits");
    const struct network *n = network_of(digits);
    bool is_length = n && digits.length >= n->shortest && digits.length <= n->longest;
    reply_object(c, NULL);
    reply_text(c, "number", masked_in(c->arena, digits));
    reply_c(c, "network", n ? n->name : NULL);
    reply_int(c, "length", (int64_t)digits.length);
    reply_bool(c, "luhn", check_luhn(digits));
    reply_bool(c, "valid", check_luhn(digits) && is_length);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_creditcard = {
    .path = "/api/creditcard",
    .subject = "identity",
    .title = {"信用卡类型与校验", "Payment card network"},
    .says = {"按号段判断卡组织（银联、Visa、万事达、运通、JCB 等），检查位数与 Luhn "
             "校验位。卡号不被保存，回复中打码；不能证明卡真实存在。",
             "Tells a card's network by its leading digits (UnionPay, Visa, Mastercard, American "
             "Express, JCB …), checks its length and Luhn "
             "digit. The number is not kept and is masked in the answer; that a card exists can't "
             "be told."},
    .run = creditcard,
    .asks = ASKS({"number",
                  ASK_TEXT,
                  REQUIRED,
                  {"卡号，可含空格或连字符", "The number, with blanks or hyphens if you like"},
                  1,
                  40,
                  .aliases = "card|cardno|bankcard"}),
    .gives =
        GIVES({"number", GIVE_TEXT, {"打码的卡号", "The number, masked"}},
              {"network", GIVE_TEXT, {"卡组织；未知为 null", "The network; null if not known"}},
              {"length", GIVE_INT, {"位数", "How many digits"}},
              {"luhn", GIVE_BOOL, {"校验位是否正确", "Is the check digit right?"}},
              {"valid", GIVE_BOOL, {"位数与校验位都正确", "Length and check digit are right"}}),
    .shows = SHOWS({"number=4111 1111 1111 1111",
                    "{\"number\":\"411111******1111\",\"network\":\"Visa\",\"length\":16,\"luhn\":"
                    "true,\"valid\":true}",
                    SHOW_EXACT},
                   {"number=378282246310006",
                    "{\"number\":\"378282*****0006\",\"network\":\"American "
                    "Express\",\"length\":15,\"luhn\":false,\"valid\":false}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .stands_on = "ISO/IEC 7812-1; the issuer ranges that the networks publish",
};
