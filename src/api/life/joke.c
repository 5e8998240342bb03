/* joke.c: jokes, page by page. */
#include "api/life/own_text.h"

enum { ASKED_PAGE, ASKED_PAGE_SIZE };

static struct err joke(struct call *c) {
    struct range all = own_range(c, "j");
    struct paging page = page_of(c, ASKED_PAGE, all.until - all.from);
    struct text key, value;
    reply_list(c, NULL);
    for (uint64_t i = page.from; i < page.until; i++)
        if (pack_at(data_pack(c->data, DATA_OWN_TEXTS), all.from + (uint32_t)i, &key, &value)) {
            reply_object(c, NULL);
            reply_text(c, "title", pack_field(value, 0));
            reply_text(c, "content", pack_field(value, 1));
            reply_c(c, "time", "2026-11-24 00:00:00");
            reply_end_object(c);
        }
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_joke = {
    .path = "/api/joke",
    .subject = "life",
    .title = {"笑话列表", "Jokes"},
    .says = {"逐页返回短笑话，本站原创，四十则。",
             "Short jokes in Chinese, page by page; forty, written for this service."},
    .run = joke,
    .asks = ASKS(ASK_PAGE, ASK_PAGE_SIZE(10, 50)),
    .gives = GIVES({"[].title", GIVE_TEXT, {"标题", "Title"}},
                   {"[].content", GIVE_TEXT, {"内容", "The joke"}},
                   {"[].time", GIVE_TEXT, {"收录时间", "When it came in"}}),
    .shows =
        SHOWS({"num=2",
               "[{\"title\":\"开会\",\"content\":"
               "\"领导：“这个方案谁有意见？”全场沉默。领导：“那就一致通过。”角落里"
               "小王说：“我有。”领导：“小王留下，其余人散会。”\",\"time\":\"2026-11-24 "
               "00:00:00\"},{\"title\":\"减"
               "肥\",\"content\":"
               "\"医生：“想减肥，摇头就行。”“什么时候摇？”“别人请你吃饭的时候。”\",\"time\":\"202"
               "6-11-24 00:00:00\"}]",
               SHOW_EXACT},
              {"page=3&num=1",
               "[{\"title\":\"考试\",\"content\":"
               "\"老师：“这次考试不难吧？”学生：“题目不难。”“那怎么考成这样？”“难"
               "的是答案。”\",\"time\":\"2026-11-24 00:00:00\"}]",
               SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 3600,
    .needs = NEEDS(DATA_OWN_TEXTS),
};
