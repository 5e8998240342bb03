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
    .says = {"搜索含某个词（中文或年份）的历史事件，按月日排列。",
             "Events whose sentence has a word (in Chinese) or a year, by day of the year."},
    .run = event_history_search,
    .asks =
        ASKS({"word", ASK_TEXT, REQUIRED, {"要搜索的词", "The word"}, 1, 20, .aliases = "keyword"},
             ASK_PAGE, ASK_PAGE_SIZE(20, 100)),
    .gives = GIVES(EVENT_GIVES("[].")),
    .shows = SHOWS({"word=%E5%86%A5%E7%8E%8B%E6%98%9F",
                    "[{\"id\":\"0218069301\",\"title\":\"汤博发现冥王星\",\"year\":\"1930\","
                    "\"month\":\"02\",\"day\":\""
                    "18\",\"monthday\":\"0218\",\"date\":\"1930年02月18日\",\"desc\":"
                    "\"汤博发现冥王星\"},{\"id\":\"0824"
                    "070061\",\"title\":\"国际天文学联合会重新定义行星，冥王星列为矮行星\","
                    "\"year\":\"2006\",\"month\":"
                    "\"08\",\"day\":\"24\",\"monthday\":\"0824\",\"date\":\"2006年08月24日\","
                    "\"desc\":\"国际天文学联合会"
                    "重新定义行星，冥王星列为矮行星\"}]",
                    SHOW_EXACT},
                   {"word=%E9%98%BF%E6%B3%A2%E7%BD%97&page_size=1",
                    "[{\"id\":\"0417069701\",\"title\":\"“阿波罗13号”航天员安全返回地球\",\"year\":"
                    "\"1970\",\"month\":"
                    "\"04\",\"day\":\"17\",\"monthday\":\"0417\",\"date\":\"1970年04月17日\","
                    "\"desc\":\"“阿波罗13号”航天"
                    "员安全返回地球\"}]",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_EVENTS),
};
