/* mingyan_type.c: the kinds of quotations. */
#include "api/life/own_text.h"

static struct err mingyan_type(struct call *c) {
    struct text list, row, number, name;
    if (!pack_find(data_pack(c->data, DATA_OWN_TEXTS), TEXT("=m"), &list))
        return call_nothing(c, "没有类型", "there are no kinds");
    reply_list(c, NULL);
    while (text_cut(&list, '\t', &row))
        if (text_cut(&row, ' ', &number) && text_cut(&row, ' ', &name)) {
            reply_object(c, NULL);
            reply_text(c, "label", name);
            reply_text(c, "value", number);
            reply_end_object(c);
        }
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_mingyan_type = {
    .path = "/api/mingyan/type",
    .subject = "life",
    .title = {"名人名言类型", "Kinds of quotations"},
    .says = {"返回 /api/mingyan 的 typeid 可用的值。",
             "The values that typeid of /api/mingyan may have."},
    .run = mingyan_type,
    .asks = ASKS({0}),
    .gives = GIVES({"[].label", GIVE_TEXT, {"名称", "Name"}},
                   {"[].value", GIVE_TEXT, {"序号", "Number"}}),
    .shows = SHOWS({"",
                    "[{\"label\":\"励志\",\"value\":\"1\"},{\"label\":\"学习\",\"value\":\"2\"},{"
                    "\"label\":\"修身\",\"v"
                    "alue\":\"3\"},{\"label\":\"家国\",\"value\":\"4\"},{\"label\":\"时间\","
                    "\"value\":\"5\"},{\"label\""
                    ":\"友情\",\"value\":\"6\"},{\"label\":\"爱情\",\"value\":\"7\"},{\"label\":"
                    "\"智慧\",\"value\":\"8"
                    "\"}]",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 3600,
    .needs = NEEDS(DATA_OWN_TEXTS),
};
