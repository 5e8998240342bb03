/* riddle.c: riddles of a kind, page by page. */
#include "api/life/riddle_row.h"

enum { ASKED_TYPE, ASKED_PAGE, ASKED_PAGE_SIZE };

static struct err riddle(struct call *c) {
    struct text kind = {0}, value = {0};
    if (ask_has(c, ASKED_TYPE) && !own_kind(c, "=r", text_trim(ask_text(c, ASKED_TYPE)), &kind))
        return call_invalid(c, ASKED_TYPE, "没有这个类型，类型见 /api/riddle/type",
                            "no such kind; /api/riddle/type has them");
    struct paging page = page_of(c, ASKED_PAGE, own_of_kind(c, "r", kind, UINT32_MAX, &value));
    reply_list(c, NULL);
    for (uint64_t i = page.from; i < page.until; i++) {
        own_of_kind(c, "r", kind, (uint32_t)i, &value);
        riddle_reply(c, value);
    }
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_riddle = {
    .path = "/api/riddle",
    .subject = "life",
    .title = {"谜语大全", "Riddles"},
    .says = {"按类型逐页返回谜语与谜底，一百余则，多为民间谜语。",
             "Riddles and their answers by kind, page by page; about a hundred, mostly of the folk "
             "tradition, in Chinese."},
    .run = riddle,
    .asks = ASKS(
        {"type", ASK_TEXT, OPTIONAL, {"类型的序号或名称", "Number or name of the kind"}, 1, 10},
        ASK_PAGE, ASK_PAGE_SIZE(20, 50)),
    .gives = GIVES(RIDDLE_GIVES("[].")),
    .shows = SHOWS({"type=1&page_size=2",
                    "[{\"title\":\"打一字\",\"content\":\"一加一不等于二\",\"answer\":\"王\"},{"
                    "\"title\":\"打一字\",\"c"
                    "ontent\":\"一口咬掉牛尾巴\",\"answer\":\"告\"}]",
                    SHOW_EXACT},
                   {"type=%E5%8A%A8%E7%89%A9&page_size=1&page=2",
                    "[{\"title\":\"打一动物\",\"content\":\"耳朵长，尾巴短，只吃菜，不吃饭\","
                    "\"answer\":\"兔子\"}]",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 3600,
    .needs = NEEDS(DATA_OWN_TEXTS),
};
