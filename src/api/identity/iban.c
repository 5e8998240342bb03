/* iban.c: an international bank account number, checked and taken apart. */
#include "api/identity/plain.h"
#include "call/ask.h"
#include "call/reply.h"
#include "codec/check_digit.h"
#include "data/data.h"

enum { ASKED_IBAN };

/* The registry's notation: "4!a6!n8!n" is four letters, then twice digits; c is either. */
static bool has_structure(struct text bban, struct text structure) {
    while (structure.length) {
        unsigned count = 0;
        while (structure.length && structure.bytes[0] >= '0' && structure.bytes[0] <= '9') {
            count = count * 10 + (unsigned)(structure.bytes[0] - '0');
            structure = text_from(structure, 1);
        }
        if (structure.length < 2 || bban.length < count)
            return false;
        for (unsigned i = 0; i < count; i++) {
            bool is_digit = bban.bytes[i] >= '0' && bban.bytes[i] <= '9';
            bool is_letter = bban.bytes[i] >= 'A' && bban.bytes[i] <= 'Z';
            char kind = structure.bytes[1];
            if (kind == 'n' ? !is_digit : kind == 'a' ? !is_letter : !is_digit && !is_letter)
                return false;
        }
        bban = text_from(bban, count);
        structure = text_from(structure, 2);
    }
    return bban.length == 0;
}

static struct text in_fours_in(struct arena *a, struct text iban) {
    struct buf b;
    buf_init(&b, a, 128);
    for (size_t i = 0; i < iban.length; i += 4) {
        if (i)
            buf_char(&b, ' ');
        buf_text(&b, text_part(iban, i, 4));
    }
    return buf_peek(&b);
}

static struct err iban(struct call *c) {
    struct text number = plain_in(c->arena, ask_text(c, ASKED_IBAN)), value;
    if (number.length < 5 || number.length > 34)
        return call_invalid(
            c, ASKED_IBAN, "IBAN 是 5 到 34 位字母和数字，以两位国家代码开头",
            "an IBAN has 5 to 34 letters and digits and begins with a country's code");
    struct text key = text_format_in(c->arena, "iban %.*s", 2, number.bytes);
    if (!pack_find(data_pack(c->data, DATA_STDNUM), key, &value))
        return call_nothing(c, "登记表中没有这个国家代码的 IBAN",
                            "the registry has no IBAN of this country's code");
    struct text bban = text_from(number, 4);
    bool has_form = has_structure(bban, pack_field(value, 1));
    reply_object(c, NULL);
    reply_text(c, "iban", in_fours_in(c->arena, number));
    reply_bool(c, "valid", has_form && check_mod97(number));
    reply_bool(c, "structure", has_form);
    reply_bool(c, "check_digits", check_mod97(number));
    reply_text(c, "country_code", text_part(number, 0, 2));
    reply_text(c, "country", pack_field(value, 0));
    reply_text(c, "bban", bban);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_iban = {
    .path = "/api/iban",
    .subject = "identity",
    .title = {"IBAN 校验", "IBAN"},
    .says = {"校验国际银行账号：国家、该国规定的位数与字符、MOD 97 校验位。中国大陆不使用 "
             "IBAN。不能证明账户存在；号码不被保存。",
             "Checks an international bank account number: the country, its length and characters "
             "by the registry, and the check digits (MOD 97). "
             "Mainland China has none. It can't tell whether the account exists; the number is not "
             "kept."},
    .run = iban,
    .asks = ASKS({"iban",
                  ASK_TEXT,
                  REQUIRED,
                  {"IBAN，可含空格", "The IBAN, with blanks if you like"},
                  1,
                  60,
                  .aliases = "number|account"}),
    .gives =
        GIVES({"iban", GIVE_TEXT, {"四位一组的 IBAN", "The IBAN in groups of four"}},
              {"valid", GIVE_BOOL, {"结构与校验位都正确", "Structure and check digits are right"}},
              {"structure",
               GIVE_BOOL,
               {"位数与字符符合该国规定", "Length and characters are the country's"}},
              {"check_digits", GIVE_BOOL, {"校验位是否正确", "Are the check digits right?"}},
              {"country_code", GIVE_TEXT, {"国家代码", "The country's code"}},
              {"country",
               GIVE_TEXT,
               {"国家（英文，按登记表）", "The country, as the registry writes it"}},
              {"bban", GIVE_TEXT, {"国内账号部分", "The domestic part"}}),
    .shows = SHOWS(
        {"iban=GB82 WEST 1234 5698 7654 32",
         "{\"iban\":\"GB82 WEST 1234 5698 7654 "
         "32\",\"valid\":true,\"structure\":true,\"check_digits\":true,\"country_code\":\"GB\","
         "\"country\":\"United Kingdom\",\"bban\":\"WEST12345698765432\"}",
         SHOW_EXACT},
        {"iban=DE89370400440532013001",
         "{\"iban\":\"DE89 3704 0044 0532 0130 "
         "01\",\"valid\":false,\"structure\":true,\"check_digits\":false,\"country_code\":\"DE\","
         "\"country\":\"Germany\",\"bban\":\"370400440532013001\"}",
         SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_STDNUM),
    .stands_on = "ISO 13616",
};
