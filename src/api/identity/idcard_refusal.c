/* idcard_refusal.c: see idcard_refusal.h. */
#include "api/identity/idcard_refusal.h"

struct err idcard_refusal(struct call *c, unsigned ask, enum idcard_fault fault) {
    static const struct words rules[] = {
        [IDCARD_BAD_LENGTH] = {"身份证号必须是 15 位或 18 位", "the number must have 15 or 18 characters"},
        [IDCARD_BAD_CHARACTER] = {"身份证号只能是数字，18 位号码的末位可以是 X",
                                  "the number must be digits; the last of 18 may be X"},
        [IDCARD_BAD_BIRTHDAY] = {"身份证号中的出生日期不存在", "the birthday in the number is no real date"},
        [IDCARD_BAD_CHECK] = {"末位校验码不符，请核对每一位数字（ISO 7064 MOD 11-2）",
                              "the check character does not fit; compare every digit (ISO 7064 MOD 11-2)"},
    };
    return call_invalid(c, ask, rules[fault].zh, rules[fault].en);
}
