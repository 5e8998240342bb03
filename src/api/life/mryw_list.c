/* mryw_list.c: the essays of an age or an author, or all. */
#include "api/life/mryw_row.h"
#include "call/paging.h"

enum { ASKED_CATE, ASKED_PAGE, ASKED_PAGE_SIZE };

static bool is_wanted(struct call *c, struct text value) {
    return !ask_has(c, ASKED_CATE) || text_find(pack_field(value, ESSAY_AUTHOR),
                                                text_trim(ask_text(c, ASKED_CATE))) != SIZE_MAX;
}

static struct err mryw_list(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_CLASSICS);
    struct range all = essays(c);
    struct text key, value;
    uint64_t total = 0, place = 0;
    for (uint32_t i = all.from; i < all.until; i++)
        total += pack_at(p, i, &key, &value) && is_wanted(c, value);
    struct paging page = page_of(c, ASKED_PAGE, total);
    if (total == 0)
        return call_nothing(
            c, "没有这个时代或作者的文章，可传 先秦、两汉、唐代、宋代 或作者",
            "no essays of that age or author; send a dynasty or an author in Chinese");
    reply_list(c, NULL);
    for (uint32_t i = all.from; i < all.until; i++)
        if (pack_at(p, i, &key, &value) && is_wanted(c, value)) {
            if (place >= page.from && place < page.until)
                mryw_reply(c, key, value, false);
            place++;
        }
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_mryw_list = {
    .path = "/api/mryw/list",
    .subject = "life",
    .title = {"美文列表", "List of essays"},
    .says =
        {"列出《古文观止》各篇；cate 按时代或作者筛选，如 唐代、韩愈。正文用 /api/mryw?id= 取。",
         "The pieces of the Guwen Guanzhi; cate keeps an age or an author (唐代, 韩愈). "
         "/api/mryw?id= has the text."},
    .run = mryw_list,
    .asks = ASKS({"cate", ASK_TEXT, OPTIONAL, {"时代或作者", "Age or author"}, 1, 10}, ASK_PAGE,
                 ASK_PAGE_SIZE(20, 100)),
    .gives = GIVES(MRYW_GIVES("[].")),
    .shows = SHOWS({"cate=%E9%9F%A9%E6%84%88&page_size=2",
                    "[{\"id\":\"o119\",\"title\":\"原道\",\"author\":\"韩愈\",\"dynasty\":\"唐代\"}"
                    ",{\"id\":\"o120\",\""
                    "title\":\"原毁\",\"author\":\"韩愈\",\"dynasty\":\"唐代\"}]",
                    SHOW_EXACT},
                   {"page_size=1",
                    "[{\"id\":\"o001\",\"title\":\"郑伯克段于鄢\",\"author\":\"左丘明\","
                    "\"dynasty\":\"先秦\"}]",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_CLASSICS),
};
