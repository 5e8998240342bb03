/* xhy_random.c: a two-part saying by chance. */
#include "call/reply.h"
#include "data/data.h"
#include "data/range.h"

static struct err xhy_random(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_XHY);
    struct text key, value;
    if (!range_draw(p, range_of(p, TEXT("")), c->random, &key, &value))
        return call_nothing(c, "没有歇后语", "there are no sayings");
    reply_object(c, NULL);
    reply_text(c, "riddle", pack_field(value, 0));
    reply_text(c, "answer", pack_field(value, 1));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_xhy_random = {
    .path = "/api/xhy/random",
    .subject = "language",
    .title = {"随机歇后语", "A saying by chance"},
    .says = {"随机返回一条歇后语。", "A Chinese two-part saying by chance."},
    .run = xhy_random,
    .asks = ASKS({0}),
    .gives =
        GIVES({"riddle", GIVE_TEXT, {"谜面", "Riddle"}},
              {"answer", GIVE_TEXT, {"谜底，多个以；分隔", "Answer; several are parted by ；"}}),
    .shows =
        SHOWS({"", "{\"riddle\":\"人手一把号，各吹各的调\",\"answer\":\"自行其是\"}", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_XHY),
};
