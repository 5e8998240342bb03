/* region.c: a division of China by its code, and what lies in it. */
#include "api/place/region_row.h"
#include "data/range.h"

enum { ASKED_CODE };

static void reply_child(struct call *c, struct text code, struct text value) {
    reply_object(c, NULL);
    reply_text(c, "code", code);
    reply_text(c, "name", pack_field(value, 0));
    reply_end_object(c);
}

/* By their codes, since a walk over the whole list takes too long for nginx. 83 is not a place. */
static void reply_provinces(struct call *c) {
    struct text value;
    for (unsigned i = 11; i <= 82; i++) {
        struct text code = text_format_in(c->arena, "%02u0000", i);
        if (pack_find(data_pack(c->data, DATA_GB2260), code, &value) && region_is_current(value))
            reply_child(c, code, value);
    }
}

static void reply_below(struct call *c, struct text code) {
    const struct pack *p = data_pack(c->data, DATA_GB2260);
    unsigned fixed = region_digits(code);
    struct range all = range_of(p, text_part(code, 0, fixed));
    struct text key, value;
    for (uint32_t i = all.from; i < all.until && fixed < 6; i++)
        if (pack_at(p, i, &key, &value) && region_is_current(value) && region_digits(key) == fixed + 2 &&
            !(fixed == 4 && region_is_heading(pack_field(value, 0))))
            reply_child(c, key, value);
}

static struct err region(struct call *c) {
    struct text code = text_trim(ask_text(c, ASKED_CODE)), value = {0};
    uint64_t digits;
    if (ask_has(c, ASKED_CODE) && (!text_to_u64(code, &digits) || code.length % 2 || code.length > 6))
        return call_invalid(c, ASKED_CODE, "行政区划代码是 2、4 或 6 位数字，如 44、4403、440305",
                            "a code of a division has 2, 4 or 6 digits, as 44, 4403 or 440305");
    if (ask_has(c, ASKED_CODE))
        code = text_part(text_format_in(c->arena, "%.*s0000", TEXT_ARG(code)), 0, 6);
    if (ask_has(c, ASKED_CODE) && !pack_find(data_pack(c->data, DATA_GB2260), code, &value))
        return call_nothing(c, "没有这个行政区划代码", "there is no division with this code");
    reply_object(c, NULL);
    region_reply_names(c, code, value);
    reply_list(c, "children");
    if (code.length)
        reply_below(c, code);
    else
        reply_provinces(c);
    reply_end_list(c);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_region = {
    .path = "/api/region",
    .subject = "place",
    .title = {"行政区划查询", "Divisions of China"},
    .says = {"按 GB/T 2260 代码查省、市、区县的名称与下级区划；已撤销的代码也能查到，current 为 false。不传 code 时列出全部省级区划。数据到 "
             "2021 年，只到区县一级。",
             "Name of a province, city or county of China by its code of GB/T 2260, with what lies in it; abolished codes are "
             "found too, with current false. Without a code, the provinces. As of 2021, down to counties."},
    .run = region,
    .asks = ASKS({"code", ASK_TEXT, OPTIONAL, {"行政区划代码，2、4 或 6 位", "The code: 2, 4 or 6 digits"}, 2, 6,
                  .aliases = "adcode|id"}),
    .gives = GIVES(REGION_GIVES(""), {"children", GIVE_LIST, {"现行的下一级区划", "The divisions right below, in force"}},
                   {"children[].code", GIVE_TEXT, {"代码", "Code"}}, {"children[].name", GIVE_TEXT, {"名称", "Name"}}),
    .shows = SHOWS({"code=4403",
                    "{\"code\":\"440300\",\"name\":\"深圳市\",\"level\":\"city\",\"province\":\"广东省\","
                    "\"city\":\"深圳市\",\"county\":\"\",\"current\":true,\"children\":[{\"code\":\"44030"
                    "3\",\"name\":\"罗湖区\"},{\"code\":\"440304\",\"name\":\"福田区\"},{\"code\":\"44030"
                    "5\",\"name\":\"南山区\"},{\"code\":\"440306\",\"name\":\"宝安区\"},{\"code\":\"44030"
                    "7\",\"name\":\"龙岗区\"},{\"code\":\"440308\",\"name\":\"盐田区\"},{\"code\":\"44030"
                    "9\",\"name\":\"龙华区\"},{\"code\":\"440310\",\"name\":\"坪山区\"},{\"code\":\"44031"
                    "1\",\"name\":\"光明区\"}]}", SHOW_EXACT}, {"code=440305",
                    "{\"code\":\"440305\",\"name\":\"南山区\",\"level\":\"county\",\"province\":\"广东省"
                    "\",\"city\":\"深圳市\",\"county\":\"南山区\",\"current\":true,\"children\":[]}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_GB2260),
};
