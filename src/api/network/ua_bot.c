/* ua_bot.c: is this User-Agent a crawler's, and which. */
#include "call/ask.h"
#include "call/reply.h"
#include "data/agent.h"
#include "data/data.h"

enum { ASKED_UA };

static struct err ua_bot(struct call *c) {
    struct crawler found = {.match = TEXT("")};
    struct text tag;
    bool is_bot = agent_crawler_in(c->arena, data_pack(c->data, DATA_USER_AGENT), ask_text(c, ASKED_UA),
                                   &found);
    reply_object(c, NULL);
    reply_bool(c, "is_bot", is_bot);
    reply_text(c, "name", found.match);
    reply_text(c, "description", found.says);
    reply_text(c, "url", found.url);
    reply_list(c, "tags");
    while (found.tags.length && text_cut(&found.tags, ' ', &tag))
        reply_text(c, NULL, tag);
    reply_end_list(c);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_ua_bot = {
    .path = "/api/ua/bot",
    .subject = "network",
    .title = {"爬虫识别", "Is it a crawler"},
    .says = {"按 1500 个公开的爬虫特征判断 User-Agent 是不是爬虫、是哪一个。不认识的爬虫和伪装成浏览器的爬虫认不出来。",
             "Tells by 1500 known crawlers whether a User-Agent is one of them, and which. Unknown ones, and those that pretend to be "
             "browsers, are not told."},
    .run = RUN_IN_WORKER(ua_bot),
    .asks = ASKS({"ua", ASK_TEXT, REQUIRED, {"User-Agent", "The User-Agent"}, 1, 1000, .aliases = "user_agent|text"}),
    .gives = GIVES({"is_bot", GIVE_BOOL, {"是否爬虫", "Is it a crawler"}}, {"name", GIVE_TEXT, {"命中的特征，不是爬虫为空", "What told it; empty for none"}},
                   {"description", GIVE_TEXT, {"说明（英文）", "What it is"}}, {"url", GIVE_TEXT, {"官方说明页", "Its own page"}},
                   {"tags", GIVE_LIST, {"分类标签", "Its tags"}}),
    .shows = SHOWS({"ua=Mozilla/5.0 (compatible; Baiduspider/2.0; %2Bhttp://www.baidu.com/search/spider.html)",
                    "{\"is_bot\":true,\"name\":\"Baiduspider\",\"description\":\"Baidu search engine web "
                    "crawler bot\",\"url\":\"http://www.baidu.jp/spider/\",\"tags\":[\"search-engine\"]}", SHOW_EXACT},
                   {"ua=Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0", "{\"is_bot\":false,\"name\":\"\",\"description\":\"\",\"url\":\"\",\"tags\":[]}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_USER_AGENT),
    .stands_on = "crawler-user-agents 1.60.0 (MIT); PCRE2 10.42 (BSD-3-Clause)",
};
