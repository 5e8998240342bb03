/* china_exchange_code.c: the currencies that /api/china_exchange knows. */
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"

enum { CURRENCY_NAME, CURRENCY_ENGLISH };

static struct err china_exchange_code(struct call *c) {
    struct text code, value;
    reply_list(c, NULL);
    for (uint32_t i = 0; pack_at(data_pack(c->data, DATA_CURRENCY), i, &code, &value); i++) {
        reply_object(c, NULL);
        reply_text(c, "code", code);
        reply_text(c, "name",
                   pack_field(value, c->language == LANGUAGE_EN ? CURRENCY_ENGLISH : CURRENCY_NAME));
        reply_end_object(c);
    }
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_china_exchange_code = {
    .path = "/api/china_exchange/code",
    .subject = "finance",
    .title = {"币种列表", "Codes of currencies"},
    .says = {"/api/china_exchange 支持的全部货币：ISO 4217 代码与名称（按语言），按代码排序。",
             "All currencies that /api/china_exchange knows, with their names in your language, by code."},
    .run = china_exchange_code,
    .asks = ASKS({0}),
    .gives = GIVES({"[].code", GIVE_TEXT, {"货币代码", "Code"}}, {"[].name", GIVE_TEXT, {"名称", "Name"}}),
    .shows = SHOWS({"", "[{\"code\":\"AED\",\"name\":\"阿联酋迪拉姆\"}]", SHOW_SHAPE}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 3600,
    .needs = NEEDS(DATA_CURRENCY),
};
