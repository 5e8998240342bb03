/* poem_author.c: a poet: how many poems are here, and what the Complete Tang Poems say of a poet of
 * the Tang. */
#include "api/language/poem_row.h"

enum { ASKED_AUTHOR };
enum { TITLES_MAX = 20 };

static struct err poem_author(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_POEMS);
    struct text name = text_trim(ask_text(c, ASKED_AUTHOR)), life = {0}, list = {0}, key, value;
    pack_find(p, text_format_in(c->arena, "%%%.*s", TEXT_ARG(name)), &life);
    pack_find(p, text_format_in(c->arena, "@%.*s", TEXT_ARG(name)), &list);
    if (life.length == 0 && list.length == 0)
        return call_nothing(c, "没有这位作者，请用简体全名",
                            "no such author; write the full name in simplified characters");
    reply_object(c, NULL);
    reply_text(c, "author", name);
    reply_text(c, "dynasty",
               pack_find(p, text_part(list, 0, POEM_KEY_BYTES), &value)
                   ? pack_field(value, POEM_DYNASTY)
                   : TEXT("唐"));
    reply_text(c, "life", life);
    reply_int(c, "poems", (int64_t)((list.length + 1) / (POEM_KEY_BYTES + 1)));
    reply_list(c, "titles");
    for (unsigned i = 0; i < TITLES_MAX && text_cut(&list, '\t', &key); i++)
        if (pack_find(p, key, &value))
            reply_text(c, NULL, pack_field(value, POEM_TITLE));
    reply_end_list(c);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_poem_author = {
    .path = "/api/poem/author",
    .subject = "language",
    .title = {"诗人", "Poets"},
    .says =
        {"查询一位作者的朝代、收录篇数和前二十个题目；唐代诗人附《全唐诗》小传（原文，清代官修）。",
         "An author's dynasty, number of poems and first twenty titles; for poets of the Tang with "
         "the short life of the Complete Tang Poems (1705), in classical Chinese."},
    .run = poem_author,
    .asks =
        ASKS({"author", ASK_TEXT, REQUIRED, {"作者", "Author"}, 1, 20, .aliases = "name|keyword"}),
    .gives = GIVES({"author", GIVE_TEXT, {"作者", "Author"}},
                   {"dynasty", GIVE_TEXT, {"朝代", "Dynasty"}},
                   {"life",
                    GIVE_TEXT,
                    {"《全唐诗》小传，没有时为空", "Short life; empty where there is none"}},
                   {"poems", GIVE_INT, {"收录篇数", "Poems here"}},
                   {"titles", GIVE_LIST, {"前二十个题目", "First twenty titles"}}),
    .shows = SHOWS({"author=%E7%8E%8B%E4%B9%8B%E6%B6%A3",
                    "{\"author\":\"王之涣\",\"dynasty\":\"唐\",\"life\":"
                    "\"王之涣，幷州人，兄之咸、之贲皆有文名。天宝间，"
                    "与王昌龄、崔国辅、郑昈联唱迭和，名动一时。诗六首。\",\"poems\":8,\"titles\":["
                    "\"登鹳雀楼\",\"凉州词"
                    "·凉州词二首·其一\",\"登鹳雀楼\",\"横吹曲辞 出塞\",\"送别\",\"凉州词二首” "
                    "二\",\"宴词\",\"九日送别"
                    "\"]}",
                    SHOW_EXACT},
                   {"author=%E6%9C%B1%E6%B7%91%E7%9C%9F",
                    "{\"author\":\"朱淑真\",\"dynasty\":\"宋\",\"life\":\"\",\"poems\":25,"
                    "\"titles\":[\"忆秦娥\",\"浣溪"
                    "纱・浣溪沙\",\"生查子\",\"生查子\",\"谒金门\",\"江城子\",\"减字木兰花\","
                    "\"眼儿媚\",\"鹧鸪天\",\"清"
                    "平乐\",\"点绛唇\",\"蝶恋花\",\"清平乐\",\"菩萨蛮\",\"菩萨蛮\",\"鹊桥仙\","
                    "\"菩萨蛮\",\"点绛唇\",\"念"
                    "奴娇\",\"念奴娇\"]}",
                    SHOW_SHAPE}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_POEMS),
};
