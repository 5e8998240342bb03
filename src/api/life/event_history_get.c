/* event_history_get.c: one event by its id. */
#include "api/life/event_row.h"

enum { ASKED_ID };

static struct err event_history_get(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_EVENTS);
    struct text id = ask_text(c, ASKED_ID), key, value;
    if (!pack_at(p, pack_seek(p, id), &key, &value) || !text_equal(key, id))
        return call_nothing(c, "没有这个编号，编号由 /api/eventHistory 返回",
                            "no such id; /api/eventHistory gives them");
    struct text title = pack_field(value, EVENT_TITLE), year = pack_field(value, EVENT_YEAR);
    struct text month = text_part(key, 0, 2), day = text_part(key, 2, 2);
    reply_object(c, NULL);
    reply_text(c, "id", key);
    reply_text(c, "title", title);
    reply_text(c, "year", year);
    reply_text(c, "month", month);
    reply_text(c, "day", day);
    reply_text(c, "monthday", text_format_in(c->arena, "%.*s%.*s", TEXT_ARG(month), TEXT_ARG(day)));
    reply_text(
        c, "date",
        text_format_in(c->arena, "%.*s-%.*s-%.*s", TEXT_ARG(year), TEXT_ARG(month), TEXT_ARG(day)));
    reply_text(c, "desc", title);
    reply_text(c, "content", title);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_event_history_get = {
    .path = "/api/eventHistory/get",
    .subject = "life",
    .title = {"历史上的今天详情", "One event"},
    .says = {"按编号返回一个事件；本站的条目只有一句话，content 与 title 相同。",
             "An event by its id; our entries are one sentence, so content is the title."},
    .run = event_history_get,
    .asks = ASKS({"id", ASK_TEXT, REQUIRED, {"编号", "Id"}, EVENT_KEY_BYTES, EVENT_KEY_BYTES}),
    .gives = GIVES(EVENT_GIVES(""), {"content", GIVE_TEXT, {"内容", "Text"}}),
    .shows = SHOWS({"id=0720069691",
                    "{\"id\":\"0720069691\",\"title\":\"“阿波罗11号”登月，阿姆斯特朗踏上月球\","
                    "\"year\":\"1969\",\"mont"
                    "h\":\"07\",\"day\":\"20\",\"monthday\":\"0720\",\"date\":\"1969-07-20\","
                    "\"desc\":\"“阿波罗11号”登月"
                    "，阿姆斯特朗踏上月球\",\"content\":\"“阿波罗11号”登月，阿姆斯特朗踏上月球\"}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_EVENTS),
};
