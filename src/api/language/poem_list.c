/* poem_list.c: a collection from its first poem to its last, page by page. */
#include "api/language/poem_row.h"
#include "call/paging.h"

enum { ASKED_COLLECTION, ASKED_PAGE, ASKED_PAGE_SIZE };

static struct err poem_list(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_POEMS);
    struct range all = range_of(p, poem_letter(ask_text(c, ASKED_COLLECTION)));
    struct paging page = page_of(c, ASKED_PAGE, all.until - all.from);
    struct text key, value;
    reply_object(c, NULL);
    reply_page(c, &page);
    reply_list(c, "list");
    for (uint64_t i = page.from; i < page.until; i++)
        if (pack_at(p, all.from + (uint32_t)i, &key, &value))
            poem_reply(c, key, value);
    reply_end_list(c);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_poem_list = {
    .path = "/api/poem/list",
    .subject = "language",
    .title = {"诗词集", "A collection of poems"},
    .says =
        {"按顺序逐页读一个集子，如《唐诗三百首》《诗经》。",
         "Reads a collection in its order, page by page: the 300 Tang poems, the Book of Songs."},
    .run = poem_list,
    .asks = ASKS(POEM_ASK_COLLECTION("tang300"), ASK_PAGE, ASK_PAGE_SIZE(10, 50)),
    .gives = GIVES(GIVES_PAGE, {"list", GIVE_LIST, {"诗词", "Poems"}}, POEM_GIVES("list[].")),
    .shows = SHOWS({"page_size=2",
                    "{\"page\":1,\"page_size\":2,\"total\":320,\"pages\":160,\"list\":[{\"id\":"
                    "\"a00001\",\"title\":\"行"
                    "宫\",\"author\":\"元稹\",\"dynasty\":\"唐\",\"collection\":\"唐诗三百首\","
                    "\"lines\":[\"寥落古行宫，"
                    "宫花寂寞红。\",\"白头宫女在，闲坐说玄宗。\"]},{\"id\":\"a00002\",\"title\":"
                    "\"登鹳雀楼\",\"author\""
                    ":\"王之涣\",\"dynasty\":\"唐\",\"collection\":\"唐诗三百首\",\"lines\":["
                    "\"白日依山尽，黄河入海流。"
                    "\",\"欲穷千里目，更上一层楼。\"]}]}",
                    SHOW_EXACT},
                   {"collection=shijing&page_size=1",
                    "{\"page\":1,\"page_size\":1,\"total\":305,\"pages\":305,\"list\":[{\"id\":"
                    "\"d00001\",\"title\":\"周"
                    "南·关雎\",\"author\":\"佚名\",\"dynasty\":\"先秦\",\"collection\":\"诗经\","
                    "\"lines\":[\"关关雎鸠，"
                    "在河之洲。窈窕淑女，君子好逑。\",\"参差荇菜，左右流之。窈窕淑女，寤寐求之。\","
                    "\"求之不得，寤寐思服"
                    "。悠哉悠哉，辗转反侧。\",\"参差荇菜，左右采之。窈窕淑女，琴瑟友之。\","
                    "\"参差荇菜，左右芼之。窈窕淑"
                    "女，钟鼓乐之。\"]}]}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_POEMS),
};
