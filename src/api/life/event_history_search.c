/* event_history_search.c: events whose sentence has a word. */
#include "api/life/event_row.h"
#include "call/paging.h"

enum { ASKED_WORD, ASKED_PAGE, ASKED_PAGE_SIZE };

static struct err event_history_search(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_EVENTS);
    struct text word = text_trim(ask_text(c, ASKED_WORD)), key, value;
    uint64_t total = 0, place = 0;
    for (uint32_t i = 0; pack_at(p, i, &key, &value); i++)
        total += text_find(value, word) != SIZE_MAX;
    struct paging page = page_of(c, ASKED_PAGE, total);
    if (total == 0)
        return call_nothing(c, "没有含这个词的事件", "no event has this word");
    reply_list(c, NULL);
    for (uint32_t i = 0; pack_at(p, i, &key, &value); i++)
        if (text_find(value, word) != SIZE_MAX) {
            if (place >= page.from && place < page.until)
                event_reply(c, key, value);
            place++;
        }
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_event_history_search = {
    .path = "/api/eventHistory/search",
    .subject = "life",
    .title = {"历史上的今天搜索", "Search events"},
    .says = {"搜索含某个词（中文或年份）的历史事件，按月日排列。", "Events whose sentence has a word (in Chinese) or a year, by day of the year."},
    .run = event_history_search,
    .asks = ASKS({"word", ASK_TEXT, REQUIRED, {"要搜索的词", "The word"}, 1, 20, .aliases = "keyword"}, ASK_PAGE, ASK_PAGE_SIZE(20, 100)),
    .gives = GIVES(EVENT_GIVES("[].")),
    .shows = SHOWS({"word=冥王星", "?", SHOW_EXACT}, {"word=阿波罗&page_size=1", "?", SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_EVENTS),
};
