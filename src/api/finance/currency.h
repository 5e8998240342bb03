/* currency.h: a currency as the data set "currency" has it, and how an amount is rounded.
 *
 * Contract   a code of three letters, in whatever case. Headers-only: two look-ups of a few lines.
 */
#pragma once
#include "call/call.h"
#include "data/data.h"

#include <math.h>

struct currency {
    struct text code, name;
    double for_one_dollar;
};

static inline bool currency_find(struct call *c, struct text typed, struct currency *out) {
    char *code = arena_alloc(c->arena, 3);
    struct text value, t = text_trim(typed);
    if (t.length != 3)
        return false;
    for (int i = 0; i < 3; i++)
        code[i] = t.bytes[i] >= 'a' && t.bytes[i] <= 'z' ? (char)(t.bytes[i] - 32) : t.bytes[i];
    out->code = text_of(code, 3);
    if (!pack_find(data_pack(c->data, DATA_CURRENCY), out->code, &value))
        return false;
    out->name = pack_field(value, 0);
    return text_to_number(pack_field(value, 2), &out->for_one_dollar) && out->for_one_dollar > 0;
}

static inline double rounded(double amount, int decimals) {
    double scale = pow(10, decimals);
    return round(amount * scale) / scale;
}

/* Four decimals; below one, six significant digits, so that a small sum does not become nothing. */
static inline double shown(double amount) {
    if (amount == 0 || amount >= 1)
        return rounded(amount, 4);
    return rounded(amount, 5 - (int)floor(log10(amount)));
}
