/* kd_com.c: the carriers that /api/kd knows by name. */
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"

enum { CARRIER_NAME, CARRIER_ENGLISH };

static struct err kd_com(struct call *c) {
    struct text code, value;
    reply_list(c, NULL);
    for (uint32_t i = 0; pack_at(data_pack(c->data, DATA_CARRIERS), i, &code, &value); i++) {
        if (text_starts(code, TEXT("~"))) /* a short code or a name */
            continue;
        reply_object(c, NULL);
        reply_text(c, "name",
                   pack_field(value, c->language == LANGUAGE_EN ? CARRIER_ENGLISH : CARRIER_NAME));
        reply_text(c, "code", code);
        reply_end_object(c);
    }
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_kd_com = {
    .path = "/api/kd/com",
    .subject = "parcel",
    .title = {"快递公司列表", "Carriers of parcels"},
    .says = {"/api/kd 与 /api/tracking 的 com 可用的快递公司：名称与代码，按代码排序。com 也接受常用缩写（如 SF、YTO）与中文名。",
             "The carriers that com of /api/kd and /api/tracking may name, by code. Usual short codes (SF, YTO) and "
             "Chinese names do as well."},
    .run = kd_com,
    .asks = ASKS({0}),
    .gives = GIVES({"[].name", GIVE_TEXT, {"名称", "Name"}}, {"[].code", GIVE_TEXT, {"代码", "Code"}}),
    .shows = SHOWS({"", "[{\"name\":\"安能快运\",\"code\":\"annengwuliu\"}]", SHOW_SHAPE}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_CARRIERS),
};
