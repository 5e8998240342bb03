/* mryw_random.c: an essay by chance. */
#include "api/life/mryw_row.h"

static struct err mryw_random(struct call *c) {
    struct text key, value;
    if (!range_draw(data_pack(c->data, DATA_CLASSICS), essays(c), c->random, &key, &value))
        return call_nothing(c, "没有文章", "there are no essays");
    mryw_reply(c, key, value, true);
    return ok;
}

const struct endpoint endpoint_mryw_random = {
    .path = "/api/mryw/random",
    .subject = "life",
    .title = {"随机美文", "An essay by chance"},
    .says = {"随机返回《古文观止》中的一篇。", "A piece of the Guwen Guanzhi by chance."},
    .run = mryw_random,
    .asks = ASKS({0}),
    .gives = GIVES(MRYW_GIVES(""), {"content", GIVE_TEXT, {"正文，段落以换行分隔", "The text; paragraphs are parted by line ends"}}),
    .shows = SHOWS({"", "?", SHOW_SHAPE}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_CLASSICS),
};
