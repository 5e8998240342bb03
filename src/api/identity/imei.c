/* imei.c: the number of a mobile device, taken apart. */
#include "api/identity/plain.h"
#include "call/ask.h"
#include "call/reply.h"
#include "codec/check_digit.h"

enum { ASKED_IMEI };

/* 3GPP TS 23.003 and GSMA TS.06: the first two digits name the body that gave the type's code. */
static const struct {
    const char *lead, *name;
} bodies[] = {{"01", "PTCRB (USA)"},  {"35", "TUV SUD / BABT (UK)"}, {"86", "TAF (China)"},
              {"91", "MSAI (India)"}, {"99", "GHA (multi RAT)"},     {"00", "test devices"}};

static struct err imei(struct call *c) {
    struct text digits = plain_in(c->arena, ask_text(c, ASKED_IMEI));
    const char *body = NULL;
    bool is_number = digits.length >= 14 && digits.length <= 16;
    for (size_t i = 0; i < digits.length; i++)
        is_number &= digits.bytes[i] >= '0' && digits.bytes[i] <= '9';
    if (!is_number)
        return call_invalid(c, ASKED_IMEI, "IMEI 是 15 位数字（14 位不含校验位，16 位为 IMEISV）",
                            "an IMEI has 15 digits (14 without the check digit, 16 as an IMEISV)");
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        if (text_starts(digits, text_c(bodies[i].lead)))
            body = bodies[i].name;
    reply_object(c, NULL);
    reply_text(c, "tac", text_part(digits, 0, 8));
    reply_text(c, "serial", text_part(digits, 8, 6));
    reply_c(c, "body", body);
    reply_c(c, "kind", digits.length == 16 ? "IMEISV" : "IMEI");
    if (digits.length == 15)
        reply_bool(c, "valid", check_luhn(digits));
    else
        reply_null(c, "valid");
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_imei = {
    .path = "/api/imei",
    .subject = "identity",
    .title = {"IMEI 校验", "IMEI"},
    .says =
        {"校验手机 IMEI 的 Luhn 校验位，拆出型号核准码（TAC）、序列号与分配机构。不含型号数据库。",
         "Checks the Luhn digit of a device's IMEI and takes it apart: type allocation code, "
         "serial number and who gave the code. There is "
         "no list of models behind it."},
    .run = imei,
    .asks = ASKS({"imei",
                  ASK_TEXT,
                  REQUIRED,
                  {"IMEI，可含空格或连字符", "The IMEI, with blanks or hyphens if you like"},
                  1,
                  40,
                  .aliases = "number"}),
    .gives = GIVES(
        {"tac", GIVE_TEXT, {"型号核准码", "Type allocation code"}},
        {"serial", GIVE_TEXT, {"序列号", "Serial number"}},
        {"body", GIVE_TEXT, {"分配机构；未知为 null", "Who gave the code; null if not known"}},
        {"kind", GIVE_TEXT, {"IMEI 或 IMEISV", "IMEI or IMEISV"}},
        {"valid",
         GIVE_BOOL,
         {"校验位是否正确；没有校验位时为 null",
          "Is the check digit right? null where there is none"}}),
    .shows = SHOWS({"imei=490154203237518",
                    "{\"tac\":\"49015420\",\"serial\":\"323751\",\"body\":null,\"kind\":\"IMEI\","
                    "\"valid\":true}",
                    SHOW_EXACT},
                   {"imei=86-095203-123456-7",
                    "{\"tac\":\"86095203\",\"serial\":\"123456\",\"body\":\"TAF "
                    "(China)\",\"kind\":\"IMEI\",\"valid\":false}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .stands_on = "3GPP TS 23.003; GSMA TS.06",
};
