/* poem_random.c: a poem by chance. */
#include "api/language/poem_row.h"

enum { ASKED_COLLECTION };

static struct err poem_random(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_POEMS);
    struct text key, value;
    if (!range_draw(p, range_of(p, poem_letter(ask_text(c, ASKED_COLLECTION))), c->random, &key,
                    &value))
        return call_nothing(c, "这个集子是空的", "the collection is empty");
    poem_reply(c, key, value);
    return ok;
}

const struct endpoint endpoint_poem_random = {
    .path = "/api/poem/random",
    .subject = "language",
    .title = {"随机古诗词", "A poem by chance"},
    .says = {"从一个集子里随机取一首，默认《唐诗三百首》。",
             "A poem by chance from a collection; from the 300 Tang poems if none is named."},
    .run = poem_random,
    .asks = ASKS(POEM_ASK_COLLECTION("tang300")),
    .gives = GIVES(POEM_GIVES("")),
    .shows = SHOWS({"",
                    "{\"id\":\"a00066\",\"title\":\"集灵台·其一\",\"author\":\"张祜\",\"dynasty\":"
                    "\"唐\",\"collection\""
                    ":\"唐诗三百首\",\"lines\":[\"日光斜照集灵台，红树花迎晓露开。\","
                    "\"昨夜上皇新授箓，太真含笑入帘来。"
                    "\"]}",
                    SHOW_EXACT},
                   {"collection=songci300",
                    "{\"id\":\"b00066\",\"title\":\"青门饮\",\"author\":\"时彦\",\"dynasty\":"
                    "\"宋\",\"collection\":\"宋"
                    "词三百首\",\"lines\":[\"胡马嘶风，汉旗翻雪，彤云又吐，一竿残照。\","
                    "\"古木连空，乱山无数，行尽暮沙衰"
                    "草。\",\"星斗横幽馆，夜无眠、灯花空老。\",\"雾浓香鸭，冰凝泪烛，霜天难晓。\","
                    "\"长记晓妆才了，一杯未"
                    "尽，离怀多少。\",\"醉里秋波，梦中朝雨，都是醒时烦恼。\","
                    "\"料有牵情处，忍思量、耳边曾道。\",\"甚时跃"
                    "马归来，认得迎门轻笑。\"]}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_POEMS),
};
