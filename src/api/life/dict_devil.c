/* dict_devil.c: an entry of the Devil's Dictionary; one by chance if no word is sent. */
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"
#include "data/range.h"

enum { ASKED_WORD };

static struct err dict_devil(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_DICTIONARIES);
    struct text key, value, word = text_lower_in(c->arena, text_trim(ask_text(c, ASKED_WORD)));
    bool is_found =
        ask_has(c, ASKED_WORD)
            ? pack_find(p, text_format_in(c->arena, "devil:%.*s", TEXT_ARG(word)), &value)
            : range_draw(p, range_of(p, TEXT("devil:")), c->random, &key, &value);
    if (!is_found)
        return call_nothing(c, "没有这个词条；不传 word 则随机返回一条",
                            "no such entry; without word you get one by chance");
    reply_object(c, NULL);
    reply_text(c, "word", pack_field(value, 0));
    reply_text(c, "text", pack_field(value, 1));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_dict_devil = {
    .path = "/api/dict/devil",
    .subject = "language",
    .title = {"魔鬼词典", "The Devil's Dictionary"},
    .says = {"查安布罗斯·比尔斯《魔鬼词典》（1911，公有领域，英文）中的词条。不传 word "
             "则随机返回一条。",
             "An entry of Ambrose Bierce's Devil's Dictionary (1911, public domain). Without a "
             "word one by chance."},
    .run = dict_devil,
    .asks = ASKS({"word",
                  ASK_TEXT,
                  OPTIONAL,
                  {"词条（英文）", "The headword"},
                  1,
                  60,
                  .aliases = "keyword|q"}),
    .gives = GIVES({"word", GIVE_TEXT, {"词条", "Headword"}},
                   {"text", GIVE_TEXT, {"英文解释，含换行", "The entry, with line ends"}}),
    .shows = SHOWS(
        {"word=politeness",
         "{\"word\":\"politeness\",\"text\":\"POLITENESS, n.  The most acceptable hypocrisy.\"}",
         SHOW_EXACT},
        {"word=year",
         "{\"word\":\"year\",\"text\":\"YEAR, n.  A period of three hundred and sixty-five "
         "disappointments."
         "\"}",
         SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_DICTIONARIES),
};
