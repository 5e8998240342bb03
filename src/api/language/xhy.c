/* xhy.c: xiehouyu, sayings of a riddle and its answer, that contain a word.
 *
 * All sayings are read through, 13,551 of them in 0.7 MB: measured at well below a millisecond, and an index
 * of every substring would be many times as large.
 */
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"

enum { ASKED_WORD, ASKED_PAGE, ASKED_PAGE_SIZE };

static void put(struct call *c, struct text value) {
    reply_object(c, NULL);
    reply_text(c, "riddle", pack_field(value, 0));
    reply_text(c, "answer", pack_field(value, 1));
    reply_end_object(c);
}

static struct err xhy(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_XHY);
    struct text word = text_trim(ask_text(c, ASKED_WORD)), key, value;
    int64_t size = ask_int(c, ASKED_PAGE_SIZE), found = 0;
    int64_t first = (ask_int(c, ASKED_PAGE) - 1) * size;
    if (word.length == 0 || text_find_char(word, '\t') != SIZE_MAX)
        return call_invalid(c, ASKED_WORD, "请传要搜索的字词", "send the word to search for");
    reply_list(c, NULL);
    for (uint32_t i = 0; found < first + size && pack_at(p, i, &key, &value); i++)
        if (text_find(value, word) != SIZE_MAX && found++ >= first)
            put(c, value);
    reply_end_list(c);
    if (found == 0)
        return call_nothing(c, "没有包含这个词的歇后语，请换一个更短的词", "no saying has this word; try a shorter one");
    if (found <= first)
        return call_nothing(c, text_say_in(c->arena, "没有这一页：共 %lld 条", (long long)found),
                            text_say_in(c->arena, "there is no such page: %lld sayings in all", (long long)found));
    return ok;
}

const struct endpoint endpoint_xhy = {
    .path = "/api/xhy",
    .subject = "language",
    .title = {"歇后语搜索", "Search xiehouyu sayings"},
    .says = {"搜索谜面或谜底包含某个词的歇后语，每页 20 条。粗俗的条目已剔除。",
             "Chinese two-part sayings whose riddle or answer contains a word, 20 a page. Vulgar ones are left out."},
    .run = xhy,
    .asks = ASKS({"word", ASK_TEXT, REQUIRED, {"要搜索的字词", "The word to search for"}, 1, 30, .aliases = "keyword"},
                 {"page", ASK_INT, OPTIONAL, {"页码", "Page"}, 1, 1000, .fallback = "1"},
                 {"page_size", ASK_INT, OPTIONAL, {"每页条数", "Sayings a page"}, 1, 100, .fallback = "20",
                  .aliases = "num|limit|pagesize"}),
    .gives = GIVES({"[].riddle", GIVE_TEXT, {"谜面", "Riddle"}},
                   {"[].answer", GIVE_TEXT, {"谜底，多个以；分隔", "Answer; several are parted by ；"}}),
    .shows = SHOWS({"word=%E5%A4%96%E7%94%A5&page_size=2",
                    "[{\"riddle\":\"外甥找到姥姥家\",\"answer\":\"有救\"},{\"riddle\":\"外甥披孝\",\"answer\":\"无救\"}]",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_XHY),
};
