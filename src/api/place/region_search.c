/* region_search.c: divisions of China by a part of their name. */
#include "api/place/region_row.h"

enum { ASKED_WORD, ASKED_ABOLISHED, ASKED_PAGE };
enum { RANKS = 2, PARTS_READ_FROM = 3 /* bytes: one Chinese character */ };

/* 0 where the name begins with the word, 1 where it holds it, RANKS where it does not. */
static unsigned rank_of(struct text name, struct text word) {
    size_t at = text_find(name, word);
    return at == 0 ? 0 : at == SIZE_MAX ? RANKS : 1;
}

static struct err region_search(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_GB2260);
    struct text word = text_trim(ask_text(c, ASKED_WORD)), key, value;
    uint32_t count = pack_count(p), *found[RANKS], hits[RANKS] = {0};
    for (unsigned r = 0; r < RANKS; r++)
        found[r] = arena_alloc(c->arena, count * sizeof **found);
    if (word.length < PARTS_READ_FROM)
        return call_invalid(c, ASKED_WORD, "请用中文名称搜索，如 南山", "search by the Chinese name, such as 南山");
    for (uint32_t i = 0; i < count; i++) {
        if (!pack_at(p, i, &key, &value) || (!region_is_current(value) && !ask_bool(c, ASKED_ABOLISHED)))
            continue;
        unsigned rank = rank_of(pack_field(value, 0), word);
        if (rank < RANKS)
            found[rank][hits[rank]++] = i;
    }
    if (hits[0] + hits[1] == 0)
        return call_nothing(c, "没有名称里含有这个词的区划", "no division has this word in its name");
    struct paging page = page_of(c, ASKED_PAGE, hits[0] + hits[1]);
    reply_object(c, NULL);
    reply_page(c, &page);
    reply_list(c, "regions");
    for (uint64_t i = page.from; i < page.until; i++)
        if (pack_at(p, i < hits[0] ? found[0][i] : found[1][i - hits[0]], &key, &value)) {
            reply_object(c, NULL);
            region_reply_names(c, key, value);
            reply_end_object(c);
        }
    reply_end_list(c);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_region_search = {
    .path = "/api/region/search",
    .subject = "place",
    .title = {"行政区划搜索", "Search divisions of China"},
    .says = {"按名称的一部分搜索省、市、区县，名称以该词开头的在前，其余按代码排列。数据到 2021 年。",
             "Provinces, cities and counties of China by a part of their Chinese name; names that begin with it come first, "
             "each group in the order of the codes. As of 2021."},
    .run = RUN_IN_WORKER(region_search),
    .asks = ASKS({"word", ASK_TEXT, REQUIRED, {"名称或其一部分", "The name or a part of it"}, 1, 20,
                  .aliases = "keyword|name|q"},
                 {"abolished", ASK_BOOL, OPTIONAL, {"是否也找已撤销的", "Whether abolished ones are looked at too"},
                  .fallback = "0"},
                 ASK_PAGE, ASK_PAGE_SIZE(20, 100)),
    .gives = GIVES(GIVES_PAGE, {"regions", GIVE_LIST, {"找到的区划", "What was found"}}, REGION_GIVES("regions[].")),
    .shows = SHOWS({"word=%E5%8D%97%E5%B1%B1%E5%8C%BA",
                    "{\"page\":1,\"page_size\":20,\"total\":2,\"pages\":1,\"regions\":[{\"code\":\"230404"
                    "\",\"name\":\"南山区\",\"level\":\"county\",\"province\":\"黑龙江省\",\"city\":\"鹤岗"
                    "市\",\"county\":\"南山区\",\"current\":true},{\"code\":\"440305\",\"name\":\"南山区"
                    "\",\"level\":\"county\",\"province\":\"广东省\",\"city\":\"深圳市\",\"county\":\"南山"
                    "区\",\"current\":true}]}", SHOW_EXACT},
                   {"word=%E9%B8%A1%E8%A5%BF%E5%B8%82",
                    "{\"page\":1,\"page_size\":20,\"total\":1,\"pages\":1,\"regions\":[{\"code\":\"230300"
                    "\",\"name\":\"鸡西市\",\"level\":\"city\",\"province\":\"黑龙江省\",\"city\":\"鸡西市"
                    "\",\"county\":\"\",\"current\":true}]}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_GB2260),
};
