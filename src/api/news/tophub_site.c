/* tophub_site.c: sites of the hot lists. */
#include "api/connected.h"

const struct endpoint endpoint_tophub_site = {
    .path = "/api/tophub/site",
    .subject = "news",
    .title = {"今日热榜站点列表", "Sites of the hot lists"},
    .says = {"有哪些热榜。",
             "Which hot lists there are."},
    CONNECTED("news"),
    .asks = ASKS(ASK_PAGE,
                 ASK_PAGE_SIZE(20, 100)),
    .gives = GIVES({"[].category", GIVE_TEXT, {"分类", "Category"}},
                   {"[].title", GIVE_TEXT, {"榜单名", "Name of the list"}},
                   {"[].id", GIVE_TEXT, {"榜单编号，用于 /api/tophub", "Its id for /api/tophub"}},
                   {"[].site", GIVE_TEXT, {"站点", "Its site"}}),
    .shows = SHOWS({"page=1",
                    "[{\"category\":\"综合\",\"title\":\"热搜榜\",\"id\":\"KqndgxeLl9\",\"site\":\"微博\""
                    "}]",
                    SHOW_LIVE}),
    .price_units = 1,
    .keep_s = 3600,
};
