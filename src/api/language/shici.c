/* shici.c: a line or two of verse by chance, by theme if wanted. */
#include "api/language/poem_row.h"
#include "call/format.h"

enum { ASKED_FORMAT, ASKED_TYPE };
enum { VERSE_CONTENT, VERSE_AUTHOR, VERSE_TITLE, VERSE_KIND, VERSE_THEME };

/* The prefix of the theme's keys, by its name or number; false where there is none such. */
static bool theme_prefix(struct call *c, const struct pack *p, struct text *out) {
    struct text list, row, number, name, asked = text_trim(ask_text(c, ASKED_TYPE));
    uint64_t wanted = 0, at = 0;
    bool is_number = text_to_u64(asked, &wanted);
    if (!pack_find(p, TEXT("="), &list))
        return false;
    while (text_cut(&list, '\t', &row)) {
        at++;
        if (text_cut(&row, ' ', &number) && text_cut(&row, ' ', &name) &&
            (text_equal(name, asked) || (is_number && at == wanted))) {
            *out = number;
            return true;
        }
    }
    return false;
}

static struct err shici(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_VERSES);
    struct text prefix = {0}, key, value;
    struct range range = {0, pack_count(p) - 1}; /* the last key, "=", is the list of themes */
    if (ask_has(c, ASKED_TYPE)) {
        if (!theme_prefix(c, p, &prefix))
            return call_invalid(c, ASKED_TYPE,
                                "没有这个类型，可选：月夜 离别 思乡 饮酒 春天 秋天 冬雪 夏天 风雨 "
                                "山水 草木 边塞 爱情 光阴 其他，或序号 1 到 15",
                                "no such theme; send one of the Chinese names of the documentation "
                                "or a number, 1 to 15");
        range = range_of(p, prefix);
    }
    if (!range_draw(p, range, c->random, &key, &value))
        return call_nothing(c, "没有这样的诗句", "there are no such lines");
    reply_object(c, NULL);
    reply_text(c, "content", pack_field(value, VERSE_CONTENT));
    reply_text(c, "author", pack_field(value, VERSE_AUTHOR));
    reply_text(c, "origin", pack_field(value, VERSE_TITLE));
    reply_text(c, "category",
               text_format_in(c->arena, "古诗文-%.*s-%.*s", TEXT_ARG(pack_field(value, VERSE_KIND)),
                              TEXT_ARG(pack_field(value, VERSE_THEME))));
    reply_text(c, "c1", TEXT("古诗文"));
    reply_text(c, "c2", pack_field(value, VERSE_KIND));
    reply_text(c, "c3", pack_field(value, VERSE_THEME));
    reply_end_object(c);
    return reply_as(c, ASKED_FORMAT, "content");
}

const struct endpoint endpoint_shici = {
    .path = "/api/shici",
    .subject = "language",
    .title = {"随机诗词", "A line of verse"},
    .says = {"随机返回一句古诗词，出自《唐诗三百首》《宋词三百首》《千家诗》《诗经》《楚辞》等，六"
             "千余句；type "
             "按主题选：月夜、离别、思乡、饮酒、春天、秋天、冬雪、夏天、风雨、山水、草木、边塞、爱"
             "情、光阴、其他（或序号 1 到 15）。主题按句中的字词归类。",
             "A line of classical verse by chance, of 6,000 from the anthologies, the Book of "
             "Songs and the Songs of Chu. type picks a theme (月夜 moon, 离别 parting, 思乡 home, "
             "饮酒 wine, 春天 spring, 秋天 autumn, 冬雪 snow, 夏天 summer, 风雨 wind and rain, "
             "山水 landscape, 草木 plants, 边塞 frontier, 爱情 love, 光阴 time, 其他 others; or 1 "
             "to 15), told by the line's words."},
    .run = shici,
    .asks =
        ASKS(ASK_FORMAT(FORMS_TEXT),
             {"type", ASK_TEXT, OPTIONAL, {"主题的名称或序号", "Theme's name or number"}, 1, 10}),
    .gives =
        GIVES({"content", GIVE_TEXT, {"诗句", "The line"}},
              {"author", GIVE_TEXT, {"作者", "Author"}}, {"origin", GIVE_TEXT, {"题目", "Title"}},
              {"category", GIVE_TEXT, {"完整分类", "The whole category"}},
              {"c1", GIVE_TEXT, {"一级分类", "First category"}},
              {"c2", GIVE_TEXT, {"二级分类", "Second"}},
              {"c3", GIVE_TEXT, {"三级分类：主题", "Third: the theme"}}),
    .shows = SHOWS({"",
                    "{\"content\":\"北风兮潦洌，草木兮苍唐。\",\"author\":\"王逸\",\"origin\":"
                    "\"九思·哀岁\",\"category"
                    "\":\"古诗文-楚辞-风雨\",\"c1\":\"古诗文\",\"c2\":\"楚辞\",\"c3\":\"风雨\"}",
                    SHOW_EXACT},
                   {"type=%E6%9C%88%E5%A4%9C",
                    "{\"content\":\"月满西楼凭阑久，依旧归期未定。\",\"author\":\"潘汾\","
                    "\"origin\":\"贺新郎\",\"catego"
                    "ry\":\"古诗文-宋词-月夜\",\"c1\":\"古诗文\",\"c2\":\"宋词\",\"c3\":\"月夜\"}",
                    SHOW_EXACT},
                   {"type=12",
                    "{\"content\":\"游于北园，四马既闲。𬨎车鸾镳，载猃歇骄。\",\"author\":"
                    "\"佚名\",\"origin\":\"秦风·驷"
                    "驖\",\"category\":\"古诗文-诗经-边塞\",\"c1\":\"古诗文\",\"c2\":\"诗经\","
                    "\"c3\":\"边塞\"}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_VERSES),
};
