/* divination.c: a lot drawn from a bamboo tube. */
#include "api/life/own_text.h"

static struct err divination(struct call *c) {
    struct text key, value;
    uint64_t number = 0;
    if (!own_draw(c, "l", &key, &value))
        return call_nothing(c, "没有签", "there are no lots");
    text_to_u64(text_from(key, 1), &number);
    reply_object(c, NULL);
    reply_int(c, "number", (int64_t)number);
    reply_text(c, "luck", pack_field(value, 0));
    reply_text(c, "verse", pack_field(value, 1));
    reply_text(c, "meaning", pack_field(value, 2));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_divination = {
    .path = "/api/divination",
    .subject = "life",
    .title = {"抽签", "Draw a lot"},
    .says = {"随机抽一支签，三十支，签诗与解为本站原创。仅供娱乐。",
             "A lot by chance of thirty, with a verse and its reading in Chinese, written for this "
             "service. For play."},
    .run = divination,
    .asks = ASKS({0}),
    .gives =
        GIVES({"number", GIVE_INT, {"第几签", "Number"}}, {"luck", GIVE_TEXT, {"签等", "Luck"}},
              {"verse", GIVE_TEXT, {"签诗", "Verse"}}, {"meaning", GIVE_TEXT, {"解签", "Reading"}}),
    .shows = SHOWS({"",
                    "{\"number\":6,\"luck\":\"上签\",\"verse\":"
                    "\"小舟顺水不须帆，一日还过几重山。\",\"meaning\":\"顺势而"
                    "为，省力而有功。\"}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_OWN_TEXTS),
};
