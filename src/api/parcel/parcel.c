/* parcel.c: see parcel.h. */
#include "api/parcel/parcel.h"
#include "data/data.h"

#ifndef ALAPI_NO_WORKER_LANE /* nginx has no connect/ */

enum { ASKED_NUMBER, ASKED_COM, ASKED_PHONE };
enum { PHONE_DIGITS = 4 };

static bool is_of_number(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
}

/* A code stands in the data as it is; short codes and names stand behind ~. */
static bool find_carrier(struct call *c, struct text asked, struct text *code_out) {
    const struct pack *p = data_pack(c->data, DATA_CARRIERS);
    struct text lower = text_lower_in(c->arena, asked), value;
    if (pack_find(p, lower, &value)) {
        *code_out = lower;
        return true;
    }
    return pack_find(p, text_format_in(c->arena, "~%.*s", TEXT_ARG(lower)), code_out);
}

/* The last four digits: all that carriers ask for. */
static bool find_phone(struct text asked, struct text *out) {
    if (asked.length < PHONE_DIGITS)
        return false;
    for (size_t i = asked.length - PHONE_DIGITS; i < asked.length; i++)
        if (asked.bytes[i] < '0' || asked.bytes[i] > '9')
            return false;
    *out = text_from(asked, asked.length - PHONE_DIGITS);
    return true;
}

struct err parcel_run(struct call *c) {
    struct named_value made[3];
    unsigned count = 0;
    struct text number = text_trim(ask_text(c, ASKED_NUMBER)), code, phone;
    for (size_t i = 0; i < number.length; i++)
        if (!is_of_number(number.bytes[i]))
            return call_invalid(c, ASKED_NUMBER, "单号只能是字母、数字与连字符",
                                "the number of a parcel holds letters, digits and hyphens only");
    made[count++] = (struct named_value){TEXT("number"), number};
    if (ask_has(c, ASKED_COM)) {
        if (!find_carrier(c, text_trim(ask_text(c, ASKED_COM)), &code))
            return call_invalid(c, ASKED_COM, "没有这个快递公司，代码见 /api/kd/com；不传则由来源识别",
                                "no such carrier; /api/kd/com lists them, and without one the source guesses");
        made[count++] = (struct named_value){TEXT("com"), code};
    }
    if (ask_has(c, ASKED_PHONE)) {
        if (!find_phone(text_trim(ask_text(c, ASKED_PHONE)), &phone))
            return call_invalid(c, ASKED_PHONE, "请传手机号或其后四位数字",
                                "send a phone number or its last four digits");
        made[count++] = (struct named_value){TEXT("phone"), phone};
    }
    return connector_run_with(c, made, count);
}

#endif
