/* food_random.c: what to eat today. */
#include "api/life/own_text.h"

enum { ASKED_KIND };
enum { DISH, DISH_KIND, DISH_REGION };

static bool is_wanted(struct call *c, struct text value) {
    struct text kind = text_trim(ask_text(c, ASKED_KIND));
    return !ask_has(c, ASKED_KIND) || text_equal(pack_field(value, DISH_KIND), kind) ||
           text_equal(pack_field(value, DISH_REGION), kind);
}

static struct err food_random(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_OWN_TEXTS);
    struct range all = own_range(c, "f");
    struct text key, value, chosen = {0};
    uint32_t count = 0;
    for (uint32_t i = all.from; i < all.until; i++)
        if (pack_at(p, i, &key, &value) && is_wanted(c, value) &&
            random_below(c->random, ++count) == 0)
            chosen = value; /* each of the first n with chance 1/n */
    if (count == 0)
        return call_nothing(
            c, "没有这一类，可传 川菜、面食、小吃、火锅、快餐 或地区",
            "no such kind; send one in Chinese, such as 川菜, 面食, 小吃, or a region");
    reply_object(c, NULL);
    reply_text(c, "name", pack_field(chosen, DISH));
    reply_text(c, "kind", pack_field(chosen, DISH_KIND));
    reply_text(c, "region", pack_field(chosen, DISH_REGION));
    reply_int(c, "among", count);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_food_random = {
    .path = "/api/food/random",
    .subject = "life",
    .title = {"今天吃什么", "What to eat"},
    .says = {"从一百种菜里随机选一样，可以限定菜系、类别或地区。",
             "A dish by chance of a hundred; a kind or region may be named in Chinese."},
    .run = food_random,
    .asks = ASKS({"kind",
                  ASK_TEXT,
                  OPTIONAL,
                  {"菜系、类别或地区", "Kind or region"},
                  1,
                  10,
                  .aliases = "type"}),
    .gives = GIVES({"name", GIVE_TEXT, {"菜名", "Dish"}}, {"kind", GIVE_TEXT, {"类别", "Kind"}},
                   {"region", GIVE_TEXT, {"地区", "Region"}},
                   {"among", GIVE_INT, {"从几样中选", "Of how many"}}),
    .shows = SHOWS(
        {"", "{\"name\":\"大盘鸡\",\"kind\":\"新疆菜\",\"region\":\"新疆\",\"among\":100}",
         SHOW_EXACT},
        {"kind=%E9%9D%A2%E9%A3%9F",
         "{\"name\":\"烩面\",\"kind\":\"面食\",\"region\":\"河南\",\"among\":18}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_OWN_TEXTS),
};
