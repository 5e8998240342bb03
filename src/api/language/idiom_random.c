/* idiom_random.c: an idiom by chance, with its sound. */
#include "call/ask.h"
#include "call/format.h"
#include "call/reply.h"
#include "data/data.h"
#include "data/range.h"

enum { ASKED_FORMAT };
enum { IDIOM_PINYIN, IDIOM_INITIALS, IDIOM_MEANING, DRAWS_MAX = 200 };

static struct err idiom_random(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_IDIOM);
    struct range all = {pack_seek(p, TEXT("\xe0")),
                        pack_count(p)}; /* behind the keys for searching */
    struct text key, value;
    bool is_drawn = false;
    for (unsigned i = 0; i < DRAWS_MAX && !is_drawn;
         i++) /* one with a meaning: a quarter of them */
        is_drawn =
            range_draw(p, all, c->random, &key, &value) && pack_field(value, IDIOM_MEANING).length;
    if (!is_drawn)
        return call_nothing(c, "没有成语", "there are no idioms");
    reply_object(c, NULL);
    reply_text(c, "word", key);
    reply_text(c, "pinyin", pack_field(value, IDIOM_PINYIN));
    reply_text(c, "abbr", pack_field(value, IDIOM_INITIALS));
    reply_text(c, "explanation", pack_field(value, IDIOM_MEANING));
    reply_end_object(c);
    return reply_as(c, ASKED_FORMAT, "word");
}

const struct endpoint endpoint_idiom_random = {
    .path = "/api/idiom/random",
    .subject = "language",
    .title = {"随机成语", "An idiom by chance"},
    .says = {"随机返回一个有英文释义的成语。",
             "An idiom by chance, of those that have an English meaning."},
    .run = idiom_random,
    .asks = ASKS(ASK_FORMAT(FORMS_TEXT)),
    .gives =
        GIVES({"word", GIVE_TEXT, {"成语", "Idiom"}}, {"pinyin", GIVE_TEXT, {"拼音", "Pinyin"}},
              {"abbr", GIVE_TEXT, {"拼音首字母", "Initials"}},
              {"explanation", GIVE_TEXT, {"英文释义", "Meaning in English"}}),
    .shows = SHOWS({"",
                    "{\"word\":\"天差地远\",\"pinyin\":\"tiān chā dì "
                    "yuǎn\",\"abbr\":\"tcdy\",\"explanation\":\"poles a"
                    "part; entirely different\"}",
                    SHOW_EXACT},
                   {"format=json",
                    "{\"word\":\"天差地远\",\"pinyin\":\"tiān chā dì "
                    "yuǎn\",\"abbr\":\"tcdy\",\"explanation\":\"poles a"
                    "part; entirely different\"}",
                    SHOW_SHAPE}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_IDIOM),
};
