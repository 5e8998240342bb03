/* emoji_random.c: emoji by chance. */
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"
#include "data/range.h"

enum { ASKED_GROUP, ASKED_COUNT };
enum { EMOJI, ZH, EN, GROUP };

static struct err emoji_random(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_EMOJI);
    struct text key, value;
    uint32_t *places = arena_alloc(c->arena, (pack_count(p) + 1) * sizeof *places), count = 0;
    struct range all = {0, pack_seek(p, TEXT("="))}; /* before the keys by the emoji itself */
    for (uint32_t i = all.from; i < all.until; i++)
        if (pack_at(p, i, &key, &value) &&
            (!ask_has(c, ASKED_GROUP) ||
             text_equal(pack_field(value, GROUP), ask_text(c, ASKED_GROUP))))
            places[count++] = i;
    if (count == 0)
        return call_nothing(c, "没有表情", "there are no emoji");
    reply_list(c, NULL);
    for (int64_t i = 0; i < ask_int(c, ASKED_COUNT); i++) {
        if (!pack_at(p, places[random_below(c->random, count)], &key, &value))
            continue;
        reply_object(c, NULL);
        reply_text(c, "emoji", pack_field(value, EMOJI));
        reply_text(c, "name", pack_field(value, c->language == LANGUAGE_EN ? EN : ZH));
        reply_text(c, "group", pack_field(value, GROUP));
        reply_end_object(c);
    }
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_emoji_random = {
    .path = "/api/emoji/random",
    .subject = "life",
    .title = {"随机表情", "Emoji by chance"},
    .says =
        {"随机返回一个或多个 emoji 及其名称，可限定分组；可能重复。按词查找请用 /api/text/emoji。",
         "Emoji by chance with their names, one or more, of a group if you like; they may repeat. "
         "To search, see "
         "/api/text/emoji."},
    .run = RUN_IN_WORKER(emoji_random),
    .asks = ASKS({"group",
                  ASK_CHOICE,
                  OPTIONAL,
                  {"分组", "Group"},
                  .choices = "smileys-emotion|people-body|animals-nature|food-drink|travel-places|"
                             "activities|objects|"
                             "symbols|flags"},
                 {"count",
                  ASK_INT,
                  OPTIONAL,
                  {"个数", "How many"},
                  1,
                  50,
                  .aliases = "num",
                  .fallback = "1"}),
    .gives = GIVES({"[].emoji", GIVE_TEXT, {"表情", "The emoji"}},
                   {"[].name", GIVE_TEXT, {"名称", "Its name"}},
                   {"[].group", GIVE_TEXT, {"分组", "Its group"}}),
    .shows =
        SHOWS({"group=food-drink&count=3",
               "[{\"emoji\":\"🫘\",\"name\":\"豆\",\"group\":\"food-drink\"},{\"emoji\":\"🫕\","
               "\"name\":\"奶酪火锅"
               "\",\"group\":\"food-drink\"},{\"emoji\":\"🍕\",\"name\":\"披萨\",\"group\":\"food-"
               "drink\"}]",
               SHOW_EXACT},
              {"", "[{\"emoji\":\"🇯🇪\",\"name\":\"旗: 泽西岛\",\"group\":\"flags\"}]", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .needs = NEEDS(DATA_EMOJI),
};
