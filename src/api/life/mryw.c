/* mryw.c: the essay of the day, the same for everybody in China; or the one with an id. */
#include "api/life/mryw_row.h"

enum { ASKED_ID };

static struct err mryw(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_CLASSICS);
    struct range all = essays(c);
    struct text key, value;
    if (ask_has(c, ASKED_ID)) {
        key = ask_text(c, ASKED_ID);
        if (key.bytes[0] != 'o' || !pack_find(p, key, &value))
            return call_invalid(c, ASKED_ID, "没有这一篇，编号见 /api/mryw/list", "no such essay; /api/mryw/list has the ids");
    } else if (all.from == all.until ||
               !pack_at(p, all.from + (uint32_t)(clock_china_day(c->now_ms) % (all.until - all.from)), &key, &value)) {
        return call_nothing(c, "没有文章", "there are no essays");
    }
    mryw_reply(c, key, value, true);
    return ok;
}

const struct endpoint endpoint_mryw = {
    .path = "/api/mryw",
    .subject = "life",
    .title = {"每日一文", "Essay of the day"},
    .says = {"每天一篇古文，出自《古文观止》的二百二十二篇，按北京时间的日期轮换；传 id 可取指定的一篇。", "An essay a day from the Guwen Guanzhi (222 pieces of classical prose), changing at midnight in China; with id a certain one."},
    .run = mryw,
    .asks = ASKS({"id", ASK_TEXT, OPTIONAL, {"编号，如 o001", "Id, such as o001"}, 4, 4}),
    .gives = GIVES(MRYW_GIVES(""), {"content", GIVE_TEXT, {"正文，段落以换行分隔", "The text; paragraphs are parted by line ends"}}),
    .shows = SHOWS({"", "?", SHOW_EXACT}, {"id=o198", "?", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_CLASSICS),
};
