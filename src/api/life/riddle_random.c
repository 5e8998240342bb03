/* riddle_random.c: a riddle by chance. */
#include "api/life/riddle_row.h"

static struct err riddle_random(struct call *c) {
    struct text key, value;
    if (!own_draw(c, "r", &key, &value))
        return call_nothing(c, "没有谜语", "there are no riddles");
    riddle_reply(c, value);
    return ok;
}

const struct endpoint endpoint_riddle_random = {
    .path = "/api/riddle/random",
    .subject = "life",
    .title = {"随机谜语", "A riddle by chance"},
    .says = {"随机返回一则谜语与谜底。", "A riddle and its answer, in Chinese."},
    .run = riddle_random,
    .asks = ASKS({0}),
    .gives = GIVES(RIDDLE_GIVES("")),
    .shows = SHOWS({"", "{\"title\":\"在山里\",\"content\":\"什么布剪不断\",\"answer\":\"瀑布\"}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_OWN_TEXTS),
};
