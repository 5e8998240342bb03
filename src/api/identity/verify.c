/* verify.c: see verify.h. */
#include "api/identity/verify.h"
#include "api/identity/idcard_refusal.h"

#ifndef ALAPI_NO_WORKER_LANE /* nginx has no connect/ */

enum { MOBILE_DIGITS = 11, MOBILES_MAX = 50, MOBILES_BYTES_MAX = MOBILES_MAX * (MOBILE_DIGITS + 1) };

/* "+86 138-0013-8000" -> "13800138000" */
static bool plain_mobile(struct call *c, struct text typed, struct text *out) {
    struct buf b;
    struct text rest = text_trim(typed);
    if (text_starts(rest, TEXT("+86")))
        rest = text_from(rest, 3);
    buf_init(&b, c->arena, 2 * MOBILE_DIGITS);
    for (size_t i = 0; i < rest.length; i++) {
        char at = rest.bytes[i];
        if (at == ' ' || at == '-')
            continue;
        if (at < '0' || at > '9' || b.length == MOBILE_DIGITS)
            return false;
        buf_char(&b, at);
    }
    *out = buf_peek(&b);
    return out->length == MOBILE_DIGITS && out->bytes[0] == '1' && out->bytes[1] >= '3';
}

static struct err not_mobile(struct call *c, unsigned ask) {
    return call_invalid(c, ask, "不是中国大陆手机号：应为 1 开头的 11 位数字",
                        "not a mobile number of mainland China: eleven digits that begin with 1");
}

static struct err plain_idcard(struct call *c, unsigned ask, struct text *out) {
    struct text typed = text_trim(ask_text(c, ask));
    struct idcard parsed;
    char *number = text_c_in(c->arena, typed);
    if (typed.length && number[typed.length - 1] == 'x')
        number[typed.length - 1] = 'X';
    *out = text_of(number, typed.length);
    enum idcard_fault fault = idcard_parse(*out, &parsed);
    if (fault != IDCARD_GOOD)
        return idcard_refusal(c, ask, fault);
    return parsed.length == IDCARD_LENGTH
               ? ok
               : call_invalid(c, ask, "请传 18 位身份证号；15 位的可先用 /api/idcard/upgrade 升级",
                              "send the form of 18 characters; /api/idcard/upgrade makes it of the old one");
}

struct err verify_run(struct call *c) {
    const struct ask *asks = c->endpoint->asks;
    struct named_value made[3];
    unsigned count = 0;
    for (unsigned i = 0; asks[i].name && count < 3; i++) {
        struct text value = text_trim(ask_text(c, i));
        if (strcmp(asks[i].name, "idcard") == 0)
            try(plain_idcard(c, i, &value));
        else if (strcmp(asks[i].name, "phone") == 0 && !plain_mobile(c, value, &value))
            return not_mobile(c, i);
        made[count++] = (struct named_value){text_c(asks[i].name), value};
    }
    return connector_run_with(c, made, count);
}

struct err verify_mobiles_run(struct call *c) {
    struct buf all;
    struct text rest = ask_text(c, 0), one, plain;
    unsigned count = 0;
    buf_init(&all, c->arena, MOBILES_BYTES_MAX);
    for (; text_cut(&rest, ',', &one); count++) {
        if (!plain_mobile(c, one, &plain))
            return not_mobile(c, 0);
        if (count == MOBILES_MAX)
            return call_invalid(c, 0, "一次最多 50 个号码", "50 numbers at most");
        buf_format(&all, "%s%.*s", count ? "," : "", TEXT_ARG(plain));
    }
    return connector_run_with(c, &(struct named_value){TEXT("mobiles"), buf_peek(&all)}, 1);
}

#endif
