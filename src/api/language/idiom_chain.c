/* idiom_chain.c: idioms that go on from the last character of another. */
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"
#include "data/range.h"

enum { ASKED_WORD, ASKED_SOUND, ASKED_LIMIT };
enum { IDIOM_PINYIN };

static struct text last_character(struct text word) {
    size_t start = word.length;
    while (start > 0 && ((unsigned char)word.bytes[--start] & 0xc0) == 0x80)
        ;
    return text_from(word, start);
}

static struct text last_syllable(struct text pinyin) {
    struct text one, last = {0};
    while (text_cut(&pinyin, ' ', &one))
        last = one;
    return last;
}

static void put(struct call *c, struct text word, struct text value) {
    reply_object(c, NULL);
    reply_text(c, "word", word);
    reply_text(c, "pinyin", pack_field(value, IDIOM_PINYIN));
    reply_end_object(c);
}

/* All idioms that begin with the character. */
static int64_t by_character(struct call *c, const struct pack *p, struct text last) {
    struct range all = range_of(p, last);
    struct text key, value;
    int64_t found = 0;
    for (uint32_t i = all.from; i < all.until && found < ask_int(c, ASKED_LIMIT); i++)
        if (pack_at(p, i, &key, &value)) {
            put(c, key, value);
            found++;
        }
    return found;
}

/* All idioms whose first syllable is the last one of the word, in any tone mark it has. */
static int64_t by_sound(struct call *c, const struct pack *p, struct text syllable) {
    struct text key, value, pinyin, first;
    int64_t found = 0;
    for (uint32_t i = 0;
         syllable.length && found < ask_int(c, ASKED_LIMIT) && pack_at(p, i, &key, &value); i++) {
        pinyin = pack_field(value, IDIOM_PINYIN);
        if ((unsigned char)key.bytes[0] >= 0xe0 && text_cut(&pinyin, ' ', &first) &&
            text_equal(first, syllable)) {
            put(c, key, value);
            found++;
        }
    }
    return found;
}

static struct err idiom_chain(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_IDIOM);
    struct text word = text_trim(ask_text(c, ASKED_WORD)), value = {0}, last = last_character(word);
    bool is_known =
        word.length && (unsigned char)word.bytes[0] >= 0xe0 && pack_find(p, word, &value);
    if (last.length < 3)
        return call_invalid(c, ASKED_WORD, "请传成语，最后须是汉字",
                            "send an idiom; it ends with a Chinese character");
    reply_object(c, NULL);
    reply_text(c, "word", word);
    reply_bool(c, "is_idiom", is_known);
    reply_list(c, "next");
    int64_t found = ask_bool(c, ASKED_SOUND)
                        ? by_sound(c, p, last_syllable(pack_field(value, IDIOM_PINYIN)))
                        : by_character(c, p, last);
    reply_end_list(c);
    reply_end_object(c);
    return found ? ok
                 : call_nothing(c, "接不下去了，可以试 sound=1 按同音接",
                                "nothing goes on from it; try sound=1, which goes by the sound");
}

const struct endpoint endpoint_idiom_chain = {
    .path = "/api/idiom/chain",
    .subject = "language",
    .title = {"成语接龙", "Chain of idioms"},
    .says = {"列出以某成语最后一字开头的成语；sound=1 时按同音同调接（传入的须是收录的成语）。",
             "Idioms that begin with the last character of another; with sound=1 with its sound "
             "and tone (the word must be a known idiom then)."},
    .run = idiom_chain,
    .asks = ASKS({"word", ASK_TEXT, REQUIRED, {"成语", "The idiom"}, 1, 20, .aliases = "keyword"},
                 {"sound", ASK_BOOL, OPTIONAL, {"1 时按同音接", "1: by sound"}, .fallback = "0"},
                 {"limit",
                  ASK_INT,
                  OPTIONAL,
                  {"最多几个", "At most so many"},
                  1,
                  100,
                  .aliases = "num",
                  .fallback = "20"}),
    .gives = GIVES({"word", GIVE_TEXT, {"传入的成语", "The idiom"}},
                   {"is_idiom", GIVE_BOOL, {"是否收录的成语", "Whether it is a known idiom"}},
                   {"next", GIVE_LIST, {"可以接的成语", "What can follow"}},
                   {"next[].word", GIVE_TEXT, {"成语", "Idiom"}},
                   {"next[].pinyin", GIVE_TEXT, {"拼音", "Pinyin"}}),
    .shows = SHOWS({"word=%E4%B8%80%E5%BF%83%E4%B8%80%E6%84%8F&limit=3",
                    "{\"word\":\"一心一意\",\"is_idiom\":true,\"next\":[{\"word\":\"意义深长\","
                    "\"pinyin\":\"yì yì shēn "
                    "cháng\"},{\"word\":\"意乱心忙\",\"pinyin\":\"yì luàn xīn "
                    "máng\"},{\"word\":\"意兴盎然\",\"pinyin\""
                    ":\"yì xìng àng rán\"}]}",
                    SHOW_EXACT},
                   {"word=%E7%94%BB%E8%9B%87%E6%B7%BB%E8%B6%B3&sound=1&limit=3",
                    "{\"word\":\"画蛇添足\",\"is_idiom\":true,\"next\":[{\"word\":\"足不出户\","
                    "\"pinyin\":\"zú bù chū h"
                    "ù\"},{\"word\":\"足不出门\",\"pinyin\":\"zú bù chū "
                    "mén\"},{\"word\":\"足不履影\",\"pinyin\":\"zú b"
                    "ù lǚ yǐng\"}]}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_IDIOM),
};
