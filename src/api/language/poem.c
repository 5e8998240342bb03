/* poem.c: poems by id, title or author. */
#include "api/language/poem_row.h"
#include "call/paging.h"

enum { ASKED_ID, ASKED_TITLE, ASKED_AUTHOR, ASKED_PAGE, ASKED_PAGE_SIZE };

static bool is_of(struct text value, struct text author) {
    return author.length == 0 || text_equal(pack_field(value, POEM_AUTHOR), author);
}

/* The keys of the list that the question leads to, those of other authors left out. */
static struct text list_of(struct call *c, const struct pack *p, struct text author) {
    struct text list = {0}, title = text_trim(ask_text(c, ASKED_TITLE)), key, value;
    struct buf b;
    struct text name = ask_has(c, ASKED_TITLE) ? title : author;
    if (!pack_find(
            p,
            text_format_in(c->arena, "%c%.*s", ask_has(c, ASKED_TITLE) ? '=' : '@', TEXT_ARG(name)),
            &list))
        return TEXT("");
    if (!ask_has(c, ASKED_TITLE) || author.length == 0)
        return list;
    buf_init(&b, c->arena, LIMIT_REPLY_BYTES);
    while (text_cut(&list, '\t', &key))
        if (pack_find(p, key, &value) && is_of(value, author))
            buf_format(&b, "%s%.*s", b.length ? "\t" : "", TEXT_ARG(key));
    return buf_peek(&b);
}

static struct err poem(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_POEMS);
    struct text list, key, value;
    if (ask_has(c, ASKED_ID))
        list = ask_text(c, ASKED_ID);
    else if (ask_has(c, ASKED_TITLE) || ask_has(c, ASKED_AUTHOR))
        list = list_of(c, p, text_trim(ask_text(c, ASKED_AUTHOR)));
    else
        return call_invalid(c, ASKED_TITLE, "请传 id、title 或 author 之一",
                            "send one of id, title and author");
    uint64_t total = (list.length + 1) / (POEM_KEY_BYTES + 1), place = 0;
    struct paging page = page_of(c, ASKED_PAGE, total);
    reply_object(c, NULL);
    reply_page(c, &page);
    reply_list(c, "list");
    for (; text_cut(&list, '\t', &key); place++)
        if (place >= page.from && place < page.until && key.length == POEM_KEY_BYTES &&
            pack_find(p, key, &value))
            poem_reply(c, key, value);
    reply_end_list(c);
    reply_end_object(c);
    return total && place
               ? ok
               : call_nothing(
                     c, "没有找到，题目与作者请用简体并写全",
                     "nothing found; write title and author in full, in simplified characters");
}

const struct endpoint endpoint_poem = {
    .path = "/api/poem",
    .subject = "language",
    .title = {"古诗词查询", "Chinese poems"},
    .says = {"按题目、作者或编号查古诗词：唐诗三百首、宋词三百首、千家诗、诗经、楚辞、全唐诗、花间"
             "集、全宋词、元曲等九万首，简体，题目与作者须写全。",
             "Poems by title, author or id, of 90,000 from the Book of Songs to the Qing, in "
             "simplified characters; title and author are written in full."},
    .run = poem,
    .asks = ASKS(
        {"id",
         ASK_TEXT,
         OPTIONAL,
         {"编号，如 a00001", "Id, such as a00001"},
         POEM_KEY_BYTES,
         POEM_KEY_BYTES},
        {"title", ASK_TEXT, OPTIONAL, {"题目或词牌", "Title or tune"}, 1, 60, .aliases = "keyword"},
        {"author", ASK_TEXT, OPTIONAL, {"作者", "Author"}, 1, 20}, ASK_PAGE, ASK_PAGE_SIZE(10, 50)),
    .gives = GIVES(GIVES_PAGE, {"list", GIVE_LIST, {"诗词", "Poems"}}, POEM_GIVES("list[].")),
    .shows =
        SHOWS({"title=%E9%9D%99%E5%A4%9C%E6%80%9D",
               "{\"page\":1,\"page_size\":10,\"total\":3,\"pages\":1,\"list\":[{\"id\":\"a00011\","
               "\"title\":\"静夜"
               "思\",\"author\":\"李白\",\"dynasty\":\"唐\",\"collection\":\"唐诗三百首\","
               "\"lines\":[\"床前明月光，"
               "疑是地上霜，\",\"举头望明月，低头思故乡。\"]},{\"id\":\"c00029\",\"title\":"
               "\"静夜思\",\"author\":"
               "\"李白\",\"dynasty\":\"唐\",\"collection\":\"千家诗\",\"lines\":["
               "\"床前明月光，疑是地上霜。\",\"举"
               "头望明月，低头思故乡。\"]},{\"id\":\"g08125\",\"title\":\"静夜思\",\"author\":"
               "\"李白\",\"dynasty\""
               ":\"唐\",\"collection\":\"全唐诗\",\"lines\":[\"床前看月光，疑是地上霜。\","
               "\"举头望山月，低头思故乡"
               "。\"]}]}",
               SHOW_EXACT},
              {"author=%E6%9D%8E%E7%99%BD&page_size=1",
               "{\"page\":1,\"page_size\":1,\"total\":1102,\"pages\":1102,\"list\":[{\"id\":"
               "\"a00011\",\"title\":"
               "\"静夜思\",\"author\":\"李白\",\"dynasty\":\"唐\",\"collection\":\"唐诗三百首\","
               "\"lines\":[\"床前明"
               "月光，疑是地上霜，\",\"举头望明月，低头思故乡。\"]}]}",
               SHOW_EXACT},
              {"title=%E5%A6%82%E6%A2%A6%E4%BB%A4&author=%E6%9D%8E%E6%B8%85%E7%85%A7&page_size=2",
               "{\"page\":1,\"page_size\":2,\"total\":2,\"pages\":1,\"list\":[{\"id\":\"i06685\","
               "\"title\":\"如梦令"
               "\",\"author\":\"李清照\",\"dynasty\":\"宋\",\"collection\":\"全宋词\",\"lines\":["
               "\"常记溪亭日暮。"
               "\",\"沈醉不知归路。\",\"兴尽晚回舟，误入藕花深处。\",\"争渡。\",\"争渡。\","
               "\"惊起一滩鸥鹭。\"]},{"
               "\"id\":\"i06686\",\"title\":\"如梦令\",\"author\":\"李清照\",\"dynasty\":\"宋\","
               "\"collection\":\"全"
               "宋词\",\"lines\":[\"昨夜雨疏风骤。\",\"浓睡不消残酒。\","
               "\"试问卷帘人，却道海棠依旧。\",\"知否。\","
               "\"知否。\",\"应是绿肥红瘦。\"]}]}",
               SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_POEMS),
};
