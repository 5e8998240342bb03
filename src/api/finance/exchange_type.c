/* exchange_type.c: the currencies that /api/exchange knows. */
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"

static struct err exchange_type(struct call *c) {
    struct text code, value;
    reply_list(c, NULL);
    for (uint32_t i = 0; pack_at(data_pack(c->data, DATA_CURRENCY), i, &code, &value); i++) {
        reply_object(c, NULL);
        reply_text(c, "name", pack_field(value, 0));
        reply_text(c, "value", code);
        reply_end_object(c);
    }
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_exchange_type = {
    .path = "/api/exchange/type",
    .subject = "finance",
    .title = {"支持的货币代码列表", "Currencies that can be converted"},
    .says = {"列出 /api/exchange 支持的全部货币：中文名与 ISO 4217 代码，按代码排序。",
             "Lists all currencies that /api/exchange knows, with their Chinese names and ISO 4217 codes, by code."},
    .run = exchange_type,
    .asks = ASKS({0}),
    .gives = GIVES({"[].name", GIVE_TEXT, {"货币中文名", "Name in Chinese"}},
                   {"[].value", GIVE_TEXT, {"货币代码", "Code"}}),
    .shows = SHOWS({"", "[{\"name\":\"阿联酋迪拉姆\",\"value\":\"AED\"}]", SHOW_SHAPE}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 3600,
    .needs = NEEDS(DATA_CURRENCY),
};
