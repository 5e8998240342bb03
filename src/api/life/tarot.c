/* tarot.c: cards of the major arcana, drawn without repeating. */
#include "api/life/own_text.h"
#include "call/ask.h"

enum { ASKED_COUNT };
enum { CARD_NUMBER, CARD_ZH, CARD_EN, CARD_UPRIGHT, CARD_REVERSED, CARDS = 22 };

static struct err tarot(struct call *c) {
    struct range all = own_range(c, "t");
    uint32_t order[CARDS], count = all.until - all.from;
    struct text key, value;
    if (count != CARDS)
        return call_nothing(c, "没有牌", "there are no cards");
    for (uint32_t i = 0; i < CARDS; i++)
        order[i] = i;
    reply_list(c, NULL);
    for (uint32_t i = 0; i < ask_int(c, ASKED_COUNT); i++) {
        uint32_t other = i + random_below(c->random, CARDS - i), card = order[other];
        order[other] = order[i];
        bool is_upright = random_below(c->random, 2) == 0;
        if (!pack_at(data_pack(c->data, DATA_OWN_TEXTS), all.from + card, &key, &value))
            continue;
        reply_object(c, NULL);
        reply_int(c, "number", card);
        reply_text(c, "name", pack_field(value, c->language == LANGUAGE_EN ? CARD_EN : CARD_ZH));
        reply_text(c, "name_en", pack_field(value, CARD_EN));
        reply_c(c, "position", is_upright ? "正位" : "逆位");
        reply_text(c, "meaning", pack_field(value, is_upright ? CARD_UPRIGHT : CARD_REVERSED));
        reply_end_object(c);
    }
    reply_end_list(c);
    return ok;
}

const struct endpoint endpoint_tarot = {
    .path = "/api/tarot",
    .subject = "life",
    .title = {"塔罗抽牌", "Draw tarot cards"},
    .says = {"从二十二张大阿卡纳中抽牌，不重复，附正逆位的通常含义。仅供娱乐。",
             "Draws cards of the major arcana without repeating, with what is usually read from "
             "them (in Chinese). For play."},
    .run = tarot,
    .asks = ASKS({"count",
                  ASK_INT,
                  OPTIONAL,
                  {"抽几张", "How many"},
                  1,
                  10,
                  .aliases = "num",
                  .fallback = "1"}),
    .gives =
        GIVES({"[].number", GIVE_INT, {"牌号", "Number"}}, {"[].name", GIVE_TEXT, {"牌名", "Card"}},
              {"[].name_en", GIVE_TEXT, {"英文名", "English name"}},
              {"[].position", GIVE_TEXT, {"正位或逆位", "Upright (正位) or reversed (逆位)"}},
              {"[].meaning", GIVE_TEXT, {"含义", "Meaning"}}),
    .shows = SHOWS({"count=3",
                    "[{\"number\":9,\"name\":\"隐者\",\"name_en\":\"The "
                    "Hermit\",\"position\":\"逆位\",\"meaning\":\"孤"
                    "立，固执，走得太远\"},{\"number\":16,\"name\":\"高塔\",\"name_en\":\"The "
                    "Tower\",\"position\":\"逆"
                    "位\",\"meaning\":\"勉强维持，延后的变故\"},{\"number\":3,\"name\":\"女皇\","
                    "\"name_en\":\"The Empre"
                    "ss\",\"position\":\"正位\",\"meaning\":\"滋养，丰盛，创造与照顾\"}]",
                    SHOW_EXACT},
                   {"",
                    "[{\"number\":9,\"name\":\"隐者\",\"name_en\":\"The "
                    "Hermit\",\"position\":\"逆位\",\"meaning\":\"孤"
                    "立，固执，走得太远\"}]",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_OWN_TEXTS),
};
