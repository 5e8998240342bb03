/* event_row.h: an event of the data set "events" as three APIs answer it. Its id is its key. */
#pragma once
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"
#include "data/range.h"

enum { EVENT_YEAR, EVENT_TITLE, EVENT_YEAR_BASE = 5000, EVENT_KEY_BYTES = 10 };

static inline void event_reply(struct call *c, struct text key, struct text value) {
    struct text year = pack_field(value, EVENT_YEAR), title = pack_field(value, EVENT_TITLE);
    int64_t number = 0;
    text_to_i64(year, &number);
    struct text month = text_part(key, 0, 2), day = text_part(key, 2, 2);
    struct text spoken =
        number < 0 ? text_format_in(c->arena, "公元前%lld", (long long)-number) : year;
    reply_object(c, NULL);
    reply_text(c, "id", key);
    reply_text(c, "title", title);
    reply_text(c, "year", year);
    reply_text(c, "month", month);
    reply_text(c, "day", day);
    reply_text(c, "monthday", text_format_in(c->arena, "%.*s%.*s", TEXT_ARG(month), TEXT_ARG(day)));
    reply_text(c, "date",
               text_format_in(c->arena, "%.*s年%.*s月%.*s日", TEXT_ARG(spoken), TEXT_ARG(month),
                              TEXT_ARG(day)));
    reply_text(c, "desc", title);
    reply_end_object(c);
}
#define EVENT_GIVES(at)                                                                            \
    {at "id", GIVE_TEXT, {"编号", "Id"}}, {at "title", GIVE_TEXT, {"事件", "The event"}},          \
        {at "year", GIVE_TEXT, {"年，公元前为负", "Year, negative before our era"}},               \
        {at "month", GIVE_TEXT, {"月", "Month"}}, {at "day", GIVE_TEXT, {"日", "Day"}},            \
        {at "monthday", GIVE_TEXT, {"月日", "Month and day"}},                                     \
        {at "date", GIVE_TEXT, {"日期", "The date, in Chinese"}}, {                                \
        at "desc", GIVE_TEXT, {                                                                    \
            "说明", "What happened"                                                                \
        }                                                                                          \
    }
